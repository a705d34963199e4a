package annotate

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
)

// twoPasses labels the first article twice. They differ in the extent and head of a
// mention, a type, an actor that one made for another referent, a mention and an event
// that only one has, an argument, realis and the hopper; their names for Anna Berg and
// for the meeting differ, which is no difference.
func twoPasses(t *testing.T) string {
	dir := t.TempDir()
	for _, p := range []struct{ name, berg, hopper string }{{"anna", "berg", "talks"}, {"ben", "a-berg", "meeting"}} {
		s := open(t, dir, func(o *Options) { o.Pass = p.name })
		first := p.name == "anna"
		pick := func(a, b any) any {
			if first {
				return a
			}
			return b
		}
		act(t, s, "a1",
			put("actor", map[string]any{"actor_id": p.berg, "name_en": "Anna Berg", "type": "PER", "country": "DEU"}),
			put("actor", map[string]any{"actor_id": "france", "name_en": "France", "type": "GPE", "country": "FRA"}),
			put("actor", map[string]any{"actor_id": "berlin", "name_en": "Berlin", "type": "GPE"}),
			put("mention", map[string]any{"start": pick(21, 25), "end": 43, "head_start": pick(34, 25), "head_end": pick(43, 33), "type": "PER", "level": "NAM", "actor_id": p.berg}),
			put("mention", map[string]any{"start": 61, "end": 67, "head_start": 61, "head_end": 67, "type": pick("GPE", "ORG"), "level": "NAM", "actor_id": "france"}),
			put("mention", map[string]any{"start": 71, "end": 77, "head_start": 71, "head_end": 77, "type": "GPE", "level": "NAM", "actor_id": pick("berlin", "france")}),
			put("mention", map[string]any{"start": 79, "end": 83, "head_start": 79, "head_end": 83, "type": "PER", "level": "NAM", "actor_id": p.berg}),
			put("event", map[string]any{"start": 44, "end": 47, "type": "CONSULT", "realis": pick("actual", "other"), "hopper_id": p.hopper,
				"arguments": pick([]any{map[string]any{"role": "ACTOR", "mention_id": "m1"}}, []any{map[string]any{"role": "ACTOR", "mention_id": "m1"}, map[string]any{"role": "LOCATION", "mention_id": "m3"}})}),
			put("event", map[string]any{"start": 91, "end": 96, "type": "CONSULT", "realis": "actual", "hopper_id": pick(p.hopper, "other-talks")}))
		if first {
			act(t, s, "a1", mention(t, s, "a1", "Minister", "PER", "berg"))
		} else {
			act(t, s, "a1", put("event", map[string]any{"start": 84, "end": 88, "type": "REQUEST", "arguments": []any{map[string]any{"role": "ACTOR", "mention_id": "m4"}}}))
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func reviewing2(o *Options) { o.Review = [2]string{"anna", "ben"} }

func kinds(v *ReviewView) string {
	var list []string
	for _, g := range v.Groups {
		list = append(list, fmt.Sprintf("%s %d %s|%s", g.Kind, g.Start, g.A.Value, g.B.Value))
	}
	return strings.Join(list, "\n")
}

func TestReviewShowsDifferences(t *testing.T) {
	s := open(t, twoPasses(t), reviewing2)
	v, err := s.Review("a1")
	if err != nil {
		t.Fatal(err)
	}
	want := `missed 0 yes|
extent 21 "The minister Anna Berg" (21–43)|"minister Anna Berg" (25–43)
head 21 "Anna Berg" (34–43)|"minister" (25–33)
type 61 GPE|ORG
actor 71 berlin|france
realis 44 actual|other
argument 44 |"Berlin" (71)
missed 84 |yes
hopper 91 talks|other-talks`
	if got := kinds(v); got != want {
		t.Errorf("got\n%s\nexpected\n%s", got, want)
	}
	if len(v.Article.Mentions) != 4 || len(v.Article.Events) != 2 || v.Undecided != 9 {
		t.Errorf("taken over: %d mentions and %d events, %d undecided", len(v.Article.Mentions), len(v.Article.Events), v.Undecided)
	}
	// Of anna's 5 and ben's 4 mentions 2 have the same span and type: 2·2/(5+4).
	if f := v.Agreement.Before[0]; f.Name != "mentions.strict" || f.F1 == nil || fmt.Sprintf("%.4f", *f.F1) != "0.4444" {
		t.Errorf("got %+v", v.Agreement.Before)
	}
	if _, err := s.Review("a2"); !errors.As(err, new(*RefusedError)) {
		t.Errorf("nobody labelled it: %v", err)
	}
}

// decide settles the difference of a kind at an offset.
func decide(t *testing.T, s *Session, kind string, at int32, side string, value any) *ReviewView {
	t.Helper()
	v, err := s.Review("a1")
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range v.Groups {
		if g.Kind == kind && g.Start == at {
			r := ReviewRequest{Request: Request{Article: "a1", Rev: v.Article.Rev}, Group: g.ID, Side: side, Reason: "because | so"}
			if value != nil {
				if r.Value, err = json.Marshal(value); err != nil {
					t.Fatal(err)
				}
			}
			if v, err = s.Decide(r); err != nil {
				t.Fatalf("%s at %d: %v", kind, at, err)
			}
			return v
		}
	}
	t.Fatalf("no %s at %d in\n%s", kind, at, kinds(v))
	return nil
}

func TestReviewSettles(t *testing.T) {
	dir := twoPasses(t)
	s := open(t, dir, reviewing2)
	if _, err := s.Review("a1"); err != nil {
		t.Fatal(err)
	}
	done := []journal.Action{{Op: "state", Value: json.RawMessage(`"done"`)}}
	if _, err := s.Act(Request{Article: "a1", Rev: s.byID["a1"].rev, Do: done}); !errors.As(err, new(*RefusedError)) {
		t.Errorf("done with undecided differences: %v", err)
	}
	decide(t, s, "missed", 0, "b", nil)
	decide(t, s, "extent", 21, "b", nil)
	decide(t, s, "head", 21, "a", nil)
	decide(t, s, "type", 61, "third", map[string]any{"start": 61, "end": 67, "type": "GRP", "level": "NAM", "actor_id": "france"})
	decide(t, s, "actor", 71, "a", nil)
	decide(t, s, "realis", 44, "a", nil)
	decide(t, s, "argument", 44, "b", nil)
	decide(t, s, "hopper", 91, "b", nil)
	v := decide(t, s, "missed", 84, "b", nil)
	if v.Undecided != 0 {
		t.Fatalf("undecided: %d", v.Undecided)
	}
	want := `{
  "doc_id": "a1",
  "mentions": [
    {"mention_id": "m1", "start": 25, "end": 43, "text": "minister Anna Berg", "head_start": 34, "head_end": 43, "type": "PER", "level": "NAM", "actor_id": "berg"},
    {"mention_id": "m2", "start": 61, "end": 67, "text": "France", "type": "GRP", "level": "NAM", "actor_id": "france"},
    {"mention_id": "m3", "start": 71, "end": 77, "text": "Berlin", "head_start": 71, "head_end": 77, "type": "GPE", "level": "NAM", "actor_id": "berlin"},
    {"mention_id": "m4", "start": 79, "end": 83, "text": "Berg", "head_start": 79, "head_end": 83, "type": "PER", "level": "NAM", "actor_id": "berg"}
  ],
  "events": [
    {"event_id": "e1", "start": 44, "end": 47, "text": "met", "type": "CONSULT", "realis": "actual", "hopper_id": "talks", "arguments": [
      {"role": "ACTOR", "mention_id": "m1"},
      {"role": "LOCATION", "mention_id": "m3"}
    ]},
    {"event_id": "e3", "start": 84, "end": 88, "text": "said", "type": "REQUEST", "arguments": [
      {"role": "ACTOR", "mention_id": "m4"}
    ]},
    {"event_id": "e2", "start": 91, "end": 96, "text": "talks", "type": "CONSULT", "realis": "actual", "hopper_id": "other-talks"}
  ]
}
`
	if got := read(t, dir, "a1.json"); got != want {
		t.Errorf("got %s", got)
	}
	if got := read(t, dir, "actors.json"); strings.Contains(got, "a-berg") || !strings.Contains(got, `"berg"`) {
		t.Errorf("got %s", got)
	}
	table := read(t, dir, "ADJUDICATION.md")
	for _, line := range []string{
		"## Disagreements between anna and ben", "| what | anna | ben | chosen | reason |",
		`| "The minister Anna Berg" (21), extent | "The minister Anna Berg" (21–43) | "minister Anna Berg" (25–43) | ben | because \| so |`,
		`| "Minister" (0), a mention | yes | none | ben |`, `| "met" (44), LOCATION | none | "Berlin" (71) | ben |`, `| "France" (61), type | GPE | ORG | GRP | because`,
	} {
		if !strings.Contains(table, line) {
			t.Errorf("no %s in\n%s", line, table)
		}
	}
	act(t, s, "a1", done...)

	// The decisions stand when the program begins anew, and one that is undone does not.
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir, reviewing2)
	if v, err := s.Review("a1"); err != nil || v.Undecided != 0 {
		t.Fatalf("opened again: %+v, %v", v, err)
	}
	for range 2 {
		if _, err := s.Undo(Request{Article: "a1", Rev: s.byID["a1"].rev}); err != nil {
			t.Fatal(err)
		}
	}
	if v, err := s.Review("a1"); err != nil || v.Undecided != 1 || len(v.Article.Events) != 2 {
		t.Errorf("undone: %d undecided, %d events, %v", v.Undecided, len(v.Article.Events), err)
	}
}

// What rests on something that is not settled waits for it, and a reason is asked for.
func TestReviewRefuses(t *testing.T) {
	s := open(t, twoPasses(t), reviewing2)
	v, err := s.Review("a1")
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]ReviewRequest{
		"no reason": {Group: v.Groups[0].ID, Side: "a", Reason: " "}, "no side": {Group: v.Groups[0].ID, Side: "c", Reason: "x"}, "no group": {Group: "x", Side: "a", Reason: "x"},
		"no answer": {Group: v.Groups[0].ID, Side: "third", Reason: "x"},
		"no label":  {Group: v.Groups[0].ID, Side: "third", Reason: "x", Value: json.RawMessage(`{"typ":"PER"}`)},
	} {
		r.Request = Request{Article: "a1", Rev: v.Article.Rev}
		if _, err := s.Decide(r); !errors.As(err, new(*RefusedError)) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	for _, name := range []string{"anna", "carl"} {
		_, err := tryOpen(t.TempDir(), func(o *Options) { o.Review = [2]string{name, "ben"} })
		if !errors.As(err, new(*PassError)) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// A third answer may be a span alone: the rest stays as it is settled.
func TestThirdSpan(t *testing.T) {
	dir := twoPasses(t)
	s := open(t, dir, reviewing2)
	decide(t, s, "extent", 21, "third", map[string]any{"start": 34, "end": 43})
	if got := read(t, dir, "a1.json"); !strings.Contains(got, `{"mention_id": "m1", "start": 34, "end": 43, "text": "Anna Berg", "type": "PER", "level": "NAM", "actor_id": "berg"}`) {
		t.Errorf("got %s", got)
	}
	decide(t, s, "missed", 0, "third", map[string]any{"start": 0, "end": 14})
	if got := read(t, dir, "a1.json"); !strings.Contains(got, `"text": "Minister meets"`) {
		t.Errorf("got %s", got)
	}
}

// An ADJUDICATION.md that someone wrote stays as it is.
func TestOwnAdjudication(t *testing.T) {
	dir := twoPasses(t)
	write(t, "# Ours\n", dir, "ADJUDICATION.md")
	s := open(t, dir, reviewing2)
	decide(t, s, "type", 61, "a", nil)
	if got := read(t, dir, "ADJUDICATION.md"); got != "# Ours\n" {
		t.Errorf("got %s", got)
	}
	if got := read(t, dir, "ADJUDICATION-anna-ben.md"); !strings.Contains(got, "Not settled yet in a1: 8.") {
		t.Errorf("got %s", got)
	}
}
