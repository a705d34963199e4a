package run

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/extracttest"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// counting is an extractor that fails on some articles and counts how often it
// is asked about each.
type counting struct {
	mu    sync.Mutex
	asked map[string]int
	fail  func(id string, n int) bool // n: how often asked before
}

func newCounting(fail func(string, int) bool) *counting {
	return &counting{asked: map[string]int{}, fail: fail}
}

func (c *counting) Name() string { return "counting" }

func (c *counting) Extract(ctx context.Context, a *schema.Article) (*schema.Annotation, error) {
	c.mu.Lock()
	n := c.asked[a.DocID]
	c.asked[a.DocID]++
	c.mu.Unlock()
	extract.CountTokens(ctx, extract.Tokens{Prompt: 10, Completion: 1})
	if c.fail != nil && c.fail(a.DocID, n) {
		return nil, errors.New("cannot do " + a.DocID)
	}
	return &schema.Annotation{DocID: a.DocID, Mentions: []schema.Mention{{ID: "m1", Text: a.Text, Span: schema.NoSpan, Head: schema.NoSpan}}}, nil
}

func ids(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("doc%03d", i)
	}
	return list
}

// stopping is the articles, with ctx cancelled before number at.
func stopping(list []string, at int, cancel func()) iter.Seq2[*schema.Article, error] {
	return func(yield func(*schema.Article, error) bool) {
		for i, id := range list {
			if i == at {
				cancel()
			}
			if !yield(extracttest.Article(id), nil) {
				return
			}
		}
	}
}

