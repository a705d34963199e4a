package journal

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

func clock() time.Time { return time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC) }

func opened(t *testing.T, dir string) (*Log, []Entry) {
	t.Helper()
	l, entries, err := Open(dir, "anna", clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l, entries
}

// written is a journal with two acts.
func written(t *testing.T) (dir string, content []byte) {
	dir = t.TempDir()
	l, _ := opened(t, dir)
	for _, why := range []string{"one", "two <b>"} {
		if err := l.Append(&Entry{Kind: Act, Article: "a1", Why: why, Do: []Action{{Op: "drop", Kind: "mention", ID: "m1"}}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(dir, Dir, File))
	if err != nil {
		t.Fatal(err)
	}
	return dir, content
}

// A journal that is cut anywhere has the entries whose lines are whole, and goes on
// behind them.
func TestTornAnywhere(t *testing.T) {
	dir, content := written(t)
	all, _, err := Parse("j", content)
	if err != nil || len(all) != 3 || all[0].Kind != Begin || all[2].Why != "two <b>" {
		t.Fatalf("got %+v, %v", all, err)
	}
	for n := range len(content) {
		whole := strings.Count(string(content[:n]), "\n")
		name := filepath.Join(dir, Dir, File)
		if err := os.WriteFile(name, append(content[:n:n], make([]byte, n%3)...), 0o644); err != nil { // as some file systems fill up
			t.Fatal(err)
		}
		l, entries, err := Open(dir, "anna", clock)
		if err != nil || len(entries) != whole || whole > 0 && !reflect.DeepEqual(entries, all[:whole]) {
			t.Fatalf("cut at %d: got %d entries of %d, %v", n, len(entries), whole, err)
		}
		if err := l.Append(&Entry{Kind: Act, Article: "a1", Why: "after"}); err != nil {
			t.Fatal(err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if again, err := Read(dir); err != nil || again[len(again)-1].Why != "after" || len(again) != max(whole, 1)+1 {
			t.Fatalf("cut at %d: then %+v, %v", n, again, err)
		}
	}
}

func TestDamaged(t *testing.T) {
	_, content := written(t)
	lines := strings.SplitAfter(string(content), "\n")
	for name, text := range map[string]string{
		"no line 2":          lines[0] + lines[2],
		"twice":              lines[0] + lines[1] + lines[1] + lines[2],
		"merge markers":      lines[0] + "<<<<<<< HEAD\n" + lines[1],
		"no beginning":       lines[1] + lines[2],
		"a hole":             lines[0] + lines[1][:20] + "\n" + lines[2],
		"a later version":    strings.Replace(lines[0], `"journal_version":1`, `"journal_version":2`, 1) + lines[1],
		"an unknown field":   strings.Replace(lines[0], `"seq":1`, `"seq":1,"colour":"red"`, 1) + lines[1],
		"two in a line":      strings.TrimSpace(lines[0]) + lines[1] + lines[2],
		"begin twice":        lines[0] + strings.Replace(lines[0], `"seq":1`, `"seq":2`, 1) + lines[2],
		"zeros in between":   lines[0] + "\x00\x00\n" + lines[1],
		"numbers of a float": strings.Replace(lines[0], `"seq":1`, `"seq":1.5`, 1) + lines[1],
	} {
		_, _, err := Parse("j", []byte(text))
		var damaged *DamagedError
		if !errors.As(err, &damaged) || damaged.Hint() == "" {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestLog(t *testing.T) {
	dir := t.TempDir()
	l, entries := opened(t, dir)
	if entries != nil {
		t.Errorf("got %v", entries)
	}
	if _, _, err := Open(dir, "anna", clock); !errors.Is(err, ErrBusy) {
		t.Errorf("opened twice: %v", err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, Dir)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("nothing was done, and there is %v", err)
	}
	dir, _ = written(t)
	if _, _, err := Open(dir, "ben", clock); err == nil || !strings.Contains(err.Error(), `the journal of pass "anna"`) {
		t.Errorf("another pass: %v", err)
	}
	if entries, err := Read(t.TempDir()); entries != nil || err != nil {
		t.Errorf("got %v, %v", entries, err)
	}
}

// FuzzParse: whatever stands in a journal, reading it ends, and what it gives is read
// again as the same.
func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"seq":1,"time":"t","kind":"begin","journal_version":1}` + "\n" + `{"seq":2,"time":"t","kind":"act","do":[{"op":"put","kind":"mention","value":{"a":1}}]}` + "\n{"))
	f.Add([]byte("\n\n"))
	f.Add([]byte{0, 0, 0})
	f.Fuzz(func(t *testing.T, content []byte) {
		entries, whole, err := Parse("j", content)
		if err != nil {
			if entries != nil || whole != 0 {
				t.Fatalf("entries beside the error %v", err)
			}
			return
		}
		again, all, err := Parse("j", content[:whole])
		if err != nil || all != whole || len(again) != len(entries) {
			t.Fatalf("%d of %d bytes: %d entries, then %d of %d bytes, %v", whole, len(content), len(entries), len(again), all, err)
		}
		for i, e := range entries {
			if e.Seq != i+1 {
				t.Fatalf("entry %d has the number %d", i+1, e.Seq)
			}
		}
	})
}
