package scoring

import (
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/schema"
)

func TestOdditiesAreSaid(t *testing.T) {
	o := NewOddities(schema.PLOVER())
	o.Add(&schema.Annotation{DocID: "d", Mentions: []schema.Mention{{ID: "m1", Type: "PER"}, {ID: "m2", Type: "PERSON"}, {ID: "m3", Type: "PERSON"}},
		Events: []schema.Event{{ID: "e1", Type: "MEET", Arguments: []schema.Argument{
			{Role: "ACTOR", MentionID: "m1"}, {Role: "AGENT", MentionID: "m9"}, {Role: "TOPIC", TargetEventID: "e1"}, {Role: "TOPIC", TargetEventID: "e2"}}}}}, "")
	want := []string{
		"types that the ontology does not have count as wrong: event MEET (1), mention PERSON (2)",
		"roles that the ontology does not have count as wrong: AGENT (1)",
		`2 arguments refer to nothing in their article and count as wrong; the first: d, role AGENT of event "e1"`,
	}
	if got := strings.Join(o.Warnings(), "\n"); got != strings.Join(want, "\n") {
		t.Errorf("found\n%s\nexpected\n%s", got, strings.Join(want, "\n"))
	}
	o = NewOddities(schema.PLOVER())
	o.Add(&schema.Annotation{DocID: "d", Mentions: []schema.Mention{{ID: "m1", Type: "PER"}, {ID: "m1", Type: "PER", Span: schema.Span{Start: 3, End: 5}}, {Type: "PER"}, {Type: "PER"}}}, "p.jsonl:7")
	if got := strings.Join(o.Warnings(), "\n"); !strings.HasPrefix(got, "1 ids stand twice") || !strings.HasSuffix(got, `the first: p.jsonl:7: d, mention "m1"`) {
		t.Errorf("found %q; expected the id m1", got)
	}
	if got := NewOddities(schema.PLOVER()).Warnings(); got != nil {
		t.Errorf("nothing odd gave %v", got)
	}
}