func read(t interface{ Fatal(...any) }, name string) string {
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// cut takes up to n bytes off the end of a file, as a kill in the middle of a
// write does.
func cut(t *rapid.T, name string, n int) {
	info, err := os.Stat(name)
	if err == nil {
		err = os.Truncate(name, max(0, info.Size()-int64(n)))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// However often a run is stopped, and wherever its files are cut off, what
// comes out in the end is what an undisturbed run gives: every article once,
// in order, and none that has a whole line is asked about again.
func TestRunFileResumes(t *testing.T) {
	dir := t.TempDir()
	count := 0
	rapid.Check(t, func(t *rapid.T) {
		count++
		pred := filepath.Join(dir, fmt.Sprintf("p%d.jsonl", count))
		list := ids(rapid.IntRange(0, 30).Draw(t, "articles"))
		fail := func(id string, _ int) bool { return hashID(id)%7 == 3 }
		opt := FileOptions{Dataset: DatasetID{"d", "1.0.0", "abc"}, Run: Options{Jobs: rapid.IntRange(1, 3).Draw(t, "jobs")}}

		whole := pred + ".whole"
		wholeRecord, err := File(context.Background(), whole, extracttest.Articles(list...), newCounting(fail), opt)
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(0, 4).Draw(t, "stops") {
			var before []string
			if exists(pred + ".partial") {
				before = strings.SplitAfter(read(t, pred+".partial"), "\n")
				before = before[:len(before)-1] // the rest is no whole line
			}
			ctx, cancel := context.WithCancel(context.Background())
			ex := newCounting(fail)
			opt.Mode = ModeResume
			_, err := File(ctx, pred, stopping(list, rapid.IntRange(0, len(list)+1).Draw(t, "stop"), cancel), ex, opt)
			cancel()
			var stopped *InterruptedError
			if err != nil && (!errors.As(err, &stopped) || !strings.Contains(stopped.Hint(), "--resume")) {
				t.Fatal(err)
			}
			for i := range before {
				if ex.asked[list[i]] > 0 {
					t.Fatalf("%s has a line and was asked about again", list[i])
				}
			}
			if exists(pred + ".partial") {
				cut(t, pred+".partial", rapid.IntRange(0, 200).Draw(t, "cut"))
				cut(t, pred+".run.partial", rapid.IntRange(0, 400).Draw(t, "cut journal"))
				// A cut beginning of the journal with predictions left is
				// another matter: nobody knows what was run.
				if !strings.Contains(read(t, pred+".run.partial"), "}\n") && read(t, pred+".partial") != "" {
					t.Skip("journal gone")
				}
			}
		}
		record, err := File(context.Background(), pred, extracttest.Articles(list...), newCounting(fail), opt.with(ModeResume))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := read(t, pred), read(t, whole); got != want {
			t.Fatalf("got\n%swant\n%s", got, want)
		}
		if record.Articles != len(list) || record.Failed != wholeRecord.Failed {
			t.Fatalf("record says %d articles, %d failed; want %d, %d", record.Articles, record.Failed, len(list), wholeRecord.Failed)
		}
		var entries []string
		for e, err := range ReadArticleRecords(pred + ".run.json") {
			if err != nil {
				t.Fatal(err)
			}
			entries = append(entries, e.DocID)
		}
		if !slices.Equal(entries, list) && len(list) > 0 {
			t.Fatalf("the record lists %v", entries)
		}
		for _, rest := range []string{".partial", ".run.partial", ".lock"} {
			if exists(pred + rest) {
				t.Fatalf("%s is left", pred+rest)
			}
		}
	})
}

func (o FileOptions) with(m Mode) FileOptions { o.Mode = m; return o }

func TestRunFileRetriesFailed(t *testing.T) {
	pred := filepath.Join(t.TempDir(), "p.jsonl")
	list := ids(6)
	ex := newCounting(func(id string, n int) bool { return id == "doc001" && n < 2 || id == "doc004" && n < 1 })
	opt := FileOptions{Run: Options{Jobs: 2}}
	r, err := File(t.Context(), pred, extracttest.Articles(list...), ex, opt)
	if err != nil || r.Failed != 2 || strings.Count(read(t, pred), `"error"`) != 2 {
		t.Fatalf("%v, %+v", err, r)
	}
	// Without RetryFailed a whole run stays as it is.
	was := read(t, pred)
	if r, err = File(t.Context(), pred, extracttest.Articles(list...), ex, opt.with(ModeResume)); err != nil || r.Failed != 2 || read(t, pred) != was || ex.asked["doc001"] != 1 {
		t.Fatalf("%v, %+v", err, r)
	}
	opt.RetryFailed = true
	if r, err = File(t.Context(), pred, extracttest.Articles(list...), ex, opt.with(ModeResume)); err != nil || r.Failed != 1 || r.Articles != 6 {
		t.Fatalf("%v, %+v", err, r)
	}
	if ex.asked["doc000"] != 1 || ex.asked["doc001"] != 2 || ex.asked["doc004"] != 2 {
		t.Errorf("asked %v", ex.asked)
	}
	if r, err = File(t.Context(), pred, extracttest.Articles(list...), ex, opt.with(ModeResume)); err != nil || r.Failed != 0 {
		t.Fatalf("%v, %+v", err, r)
	}
	// 6 first tries, 2 and 1 again, and what all of them used.
	if r.Attempts != 9 || *r.Tokens != (extract.Tokens{Prompt: 90, Completion: 9}) || len(r.Sessions) != 3 || r.AskedAgain != 2 {
		t.Errorf("got %+v, tokens %+v", r, r.Tokens)
	}
	checkLines(t, pred, list)
	// A fresh run asks again by itself, once.
	ex = newCounting(func(_ string, n int) bool { return n == 0 })
	if r, err = File(t.Context(), pred, extracttest.Articles(list...), ex, opt.with(ModeOverwrite)); err != nil || r.Failed != 0 {
		t.Fatalf("%v, %+v", err, r)
	}
}

// A stopped second try goes on, and the first answers are there all the time.
func TestRunFileRetryIsResumed(t *testing.T) {
	pred := filepath.Join(t.TempDir(), "p.jsonl")
	list := ids(8)
	ex := newCounting(func(id string, n int) bool { return id > "doc003" && n == 0 })
	opt := FileOptions{RetryFailed: true, Mode: ModeResume}
	if _, err := File(t.Context(), pred, extracttest.Articles(list...), ex, FileOptions{}); err != nil {
		t.Fatal(err)
	}
	was := read(t, pred)
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := File(ctx, pred, stopping(list, 6, cancel), ex, opt); err == nil {
		t.Fatal("not stopped")
	}
	if read(t, pred) != was {
		t.Error("the first answers were touched")
	}
	opt.RetryFailed = false // it was begun with it
	r, err := File(t.Context(), pred, extracttest.Articles(list...), ex, opt)
	if err != nil || r.Failed != 0 {
		t.Fatalf("%v, %+v", err, r)
	}
	checkLines(t, pred, list)
	if ex.asked["doc000"] != 1 {
		t.Errorf("asked %v", ex.asked)
	}
}

// checkLines wants one good line for each article, in order.
func checkLines(t *testing.T, pred string, list []string) {
	t.Helper()
	format, err := labels.Lookup("jsonl")
	if err != nil {
		t.Fatal(err)
	}
	docs, err := labels.ReadAll(format.Read(labels.FileSource(pred), labels.ReadOptions{}))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range docs {
		got = append(got, d.DocID)
		if d.Error != "" || len(d.Mentions) != 1 || !d.Mentions[0].Span.IsSet() {
			t.Errorf("%s: %+v", d.DocID, d)
		}
	}
	if !slices.Equal(got, list) {
		t.Errorf("got %v, want %v", got, list)
	}
}

func TestRunFileLimit(t *testing.T) {
	pred := filepath.Join(t.TempDir(), "p.jsonl")
	ex := newCounting(nil)
	opt := FileOptions{Limit: 2}
	for _, limit := range []int{2, 4, 0} {
		opt.Limit, opt.Mode = limit, ModeResume
		r, err := File(t.Context(), pred, extracttest.Articles(ids(6)...), ex, opt)
		want := limit
		if limit == 0 {
			want = 6
		}
		if err != nil || r.Articles != want {
			t.Fatalf("limit %d: %v, %+v", limit, err, r)
		}
		checkLines(t, pred, ids(want))
	}
	for id, n := range ex.asked {
		if n != 1 {
			t.Errorf("%s was asked %d times", id, n)
		}
	}
}

// A bad record of the dataset stops the run with that record's error.
func TestRunFileSourceError(t *testing.T) {
	pred := filepath.Join(t.TempDir(), "p.jsonl")
	bad := errors.New("articles.json:7: no text")
	source := func(yield func(*schema.Article, error) bool) {
		_ = yield(extracttest.Article("a"), nil) && yield(nil, bad)
	}
	if _, err := File(t.Context(), pred, source, newCounting(nil), FileOptions{}); !errors.Is(err, bad) || exists(pred) || !exists(pred+".partial") {
		t.Errorf("got %v", err)
	}
}

// An annotation that cannot be written as a line is its article's failure, and
// predictions hold no stack, no standard error and no time.
func TestRunFileLines(t *testing.T) {
	pred := filepath.Join(t.TempDir(), "p.jsonl")
	big := 2.0
	ex := extract.Func(func(_ context.Context, a *schema.Article) (*schema.Annotation, error) {
		switch a.DocID {
		case "b":
			return &schema.Annotation{DocID: "b", Mentions: []schema.Mention{{Text: "text b", Confidence: &big}}}, nil
		case "c":
			panic("oh\nno")
		case "d":
			return nil, &extract.Error{Kind: extract.KindCrash, Detail: "exit", Stderr: []string{"12:00 boom"}}
		}
		return &schema.Annotation{DocID: a.DocID}, nil
	})
	var told []extract.Kind
	var last Progress
	r, err := File(t.Context(), pred, extracttest.Articles("a", "b", "c", "d"), ex, FileOptions{
		Failed: func(e *extract.Error) { told = append(told, e.Kind) }, Progress: func(p Progress) { last = p },
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"doc_id":"a"}
{"doc_id":"b","error":"extract.Func: b: invalid: document \"b\": confidence: cannot write 2"}
{"doc_id":"c","error":"extract.Func: c: panic: oh no"}
{"doc_id":"d","error":"extract.Func: d: crash: exit"}
`
	if got := read(t, pred); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if fmt.Sprint(told) != "[invalid panic crash]" || last.Done != 4 || last.Failed != 3 || last.Asked != 4 || r.FailedByKind["panic"] != 1 {
		t.Errorf("told %v, %+v, %+v", told, last, r)
	}
	if !strings.Contains(read(t, pred+".run.json"), "12:00 boom") {
		t.Error("the record does not keep the standard error")
	}
}
