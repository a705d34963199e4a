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
	"testing/fstest"

	"github.com/mizan-corpus/mizan/schema"
)

func TestTable(t *testing.T) {
	for _, f := range All() {
		if f.Title == "" || f.Unit == "" || len(f.Extensions) == 0 || f.Notes == "" {
			t.Errorf("%s: incomplete entry", f.Name)
		}
	}
	if !slices.IsSortedFunc(All(), func(a, b *Format) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("not sorted")
	}
	for name, f := range map[string]Format{"duplicate": *format("json"), "no name": {Read: readFiles}, "no reader": {Name: "x"}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			Register(f)
		}()
	}
	_, err := Lookup("Json1")
	var unknown *UnknownFormatError
	if !errors.As(err, &unknown) || unknown.Nearest != "json" && unknown.Nearest != "jsonl" || !strings.Contains(unknown.Hint(), "json, jsonl") {
		t.Errorf("%v", err)
	}
	if _, err := Lookup("parchment"); err == nil || strings.Contains(err.Error(), "mean") {
		t.Errorf("%v", err)
	}
	if f, err := Lookup("jsonl"); err != nil || f.Name != "jsonl" {
		t.Error(f, err)
	}
}

func TestDetect(t *testing.T) {
	long := `{"doc_id":"a","mentions":[` + strings.Repeat(`{"text":"x"},`, 1000)
	for _, tt := range []struct{ name, text, want string }{
		{"a.json", "{\n  \"doc_id\": \"a\"\n}\n", "json"},
		{"a.json", `{"doc_id":"a"}`, "json"},
		{"a.json", long, "json"},
		{"a.json", "{\"doc_id\":\"a\"}\n{\"doc_id\":\"b\"}\n", "jsonl"},
		{"a.jsonl", `{"doc_id":"a"}`, "jsonl"},
		{"a.jsonl", long, "jsonl"},
		{"a.jsonl", "", "jsonl"},
		{"a", "{\"doc_id\":\"a\"}\n", "jsonl"},
		{"a", "{\n\"doc_id\":\"a\"}\n", "json"},
		{"a.json", "\uFEFF{\n\"doc_id\":\"a\"}", "json"},
		{"a.json", `[{"id":1}]`, ""},
		{"a.jsonl", `{"text":"doccano"}`, ""},
		{"a.txt", "hello", ""},
	} {
		for _, src := range []Source{{FS: fstest.MapFS{"d/" + tt.name: {Data: []byte(tt.text)}}, Path: "d"}, {FS: fstest.MapFS{tt.name: {Data: []byte(tt.text)}}, Path: tt.name}} {
			f, err := DetectFormat(src)
			switch {
			case tt.want == "" && err == nil:
				t.Errorf("%s %q: %s, want none", tt.name, tt.text, f.Name)
			case tt.want != "" && (err != nil || f.Name != tt.want):
				t.Errorf("%s %.40q: %v, want %s", tt.name, tt.text, err, tt.want)
			}
		}
	}
	// A stream is peeked at and then read whole.
	src := StreamSource("-", strings.NewReader("{\"doc_id\":\"a\"}\n"))
	f, err := DetectFormat(src)
	if err != nil {
		t.Fatal(err)
	}
	if docs, err := ReadAll(f.Read(src, ReadOptions{})); err != nil || len(docs) != 1 {
		t.Error(docs, err)
	}
}

func TestSourceNames(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.json"), []byte(`{"doc_id":"a"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{dir, filepath.Join(dir, "a.json"), dir + string(filepath.Separator)} {
		docs, err := ReadAll(readFiles(FileSource(name), ReadOptions{}))
		if err != nil || docs[0].At.File != filepath.ToSlash(filepath.Join(dir, "a.json")) {
			t.Errorf("%s: %v %v", name, docs, err)
		}
	}
	t.Chdir(dir)
	docs, err := ReadAll(readFiles(FileSource("."), ReadOptions{}))
	if err != nil || docs[0].At.String() != "a.json:1" {
		t.Errorf("%v %v", docs, err)
	}
}

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

func TestSort(t *testing.T) {
	sp := func(a, b int32) schema.Span { return schema.Span{Start: a, End: b} }
	a := schema.Annotation{
		Mentions: []schema.Mention{{ID: "m10", Span: sp(0, 4), Type: "PER"}, {ID: "m2", Span: sp(0, 4), Type: "PER"}, {ID: "m3", Span: sp(0, 9)}, {ID: "m4", Span: sp(0, 4), Type: "GPE"}},
		Events:   []schema.Event{{ID: "e1", Span: sp(3, 9)}, {ID: "e2", Span: sp(3, 5), Type: "B"}, {ID: "e3", Span: sp(3, 5), Type: "A"}},
	}
	Sort(&a)
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
