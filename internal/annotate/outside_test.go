package annotate

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/schema"
)

// berlin is a mention of Berlin as an editor may add it to bergFile.
const berlin = `    {"mention_id": "m9", "start": 71, "end": 77, "text": "Berlin", "type": "GPE", "level": "NAM", "actor_id": "berg"}`

func withBerlin(file string) string {
	return strings.Replace(file, "\"berg\"}\n", "\"berg\"},\n"+berlin+"\n", 1)
}

// labelled is a folder with bergFile made by a session.
func labelled(t *testing.T) (string, *Session) {
	dir := t.TempDir()
	s := open(t, dir, nil)
	act(t, s, "a1", berg(), mention(t, s, "a1", "Anna Berg", "PER", "berg"))
	return dir, s
}

// What an editor adds is taken in, journalled, and undone like any action.
func TestChangedUnderneath(t *testing.T) {
	dir, s := labelled(t)
	write(t, withBerlin(bergFile), dir, "a1.json")
	s.Look()
	v, err := s.Article("a1")
	if err != nil || len(v.Mentions) != 2 || v.Problem != nil || !strings.Contains(v.UndoWhy, "changed by something else") {
		t.Fatalf("got %+v, %v", v, err)
	}
	if got := read(t, dir, "a1.json"); got != withBerlin(bergFile) {
		t.Errorf("the file was written over: %s", got)
	}
	if _, err := s.Undo(Request{Article: "a1", Rev: v.Rev}); err != nil {
		t.Fatal(err)
	}
	if got := read(t, dir, "a1.json"); got != bergFile {
		t.Errorf("after undo: %s", got)
	}
}

// An editor that writes a byte order mark or other spacing changes no label.
func TestRespacedUnderneath(t *testing.T) {
	dir, s := labelled(t)
	write(t, "\ufeff"+strings.ReplaceAll(bergFile, "\n", "\r\n"), dir, "a1.json")
	if v, err := s.Article("a1"); err != nil || v.Problem != nil || len(v.Mentions) != 1 {
		t.Fatalf("got %+v, %v", v, err)
	}
	act(t, s, "a1", journal.Action{Op: "state", Value: json.RawMessage(`"done"`)})
	if got := read(t, dir, "a1.json"); got != bergFile {
		t.Errorf("got %q", got)
	}
}

// An action on a page that has not seen the editor's change does nothing.
func TestChangedUnderneathIsStale(t *testing.T) {
	dir, s := labelled(t)
	rev := s.byID["a1"].rev
	write(t, withBerlin(bergFile), dir, "a1.json")
	_, err := s.Act(Request{Article: "a1", Rev: rev, Do: []journal.Action{{Op: "drop", Kind: "mention", ID: "m1"}}})
	if !errors.As(err, new(*StaleError)) {
		t.Fatalf("got %v", err)
	}
	if got := read(t, dir, "a1.json"); got != withBerlin(bergFile) {
		t.Errorf("got %s", got)
	}
}

// killed is the folder as a program leaves it that is killed after the journal has an
// action and before the label file is written: the file is that of before.
func killed(t *testing.T, file string) (string, string) {
	dir, s := labelled(t)
	act(t, s, "a1", mention(t, s, "a1", "France", "GPE", "berg"))
	full := read(t, dir, "a1.json")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, file, dir, "a1.json")
	return dir, full
}

func TestKilledBeforeFile(t *testing.T) {
	dir, full := killed(t, bergFile)
	s := open(t, dir, nil)
	if got := read(t, dir, "a1.json"); got != full {
		t.Errorf("got %s", got)
	}
	if v, err := s.Article("a1"); err != nil || len(v.Mentions) != 2 || v.Problem != nil {
		t.Errorf("got %+v, %v", v, err)
	}
}

// Killed before the file was written, and the old file was edited before the next
// start: both changes stand.
func TestKilledAndEdited(t *testing.T) {
	dir, _ := killed(t, withBerlin(bergFile))
	s := open(t, dir, nil)
	v, err := s.Article("a1")
	if err != nil || len(v.Mentions) != 3 || v.Problem != nil {
		t.Fatalf("got %+v, %v", v, err)
	}
	if got := read(t, dir, "a1.json"); !strings.Contains(got, "France") || !strings.Contains(got, "Berlin") {
		t.Errorf("got %s", got)
	}
}

