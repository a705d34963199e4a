package release

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/atomicfile"
	"github.com/mizan-corpus/mizan/internal/data/corpus"
	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/datatest"
	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/schema"
)

func mustVerify(t testing.TB, dir string) {
	t.Helper()
	list, err := Verify(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range list {
		t.Error(v)
	}
}

func TestBuildAndReadBack(t *testing.T) {
	for name, tc := range map[string]struct {
		data datatest.Synthetic
		opt  BuildOptions
	}{
		"one file":         {datatest.Synthetic{Size: 50}, BuildOptions{}},
		"shards":           {datatest.Synthetic{Size: 50}, BuildOptions{ArticlesPerFile: 7}},
		"splits and shard": {datatest.Synthetic{Size: 50, Splits: []string{"train", "test"}}, BuildOptions{ArticlesPerFile: 9}},
		"passes":           {datatest.Synthetic{Size: 50, WithPasses: true}, BuildOptions{ArticlesPerFile: 20}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := datatest.Built(t, Build, tc.data, tc.opt)
			mustVerify(t, dir)
			r, err := Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := datatest.Annotations(t, r), datatest.Annotations(t, tc.data); got != want {
				t.Errorf("labels differ after reading back:\n%s\nexpected\n%s", got, want)
			}
			i := 0
			for a, err := range r.Articles() {
				if err != nil {
					t.Fatal(err)
				}
				want, _ := tc.data.Article(i)
				if a.DocID != want.DocID || a.Text != want.Text || a.Raw != want.Raw || len(a.RawMap) != 1 || a.RawMap[0] != want.RawMap[0] || a.Labelled != tc.data.Labelled(i) {
					t.Fatalf("article %d: got %+v, expected %+v", i, a, want)
				}
				i++
			}
			if i != tc.data.Size {
				t.Errorf("read %d articles, expected %d", i, tc.data.Size)
			}
			passes := 0
			for p, err := range r.Passes() {
				if err != nil {
					t.Fatal(err)
				}
				if want := map[string]int{"anna": 4, "basil": 3}[p.Annotator]; len(p.Annotation.Mentions) < want {
					t.Errorf("pass %s of %s has %d mentions, expected %d or more", p.Annotator, p.Annotation.DocID, len(p.Annotation.Mentions), want)
				}
				passes++
			}
			// Every third of 50 articles, from the first, by two annotators: 17 × 2.
			if want := map[bool]int{true: 34}[tc.data.WithPasses]; passes != want {
				t.Errorf("read %d passes, expected %d", passes, want)
			}
			if left := leftovers(t, dir); len(left) > 0 {
				t.Errorf("the build left %v", left)
			}
		})
	}
}

// leftovers is what lies beside a release.
func leftovers(t testing.TB, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(dir))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if e.Name() != filepath.Base(dir) {
			names = append(names, e.Name())
		}
	}
	return names
}

func TestSameHashFromCorpusReleaseAndShards(t *testing.T) {
	s := datatest.Synthetic{Size: 30, WithPasses: true}
	c := corpus.New(s.Meta(), s.Articles, s.LabelFiles(t))
	id, err := c.Identity()
	if err != nil {
		t.Fatal(err)
	}
	first := datatest.Built(t, Build, c, BuildOptions{})
	opened, err := Open(first)
	if err != nil {
		t.Fatal(err)
	}
	second := datatest.Built(t, Build, opened, BuildOptions{ArticlesPerFile: 4})
	for _, dir := range []string{first, second} {
		mustVerify(t, dir)
		r, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Manifest().ContentSHA256; got != id.ContentSHA256 {
			t.Errorf("%s: content hash %s, expected that of the corpus, %s", dir, got, id.ContentSHA256)
		}
	}
	// A release made of a release, unsharded, is the same bytes.
	third := datatest.Built(t, Build, opened, BuildOptions{})
	if same, err := sameTree(first, third); err != nil || !same {
		t.Errorf("a release built from a release differs (%v)", err)
	}
}

func TestBuildIsDeterministic(t *testing.T) {
	s := datatest.Synthetic{Size: 9000, Words: 12, WithPasses: true} // three row groups of articles
	first := datatest.Built(t, Build, s, BuildOptions{})
	t.Setenv("TZ", "Asia/Damascus")
	t.Setenv("LC_ALL", "ar_SY.UTF-8")
	procs := runtime.GOMAXPROCS(1)
	second := datatest.Built(t, Build, s, BuildOptions{})
	runtime.GOMAXPROCS(procs)
	if same, err := sameTree(first, second); err != nil || !same {
		t.Errorf("two builds differ (%v)", err)
	}
}

