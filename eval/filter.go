package eval

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// Filter keeps articles, mentions or events whose column has one of the values
// (or, negated, none of them). It applies to gold and predictions alike.
type Filter struct {
	Column *Column
	Values []string
	Negate bool

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
	var there []string
	for _, v := range slices.Sorted(maps.Keys(f.seen)) {
		there = append(there, cmp.Or(v, "(none)"))
	}
	return &OptionError{fmt.Errorf("filter %s keeps nothing; the values are %s", f, strings.Join(there, ", "))}
}

// Apply returns the pair as the filter leaves it, or nil when the article is
// left out.
func (f *Filter) Apply(p *Pair, o *schema.Ontology) *Pair {
	if f.Column.Article != nil {
		if f.keeps(f.Column.Article(p)) {
			return p
		}
		return nil
	}
	mentions, events := f.Column.onMentions(), f.Column.Event != nil
	if f.Column.known != nil {
		mentions, events = false, false
		for _, v := range f.Values {
			m, e := f.Column.known(o, v)
			mentions, events = mentions || m, events || e
		}
		if !mentions && !events { // a type that the ontology does not have
			mentions, events = true, true
		}
	}
	return restrict(p, f.Column, o, f.keeps, mentions, events)
}

// Restrict returns the pair as the filters leave it, or nil when they leave
// the article out. A filter is given as in [ParseFilter]; the error is an
// [OptionError].
func Restrict(p *Pair, o *schema.Ontology, where []string) (*Pair, error) {
	for _, w := range where {
		f, err := ParseFilter(w)
		if err != nil {
			return nil, &OptionError{err}
		}
		if p = f.Apply(p, o); p == nil {
			return nil, nil
		}
	}
	return p, nil
}

// restrict keeps of a pair the mentions and events whose value in the column
// is wanted. Arguments keep the spans of what they referred to.
func restrict(p *Pair, c *Column, o *schema.Ontology, keep func(string) bool, mentions, events bool) *Pair {
	q := *p
	gold, pred := *p.Gold, *p.Pred
	q.Gold, q.Pred = &gold, &pred
	resolveArguments(p.Gold, &gold)
	resolveArguments(p.Pred, &pred)
	if mentions {
		values := c.ofMentions(p.Gold.Mentions, nil)
		gold.Mentions = kept(p.Gold.Mentions, values, keep)
		pred.Mentions = kept(p.Pred.Mentions, c.ofMentions(p.Pred.Mentions, bySpan(p.Gold.Mentions, values)), orUnknown(keep))
	}
	if events && c.Event != nil {
		values := c.ofEvents(o, p.Gold.Events, nil)
		known := make(map[schema.Span]string, len(values))
		for i := range values {
			known[p.Gold.Events[i].Span] = values[i]
		}
		gold.Events = kept(gold.Events, values, keep)
		pred.Events = kept(pred.Events, c.ofEvents(o, p.Pred.Events, known), orUnknown(keep))
	}
	return &q
}

// orUnknown keeps also what has no value. A prediction that does not say, and
// stands where gold has nothing to lend it, is wrong whichever part it belongs
// to: leaving it out would make every part look more precise than the whole.
func orUnknown(keep func(string) bool) func(string) bool {
	return func(value string) bool { return value == "" || keep(value) }
}

func bySpan(list []schema.Mention, values []string) map[schema.Span]string {
	m := make(map[schema.Span]string, len(list))
	for i := range list {
		m[list[i].Span] = values[i]
	}
	return m
}

func kept[T any](list []T, values []string, keep func(string) bool) []T {
	var out []T
	for i := range list {
		if keep(values[i]) {
			out = append(out, list[i])
		}
	}
	return out
}

// resolveArguments gives to a copy of the events whose arguments carry their
// spans, so that leaving out what they refer to does not change them.
func resolveArguments(from, to *schema.Annotation) {
	spans := make(map[string]schema.Span, len(from.Mentions)+len(from.Events))
	for i := range from.Mentions {
		spans["m:"+from.Mentions[i].ID] = from.Mentions[i].Span
	}
	for i := range from.Events {
		spans["e:"+from.Events[i].ID] = from.Events[i].Span
	}
	to.Events = slices.Clone(from.Events)
	for i := range to.Events {
		to.Events[i].Arguments = slices.Clone(from.Events[i].Arguments)
		for j := range to.Events[i].Arguments {
			a := &to.Events[i].Arguments[j]
			key := ""
			switch {
			case a.Span.IsSet():
				continue
			case a.MentionID != "":
				key = "m:" + a.MentionID
			case a.TargetEventID != "":
				key = "e:" + a.TargetEventID
			default:
				continue
			}
			span, ok := spans[key]
			if !ok {
				span = schema.NoSpan
			}
			a.Span = span
		}
	}
}

// OptionError is a setting that cannot be: an unknown metric or column, a
// filter or interval that does not parse.
type OptionError struct{ Err error }

func (e *OptionError) Error() string { return e.Err.Error() }

func (e *OptionError) Unwrap() error { return e.Err }
