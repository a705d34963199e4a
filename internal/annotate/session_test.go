package annotate

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

// The two articles of these tests.
const (
	english = "Minister meets envoy\nThe minister Anna Berg met the envoy of France in Berlin. Berg said 😀 talks would go on in Berlin."
	arabic  = "لقاء في برلين\nوقال الوزير سامي حداد لماكرون إن المحادثات ستستمر في برلين."
)

func articles() []*schema.Article {
	return []*schema.Article{{DocID: "a1", Title: "Minister meets envoy", Text: english, Language: "en"}, {DocID: "a2", Title: "لقاء في برلين", Text: arabic, Language: "ar"}}
}

// open opens the labels of a folder.
func open(t testing.TB, dir string, change func(*Options)) *Session {
	t.Helper()
	s, err := tryOpen(dir, change)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func tryOpen(dir string, change func(*Options)) (*Session, error) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	opt := Options{Articles: articles(), Ontology: ontology.Default(), Dir: dir, Labels: labels.Source{FS: os.DirFS(dir), Path: ".", Name: "labels"},
		Clock: func() time.Time { now = now.Add(time.Second); return now }}
	if change != nil {
		change(&opt)
	}
	return Open(opt)
}

// put is an action that puts an item.
func put(kind string, value any) journal.Action {
	b, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return journal.Action{Op: "put", Kind: kind, Value: b}
}

// mention is a mention of a surface, at its n-th place in the article.
func mention(t testing.TB, s *Session, docID, surface, typ, actor string) journal.Action {
	t.Helper()
	text := s.byID[docID].Text
	at := strings.Index(text, surface)
	if at < 0 {
		t.Fatalf("%s: no %q", docID, surface)
	}
	start := len([]rune(text[:at]))
	return put("mention", map[string]any{"start": start, "end": start + len([]rune(surface)), "type": typ, "level": "NAM", "actor_id": actor})
}

func berg() journal.Action {
	return put("actor", map[string]any{"actor_id": "berg", "name_en": "Anna Berg", "type": "PER", "country": "DEU", "sector": "GOV"})
}

