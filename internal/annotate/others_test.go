package annotate

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
)

// secret is a label of gold and of another pass that no one else has.
const secret = `{"doc_id":"a1","mentions":[{"mention_id":"m77","start":12,"end":20,"text":"ts envoy","type":"PER"}]}`

// Until one's own labels of an article are declared done, nothing that can be asked
// tells what others have labelled, nor that there are others.
func TestOthersAreHidden(t *testing.T) {
	dir := t.TempDir()
	secretGold := strings.ReplaceAll(secret, "ts envoy", "meets en")
	secretGold = strings.Replace(secretGold, `"start":12,"end":20`, `"start":9,"end":17`, 1)
	write(t, secretGold, dir, "a1.json")
	write(t, secret, dir, "passes", "zacharias", "a1.json")
	write(t, `[{"actor_id":"hidden-actor","name_en":"Hidden","type":"PER"}]`, dir, "passes", "zacharias", "actors.json")
	suggested := func(o *Options) {
		o.Pass = "anna"
		d, err := native.Parse(`{"doc_id":"a1","mentions":[{"start":49,"end":51,"text":"he","type":"PER","confidence":0.5}]}`, labels.Position{}, false)
		if err != nil {
			t.Fatal(err)
		}
		if err := o.Suggest([]*labels.Document{d}); err != nil {
			t.Fatal(err)
		}
	}
	s := open(t, dir, suggested)
	everything := func() string {
		var b strings.Builder
		for _, f := range []func() (any, error){
			func() (any, error) { return s.Overview() }, func() (any, error) { return s.Article("a1") }, func() (any, error) { return s.Article("a2") },
			func() (any, error) { return s.Span("a1", 12, 20) }, func() (any, error) { return s.Actors(""), nil }, func() (any, error) { return s.Hoppers(), nil },
		} {
			v, err := f()
			if err != nil {
				t.Fatal(err)
			}
			j, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			b.Write(j)
		}
		return b.String()
	}
	act(t, s, "a1", berg(), mention(t, s, "a1", "Anna Berg", "PER", "berg"))
	act(t, s, "a2", journal.Action{Op: "state", Value: json.RawMessage(`"done"`)})
	for _, word := range []string{"zacharias", "m77", "hidden", `"meets en"`, `"gold"`, `confidence`} {
		if strings.Contains(everything(), word) {
			t.Errorf("%q can be seen", word)
		}
	}
	if _, err := s.Judge(VerdictRequest{Request: Request{Article: "a1", Rev: s.byID["a1"].rev}, ID: "mention/m1", Verdict: "accept"}); !errors.As(err, new(*RefusedError)) {
		t.Errorf("a suggestion was accepted before it can be seen: %v", err)
	}

	answer := act(t, s, "a1", journal.Action{Op: "state", Value: json.RawMessage(`"done"`)})
	var names []string
	for _, p := range answer.Others.Passes {
		names = append(names, p.Name)
	}
	if fmt.Sprint(names) != "[gold zacharias]" || len(answer.Others.Suggestions) != 1 {
		t.Errorf("got %+v", answer.Others)
	}
	seen := slices.Collect(func(yield func(journal.Entry) bool) {
		for _, e := range s.entries {
			if e.Kind == journal.Seen && !yield(e) {
				return
			}
		}
	})
	if len(seen) != 1 || fmt.Sprint(seen[0].Shown) != "[gold zacharias suggestions]" || seen[0].Before["zacharias"] != hash([]byte(secret)) || seen[0].Time == "" {
		t.Errorf("the journal has %+v", seen)
	}
	everything()
	if n := len(s.entries); n != seen[0].Seq {
		t.Errorf("shown again, and journalled again: %d entries", n)
	}
}

