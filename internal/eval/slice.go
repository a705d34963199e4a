package eval

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// SlicedBy reports whether the metric says anything about a slice by these
// columns: a column of mentions slices metrics of mentions and actors, a
// column of events those of events and records.
func (m *Metric) SlicedBy(cols []*Column) bool {
	for _, c := range cols {
		if !c.divides(m.Counts) {
			return false
		}
	}
	return true
}

// byArticles reports whether every slice is made of whole articles.
func (s *Scorer) byArticles() bool {
	return !slices.ContainsFunc(s.by, func(c *Column) bool { return c.Article == nil })
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
