// Package typemap renames the types and roles of predictions to those of the
// labels that they are held against, and sets aside what is not to be judged.
package typemap

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/suggest"
	"github.com/mizan-corpus/mizan/schema"
)

// Kind is what a pair is about.
type Kind string

// The kinds.
const (
	Mention Kind = "mention" // types of mentions
	Event   Kind = "event"   // types of events
	Role    Kind = "role"    // roles of arguments
)

var kinds = []Kind{Mention, Event, Role}

const (
	notJudged = "-" // as the type that another is mapped to
	others    = "*" // every type that no other pair of the kind names
)

// Pair maps one type or role to another.
type Pair struct {
	Kind Kind // "" for all kinds
	From string
	To   string
}

func (p Pair) String() string {
	if p.Kind == "" {
		return p.From + "=" + p.To
	}
	return string(p.Kind) + ":" + p.From + "=" + p.To
}

// Map maps types and roles. What it does not name stays as it is. nil maps
// nothing.
type Map struct {
	pairs []Pair
	to    map[Kind]map[string]string
}

// New is the map of some pairs, in any order. A pair of one kind goes before one
// of all kinds.
func New(pairs []Pair) (*Map, error) {
	if len(pairs) == 0 {
		return nil, nil
	}
	m := &Map{pairs: slices.Clone(pairs), to: map[Kind]map[string]string{}}
	slices.SortFunc(m.pairs, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	m.pairs = slices.Compact(m.pairs)
	for i, p := range m.pairs {
		if i > 0 && p.Kind == m.pairs[i-1].Kind && p.From == m.pairs[i-1].From {
			return nil, parseError("found %s and %s, expected one of them", m.pairs[i-1], p)
		}
		of := kinds
		if p.Kind != "" {
			of = []Kind{p.Kind}
		}
		for _, k := range of {
			if m.to[k] == nil {
				m.to[k] = map[string]string{}
			}
			m.to[k][p.From] = p.To // pairs of all kinds come first
		}
	}
	return m, nil
}

// String is the pairs in their canonical order, "" for none. [Parse] reads it
// back.
func (m *Map) String() string {
	if m == nil {
		return ""
	}
	var list []string
	for _, p := range m.pairs {
		list = append(list, p.String())
	}
	return strings.Join(list, ",")
}

// Check wants what types are mapped to in the ontology of the labels: nothing
// predicted under another name could ever be right.
func (m *Map) Check(o *schema.Ontology) error {
	if m == nil {
		return nil
	}
	known := map[Kind][]string{}
	for _, t := range o.MentionTypes {
		known[Mention] = append(known[Mention], t.Code.Code)
	}
	for _, t := range o.EventTypes {
		known[Event] = append(known[Event], t.Code.Code)
	}
	for _, r := range o.Roles {
		known[Role] = append(known[Role], r.Code.Code)
	}
	for _, p := range m.pairs {
		list := known[p.Kind]
		if p.Kind == "" {
			list = slices.Concat(known[Mention], known[Event], known[Role])
		}
		if p.To == notJudged || slices.Contains(list, p.To) {
			continue
		}
		return &UnknownError{Pair: p, Ontology: o.Name, Near: suggest.Near(p.To, list, 1)}
	}
	return nil
}

// An UnknownError says that a pair leads to what the ontology does not have.
type UnknownError struct {
	Pair     Pair
	Ontology string
	Near     []string // a code that may have been meant
}

func (e *UnknownError) Error() string {
	s := fmt.Sprintf("map: %s: the ontology %s of the labels has no %q", e.Pair, e.Ontology, e.Pair.To)
	if len(e.Near) > 0 {
		s += fmt.Sprintf("; did you mean %q?", e.Near[0])
	}
	return s
}

// Hint is the next step.
func (e *UnknownError) Hint() string {
	return "dataset ontology prints what the labels of a release may hold; " + e.Pair.From + "=- leaves those out of the judgement"
}

// Extend is the ontology with the names that are mapped, each beside what it is
// mapped to: under it a reader of bare labels tells what they stand for.
func (m *Map) Extend(o *schema.Ontology) *schema.Ontology {
	if m == nil {
		return o
	}
	wide := *o
	for _, p := range m.pairs {
		code := schema.Code{Code: p.From}
		switch {
		case p.From == others:
		case o.EventType(p.From) != nil || o.Role(p.From) != nil || o.MentionType(p.From) != nil:
		case p.Kind == Event || p.Kind == "" && o.EventType(p.To) != nil:
			wide.EventTypes = append(slices.Clip(wide.EventTypes), schema.EventType{Code: code})
		case p.Kind == Role || p.Kind == "" && o.Role(p.To) != nil && o.MentionType(p.To) == nil:
			wide.Roles = append(slices.Clip(wide.Roles), schema.Role{Code: code})
		default:
			wide.MentionTypes = append(slices.Clip(wide.MentionTypes), schema.MentionType{Code: code})
		}
	}
	return &wide
}

// lookUp is what a name becomes; ok is false where it is not to be judged.
func (m *Map) lookUp(k Kind, from string) (to string, named, ok bool) {
	to, named = m.to[k][from]
	if !named {
		to, named = m.to[k][others]
	}
	if !named {
		return from, false, true
	}
	return to, true, to != notJudged
}
