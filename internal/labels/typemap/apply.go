package typemap

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// Count is how often predictions had a name that was mapped.
type Count struct {
	Kind  Kind   `json:"kind"`
	From  string `json:"from"`
	To    string `json:"to"` // "-" where it was not judged
	Items int    `json:"items"`
}

// Counts is how often each name was mapped.
type Counts map[Count]int // keys have no Items

// List is the counts in the order of kind and name.
func (c Counts) List() []Count {
	var list []Count
	for k, n := range c {
		k.Items = n
		list = append(list, k)
	}
	slices.SortFunc(list, func(a, b Count) int {
		return cmp.Or(slices.Index(kinds, a.Kind)-slices.Index(kinds, b.Kind), cmp.Compare(a.From, b.From))
	})
	return list
}

// Warnings says what was not judged, and which pairs of the map fit nothing.
func (m *Map) Warnings(c Counts) (out []string) {
	if m == nil {
		return nil
	}
	for _, k := range kinds {
		var names []string
		total := 0
		for _, n := range c.List() {
			if n.Kind == k && n.To == notJudged {
				names = append(names, fmt.Sprintf("%s %d", n.From, n.Items))
				total += n.Items
			}
		}
		if total > 0 {
			out = append(out, fmt.Sprintf("not judged, as --map has it: %s: %s", plural(total, nouns[k]), strings.Join(names, ", ")))
		}
	}
	met := map[string]bool{}
	for n := range maps.Keys(c) {
		met[n.From], met[string(n.Kind)+":"+n.From] = true, true
	}
	for _, p := range m.pairs {
		name := p.From
		if p.Kind != "" {
			name = string(p.Kind) + ":" + p.From
		}
		if p.From != others && !met[name] {
			out = append(out, fmt.Sprintf("--map %s: nothing predicted is called %q", p, p.From))
		}
	}
	return out
}

var nouns = map[Kind]string{Mention: "mention", Event: "event", Role: "argument"}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Apply is a prediction with its types and roles mapped, and counts what was. The
// one given stays as it is. What is not judged is gone: with an event its
// arguments, and arguments that it fills; an argument that a mention of such a
// type fills keeps the mention's place.
func (m *Map) Apply(a *schema.Annotation, c Counts) *schema.Annotation {
	if m == nil {
		return a
	}
	out := *a
	out.Mentions, out.Events = nil, nil
	keep := func(k Kind, name *string) bool {
		from := *name
		to, named, ok := m.lookUp(k, from)
		if named {
			c[Count{Kind: k, From: from, To: to}]++
		}
		if ok {
			*name = to
		}
		return ok
	}
	goneMentions, goneEvents := map[string]*schema.Mention{}, map[string]bool{}
	for _, x := range a.Mentions {
		if keep(Mention, &x.Type) {
			out.Mentions = append(out.Mentions, x)
		} else {
			goneMentions[x.ID] = &x
		}
	}
	for _, e := range a.Events {
		if keep(Event, &e.Type) {
			out.Events = append(out.Events, e)
		} else {
			goneEvents[e.ID] = true
		}
	}
	delete(goneMentions, "")
	delete(goneEvents, "")
	for i := range out.Events {
		e := &out.Events[i]
		if goneMentions[e.SourceMentionID] != nil {
			e.SourceMentionID = ""
		}
		arguments := e.Arguments
		e.Arguments = nil
		for _, g := range arguments {
			if goneEvents[g.TargetEventID] || !keep(Role, &g.Role) {
				continue
			}
			if x := goneMentions[g.MentionID]; x != nil {
				g.MentionID, g.Span, g.Text = "", x.Span, x.Text
			}
			e.Arguments = append(e.Arguments, g)
		}
	}
	return &out
}
