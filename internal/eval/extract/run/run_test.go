package run

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/extracttest"
	"github.com/mizan-corpus/mizan/schema"
)

// Whatever the jobs, the buffer and the failures: one result an article, in
// order, its own, and never more than jobs at a time.
func TestRunLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		jobs := rapid.IntRange(0, 5).Draw(t, "jobs")
		ahead := rapid.IntRange(0, 5).Draw(t, "ahead")
		fates := rapid.SliceOf(rapid.SampledFrom([]extract.Kind{extract.KindNone, extract.KindFailed, extract.KindPanic, extract.KindSource, extract.KindInvalid, extract.KindWrongDoc, extract.KindTimeout})).Draw(t, "fates")
		var running, most atomic.Int32
		ex := extract.Func(func(_ context.Context, a *schema.Article) (*schema.Annotation, error) {
			n := running.Add(1)
			defer running.Add(-1)
			for old := most.Load(); n > old && !most.CompareAndSwap(old, n); old = most.Load() {
			}
			switch extract.Kind(a.Outlet) {
			case extract.KindFailed:
				return nil, errors.New("failed")
			case extract.KindPanic:
				panic("oh")
			case extract.KindInvalid:
				return nil, nil
			case extract.KindWrongDoc:
				return &schema.Annotation{DocID: "other"}, nil
			case extract.KindTimeout:
				return nil, fmt.Errorf("wrapped: %w", &extract.Error{Extractor: "x", Kind: extract.KindTimeout})
			}
			return &schema.Annotation{DocID: a.DocID}, nil
		})
		source := func(yield func(*schema.Article, error) bool) {
			for i, f := range fates {
				if f == extract.KindSource {
					if !yield(nil, errors.New("file:3: bad record")) {
						return
					}
				} else if !yield(&schema.Article{DocID: fmt.Sprint(i), Outlet: string(f)}, nil) {
					return
				}
			}
		}
		i := 0
		var tally Tally
		for r := range Run(context.Background(), source, ex, Options{Jobs: jobs, Ahead: ahead}) {
			if r.Index != i || extracttest.KindOf(extracttest.AsNil(r.Err)) != fates[i] || (r.Annotation == nil) != (r.Err != nil) {
				t.Fatalf("result %d: %+v (%v), want %q", i, r, r.Err, fates[i])
			}
			if r.Article != nil && r.Article.DocID != fmt.Sprint(i) {
				t.Fatalf("result %d is of %s", i, r.Article.DocID)
			}
			tally.Add(r)
			i++
		}
		if i != len(fates) || tally.Articles != len(fates) || int(most.Load()) > max(jobs, 1) {
			t.Fatalf("%d results of %d, %d at a time of %d", i, len(fates), most.Load(), jobs)
		}
	})
}

func TestRunCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	taken := 0
	source := func(yield func(*schema.Article, error) bool) {
		for ; ; taken++ { // endless: ends with the context
			if !yield(extracttest.Article(fmt.Sprint(taken)), nil) {
				return
			}
		}
	}
	ex := extract.Func(func(ctx context.Context, a *schema.Article) (*schema.Annotation, error) {
		if a.DocID == "10" {
			cancel()
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		return &schema.Annotation{DocID: a.DocID}, nil
	})
	n := 0
	for r := range Run(ctx, source, ex, Options{Jobs: 3}) {
		if r.Index != n || r.Article == nil || r.Err != nil && r.Err.Kind != extract.KindCancelled {
			t.Fatalf("result %d: %+v", n, r)
		}
		n++
	}
	if n != taken+1 { // the last one taken is not counted by the source
		t.Errorf("%d results, %d articles taken", n, taken+1)
	}
}

func TestRunLeftEarly(t *testing.T) {
	ex := extract.Func(func(ctx context.Context, a *schema.Article) (*schema.Annotation, error) {
		if a.DocID != "a" {
			<-ctx.Done() // only leaving the loop ends it
		}
		return &schema.Annotation{DocID: a.DocID}, nil
	})
	for range Run(t.Context(), extracttest.Articles("a", "b", "c", "d"), ex, Options{Jobs: 2}) {
		break
	}
}

func TestTallyString(t *testing.T) {
	var tally Tally
	for _, r := range []Result{{Attempts: 1}, {Attempts: 2}, {Err: &extract.Error{Kind: extract.KindTimeout}}, {Err: &extract.Error{Kind: extract.KindCrash}, Attempts: 2}, {Err: &extract.Error{Kind: extract.KindCrash}}} {
		tally.Add(r)
	}
	if got, want := tally.String(), "5 articles, 3 failed (2 crash, 1 timeout), 2 asked again"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := (Tally{Articles: 1}).String(); got != "1 article, 0 failed" {
		t.Errorf("got %q", got)
	}
}

func TestFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "p.jsonl")
	write := func(text string) {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(`{"doc_id":"a","mentions":[{"mention_id":"m1","text":"x"}]}` + "\n" + `{"doc_id":"b","error":"too hard"}` + "\n")
	ex, err := extract.Open("file:"+name, extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []extract.Kind
	for r := range Run(t.Context(), extracttest.Articles("b", "a", "c"), ex, Options{Jobs: 2}) {
		got = append(got, extracttest.KindOf(extracttest.AsNil(r.Err)))
	}
	if fmt.Sprint(got) != fmt.Sprint([]extract.Kind{extract.KindReported, extract.KindNone, extract.KindMissing}) {
		t.Errorf("got %v", got)
	}
	write(`{"doc_id":"a"}` + "\n" + `{"doc_id":"a"}` + "\n")
	if _, err := extract.Open("file:"+name, extract.Options{}); err == nil || !strings.Contains(err.Error(), "p.jsonl:2: doc_id") {
		t.Errorf("got %v, want file:line of the second record", err)
	}
	if _, err := extract.Open("file:"+name+".none", extract.Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}
