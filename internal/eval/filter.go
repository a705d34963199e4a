package eval

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/mizan-corpus/mizan/schema"
)

// Filter judges articles, mentions or events whose column has one of the values
// (or, negated, none of them), as a [Scope] has it. Several filters are a set:
// judged is what all of them keep, and their order never matters. An item of a
// kind that the column says nothing about is judged.
type Filter struct {
	Column *Column
	Values []string
	Negate bool

	mu   sync.Mutex
	seen map[string]bool // values met so far, at most mostSeen
	kept bool            // whether any of them was wanted
}

// mostSeen bounds how many values of a column a filter remembers for its
// message when it keeps nothing.
const mostSeen = 40

// ParseFilter reads "column=value,value" or "column!=value,value".
func ParseFilter(s string) (*Filter, error) {
	name, values, ok := strings.Cut(s, "=")
	if !ok || values == "" {
		return nil, fmt.Errorf("filter %q: expected column=value, for example level=NAM", s)
	}
	name, negate := strings.CutSuffix(name, "!")
	c, err := LookupColumn(name)
	if err != nil {
		return nil, fmt.Errorf("filter %q: %w", s, err)
	}
	return &Filter{Column: c, Values: strings.Split(values, ","), Negate: negate}, nil
}

// String is the filter's canonical form: the values sorted.
func (f *Filter) String() string {
	op := "="
	if f.Negate {
		op = "!="
	}
	values := slices.Clone(f.Values)
	slices.Sort(values)
	return f.Column.Name + op + strings.Join(values, ",")
}

func (f *Filter) keeps(value string) bool {
	keep := slices.Contains(f.Values, value) != f.Negate
	f.mu.Lock()
	defer f.mu.Unlock()
	f.kept = f.kept || keep
	if len(f.seen) < mostSeen && !f.seen[value] {
		if f.seen == nil {
			f.seen = map[string]bool{}
		}
		f.seen[value] = true
	}
	return keep
}

// Nothing is an error when the filter met values and wanted none of them:
// most likely one of its own is misspelt.
func (f *Filter) Nothing() error {
	if f.kept || len(f.seen) == 0 {
		return nil
	}
	there := slices.Sorted(maps.Keys(f.seen))
	return &OptionError{fmt.Errorf("filter %s keeps nothing; the values are %s", f, strings.Join(there, ", "))}
}

// keepsArticle reports whether the filter leaves the article in: one that asks
// about mentions or events always does.
func (f *Filter) keepsArticle(p *Pair) bool {
	return f.Column.Article == nil || f.keeps(f.Column.ofArticle(p))
}

// Judge returns the pair with the scope that the filters leave, or nil when
// they leave the article out.
func Judge(p *Pair, o *schema.Ontology, filters []*Filter) *Pair {
	items := false
	for _, f := range filters {
		if !f.keepsArticle(p) {
			return nil
		}
		items = items || f.Column.Article == nil
	}
	if !items {
		return p
	}
	q := *p
	q.Scope = newScope(p, o, filters, nil)
	return &q
}

// ParseFilters reads filters as given to --where. The error is an [OptionError].
func ParseFilters(where []string) ([]*Filter, error) {
	var out []*Filter
	for _, w := range where {
		f, err := ParseFilter(w)
		if err != nil {
			return nil, &OptionError{err}
		}
		out = append(out, f)
	}
	return out, nil
}

// OptionError is a setting that cannot be: an unknown metric or column, a
// filter or interval that does not parse.
type OptionError struct{ Err error }

func (e *OptionError) Error() string { return e.Err.Error() }

func (e *OptionError) Unwrap() error { return e.Err }
