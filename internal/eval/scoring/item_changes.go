package scoring

import (
	"cmp"
	"maps"
	"slices"
)

// ItemChanges says what became of single items from the first system to
// another. The first four numbers add up to the gold items, the last three
// count wrong predictions.
type ItemChanges struct {
	Metric string `json:"metric"`
	Class  string `json:"class"`  // "" for all classes together
	Fixed  int    `json:"fixed"`  // gold items that only this system found
	Broken int    `json:"broken"` // gold items that only the first found
	Found  int    `json:"found"`  // gold items that both found
	Missed int    `json:"missed"` // gold items that both missed
	Gone   int    `json:"gone"`   // wrong predictions of the first alone
	Added  int    `json:"added"`  // wrong predictions of this system alone
	Stayed int    `json:"stayed"` // wrong predictions of both
	// Items lists what is fixed, broken, gone or added; only in the row for
	// all classes, and only when asked for.
	Items []ItemChange `json:"items,omitempty"`
}

// ItemChange is one item whose outcome changed.
type ItemChange struct {
	Change string `json:"change"` // "fixed", "broken", "gone" or "added"
	DocID  string `json:"doc_id"`
	Start  int32  `json:"start"` // −1 for a prediction that could not be placed
	End    int32  `json:"end"`
	Class  string `json:"class"`
	Text   string `json:"text"`
}

// Since compares the items with those of the first system over the same gold:
// for each metric all classes together, then each class in name order. Several
// items of one place and type are interchangeable, so they are counted, not
// matched.
func (t *Items) Since(first *Items, list bool) []ItemChanges {
	rows := map[[2]string]*ItemChanges{}
	row := func(metric int, class string) *ItemChanges {
		name := itemMetrics[metric].name
		r := rows[[2]string{name, class}]
		if r == nil {
			r = &ItemChanges{Metric: name, Class: class}
			rows[[2]string{name, class}] = r
		}
		return r
	}
	for _, m := range t.metrics {
		row(m, "")
	}
	first.each(&t.packedItems, func(docID string, pairs []itemPair) {
		if list {
			slices.SortFunc(pairs, first.compare)
		}
		for i := range pairs {
			p := &pairs[i]
			l, change := &first.labels[p.label], itemChange(p.was, p.is)
			row(l.metric, "").add(change)
			if l.class != "" {
				row(l.metric, l.class).add(change)
			}
			if list {
				row(l.metric, "").list(docID, p, l.class, change)
			}
		}
	})
	var out []ItemChanges
	for _, m := range t.metrics {
		for _, k := range slices.SortedFunc(maps.Keys(rows), func(x, y [2]string) int { return slices.Compare(x[:], y[:]) }) {
			if k[0] == itemMetrics[m].name {
				out = append(out, *rows[k])
			}
		}
	}
	return out
}

// itemChange compares one key's counts. Of g gold and p predicted items of the
// same place and type min(g,p) are right on both sides.
func itemChange(a, b packedItem) ItemChanges {
	gold := int(max(a.gold, b.gold))
	foundA, foundB := int(min(a.gold, a.pred)), int(min(b.gold, b.pred))
	wrongA, wrongB := int(a.pred)-foundA, int(b.pred)-foundB
	return ItemChanges{
		Fixed: max(0, foundB-foundA), Broken: max(0, foundA-foundB),
		Found: min(foundA, foundB), Missed: gold - max(foundA, foundB),
		Gone: max(0, wrongA-wrongB), Added: max(0, wrongB-wrongA), Stayed: min(wrongA, wrongB),
	}
}

func (c *ItemChanges) add(d ItemChanges) {
	c.Fixed += d.Fixed
	c.Broken += d.Broken
	c.Found += d.Found
	c.Missed += d.Missed
	c.Gone += d.Gone
	c.Added += d.Added
	c.Stayed += d.Stayed
}

func (c *ItemChanges) list(docID string, p *itemPair, class string, d ItemChanges) {
	for _, kind := range []struct {
		name string
		n    int
	}{{"fixed", d.Fixed}, {"broken", d.Broken}, {"gone", d.Gone}, {"added", d.Added}} {
		for range kind.n {
			c.Items = append(c.Items, ItemChange{kind.name, docID, p.span.Start, p.span.End, class, p.text})
		}
	}
}

// compare orders items as they are listed.
func (p *packedItems) compare(x, y itemPair) int {
	a, b := &p.labels[x.label], &p.labels[y.label]
	return cmp.Or(cmp.Compare(a.metric, b.metric), x.span.Compare(y.span), a.place.CompareFragments(b.place),
		cmp.Compare(a.class, b.class), cmp.Compare(a.surface, b.surface))
}