// act does actions on an article as it is now.
func act(t testing.TB, s *Session, docID string, do ...journal.Action) *Answer {
	t.Helper()
	answer, err := s.Act(Request{Article: docID, Rev: s.byID[docID].rev, Do: do, Why: "test", Seconds: 1.25})
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

func read(t testing.TB, elem ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(elem...))
	if errors.Is(err, os.ErrNotExist) {
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func write(t testing.TB, content string, elem ...string) {
	t.Helper()
	name := filepath.Join(elem...)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	// as though it were written some time later
	if err := os.Chtimes(name, time.Time{}, time.Now().Add(time.Duration(len(content))*time.Second)); err != nil {
		t.Fatal(err)
	}
}

const bergFile = `{
  "doc_id": "a1",
  "mentions": [
    {"mention_id": "m1", "start": 34, "end": 43, "text": "Anna Berg", "type": "PER", "level": "NAM", "actor_id": "berg"}
  ]
}
`

// An action is in the journal and in the label file, with id and surface filled in,
// and so it is after the program has begun anew.
func TestActIsSaved(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "labels")
	s := open(t, dir, nil)
	answer := act(t, s, "a1", berg(), mention(t, s, "a1", "Anna Berg", "PER", "berg"))
	if !answer.Saved || fmt.Sprint(answer.Made) != "[m1]" || len(answer.Actors) != 1 || answer.State != StateDraft {
		t.Errorf("got %+v", answer)
	}
	if got := read(t, dir, "a1.json"); got != bergFile {
		t.Errorf("got %s", got)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, dir, nil)
	v, err := again.Article("a1")
	if err != nil || len(v.Mentions) != 1 || !v.Undo || v.UndoWhy != "test" || v.Rev != answer.Rev {
		t.Errorf("got %+v, %v", v, err)
	}
	if _, err := again.Undo(Request{Article: "a1", Rev: v.Rev}); err != nil {
		t.Fatal(err)
	}
	if a, b := read(t, dir, "a1.json"), read(t, dir, "actors.json"); a != "" || b != "" {
		t.Errorf("after undo: %q and %q", a, b)
	}
}

// What is no label is refused, and nothing of the request is done.
func TestRefused(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, nil)
	act(t, s, "a1", berg(), mention(t, s, "a1", "Anna Berg", "PER", "berg"),
		put("event", map[string]any{"start": 44, "end": 47, "type": "CONSULT", "arguments": []any{map[string]any{"role": "ACTOR", "mention_id": "m1"}}}))
	before := read(t, dir, "a1.json")
	for name, do := range map[string]journal.Action{
		"outside":        put("mention", map[string]any{"start": 100, "end": 1000, "type": "PER"}),
		"empty":          put("mention", map[string]any{"start": 5, "end": 5, "type": "PER"}),
		"space":          put("mention", map[string]any{"start": 20, "end": 24, "type": "PER"}),
		"other text":     put("mention", map[string]any{"start": 21, "end": 24, "text": "An", "type": "PER"}),
		"type":           put("mention", map[string]any{"start": 21, "end": 24, "type": "CAT"}),
		"actor":          put("mention", map[string]any{"start": 21, "end": 24, "type": "PER", "actor_id": "nobody"}),
		"head":           put("mention", map[string]any{"start": 34, "end": 43, "head_start": 0, "head_end": 4, "type": "PER"}),
		"field":          put("mention", map[string]any{"start": 21, "end": 24, "typ": "PER"}),
		"half a span":    put("mention", map[string]any{"start": 21, "type": "PER"}),
		"event type":     put("event", map[string]any{"start": 44, "end": 47, "type": "MEET"}),
		"role":           put("event", map[string]any{"start": 44, "end": 47, "type": "CONSULT", "arguments": []any{map[string]any{"role": "EATER", "mention_id": "m1"}}}),
		"no mention":     put("event", map[string]any{"start": 44, "end": 47, "type": "CONSULT", "arguments": []any{map[string]any{"role": "ACTOR", "mention_id": "m9"}}}),
		"actor's type":   put("actor", map[string]any{"actor_id": "x", "name_en": "X", "type": "CAT"}),
		"drop nothing":   {Op: "drop", Kind: "mention", ID: "m7"},
		"actor in use":   {Op: "drop", Kind: "actor", ID: "berg"},
		"kind":           {Op: "put", Kind: "mentions", Value: json.RawMessage(`{}`)},
		"op":             {Op: "set", Kind: "mention"},
		"state":          {Op: "state", Value: json.RawMessage(`"ready"`)},
		"region":         put("unlabelled", map[string]any{"start": 5, "end": 1000}),
		"region dropped": {Op: "drop", Kind: "unlabelled", ID: "1-2"},
	} {
		_, err := s.Act(Request{Article: "a1", Rev: s.byID["a1"].rev, Do: []journal.Action{mention(t, s, "a1", "Berlin", "GPE", ""), do}})
		var refused *RefusedError
		if !errors.As(err, &refused) {
			t.Errorf("%s: got %v, expected to be refused", name, err)
		}
		if got := read(t, dir, "a1.json"); got != before {
			t.Fatalf("%s: the file is now %s", name, got)
		}
	}
	if _, err := s.Act(Request{Article: "nowhere"}); !errors.As(err, new(*NotFoundError)) {
		t.Errorf("got %v", err)
	}
}

// A second page acts on what it no longer shows: nothing is done.
func TestTwoTabs(t *testing.T) {
	s := open(t, t.TempDir(), nil)
	old := s.byID["a1"].rev
	act(t, s, "a1", berg())
	_, err := s.Act(Request{Article: "a1", Rev: old, Do: []journal.Action{mention(t, s, "a1", "Berlin", "GPE", "")}})
	if !errors.As(err, new(*StaleError)) {
		t.Errorf("got %v", err)
	}
	if _, err := s.Act(Request{Article: "a2", Rev: 0, Do: []journal.Action{mention(t, s, "a2", "برلين", "GPE", "")}}); err != nil {
		t.Errorf("another article is as it was: %v", err)
	}
}

// Two programs do not label in one folder, and different passes do not hinder each other.
func TestTwoServers(t *testing.T) {
	dir := t.TempDir()
	anna := func(o *Options) { o.Pass = "anna" }
	first := open(t, dir, anna)
	if _, err := tryOpen(dir, anna); !errors.Is(err, journal.ErrBusy) {
		t.Errorf("got %v", err)
	}
	open(t, dir, func(o *Options) { o.Pass = "ben" })
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	open(t, dir, anna)
}

