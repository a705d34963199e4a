package corpus

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/data/duplicates"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/schema"
)

// anyArticle is an article with anything in its fields.
func anyArticle(t *rapid.T, docID string) *schema.Article {
	a := &schema.Article{Labelled: rapid.Bool().Draw(t, "labelled")}
	for _, s := range texts(a) {
		*s = rapid.SampledFrom([]string{"", "x", "نص 😀", strings.Repeat("long ", 300), "\x00\n"}).Draw(t, "text")
	}
	a.DocID, a.Raw = docID, rapid.SampledFrom([]string{"", "raw", a.Text}).Draw(t, "raw")
	for i := range rapid.IntRange(0, 4).Draw(t, "segments") {
		a.RawMap = append(a.RawMap, schema.RawSegment{Start: int32(i * 1000), RawStart: int32(1<<30 + i), Length: int32(i + 1)})
	}
	return a
}

// What goes into a spool comes out in order and unchanged, whether it went
// through the file or not.
func TestSpoolGivesBackWhatItTook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newSpool(rapid.SampledFrom([]int{0, 500, 4000, 1 << 20}).Draw(t, "window"))
		defer s.close()
		var want []schema.Article
		for _, i := range rapid.Permutation([]int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}).Draw(t, "order") {
			a := anyArticle(t, fmt.Sprintf("a%02d", i))
			want = append(want, *a)
			if err := s.add(&document.Document{Article: a}); err != nil {
				t.Fatal(err)
			}
		}
		slices.SortFunc(want, func(a, b schema.Article) int { return strings.Compare(a.DocID, b.DocID) })
		if twice, err := s.sort(); err != nil || len(twice) > 0 {
			t.Fatal(twice, err)
		}
		var got []schema.Article
		for a, err := range s.all() {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, *a)
		}
		for i := range want {
			want[i].DuplicateOf = "" // set anew
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	})
}

func TestSpoolFile(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	files := func() int {
		list, err := os.ReadDir(os.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	s := newSpool(100)
	for i := range 4 {
		a := &schema.Article{DocID: fmt.Sprint(9 - i/2), Text: strings.Repeat("x", 40), SourceFile: fmt.Sprintf("f:%d", i)}
		if err := s.add(&document.Document{Article: a}); err != nil {
			t.Fatal(err)
		}
		if i >= 2 && s.file == nil || s.named != (files() == 1) {
			t.Errorf("after %d articles: file %v, %d in the folder", i+1, s.file, files())
		}
	}
	twice, err := s.sort()
	if err != nil || len(twice) != 2 || twice[0].Error() != "f:3: doc_id 8 is that of f:2 already" || len(s.slots) != 2 {
		t.Errorf("got %v, %v", twice, err)
	}
	if err := s.file.Truncate(20); err != nil {
		t.Fatal(err)
	}
	failed := error(nil)
	for _, err := range s.all() {
		failed = errors.Join(failed, err)
	}
	if failed == nil || !strings.Contains(failed.Error(), "unexpected EOF") {
		t.Errorf("a file cut short: got %v", failed)
	}
	if err := s.close(); err != nil || files() != 0 {
		t.Errorf("%d files are left, %v", files(), err)
	}
}

func FuzzSpooledArticle(f *testing.F) {
	f.Add(appendArticle(nil, &schema.Article{DocID: "a", Text: "x", RawMap: []schema.RawSegment{{Length: 1}}}))
	f.Fuzz(func(t *testing.T, b []byte) {
		if a, err := parseArticle(b); err == nil {
			if again, err := parseArticle(appendArticle(nil, a)); err != nil || !reflect.DeepEqual(a, again) {
				t.Errorf("got %+v, %v, want %+v", again, err, a)
			}
		}
	})
}

// Of a cluster the labelled article is the original, else the earliest dated,
// else the first.
func TestMarkDuplicates(t *testing.T) {
	words := strings.Fields(strings.Repeat("a b c d e f g h i j k l m n o p q r s t u v w x y z ", 4))
	variant := func(n int) string {
		w := slices.Clone(words)
		for i := range w {
			w[i] += fmt.Sprint(n / 10)
		}
		w[0] = fmt.Sprint("start", n)
		return strings.Join(w, " ")
	}
	for name, tc := range map[string]struct{ date, labelled, want string }{
		"first":             {"", "", "- a a - d"},
		"earliest":          {"2016-03-01 2016-02-01 2016-01-01 2016-01-01 2016-01-02", "", "c c - - d"},
		"dated before not":  {"x x 2016-01-01 x x", "", "c c - - d"},
		"labelled before":   {"2016-01-01 2016-02-01 2016-03-01 x x", "c e", "c c - e -"},
		"same date, first":  {"2016-01-01 2016-01-01 2016-01-01 x x", "", "- a a - d"},
		"two labelled ones": {"x x x x x", "b c", "b - b - d"},
	} {
		for _, window := range []int{0, 1 << 20} {
			s := newSpool(window)
			for i, id := range strings.Fields("a b c d e") {
				a := &schema.Article{DocID: id, Text: variant(i/3*10 + i), Labelled: strings.Contains(tc.labelled, id)}
				if dates := strings.Fields(tc.date); len(dates) > 0 && dates[i] != "x" {
					a.Published = dates[i]
				}
				if err := s.add(&document.Document{Article: a, Sketch: duplicates.NewSketch(a.Text)}); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := s.sort(); err != nil {
				t.Fatal(err)
			}
			if err := s.markDuplicates(0.8, func() error { return nil }); err != nil {
				t.Fatal(err)
			}
			var got []string
			for a, err := range s.all() {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, cmp.Or(a.DuplicateOf, "-"))
			}
			if g := strings.Join(got, " "); g != tc.want {
				t.Errorf("%s, window %d: got %s, want %s", name, window, g, tc.want)
			}
			if err := s.close(); err != nil {
				t.Error(err)
			}
		}
	}
}
