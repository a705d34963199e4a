package eval

import (
	"maps"
	"slices"
)

// slicePair is a part of a pair and the column values that it has.
type slicePair struct {
	values []string // one a column, in the order of the columns
	pair   *Pair
}

// split divides a pair by the values of each column in turn.
func split(p *Pair, cols []*Column) []slicePair {
	parts := []slicePair{{nil, p}}
	for _, c := range cols {
		var next []slicePair
		for _, part := range parts {
			for _, v := range valuesOf(part.pair, c) {
				q := part.pair
				if c.Article == nil {
					q = restrict(q, c, func(x string) bool { return x == v }, c.onMentions(), c.Event != nil)
				}
				next = append(next, slicePair{append(slices.Clone(part.values), v), q})
			}
		}
		parts = next
	}
	return parts
}

// valuesOf lists the values that a column has in a pair, sorted.
func valuesOf(p *Pair, c *Column) []string {
	if c.Article != nil {
		return []string{c.Article(p)}
	}
	seen := map[string]bool{}
	if c.onMentions() {
		values := c.ofMentions(p.Gold.Mentions, nil)
		for _, v := range append(values, c.ofMentions(p.Pred.Mentions, bySpan(p.Gold.Mentions, values))...) {
			seen[v] = true
		}
	}
	if c.Event != nil {
		for _, v := range append(c.ofEvents(p.Gold.Events, nil), c.ofEvents(p.Pred.Events, nil)...) {
			seen[v] = true
		}
	}
	if len(seen) > 1 {
		delete(seen, "") // what has no value is in every slice
	}
	return slices.Sorted(maps.Keys(seen))
}

// slicedBy reports whether the metric says anything about a slice by these
// columns: a column of mentions slices metrics of mentions and actors, a
// column of events those of events and records.
func (m *Metric) slicedBy(cols []*Column) bool {
	for _, c := range cols {
		switch {
		case c.Article != nil:
		case m.Counts == MentionItems && !c.onMentions(), m.Counts == EventItems && c.Event == nil:
			return false
		}
	}
	return true
}