// An item that both changed, each otherwise, stops the article until someone decides.
func TestClash(t *testing.T) {
	for _, take := range []string{"mine", "theirs"} {
		dir, s := labelled(t)
		act(t, s, "a1", put("mention", map[string]any{"mention_id": "m1", "start": 34, "end": 43, "type": "ORG", "level": "NAM", "actor_id": "berg"}))
		ours := read(t, dir, "a1.json")
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		theirs := strings.Replace(bergFile, `"PER"`, `"GRP"`, 1)
		write(t, theirs, dir, "a1.json")
		s = open(t, dir, nil)
		v, err := s.Article("a1")
		if err != nil || v.Problem == nil || !v.Problem.Mine || !v.Problem.Theirs {
			t.Fatalf("got %+v, %v", v, err)
		}
		if _, err := s.Act(Request{Article: "a1", Rev: v.Rev, Do: []journal.Action{{Op: "drop", Kind: "mention", ID: "m1"}}}); !errors.As(err, new(*StaleError)) {
			t.Errorf("got %v", err)
		}
		if got := read(t, dir, "a1.json"); got != theirs {
			t.Errorf("the file was written over: %s", got)
		}
		answer, err := s.Settle(Request{Article: "a1"}, take)
		if err != nil || answer.Problem != nil {
			t.Fatalf("%s: got %+v, %v", take, answer, err)
		}
		want := map[string]string{"mine": ours, "theirs": theirs}[take]
		if got := read(t, dir, "a1.json"); got != want {
			t.Errorf("%s: got %s", take, got)
		}
		aside, _ := filepath.Glob(filepath.Join(dir, journal.Dir, "aside", "a1.*.json"))
		if take == "mine" && (len(aside) != 1 || read(t, aside[0]) != theirs) {
			t.Errorf("what was written over is in %v", aside)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if v, err := open(t, dir, nil).Article("a1"); err != nil || v.Problem != nil {
			t.Errorf("%s, opened again: got %+v, %v", take, v, err)
		}
	}
}

// A file that can no longer be read, or is gone, stops the article; when it is back,
// the work goes on.
func TestBrokenUnderneath(t *testing.T) {
	for name, content := range map[string]string{
		"merge markers": "<<<<<<< HEAD\n" + bergFile, "another article": strings.Replace(bergFile, "a1", "a2", 1), "other text": strings.Replace(bergFile, "Anna Berg", "Anna Burg", 1),
		"type": strings.Replace(bergFile, "PER", "CAT", 1), "the same id twice": strings.Replace(withBerlin(bergFile), "m9", "m1", 1), "empty": "", "gone": "gone",
	} {
		dir, s := labelled(t)
		if name == "gone" {
			if err := os.Remove(filepath.Join(dir, "a1.json")); err != nil {
				t.Fatal(err)
			}
		} else {
			write(t, content, dir, "a1.json")
		}
		v, err := s.Article("a1")
		if err != nil || v.Problem == nil || len(v.Mentions) != 1 {
			t.Fatalf("%s: got %+v, %v", name, v, err)
		}
		if name != "gone" && read(t, dir, "a1.json") != content {
			t.Errorf("%s: the file was written over", name)
		}
		write(t, bergFile, dir, "a1.json")
		if v, err = s.Article("a1"); err != nil || v.Problem != nil {
			t.Errorf("%s, mended: got %+v, %v", name, v.Problem, err)
		}
		act(t, s, "a1", journal.Action{Op: "drop", Kind: "mention", ID: "m1"})
	}
}

// A file that is gone can be written again, or all its labels dropped.
func TestGoneIsSettled(t *testing.T) {
	for _, take := range []string{"mine", "theirs"} {
		dir, s := labelled(t)
		if err := os.Remove(filepath.Join(dir, "a1.json")); err != nil {
			t.Fatal(err)
		}
		answer, err := s.Settle(Request{Article: "a1"}, take)
		if err != nil || answer.Problem != nil {
			t.Fatalf("%s: got %+v, %v", take, answer, err)
		}
		want := map[string]string{"mine": bergFile, "theirs": ""}[take]
		if got := read(t, dir, "a1.json"); got != want {
			t.Errorf("%s: got %q", take, got)
		}
	}
}

// Actors that something else adds to their table are there; one that both changed
// stops the work.
func TestActorsChangedUnderneath(t *testing.T) {
	dir, s := labelled(t)
	table := read(t, dir, "actors.json")
	write(t, strings.Replace(table, "[\n", "[\n"+`  {"actor_id": "a", "name_en": "A", "type": "PER"},`+"\n", 1), dir, "actors.json")
	if v, err := s.Article("a1"); err != nil || v.Problem != nil || len(s.Actors("")) != 2 {
		t.Errorf("got %+v, %v", v, err)
	}
	write(t, "[", dir, "actors.json")
	v, err := s.Article("a1")
	if err != nil || v.Problem == nil || v.Problem.Theirs {
		t.Fatalf("got %+v, %v", v, err)
	}
	if _, err := s.Settle(Request{Article: "a1"}, "theirs"); !errors.As(err, new(*RefusedError)) {
		t.Errorf("got %v", err)
	}
	if _, err := s.Settle(Request{Article: "a1"}, "mine"); err != nil {
		t.Fatal(err)
	}
	if got := read(t, dir, "actors.json"); !strings.Contains(got, "berg") || !strings.Contains(got, `"a"`) {
		t.Errorf("got %s", got)
	}
}

// A changed text takes the labels with it; what was done before can no longer be
// undone, since it counts in the old text.
func TestChangedText(t *testing.T) {
	dir, s := labelled(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	longer := func(o *Options) {
		o.Articles = []*schema.Article{{DocID: "a1", Text: "Corrected: " + english, Language: "en"}}
	}
	s = open(t, dir, longer)
	v, err := s.Article("a1")
	if err != nil || v.Problem != nil || v.Undo || !strings.Contains(string(v.Mentions[0]), `"start":45`) && !strings.Contains(string(v.Mentions[0]), `"start": 45`) {
		t.Fatalf("got %+v, %v", v, err)
	}
	if len(s.Notes()) != 1 || !strings.Contains(s.Notes()[0], "of 1 labels 0 kept, 1 moved") {
		t.Errorf("got %q", s.Notes())
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, journal.Dir, "texts")); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir, nil) // and back, with the text of before not at hand
	if v, err := s.Article("a1"); err != nil || v.Problem == nil || v.Problem.Mine || !strings.Contains(v.Problem.Text, "rebase") {
		t.Errorf("got %+v, %v", v, err)
	}
}

// A file that cannot be written keeps the page going: the journal has it all, and the
// file follows when it can.
func TestUnwritable(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir, s := labelled(t)
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o755)
	if got := act(t, s, "a1", mention(t, s, "a1", "France", "GPE", "berg")); got.Unwritten == "" || !got.Saved {
		t.Errorf("got %+v", got)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if got := act(t, s, "a1", journal.Action{Op: "drop", Kind: "mention", ID: "m1"}); got.Unwritten != "" || !strings.Contains(read(t, dir, "a1.json"), "France") {
		t.Errorf("got %+v", got)
	}
}
