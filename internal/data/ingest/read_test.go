package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"

	"github.com/mizan-corpus/mizan/internal/data/ingest/boilerplate"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
)

// A panic of a library, in a file or in one of its articles, is an error of
// that alone.
func TestPanicsAreErrors(t *testing.T) {
	sources[".panics"] = &Source{Name: "panics", Extensions: []string{".panics"}, Read: func(f File, _ Options) iter.Seq2[Item, error] {
		return func(yield func(Item, error) bool) {
			for i := range 3 {
				ok := yield(func() (*document.Document, error) {
					if i == 1 {
						panic("an article")
					}
					return boilerplate.ReadText("a.txt", []byte(samplePage), document.TextAuto)
				}, nil)
				if !ok {
					return
				}
			}
			panic("a file")
		}
	}}
	defer delete(sources, ".panics")
	articles := 0
	var errs []string
	for _, err := range Dir(fstest.MapFS{"a.panics": file("x"), "b.txt": file(samplePage)}, Options{}) {
		if err != nil {
			errs = append(errs, err.Error())
		} else {
			articles++
		}
	}
	want := "a.panics: cannot be read: an article; a.panics: cannot be read: a file"
	if got := strings.Join(errs, "; "); articles != 3 || got != want {
		t.Errorf("%d articles, errors %s", articles, got)
	}
}

// Articles come in the order of the file however many are made at once, and
// who stops early leaves no goroutine behind.
func TestReadingInOrder(t *testing.T) {
	var lines strings.Builder
	const n = 3000
	for i := range n {
		fmt.Fprintf(&lines, `{"text":"%s"}`+"\n", strings.Repeat("word ", 1+i*7%50))
	}
	fsys := fstest.MapFS{"a.jsonl": file(lines.String())}
	i := 0
	var last Progress
	for d, err := range Dir(fsys, Options{Progress: func(p Progress) { last = p }}) {
		if i++; err != nil || d.Article.DocID != numbered("a", i) {
			t.Fatalf("article %d: %v, %v", i, d, err)
		}
	}
	if want := (Progress{n, int64(lines.Len()), int64(lines.Len())}); i != n || last != want {
		t.Errorf("%d articles, progress %+v, want %+v", i, last, want)
	}
	// A bubble ends only when every goroutine in it has.
	synctest.Test(t, func(*testing.T) {
		for range 20 {
			for range Dir(fsys, Options{}) {
				break
			}
		}
	})
}

// An error of the file system ends the file and not the reading.
func TestReadErrorEndsTheFile(t *testing.T) {
	f := File{Name: "a.jsonl", ID: "a", Reader: io.MultiReader(strings.NewReader("{\"text\":\"x\"}\n{\"te"), failing{}), Note: func(document.Note) {}}
	var got []string
	for item, err := range readJSONLines(f, Options{}) {
		if err != nil {
			got = append(got, err.Error())
			continue
		}
		d, err := item()
		got = append(got, fmt.Sprint(d.Article.Text, err))
	}
	if s := strings.Join(got, "; "); s != "x<nil>; a.jsonl:2: disk on fire" {
		t.Errorf("got %s", s)
	}
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, fmt.Errorf("disk on fire") }

// A file of which no article comes is left when the context ends.
func TestReadingEndsInsideFile(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	sources[".endless"] = &Source{Name: "endless", Extensions: []string{".endless"}, Read: func(f File, _ Options) iter.Seq2[Item, error] {
		return func(yield func(Item, error) bool) {
			cancel()
			for {
				if _, err := f.Reader.Read(make([]byte, 1)); err != nil && err != io.EOF {
					yield(nil, err)
					return
				}
			}
		}
	}}
	defer delete(sources, ".endless")
	n := 0
	for d, err := range Dir(fstest.MapFS{"a.endless": file("x"), "b.txt": file(samplePage)}, Options{Context: ctx}) {
		if n++; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, %v", d, err)
		}
	}
	if n != 1 {
		t.Errorf("%d items, want one error", n)
	}
}