// A suggestion is accepted as a label of its own, or refused; both are in the journal,
// and undoing the first takes the verdict back.
func TestSuggestions(t *testing.T) {
	dir := t.TempDir()
	suggested := func(o *Options) {
		d, err := native.Parse(`{"doc_id":"a1","mentions":[{"mention_id":"x","start":34,"end":43,"text":"Anna Berg","type":"PER","actor_id":"unknown"},{"mention_id":"y","start":61,"end":67,"text":"France","type":"GPE","confidence":0.25}],
"events":[{"event_id":"x","start":44,"end":47,"text":"met","type":"CONSULT","arguments":[{"role":"ACTOR","mention_id":"x"},{"role":"RECIPIENT","mention_id":"y"}]}]}`, labels.Position{}, false)
		if err != nil {
			t.Fatal(err)
		}
		if err := o.Suggest([]*labels.Document{d}); err != nil {
			t.Fatal(err)
		}
	}
	s := open(t, dir, suggested)
	judge := func(id, verdict string) (*Answer, error) {
		return s.Judge(VerdictRequest{Request: Request{Article: "a1", Rev: s.byID["a1"].rev}, ID: id, Verdict: verdict})
	}
	act(t, s, "a1", berg(), mention(t, s, "a1", "Anna Berg", "PER", "berg"), journal.Action{Op: "state", Value: json.RawMessage(`"done"`)})
	verdicts := func() string {
		v, err := s.Article("a1")
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, x := range v.Others.Suggestions {
			fmt.Fprintf(&b, "%s %v %q; ", x.ID, x.Have, x.Verdict)
		}
		return b.String()
	}
	if got := verdicts(); got != `mention/x true ""; mention/y false ""; event/x false ""; ` {
		t.Errorf("got %s", got)
	}
	if _, err := judge("mention/y", "refuse"); err != nil {
		t.Fatal(err)
	}
	if _, err := judge("event/x", "accept"); err != nil { // France is no label, and so no argument
		t.Fatal(err)
	}
	if got := read(t, dir, "a1.json"); !strings.Contains(got, `"e1"`) || strings.Contains(got, "RECIPIENT") || !strings.Contains(got, `{"role": "ACTOR", "mention_id": "m1"}`) {
		t.Errorf("got %s", got)
	}
	want := `mention/x true ""; mention/y false "refuse"; event/x true "accept"; `
	if got := verdicts(); got != want {
		t.Errorf("got %s", got)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir, suggested)
	if got := verdicts(); got != want {
		t.Errorf("opened again: %s", got)
	}
	if _, err := s.Undo(Request{Article: "a1", Rev: s.byID["a1"].rev}); err != nil {
		t.Fatal(err)
	}
	if got := verdicts(); got != `mention/x true ""; mention/y false "refuse"; event/x false ""; ` {
		t.Errorf("undone: %s", got)
	}
	for _, x := range [][2]string{{"mention/z", "accept"}, {"mention/z", "refuse"}, {"mention/y", "maybe"}, {"x", "accept"}} {
		if _, err := judge(x[0], x[1]); !errors.As(err, new(*RefusedError)) {
			t.Errorf("%v: got %v", x, err)
		}
	}
}

// The actors of a pass are those of the labels as it began, and its own; neither the
// others' later ones nor its own ones for others.
func TestActorsOfPass(t *testing.T) {
	dir := t.TempDir()
	write(t, "[\n  {\"actor_id\": \"shared\", \"name_en\": \"Shared\", \"type\": \"PER\"}\n]\n", dir, "actors.json")
	anna := func(o *Options) { o.Pass = "anna" }
	s := open(t, dir, anna)
	act(t, s, "a1", berg(), mention(t, s, "a1", "Anna Berg", "PER", "berg"))
	if got := read(t, dir, "passes", "anna", "actors.json"); !strings.Contains(got, "shared") || !strings.Contains(got, "berg") {
		t.Errorf("got %s", got)
	}
	if got := read(t, dir, "actors.json"); strings.Contains(got, "berg") {
		t.Errorf("the table of all has %s", got)
	}
	write(t, "[\n  {\"actor_id\": \"later\", \"name_en\": \"Later\", \"type\": \"PER\"}\n]\n", dir, "actors.json")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir, anna)
	if got := fmt.Sprint(len(s.Actors("")), s.actors.find("later")); got != "2 <nil>" {
		t.Errorf("got %s", got)
	}
}

// Other places of a surface get the same labels, with the head moved along.
func TestSame(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, nil)
	act(t, s, "a1", berg(), put("mention", map[string]any{"start": 71, "end": 77, "head_start": 71, "head_end": 77, "type": "GPE", "level": "NAM", "actor_id": "berg"}))
	v, err := s.Span("a1", 71, 77)
	if err != nil || len(v.Same) != 1 || v.Type != "GPE" || v.Actor != "berg" || v.Same[0].Context[1] != "Berlin" {
		t.Fatalf("got %+v, %v", v, err)
	}
	at := v.Same[0]
	answer, err := s.Same(SameRequest{Request: Request{Article: "a1", Rev: s.byID["a1"].rev}, From: "m1", At: [][2]int32{{at.Start, at.End}}})
	if err != nil || len(answer.Made) != 1 {
		t.Fatalf("got %+v, %v", answer, err)
	}
	if got := read(t, dir, "a1.json"); !strings.Contains(got, `"start": 112, "end": 118, "text": "Berlin", "head_start": 112, "head_end": 118`) {
		t.Errorf("got %s", got)
	}
	if _, err := s.Undo(Request{Article: "a1", Rev: answer.Rev}); err != nil || len(s.byID["a1"].state.mentions) != 1 {
		t.Error("both are undone, or none", err)
	}
}
