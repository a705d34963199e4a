package eval

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// slicePair is a part of a pair and the column values that it has.
type slicePair struct {
	values []string // one a column, in the order of the columns
	pair   *Pair
}

// split divides a pair by the values of each column in turn.
func split(p *Pair, cols []*Column, o *schema.Ontology) []slicePair {
	parts := []slicePair{{nil, p}}
	for _, c := range cols {
		var next []slicePair
		for _, part := range parts {
			for _, v := range valuesOf(part.pair, c, o) {
				q := part.pair
				if c.Article == nil {
					q = restrict(q, c, o, func(x string) bool { return x == v }, c.onMentions(), c.Event != nil)
				}
				next = append(next, slicePair{append(slices.Clone(part.values), v), q})
			}
		}
		parts = next
	}
	return parts
}

// valuesOf lists the values that a column has in a pair, sorted.
func valuesOf(p *Pair, c *Column, o *schema.Ontology) []string {
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
		for _, v := range append(c.ofEvents(o, p.Gold.Events, nil), c.ofEvents(o, p.Pred.Events, nil)...) {
			seen[v] = true
		}
	}
	if len(seen) > 1 {
		delete(seen, "") // what has no value is in every slice
	}
	return slices.Sorted(maps.Keys(seen))
}

// SlicedBy reports whether the metric says anything about a slice by these
// columns: a column of mentions slices metrics of mentions and actors, a
// column of events those of events and records.
func (m *Metric) SlicedBy(cols []*Column) bool {
	for _, c := range cols {
		switch {
		case c.Article != nil:
		case m.Counts == MentionItems && !c.onMentions(), m.Counts == EventItems && c.Event == nil:
			return false
		}
	}
	return true
}

// byArticles reports whether every slice is made of whole articles.
func (s *Scorer) byArticles() bool {
	return !slices.ContainsFunc(s.by, func(c *Column) bool { return c.Article == nil })
}

// Unsliced are the families that have no slices although there are columns:
// those that look at the whole corpus, where a slice is a part of an article.
func (s *Scorer) Unsliced() []string {
	if len(s.by) == 0 || s.byArticles() {
		return nil
	}
	var names []string
	for _, f := range s.families {
		if f.NewCorpus != nil {
			names = append(names, f.Name)
		}
	}
	return names
}

// compareValues orders slices: numbers at the start of a value by size, as in
// "6-10" before "11-20", everything else by its letters.
func compareValues(a, b []string) int {
	for i := range a {
		if c := cmp.Or(cmp.Compare(leadingNumber(a[i]), leadingNumber(b[i])), cmp.Compare(a[i], b[i])); c != 0 {
			return c
		}
	}
	return 0
}

// leadingNumber is the number that a short value begins with, -1 for none.
func leadingNumber(s string) int {
	digits := strings.IndexFunc(s+"x", func(r rune) bool { return r < '0' || r > '9' })
	if n, err := strconv.Atoi(s[:digits]); err == nil && digits <= 4 {
		return n
	}
	return -1
}
