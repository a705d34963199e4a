package annotate

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
)

// random is an action on whatever is there, as a page may send it.
func random(t *rapid.T, s *Session, docID string) []journal.Action {
	a := s.byID[docID]
	n := int(a.index.Len())
	span := func(v map[string]any) map[string]any {
		from := rapid.IntRange(0, n-1).Draw(t, "start")
		v["start"], v["end"] = from, rapid.IntRange(from+1, min(n, from+12)).Draw(t, "end")
		return v
	}
	var actors, mentions, events []string
	for _, x := range s.actors.actors {
		actors = append(actors, x.ID)
	}
	for _, x := range a.state.mentions {
		mentions = append(mentions, x.ID)
	}
	for _, x := range a.state.events {
		events = append(events, x.ID)
	}
	one := func(list []string) string {
		if len(list) == 0 {
			return "none"
		}
		return rapid.SampledFrom(list).Draw(t, "id")
	}
	switch rapid.IntRange(0, 9).Draw(t, "what") {
	case 0:
		return []journal.Action{put("actor", map[string]any{"name_en": rapid.SampledFrom([]string{"A B", "C", ""}).Draw(t, "name"), "name_ar": "ب", "type": "PER"})}
	case 1, 2, 3:
		return []journal.Action{put("mention", span(map[string]any{"type": rapid.SampledFrom([]string{"PER", "GPE"}).Draw(t, "type"), "actor_id": one(actors)}))}
	case 4:
		return []journal.Action{put("event", span(map[string]any{"type": "CONSULT", "arguments": []any{map[string]any{"role": "ACTOR", "mention_id": one(mentions)}}}))}
	case 5:
		return []journal.Action{{Op: "drop", Kind: "mention", ID: one(mentions)}}
	case 6:
		return []journal.Action{{Op: "drop", Kind: "event", ID: one(events)}, put("mention", span(map[string]any{"type": "ORG"}))}
	case 7:
		return []journal.Action{{Op: "drop", Kind: "actor", ID: one(actors)}}
	case 8:
		return []journal.Action{{Op: "state", Value: json.RawMessage(rapid.SampledFrom([]string{`"done"`, `"draft"`}).Draw(t, "state"))}}
	}
	return []journal.Action{put("unlabelled", span(map[string]any{}))}
}

// shown is everything that a session shows of its labels, and its files.
func shown(t *rapid.T, s *Session, dir string) string {
	var b strings.Builder
	for _, a := range s.articles {
		v, err := s.Article(a.DocID)
		if err != nil || v.Problem != nil {
			t.Fatalf("%s: %+v, %v", a.DocID, v, err)
		}
		v.Rev, v.Undo, v.Redo, v.UndoWhy, v.RedoWhy = 0, false, false, "", ""
		j, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		content, _ := os.ReadFile(filepath.Join(dir, a.DocID+".json"))
		fmt.Fprintf(&b, "%s\n%s\n", j, content)
	}
	j, err := json.Marshal(s.Actors(""))
	if err != nil {
		t.Fatal(err)
	}
	content, _ := os.ReadFile(filepath.Join(dir, "actors.json"))
	return b.String() + string(j) + string(content)
}

// latest is the article whose last standing action was done last, nil where none
// stands.
func latest(s *Session) *article {
	done := map[int]int{}
	for _, e := range s.entries {
		done[e.Seq] = e.Seq
		if e.Kind == journal.Redo {
			done[e.Of] = e.Seq
		}
	}
	var last *article
	at := 0
	for _, a := range s.articles {
		if n := len(a.undo); n > 0 && done[a.undo[n-1]] > at {
			last, at = a, done[a.undo[n-1]]
		}
	}
	return last
}

// Whatever is done, undone and done again: the journal replayed is what is shown, the
// files are what the journal says, and undoing everything, the last first, is the
// beginning.
func TestJournalIsState(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp("", "annotate")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		begun := rapid.Bool().Draw(t, "a file is there")
		if begun {
			_ = os.WriteFile(filepath.Join(dir, "a1.json"), []byte(bergFile), 0o644)
			_ = os.WriteFile(filepath.Join(dir, "actors.json"), []byte("[\n  {\"actor_id\": \"berg\", \"name_en\": \"Anna Berg\", \"type\": \"PER\"}\n]\n"), 0o644)
		}
		s, err := tryOpen(dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = s.Close() }()
		start := shown(t, s, dir)
		for range rapid.IntRange(1, 25).Draw(t, "actions") {
			docID := rapid.SampledFrom([]string{"a1", "a2"}).Draw(t, "article")
			r := Request{Article: docID, Rev: s.byID[docID].rev}
			switch rapid.IntRange(0, 5).Draw(t, "step") {
			case 0:
				_, _ = s.Undo(r) // may be refused
			case 1:
				_, _ = s.Redo(r)
			default:
				r.Do = random(t, s, docID)
				_, _ = s.Act(r)
			}
		}
		now := shown(t, s, dir)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if s, err = tryOpen(dir, nil); err != nil {
			t.Fatal(err)
		}
		if again := shown(t, s, dir); again != now {
			t.Fatalf("replayed:\n%s\nexpected:\n%s", again, now)
		}
		for a := latest(s); a != nil; a = latest(s) {
			if _, err := s.Undo(Request{Article: a.DocID, Rev: a.rev}); err != nil {
				t.Fatalf("%s: %v", a.DocID, err)
			}
		}
		if end := shown(t, s, dir); end != start {
			t.Fatalf("all undone:\n%s\nexpected:\n%s", end, start)
		}
	})
}
