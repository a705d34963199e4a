package hydrate

import (
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/datatest"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/schema"
)

// titled is a synthetic corpus whose articles have subtitles: the first stands in the
// text, the others do not.
type titled struct {
	datatest.Synthetic
	raw bool
}

func (d titled) Articles() iter.Seq2[*schema.Article, error] {
	return func(yield func(*schema.Article, error) bool) {
		for a, err := range d.Synthetic.Articles() {
			if err == nil {
				words := strings.Fields(a.Text)
				a.Subtitle = words[2] + " " + words[3]
				if !strings.HasSuffix(a.DocID, "0") {
					a.Subtitle = "Not a word of it"
				}
				if !d.raw {
					a.Raw, a.RawSHA256, a.RawMap = "", "", nil
				}
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

// copies are documents of the articles in another order and under other names, beside
// one of none of them.
func (d titled) copies(change func(*schema.Article)) iter.Seq2[*document.Document, error] {
	var list []*document.Document
	for a := range d.Articles() {
		list = append(list, &document.Document{Article: &schema.Article{DocID: "copy-" + a.DocID, Text: a.Text, Raw: a.Raw}})
	}
	slices.Reverse(list)
	list = append(list, &document.Document{Article: &schema.Article{DocID: "other", Text: "Another text.", Raw: "Another page."}})
	return func(yield func(*document.Document, error) bool) {
		if !yield(nil, &document.FileError{File: "broken", Err: document.ErrEmpty}) {
			return
		}
		for _, d := range list {
			if change(d.Article); !yield(d, nil) {
				return
			}
		}
	}
}

func labelsOnly(t *testing.T, d titled, perFile int) *release.Release {
	t.Helper()
	dir := datatest.Built(t, release.Build, d, release.BuildOptions{WithoutTexts: true, ArticlesPerFile: perFile})
	if list, err := release.Verify(os.DirFS(dir)); err != nil || len(list) > 0 {
		t.Fatalf("%v, %v", list, err)
	}
	if _, err := release.Open(dir); !errors.Is(err, release.ErrWithoutTexts) {
		t.Fatalf("it opens as a release with texts: %v", err)
	}
	r, err := release.OpenWithoutTexts(dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The release that is made of labels and copies is byte for byte the one that was made
// of labels and texts, whatever the copies' order and names, from pages whose text is
// read otherwise, and from texts where there are no pages.
func TestHydratedIsTheWhole(t *testing.T) {
	for name, d := range map[string]titled{
		"pages":  {datatest.Synthetic{Size: 12, WithPasses: true, Splits: []string{"train", "test"}}, true},
		"texts":  {datatest.Synthetic{Size: 5}, false},
		"shards": {datatest.Synthetic{Size: 9, WithPasses: true}, true},
	} {
		t.Run(name, func(t *testing.T) {
			opt := release.BuildOptions{}
			if name == "shards" {
				opt.ArticlesPerFile = 4
			}
			whole := datatest.Built(t, release.Build, d, opt)
			r := labelsOnly(t, d, opt.ArticlesPerFile)
			ds, err := Open(r, d.copies(func(a *schema.Article) {
				if d.raw {
					a.Text = "What another reader takes from the page"
				}
			}))
			if err != nil {
				t.Fatal(err)
			}
			defer ds.Close()
			opt.Content = r.Manifest().ContentSHA256
			again := datatest.Built(t, release.Build, ds, opt)
			err = fs.WalkDir(os.DirFS(whole), ".", func(path string, e fs.DirEntry, err error) error {
				if err != nil || e.IsDir() {
					return err
				}
				a, err := os.ReadFile(filepath.Join(whole, path))
				if err != nil {
					return err
				}
				b, err := os.ReadFile(filepath.Join(again, path))
				if string(a) != string(b) {
					t.Errorf("%s differs", path)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

// Nothing of a text is in a release without texts: not the text, not the page, not the
// subtitle that stands in it, no surface.
func TestNothingOfTheTexts(t *testing.T) {
	r := labelsOnly(t, titled{datatest.Synthetic{Size: 3, WithPasses: true}, true}, 0)
	for a, err := range r.Articles() {
		if err != nil || a.Text != "" || a.Raw != "" || a.TextSHA256 == "" || strings.HasSuffix(a.DocID, "0") && !strings.HasPrefix(a.Subtitle, "[") {
			t.Errorf("%+v, %v", a, err)
		}
	}
	all, marked := []*schema.Annotation{}, 0
	for a, err := range r.Annotations() {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, a)
	}
	for p, err := range r.Passes() {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p.Annotation)
	}
	for _, a := range all {
		for _, m := range a.Mentions {
			if marked++; m.Text != "" || !m.Span.IsSet() {
				t.Errorf("%+v", m)
			}
		}
		for _, e := range a.Events {
			if e.Text != "" {
				t.Errorf("%+v", e)
			}
			for _, g := range e.Arguments {
				if g.Text != "" && g.Span.IsSet() {
					t.Errorf("%+v", g)
				}
			}
		}
	}
	if marked == 0 {
		t.Error("no mentions")
	}
}

// Copies that are missing, of another version of the page, or altered by a letter are
// told, and no text is made up.
func TestCopiesThatAreNotTheArticles(t *testing.T) {
	d := titled{datatest.Synthetic{Size: 3}, true}
	r := labelsOnly(t, d, 0)
	for name, tc := range map[string]struct {
		change    func(*schema.Article)
		missing   int
		otherwise bool
	}{
		"a letter": {func(a *schema.Article) { a.Raw += "." }, 3, true},
		"one is altered": {func(a *schema.Article) {
			if a.DocID == "copy-doc-0000001" {
				a.Raw = strings.Replace(a.Raw, "raw", "Raw", 1)
			}
		}, 1, true},
		"nothing is left": {func(a *schema.Article) { a.Raw, a.Text = "", "" }, 3, false},
	} {
		_, err := Open(r, d.copies(tc.change))
		var missing *MissingError
		if !errors.As(err, &missing) || len(missing.Missing) != tc.missing || missing.Read != 4 || len(missing.Unread) != 1 || missing.Missing[0].Otherwise != tc.otherwise {
			t.Errorf("%s: %v, %+v", name, err, missing)
		}
	}
}
