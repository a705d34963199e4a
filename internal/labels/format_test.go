package labels

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/schema"
)

func TestOutputWhole(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "x")
	broken := errors.New("no")
	err := FileOutput(name).WriteFile("", func(w io.Writer) error {
		if _, err := io.Copy(w, bytes.NewReader(make([]byte, 1<<20))); err != nil {
			return err
		}
		return broken
	})
	entries, _ := os.ReadDir(dir)
	if !errors.Is(err, broken) || len(entries) != 0 {
		t.Errorf("%v, left %v", err, entries)
	}
	out := FileOutput(name)
	write := func(w io.Writer) error { _, err := w.Write([]byte("whole")); return err }
	if err := out.WriteFile("", write); err != nil {
		t.Fatal(err)
	}
	if err := out.WriteFile("", write); !errors.Is(err, ErrOneFile) {
		t.Error(err)
	}
	if b, err := os.ReadFile(name); err != nil || string(b) != "whole" {
		t.Errorf("%q %v", b, err)
	}
}

func TestCanonicalOrder(t *testing.T) {
	sp := func(a, b int32) schema.Span { return schema.Span{Start: a, End: b} }
	a := schema.Annotation{
		Mentions: []schema.Mention{{ID: "m10", Span: sp(0, 4), Type: "PER"}, {ID: "m2", Span: sp(0, 4), Type: "PER"}, {ID: "m3", Span: sp(0, 9)}, {ID: "m4", Span: sp(0, 4), Type: "GPE"}},
		Events:   []schema.Event{{ID: "e1", Span: sp(3, 9)}, {ID: "e2", Span: sp(3, 5), Type: "B"}, {ID: "e3", Span: sp(3, 5), Type: "A"}},
	}
	slices.SortFunc(a.Mentions, CompareMentions)
	slices.SortFunc(a.Events, CompareEvents)
	var ids []string
	for _, m := range a.Mentions {
		ids = append(ids, m.ID)
	}
	for _, e := range a.Events {
		ids = append(ids, e.ID)
	}
	if got := strings.Join(ids, " "); got != "m3 m4 m2 m10 e3 e2 e1" {
		t.Error(got)
	}
}