// Dropping a mention takes it out of the events that name it, in one step that is
// undone in one.
func TestDropTakesArguments(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, nil)
	act(t, s, "a1", berg(), mention(t, s, "a1", "Anna Berg", "PER", "berg"),
		put("event", map[string]any{"start": 44, "end": 47, "type": "CONSULT", "source_mention_id": "m1", "arguments": []any{map[string]any{"role": "ACTOR", "mention_id": "m1"}}}),
		put("event", map[string]any{"start": 94, "end": 99, "type": "CONSULT", "arguments": []any{map[string]any{"role": "TOPIC", "target_event_id": "e1"}}}))
	before := read(t, dir, "a1.json")
	act(t, s, "a1", journal.Action{Op: "drop", Kind: "mention", ID: "m1"}, journal.Action{Op: "drop", Kind: "event", ID: "e1"})
	if got := read(t, dir, "a1.json"); strings.Contains(got, "m1") || strings.Contains(got, `"e1"`) || !strings.Contains(got, `"e2"`) {
		t.Errorf("got %s", got)
	}
	if _, err := s.Undo(Request{Article: "a1", Rev: s.byID["a1"].rev}); err != nil {
		t.Fatal(err)
	}
	if got := read(t, dir, "a1.json"); got != before {
		t.Errorf("after undo: %s", got)
	}
}

// Regions that touch are one, and dropping it leaves none.
func TestRegions(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, nil)
	region := func(a, b int) journal.Action { return put("unlabelled", map[string]any{"start": a, "end": b}) }
	if got := act(t, s, "a1", region(0, 5), region(10, 20), region(5, 12)).Unlabelled; fmt.Sprint(got) != "[[0 20]]" {
		t.Errorf("got %v", got)
	}
	if got := read(t, dir, "a1.json"); !strings.Contains(got, `"not_labelled": [[0, 20]]`) {
		t.Errorf("got %s", got)
	}
	if _, err := s.Act(Request{Article: "a1", Rev: s.byID["a1"].rev, Do: []journal.Action{mention(t, s, "a1", "Minister", "PER", "")}}); !errors.As(err, new(*RefusedError)) {
		t.Errorf("a mention in a region: %v", err)
	}
	if got := act(t, s, "a1", journal.Action{Op: "drop", Kind: "unlabelled", ID: "0-20"}).Unlabelled; len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

// An actor that another article uses is not undone under it.
func TestUndoOfUsedActor(t *testing.T) {
	s := open(t, t.TempDir(), nil)
	act(t, s, "a1", berg())
	act(t, s, "a2", mention(t, s, "a2", "برلين", "GPE", "berg"))
	_, err := s.Undo(Request{Article: "a1", Rev: s.byID["a1"].rev})
	if !errors.As(err, new(*RefusedError)) || !strings.Contains(err.Error(), `"a2"`) {
		t.Errorf("got %v", err)
	}
	if _, err := s.Undo(Request{Article: "a2", Rev: s.byID["a2"].rev}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Undo(Request{Article: "a1", Rev: s.byID["a1"].rev}); err != nil {
		t.Error(err)
	}
}

// What a killed program left half-written goes, what another is writing stays.
func TestPartialFilesGo(t *testing.T) {
	dir := t.TempDir()
	for name, age := range map[string]time.Duration{".partial-1-1": time.Hour, ".partial-1-2": 0} {
		write(t, "{", dir, name)
		if err := os.Chtimes(filepath.Join(dir, name), time.Time{}, time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	open(t, dir, nil)
	if read(t, dir, ".partial-1-1") != "" || read(t, dir, ".partial-1-2") == "" {
		t.Error("the wrong ones are gone")
	}
}

func TestReadOnly(t *testing.T) {
	dir := t.TempDir()
	write(t, bergFile, dir, "a1.json")
	write(t, `[{"actor_id":"berg","name_en":"Anna Berg","type":"PER"}]`, dir, "actors.json")
	s := open(t, dir, func(o *Options) { o.Dir = "" })
	if _, err := s.Act(Request{Article: "a1", Do: []journal.Action{berg()}}); !errors.Is(err, ErrReadOnly) {
		t.Errorf("got %v", err)
	}
	v, err := s.Overview()
	if err != nil || v.Mode != "browse" || v.Articles[0].State != StateDone || v.Articles[1].State != StateNew {
		t.Errorf("got %+v, %v", v, err)
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) != 2 {
		t.Errorf("the folder has %v, %v", list, err)
	}
}