func TestBuildOverExisting(t *testing.T) {
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "nested", "release")
	run := func(articles int, replace bool) (string, error) {
		r, err := Build(ctx, dir, datatest.Synthetic{Size: articles}, BuildOptions{Replace: replace})
		if err != nil {
			return "", err
		}
		return r.Outcome, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for i, step := range []struct {
		articles int
		replace  bool
		outcome  string // "" for an ExistsError
	}{
		{5, false, "created"}, // over an empty folder
		{5, false, "unchanged"},
		{5, true, "unchanged"},
		{6, false, ""},
		{6, true, "replaced"},
		{6, false, "unchanged"},
	} {
		got, err := run(step.articles, step.replace)
		var exists *ExistsError
		if got != step.outcome || (step.outcome == "") != errors.As(err, &exists) {
			t.Errorf("step %d: got %q, %v, expected %q", i, got, err, step.outcome)
		}
		mustVerify(t, dir)
		if left := leftovers(t, dir); len(left) > 0 {
			t.Errorf("step %d left %v", i, left)
		}
	}
	if err := os.Remove(filepath.Join(dir, dataset.ManifestFile)); err != nil {
		t.Fatal(err)
	}
	var exists *ExistsError
	if _, err := run(6, true); !errors.As(err, &exists) || exists.Advice == "" {
		t.Errorf("replacing a folder that is no release: got %v, expected an ExistsError with advice", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "README.md")); err != nil {
		t.Errorf("the folder was touched: %v", err)
	}
}

// A build killed between the two steps of an exchange: the next one brings the
// release back.
func TestKilledExchangeComesBack(t *testing.T) {
	root := t.TempDir()
	building, target := filepath.Join(root, ".r.building"), filepath.Join(root, "r")
	if err := os.Mkdir(atomicfile.Aside(building), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(atomicfile.Aside(building), "name"), []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := stage(target)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Discard()
	if got, err := os.ReadFile(filepath.Join(target, "name")); err != nil || string(got) != "old" {
		t.Errorf("after a killed exchange the release is %q (%v), expected the old one", got, err)
	}
}

func TestBuildRefuses(t *testing.T) {
	var lint *LintError
	var column *tables.ColumnError
	for name, tc := range map[string]struct {
		data  dataset.Dataset
		opt   BuildOptions
		check func(error) bool
	}{
		"no articles": {datatest.Synthetic{}, BuildOptions{}, func(err error) bool { return errors.Is(err, ErrNoArticles) }},
		"wrong surface": {datatest.Synthetic{Size: 3, Mutate: func(a *schema.Annotation) { a.Mentions[1].Text = "x" }}, BuildOptions{},
			func(err error) bool { return errors.As(err, &lint) && len(lint.Findings) > 0 }},
		"no span": {datatest.Synthetic{Size: 3, Mutate: func(a *schema.Annotation) { a.Mentions[1].Span = schema.NoSpan }}, BuildOptions{},
			func(err error) bool {
				return errors.As(err, &column) && column.Table == dataset.TableMentions && column.Column == "start"
			}},
		"not UTF-8": {datatest.Synthetic{Size: 3, Mutate: func(a *schema.Annotation) { a.Mentions[1].ActorID = "\xff" }}, BuildOptions{},
			func(err error) bool { return errors.As(err, &lint) || errors.As(err, &column) }},
		"version":  {datatest.Synthetic{Size: 3}, BuildOptions{Version: "1.0"}, func(err error) bool { return strings.Contains(err.Error(), "MAJOR.MINOR.PATCH") }},
		"negative": {datatest.Synthetic{Size: 3}, BuildOptions{ArticlesPerFile: -1}, func(err error) bool { return strings.Contains(err.Error(), "0 or more") }},
		"split":    {datatest.Synthetic{Size: 3, Splits: []string{"../x"}}, BuildOptions{}, func(err error) bool { return errors.As(err, &column) && column.Column == "split" }},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "release")
			_, err := Build(context.Background(), dir, tc.data, tc.opt)
			if err == nil || !tc.check(err) {
				t.Errorf("got %v", err)
			}
			if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("a refused build left its folder (%v)", err)
			}
			if left := leftovers(t, dir); len(left) > 0 {
				t.Errorf("a refused build left %v", left)
			}
		})
	}
}

func TestBuildRunsAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "release")
	s, err := stage(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Build(context.Background(), dir, datatest.Synthetic{Size: 1}, BuildOptions{}); !errors.Is(err, ErrRunning) {
		t.Errorf("a second build got %v, expected ErrRunning", err)
	}
	if err := s.Discard(); err != nil {
		t.Fatal(err)
	}
	datatest.Built(t, Build, datatest.Synthetic{Size: 1}, BuildOptions{})
}

func TestBuildStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	dir := filepath.Join(t.TempDir(), "release")
	if _, err := Build(ctx, dir, datatest.Synthetic{Size: 5}, BuildOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, expected context.Canceled", err)
	}
	if left := leftovers(t, dir); len(left) > 0 {
		t.Errorf("a stopped build left %v", left)
	}
}
