package ontology

import (
	"testing"

	"github.com/mizan-corpus/mizan/schema"
)

// TestMade: labels are made for an ontology by its levels or events, and by most of
// their types.
func TestMade(t *testing.T) {
	mentions := func(level string, types ...string) (list []schema.Mention) {
		for _, typ := range types {
			list = append(list, schema.Mention{Type: typ, Level: level})
		}
		return list
	}
	for _, c := range []struct {
		name string
		a    schema.Annotation
		want bool
	}{
		{"levels and types", schema.Annotation{Mentions: mentions("NAM", "PER", "ORG")}, true},
		{"one type is a slip", schema.Annotation{Mentions: mentions("NAM", "PER", "ORG", "PRE")}, true},
		{"half are its", schema.Annotation{Mentions: mentions("NAM", "PER", "MISC")}, false},
		{"no levels", schema.Annotation{Mentions: mentions("", "PER", "ORG")}, false},
		{"no levels, but its events", schema.Annotation{Mentions: mentions("", "PER"), Events: []schema.Event{{Type: "CONSULT"}}}, true},
		{"events as bare labels", schema.Annotation{Mentions: mentions("", "PER", "CONSULT")}, true},
		{"levels, but other events", schema.Annotation{Mentions: mentions("NAM", "PER"), Events: []schema.Event{{Type: "Attack"}, {Type: "Die"}}}, false},
		{"nothing", schema.Annotation{}, false},
	} {
		x := NewInference()
		x.Add(&c.a)
		if got := x.Made(Default()); got != c.want {
			t.Errorf("%s: %v, expected %v", c.name, got, c.want)
		}
	}
}
