package corpus

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/datatest"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/release"
)

// tree writes files into a new folder.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestCheckFolder(t *testing.T) {
	dir := tree(t, map[string]string{"file": ""})
	if err := dataset.CheckFolder(dir); err != nil {
		t.Error(err)
	}
	for name, want := range map[string]struct {
		is   error
		text string
	}{"none": {fs.ErrNotExist, ": no such folder"}, "file": {dataset.ErrIsFile, ": a file, expected a folder"}} {
		full := filepath.Join(dir, name)
		if err := dataset.CheckFolder(full); !errors.Is(err, want.is) || err.Error() != full+want.text {
			t.Errorf("%s: got %v", name, err)
		}
		if _, err := release.Open(full); !errors.Is(err, want.is) {
			t.Errorf("%s as a release: got %v", name, err)
		}
	}
	if _, err := release.Open(dir); !errors.Is(err, dataset.ErrNoManifest) {
		t.Errorf("a folder that is no release: got %v", err)
	}
}

func TestCheckLabelFolder(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		fails bool
	}{
		"labels":      {map[string]string{"a.json": "{}"}, false},
		"not read":    {map[string]string{"a.json": "broken"}, false},
		"passes only": {map[string]string{"passes/x/a.json": "{}"}, false},
		"nothing":     {nil, true},
		"brat":        {map[string]string{"a.ann": "T1\tPER 0 5\tParis"}, true},
		"actors only": {map[string]string{"actors.json": "[]"}, true},
	} {
		dir := tree(t, c.files)
		err := CheckLabelFolder(dir)
		var none *NoLabelsError
		if errors.As(err, &none) != c.fails || !c.fails && err != nil || c.fails && !strings.HasPrefix(err.Error(), dir+": found no label files") {
			t.Errorf("%s: got %v", name, err)
		}
		articles := tree(t, map[string]string{"a.txt": "A title of some words\nA sentence about something that was said.\n"})
		if _, err := Open(dataset.Meta{Name: "own"}, Files{Articles: []string{articles}, Labels: dir}); (err != nil) != c.fails {
			t.Errorf("%s: the corpus gave %v", name, err)
		}
	}
}

// What the reader of articles did not find comes by article, the folder's own
// notes first, once for each reading.
func TestCorpusNotes(t *testing.T) {
	dir := tree(t, map[string]string{
		"a.txt": "A title of some words\nA sentence about something that was said.\n",
		"b.txt": "Another title of words\nAnother sentence about something that was said.\n",
		"c.dat": "",
	})
	var got []string
	c, err := Open(dataset.Meta{Name: "own"}, Files{Articles: []string{dir}, Notes: func(notes []document.Note) {
		for _, n := range notes {
			if n.Code == document.NoteNoDate || n.Code == document.NoteOthers {
				got = append(got, strings.ReplaceAll(n.String(), dir+"/", ""))
			}
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	datatest.Built(t, release.Build, c, release.BuildOptions{Version: "1.0.0"})
	want := "one other file or folder was not read: c.dat|a.txt: found no date of publication|b.txt: found no date of publication"
	if strings.Join(got, "|") != want {
		t.Errorf("got %q", got)
	}
}

// A table of actors that cannot be read is one problem, not one for each
// mention; an unknown field names those it may be.
func TestBuildWithBrokenActors(t *testing.T) {
	articles := tree(t, map[string]string{"a.txt": "A title of some words\nA sentence about something that was said.\n"})
	folder := tree(t, map[string]string{
		"a.json":      `{"doc_id":"a","mentions":[{"mention_id":"m1","start":0,"end":1,"text":"A","head_start":0,"head_end":1,"type":"GPE","level":"NAM","actor_id":"x"}]}`,
		"actors.json": `[{"actor_id":"x","name":"X"}]`,
	})
	c, err := Open(dataset.Meta{Name: "own"}, Files{Articles: []string{articles}, Labels: folder})
	if err != nil {
		t.Fatal(err)
	}
	_, err = release.Build(t.Context(), filepath.Join(t.TempDir(), "r"), c, release.BuildOptions{})
	var lint *release.LintError
	if !errors.As(err, &lint) || len(lint.Findings) != 0 || len(lint.Problems) != 1 ||
		!strings.HasSuffix(err.Error(), `actors.json:1: [0].name: found an unknown field, expected a field of the format; did you mean "name_en" or "name_ar"?`) {
		t.Errorf("got %v", err)
	}
}
