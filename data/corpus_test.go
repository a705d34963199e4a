package data

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mizan-corpus/mizan/data/ingest"
	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// The embedded corpus makes a release that verifies and says the same of itself.
func TestDefaultCorpus(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	id, err := c.Identity()
	if err != nil {
		t.Fatal(err)
	}
	if id.GuidelineVersion == "" {
		t.Error("GUIDELINES.md has no line \"Version: x.y.z\"")
	}
	dir := build(t, c, BuildOptions{})
	mustVerify(t, dir)
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Manifest().Identity; got != id {
		t.Errorf("the release is %+v, the corpus %+v", got, id)
	}
	if got, want := annotations(t, r), annotations(t, c); got != want {
		t.Error("the labels of the release differ from those of the corpus")
	}
	fromCorpus, err := Info(c)
	if err != nil {
		t.Fatal(err)
	}
	fromRelease, err := Info(r)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(fromCorpus.Labels, fromRelease.Labels) || fromCorpus.TextLength != fromRelease.TextLength {
		t.Error("the summaries of release and corpus differ")
	}
	if want := []SplitSummary{{"test", 5, 5}}; !reflect.DeepEqual(fromRelease.Splits, want) {
		t.Errorf("splits %+v, expected %+v", fromRelease.Splits, want)
	}
}

func TestGuidelineVersion(t *testing.T) {
	for text, want := range map[string]string{
		"# Guidelines\n\nVersion: 1.2.3\n": "1.2.3",
		"**Version:** 1.0.0":               "1.0.0",
		"Version: 1.0":                     "",
		"see Version: 1.0.0":               "",
		"":                                 "",
	} {
		if got := GuidelineVersion(text); got != want {
			t.Errorf("%q: got %q, expected %q", text, got, want)
		}
	}
}

func TestParseMeta(t *testing.T) {
	if m, err := ParseMeta([]byte(`{"name":"a-b","version":"1.0.0"}`)); err != nil || m.Name != "a-b" {
		t.Errorf("got %+v, %v", m, err)
	}
	for _, bad := range []string{`{`, `{"name":"A B","version":"1.0.0"}`, `{"name":"a","version":"x"}`, `{"name":"a","version":"1.0.0","split":"a b"}`} {
		if _, err := ParseMeta([]byte(bad)); err == nil {
			t.Errorf("%s was taken", bad)
		}
	}
}

// interrupted is articles with an error among them.
func interrupted(s synthetic, after int, err error) func() iter.Seq2[*schema.Article, error] {
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
	s := synthetic{articles: 12}
	bad := &ingest.FileError{File: "doc-0000009.txt", Err: ingest.ErrEmpty}
	c := s.corpus(t)
	// Number 9 has no labels, so that the release is made without it.
	r, err := Build(context.Background(), filepath.Join(t.TempDir(), "r"), NewCorpus(c.meta, interrupted(s, 9, bad), c.labels), BuildOptions{})
	if err != nil || r.Articles != 11 || len(r.Skipped) != 1 || !strings.Contains(r.Skipped[0], "doc-0000009.txt") {
		t.Errorf("got %+v, %v", r, err)
	}
	// Number 8 has labels.
	var unknown *UnknownArticleError
	_, err = Build(context.Background(), filepath.Join(t.TempDir(), "r"), NewCorpus(c.meta, interrupted(s, 8, bad), c.labels), BuildOptions{})
	if !errors.As(err, &unknown) || unknown.DocID != "doc-0000008" || !strings.Contains(err.Error(), "doc-0000009.txt") {
		t.Errorf("labels of an article that cannot be read: got %v", err)
	}
	_, err = Build(context.Background(), filepath.Join(t.TempDir(), "r"), NewCorpus(c.meta, interrupted(s, 3, fs.ErrPermission), c.labels), BuildOptions{})
	if !errors.Is(err, fs.ErrPermission) {
		t.Errorf("an I/O error: got %v", err)
	}
}

