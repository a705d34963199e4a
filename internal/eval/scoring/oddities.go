package scoring

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/schema"
)

// Oddities counts what predictions hold that can never be right, so that a
// score can say why. None of it is dropped: each item counts as predicted.
type Oddities struct {
	ontology *schema.Ontology
	types    map[string]int64 // mention or event types that the ontology does not have
	roles    map[string]int64
	dangling int64 // arguments that refer to no mention or event of their article
	example  string
	twice    int64 // ids that stand for different mentions or events of their article
	repeated string
}

// NewOddities counts against an ontology.
func NewOddities(o *schema.Ontology) *Oddities {
	return &Oddities{ontology: o, types: map[string]int64{}, roles: map[string]int64{}}
}

// Add looks at the annotation of one article; at is where it stands, "" if it is
// not said.
func (o *Oddities) Add(a *schema.Annotation, at string) {
	if at != "" {
		at += ": "
	}
	o.addRepeated(a, at)
	last := ""
	for i := range a.Mentions {
		if t := a.Mentions[i].Type; t != last || t == "" {
			if o.ontology.MentionType(t) == nil {
				o.types["mention "+cmp.Or(t, "without a type")]++
				continue
			}
			last = t
		}
	}
	if len(a.Events) == 0 {
		return
	}
	ids := make(map[string]bool, len(a.Mentions)+len(a.Events))
	for i := range a.Mentions {
		ids["m"+a.Mentions[i].ID] = true
	}
	for i := range a.Events {
		ids["e"+a.Events[i].ID] = true
	}
	for i := range a.Events {
		e := &a.Events[i]
		if o.ontology.EventType(e.Type) == nil {
			o.types["event "+cmp.Or(e.Type, "without a type")]++
		}
		for j := range e.Arguments {
			arg := &e.Arguments[j]
			if o.ontology.Role(arg.Role) == nil {
				o.roles[arg.Role]++
			}
			if arg.MentionID != "" && !ids["m"+arg.MentionID] || arg.TargetEventID != "" && !ids["e"+arg.TargetEventID] {
				if o.dangling == 0 {
					o.example = fmt.Sprintf("%s%s, role %s of event %q", at, a.DocID, arg.Role, e.ID)
				}
				o.dangling++
			}
		}
	}
}

// addRepeated counts the ids that stand twice.
func (o *Oddities) addRepeated(a *schema.Annotation, at string) {
	o.note(a, at, "mention", len(a.Mentions), func(i int) string { return a.Mentions[i].ID })
	o.note(a, at, "event", len(a.Events), func(i int) string { return a.Events[i].ID })
}

func (o *Oddities) note(a *schema.Annotation, at, kind string, n int, id func(i int) string) {
	if ascend(n, id) {
		return
	}
	seen := make(map[string]int, n)
	for i := range n {
		id := id(i)
		if id == "" {
			continue
		}
		if seen[id]++; seen[id] == 2 {
			if o.twice == 0 {
				o.repeated = fmt.Sprintf("%s%s, %s %q", at, a.DocID, kind, id)
			}
			o.twice++
		}
	}
}

// ascend reports whether each id is longer than the one before it or, as long,
// after it in the alphabet, like m1, m2 … m10: then none stands twice.
func ascend(n int, id func(i int) string) bool {
	last := ""
	for i := range n {
		next := id(i)
		if len(next) < len(last) || len(next) == len(last) && next <= last {
			return false
		}
		last = next
	}
	return true
}

// Warnings says what was found, in a fixed order.
func (o *Oddities) Warnings() []string {
	var out []string
	if len(o.types) > 0 {
		out = append(out, "types that the ontology does not have count as wrong: "+counted(o.types))
	}
	if len(o.roles) > 0 {
		out = append(out, "roles that the ontology does not have count as wrong: "+counted(o.roles))
	}
	if o.dangling > 0 {
		out = append(out, fmt.Sprintf("%d arguments refer to nothing in their article and count as wrong; the first: %s", o.dangling, o.example))
	}
	if o.twice > 0 {
		out = append(out, fmt.Sprintf("%d ids stand twice in their article; an argument that refers to one refers to nothing and counts as wrong, unless all that have it are the same; the first: %s", o.twice, o.repeated))
	}
	return out
}

// counted lists names with their counts, the first few by name.
func counted(m map[string]int64) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(m)) {
		parts = append(parts, fmt.Sprintf("%s (%d)", name, m[name]))
	}
	return wording.FirstOf(parts)
}
