package ontology

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// Inferred is the name of what [Inference.Ontology] makes, and what asks for it.
const Inferred = "infer"

// Inference gathers what labels use.
type Inference struct {
	levels, contexts, realis, auxiliaries, roles, sectors map[string]bool
	modes, fillers                                        map[string]map[string]bool
	timed, acts                                           map[string]bool
	mentions, events                                      map[string]int // how many labels have the type
}

// NewInference has seen no labels.
func NewInference() *Inference {
	x := &Inference{modes: map[string]map[string]bool{}, fillers: map[string]map[string]bool{}, mentions: map[string]int{}, events: map[string]int{}}
	for _, m := range []*map[string]bool{&x.levels, &x.contexts, &x.realis, &x.auxiliaries, &x.roles, &x.sectors, &x.timed, &x.acts} {
		*m = map[string]bool{}
	}
	return x
}

// Made reports whether the labels that were seen are made for an ontology: they
// have its levels or types of events, and two in three of their types are its.
func (x *Inference) Made(o *schema.Ontology) bool {
	all, known, sure := 0, 0, false
	for k := range keysOf(x.levels) {
		sure = sure || slices.ContainsFunc(o.Levels, func(c schema.Code) bool { return c.Code == k })
	}
	for k := range keysOf(x.mentions) {
		if all++; o.MentionType(k) != nil {
			known++
		} else if o.EventType(k) != nil { // a format that has labels alone
			known, sure = known+1, true
		}
	}
	for k := range keysOf(x.events) {
		if all++; o.EventType(k) != nil {
			known, sure = known+1, true
		}
	}
	return sure && 3*known >= 2*all
}

// Add looks at the labels of an article.
func (x *Inference) Add(a *schema.Annotation) {
	for i := range a.Mentions {
		m := &a.Mentions[i]
		x.mentions[m.Type]++
		x.levels[m.Level] = true
		if m.ActorID != "" {
			x.acts[m.Type] = true
		}
	}
	for i := range a.Events {
		e := &a.Events[i]
		x.events[e.Type]++
		x.realis[e.Realis] = true
		addAll(x.contexts, e.Contexts)
		addAll(x.auxiliaries, e.Auxiliaries)
		addAll(under(x.modes, e.Type), e.Modes)
		for j := range e.Arguments {
			arg := &e.Arguments[j]
			x.roles[arg.Role] = true
			if arg.Value != "" {
				x.timed[arg.Role] = true
			}
			switch kinds := under(x.fillers, arg.Role); {
			case arg.MentionID != "":
				kinds["mention"] = true
			case arg.TargetEventID != "":
				kinds["event"] = true
			default:
				kinds["span"] = true
			}
		}
	}
}

// AddActor looks at a row of the table of actors.
func (x *Inference) AddActor(a *schema.Actor) {
	if a.Type != "" {
		x.mentions[a.Type] += 0
	}
	x.sectors[a.Sector] = true
	addAll(x.sectors, a.OtherSectors)
}

func addAll(set map[string]bool, list []string) {
	for _, s := range list {
		set[s] = true
	}
}

func under(m map[string]map[string]bool, key string) map[string]bool {
	if m[key] == nil {
		m[key] = map[string]bool{}
	}
	return m[key]
}

// Ontology is what was seen, sorted and without glosses, for review.
func (x *Inference) Ontology() *schema.Ontology {
	o := &schema.Ontology{Name: "inferred", Levels: codesOf(x.levels), Contexts: codesOf(x.contexts), Realis: codesOf(x.realis),
		Auxiliaries: codesOf(x.auxiliaries), Sectors: codesOf(x.sectors)}
	for _, c := range codesOf(x.mentions) {
		o.MentionTypes = append(o.MentionTypes, schema.MentionType{Code: c, Actor: x.acts[c.Code]})
	}
	for _, c := range codesOf(x.events) {
		o.EventTypes = append(o.EventTypes, schema.EventType{Code: c, Modes: codesOf(x.modes[c.Code])})
	}
	for _, c := range codesOf(x.roles) {
		r := schema.Role{Code: c, Fillers: slices.Sorted(keysOf(x.fillers[c.Code]))}
		if x.timed[c.Code] {
			r.Value = "time"
		}
		o.Roles = append(o.Roles, r)
	}
	return o
}

// Taken tells how many labels of each type were taken for mentions and for
// triggers, by type: "mentions: GPE 2, PER 1; for triggers: Meet 1".
func (x *Inference) Taken() string {
	var parts []string
	for _, k := range []struct {
		name   string
		counts map[string]int
	}{{"mentions", x.mentions}, {"triggers", x.events}} {
		var list []string
		for _, t := range slices.Sorted(keysOf(k.counts)) {
			if n := k.counts[t]; n > 0 {
				list = append(list, fmt.Sprintf("%s %d", t, n))
			}
		}
		if list != nil {
			parts = append(parts, k.name+": "+strings.Join(list, ", "))
		}
	}
	return strings.Join(parts, "; for ")
}

func keysOf[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if k != "" && !yield(k) {
				return
			}
		}
	}
}

func codesOf[V any](m map[string]V) []schema.Code {
	var list []schema.Code
	for _, k := range slices.Sorted(keysOf(m)) {
		list = append(list, schema.Code{Code: k})
	}
	return list
}