func TestBadLabels(t *testing.T) {
	s := synthetic{articles: 4}
	c := s.corpus(t)
	files := c.labels.FS.(fstest.MapFS)
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
		_, err := Build(context.Background(), filepath.Join(t.TempDir(), "r"), newCorpus(c.meta, c.documents, c.labels), BuildOptions{})
		var lint *LintError
		if !errors.As(err, &lint) || len(lint.Problems) == 0 || !strings.Contains(err.Error(), "labels/") {
			t.Errorf("%s: got %v", name, err)
		}
		if _, err := newCorpus(c.meta, c.documents, c.labels).Identity(); err == nil {
			t.Errorf("%s: the corpus has an identity", name)
		}
	}
}

func TestOpenCorpus(t *testing.T) {
	dir := t.TempDir()
	for i := range 3 {
		text := fmt.Sprintf("عنوان الخبر رقم %d\nقال الوزير إن اللقاء كان مفيدا 😀 وأكد أن المحادثات ستستمر في الأيام المقبلة.\n", i)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("a%d.txt", i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c, err := OpenCorpus(Meta{Name: "own"}, CorpusFiles{Articles: []string{dir}})
	if err != nil {
		t.Fatal(err)
	}
	release := build(t, c, BuildOptions{Version: "2.0.0"})
	mustVerify(t, release)
	r, err := Open(release)
	if err != nil {
		t.Fatal(err)
	}
	if m := r.Manifest(); m.Version != "2.0.0" || m.Name != "own" || m.Splits[0] != "test" || m.Tables[0].Rows != 3 {
		t.Errorf("got %+v", m)
	}
	if _, err := OpenCorpus(Meta{Name: "own"}, CorpusFiles{Articles: []string{filepath.Join(dir, "none")}}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder of articles: got %v", err)
	}
	if _, err := OpenCorpus(Meta{Name: "own"}, CorpusFiles{Articles: []string{dir}, Labels: filepath.Join(dir, "a0.txt")}); err == nil {
		t.Error("a file was taken for the folder of labels")
	}
	if (labels.Source{}) != c.Labels() {
		t.Error("a corpus without labels has a folder of them")
	}
}

// Labels read by parts are the labels without the other parts.
func TestParts(t *testing.T) {
	s := synthetic{articles: 20, splits: []string{"dev", "test"}}
	r, err := Open(build(t, s, BuildOptions{ArticlesPerFile: 3}))
	if err != nil {
		t.Fatal(err)
	}
	for _, opt := range []ReadOptions{{}, {Parts: PartMentions}, {Parts: PartEvents}, {Parts: PartArguments}, {Split: "dev"}, {NoText: true}, {Split: "none"}} {
		n := 0
		for a, err := range r.AnnotationsOf(opt) {
			if err != nil {
				t.Fatal(err)
			}
			n++
			all := opt.Parts == 0
			if (len(a.Mentions) > 0) != (all || opt.Parts&PartMentions != 0) ||
				(len(a.Events) > 0) != (all || opt.Parts&PartEvents != 0) {
				t.Errorf("%+v: got %d mentions and %d events", opt, len(a.Mentions), len(a.Events))
			}
			if len(a.Events) > 0 && (len(a.Events[0].Arguments) > 0) != (all || opt.Parts == PartArguments) {
				t.Errorf("%+v: got %d arguments", opt, len(a.Events[0].Arguments))
			}
			if len(a.Mentions) > 0 && (a.Mentions[0].Text == "") != opt.NoText {
				t.Errorf("%+v: got the text %q", opt, a.Mentions[0].Text)
			}
		}
		// 18 of 20 articles are labelled (not 9 and 19), 10 of them in dev (even numbers).
		if want := map[string]int{"": 18, "dev": 10, "none": 0}[opt.Split]; n != want {
			t.Errorf("%+v: got %d articles, expected %d", opt, n, want)
		}
	}
	for range r.Annotations() { // may be left at any point
		break
	}
}
