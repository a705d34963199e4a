package release

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mizan-corpus/mizan/internal/data/corpus"
	"github.com/mizan-corpus/mizan/internal/data/datatest"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/walk"
	"github.com/mizan-corpus/mizan/schema"
)

// interrupted is articles with an error among them.
func interrupted(s datatest.Synthetic, after int, err error) func() iter.Seq2[*schema.Article, error] {
	return func() iter.Seq2[*schema.Article, error] {
		return func(yield func(*schema.Article, error) bool) {
			i := 0
			for a := range s.Articles() {
				if i == after && !yield(nil, err) {
					return
				}
				if i != after && !yield(a, nil) {
					return
				}
				i++
			}
		}
	}
}

func TestBadArticles(t *testing.T) {
	s := datatest.Synthetic{Size: 12}
	bad := &document.FileError{File: "doc-0000009.txt", Err: document.ErrEmpty}
	c := corpus.New(s.Meta(), s.Articles, s.LabelFiles(t))
	// Number 9 has no labels, so that the release is made without it.
	r, err := Build(context.Background(), filepath.Join(t.TempDir(), "r"), corpus.New(c.Meta(), interrupted(s, 9, bad), c.Labels()), BuildOptions{})
	if err != nil || r.Articles != 11 || len(r.Skipped) != 1 || !strings.Contains(r.Skipped[0], "doc-0000009.txt") {
		t.Errorf("got %+v, %v", r, err)
	}
	// Number 8 has labels.
	var unknown *walk.UnknownArticleError
	_, err = Build(context.Background(), filepath.Join(t.TempDir(), "r"), corpus.New(c.Meta(), interrupted(s, 8, bad), c.Labels()), BuildOptions{})
	if !errors.As(err, &unknown) || unknown.DocID != "doc-0000008" || !strings.Contains(err.Error(), "doc-0000009.txt") {
		t.Errorf("labels of an article that cannot be read: got %v", err)
	}
	_, err = Build(context.Background(), filepath.Join(t.TempDir(), "r"), corpus.New(c.Meta(), interrupted(s, 3, fs.ErrPermission), c.Labels()), BuildOptions{})
	if !errors.Is(err, fs.ErrPermission) {
		t.Errorf("an I/O error: got %v", err)
	}
}

func TestBadLabels(t *testing.T) {
	s := datatest.Synthetic{Size: 4}
	c := corpus.New(s.Meta(), s.Articles, s.LabelFiles(t))
	files := c.Labels().FS.(fstest.MapFS)
	good := string(files["doc-0000002.json"].Data)
	for name, edit := range map[string]func(){
		"no JSON": func() { files["doc-0000002.json"] = &fstest.MapFile{Data: []byte("{")} },
		"other doc_id": func() {
			files["doc-0000002.json"].Data = []byte(strings.Replace(good, "doc-0000002", "doc-0000001", 1))
		},
		"bad actors":     func() { files["actors.json"] = &fstest.MapFile{Data: []byte("[{]")} },
		"pass is broken": func() { files["passes/x/doc-0000001.json"] = &fstest.MapFile{Data: []byte("[]")} },
	} {
		files["doc-0000002.json"] = &fstest.MapFile{Data: []byte(good)}
		delete(files, "passes/x/doc-0000001.json")
		edit()
		_, err := Build(context.Background(), filepath.Join(t.TempDir(), "r"), corpus.New(c.Meta(), s.Articles, c.Labels()), BuildOptions{})
		var lint *LintError
		if !errors.As(err, &lint) || len(lint.Problems) == 0 || !strings.Contains(err.Error(), "labels/") {
			t.Errorf("%s: got %v", name, err)
		}
		if _, err := corpus.New(c.Meta(), s.Articles, c.Labels()).Identity(); err == nil {
			t.Errorf("%s: the corpus has an identity", name)
		}
	}
}
