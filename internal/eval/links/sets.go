package links

import (
	"cmp"
	"slices"
	"strings"
)

// Element is one of a set: a key with the mentions that it came from.
type Element struct {
	key  Key
	typ  string
	more []string // further types of its mentions: it counts in each of these classes
	at   int32    // position of the mention for which it is judged
	rank int32    // that mention's
}

// keys are the measure's distinct keys in order. Of several mentions with one
// key the one of least rank stands for it.
func (m *Measure) keys(to []Element, mentions []Mention) []Element {
	for i := range mentions {
		if l := &mentions[i]; m.Filter.Admits(l) {
			to = append(to, Element{m.Fields.of(l), l.Typ, nil, l.At, l.Rank})
		}
	}
	slices.SortFunc(to, func(a, b Element) int {
		return cmp.Or(a.key.compare(b.key), cmp.Compare(a.rank, b.rank), strings.Compare(a.typ, b.typ))
	})
	n := 0
	for _, k := range to {
		if n > 0 && to[n-1].key == k.key {
			if last := &to[n-1]; k.typ != last.typ && !slices.Contains(last.more, k.typ) {
				last.more = append(last.more, k.typ)
			}
			continue
		}
		to[n] = k
		n++
	}
	return to[:n]
}

// setCounter counts set measures.
type setCounter struct {
	gold, pred []Element
}

// Count compares the two sets of keys of an article. found is called for each
// key of either side, with hit 1 when the other side has it too; of is then the
// position of the gold mention.
func (c *setCounter) Count(m *Measure, gold, pred []Mention, found func(e *Element, of int32, hit int64, isGold bool)) {
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
		hit, of := int64(0), int32(-1)
		if order == 0 {
			hit, of = 1, c.gold[i].at
		}
		if order <= 0 {
			found(&c.gold[i], of, hit, true)
			i++
		}
		if order >= 0 {
			found(&c.pred[j], of, hit, false)
			j++
		}
	}
}
