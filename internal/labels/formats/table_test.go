package formats

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
)

func TestTable(t *testing.T) {
	for _, f := range labels.All() {
		if f.Title == "" || f.Unit == "" || len(f.Extensions) == 0 || f.Notes == "" {
			t.Errorf("%s: incomplete entry", f.Name)
		}
	}
	if !slices.IsSortedFunc(labels.All(), func(a, b *labels.Format) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("not sorted")
	}
	for name, f := range map[string]labels.Format{"duplicate": *format("json"), "no name": {Read: native.ReadFiles}, "no reader": {Name: "x"}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			labels.Register(f)
		}()
	}
	_, err := labels.Lookup("Json1")
	var unknown *labels.UnknownFormatError
	if !errors.As(err, &unknown) || unknown.Nearest != "json" && unknown.Nearest != "jsonl" || !strings.Contains(unknown.Hint(), "json, jsonl") {
		t.Errorf("%v", err)
	}
	if _, err := labels.Lookup("parchment"); err == nil || strings.Contains(err.Error(), "mean") {
		t.Errorf("%v", err)
	}
	if f, err := labels.Lookup("jsonl"); err != nil || f.Name != "jsonl" {
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
		for _, src := range []labels.Source{{FS: fstest.MapFS{"d/" + tt.name: {Data: []byte(tt.text)}}, Path: "d"}, {FS: fstest.MapFS{tt.name: {Data: []byte(tt.text)}}, Path: tt.name}} {
			f, err := labels.DetectFormat(src)
			switch {
			case tt.want == "" && err == nil:
				t.Errorf("%s %q: %s, want none", tt.name, tt.text, f.Name)
			case tt.want != "" && (err != nil || f.Name != tt.want):
				t.Errorf("%s %.40q: %v, want %s", tt.name, tt.text, err, tt.want)
			}
		}
	}
}

func TestSourceNames(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.json"), []byte(`{"doc_id":"a"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{dir, filepath.Join(dir, "a.json"), dir + string(filepath.Separator)} {
		docs, err := labels.ReadAll(native.ReadFiles(labels.FileSource(name), labels.ReadOptions{}))
		if err != nil || docs[0].At.File != filepath.ToSlash(filepath.Join(dir, "a.json")) {
			t.Errorf("%s: %v %v", name, docs, err)
		}
	}
	t.Chdir(dir)
	docs, err := labels.ReadAll(native.ReadFiles(labels.FileSource("."), labels.ReadOptions{}))
	if err != nil || docs[0].At.String() != "a.json:1" {
		t.Errorf("%v %v", docs, err)
	}
}
