package links

import "slices"

// keyed is a key with the type of the mention that it came from.
type keyed struct {
	key Key
	typ string
}

// keys are the measure's distinct keys in order. Of several mentions with one
// key the least type stands for it.
func (m *Measure) keys(to []keyed, mentions []Mention) []keyed {
	for i := range mentions {
		if m.Filter.Admits(&mentions[i]) {
			to = append(to, keyed{m.Fields.of(&mentions[i]), mentions[i].Typ})
		}
	}
	slices.SortFunc(to, func(a, b keyed) int {
		if c := a.key.compare(b.key); c != 0 || a.typ == b.typ {
			return c
		}
		if a.typ < b.typ {
			return -1
		}
		return 1
	})
	return slices.CompactFunc(to, func(a, b keyed) bool { return a.key == b.key })
}

// setCounter counts set measures.
type setCounter struct {
	gold, pred []keyed
}

// Count compares the two sets of keys of an article. found is called for each
// key of either side, with hit 1 when the other side has it too.
func (c *setCounter) Count(m *Measure, gold, pred []Mention, found func(isGold bool, typ string, hit int64)) {
	c.gold, c.pred = m.keys(c.gold[:0], gold), m.keys(c.pred[:0], pred)
	i, j := 0, 0
	for i < len(c.gold) || j < len(c.pred) {
		order := -1
		switch {
		case i == len(c.gold):
			order = 1
		case j < len(c.pred):
			order = c.gold[i].key.compare(c.pred[j].key)
		}
		hit := int64(0)
		if order == 0 {
			hit = 1
		}
		if order <= 0 {
			found(true, c.gold[i].typ, hit)
			i++
		}
		if order >= 0 {
			found(false, c.pred[j].typ, hit)
			j++
		}
	}
}
