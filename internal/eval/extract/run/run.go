package run

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/wire"
	"github.com/mizan-corpus/mizan/schema"
)

// Options are the settings of [Run]. The zero value is usable.
type Options struct {
	// Jobs is how many articles are asked about at a time, 1 when 0. For a
	// process it should be Options.Jobs × Options.InFlight.
	Jobs int
	// Ahead is how many articles may be done or under way beyond the oldest
	// unfinished one, 4 × Jobs when 0. It bounds what is held to keep order.
	Ahead int
}

// Result is what became of one article.
type Result struct {
	Index      int                // 0-based, in the order of the source
	Article    *schema.Article    // nil when the source failed on it
	Annotation *schema.Annotation // nil exactly when Err is set
	Err        *extract.Error     // nil when all went well
	Latency    time.Duration      // from the first try to the outcome; never part of a result file
	Attempts   int                // how often it was asked, at least 1 unless it never was
	Tokens     *extract.Tokens    // what a model used; nil where it did not say or is none
	NoUsage    bool               // a model answered without saying what it used
	Alignment  extract.Placement  // how the answer's spans found their places, see Aligned
	Repair     string             // whether a model mended its answer, see extract.Meter
	Placed     []extract.Placed   // spans without a place, or with one that is not exact

	kept *savedLine // of an item that was not asked about
}

// Run asks ex about every article and yields one [Result] for each, in the
// order of the source, whatever the order of the answers. An article that
// fails is a result with Err set, and so is a bad record of the source; none
// is lost and none stops the rest.
//
// When ctx is done, the articles already taken from the source fail as
// [extract.KindCancelled], and the source is read no further. A caller that leaves the
// loop early cancels what is under way; the source may then be read one
// article further, in another goroutine. Run does not close ex.
func Run(ctx context.Context, articles iter.Seq2[*schema.Article, error], ex extract.Extractor, opt Options) iter.Seq[Result] {
	return runItems(ctx, func(yield func(item, error) bool) {
		for a, err := range articles {
			if !yield(item{article: a}, err) {
				return
			}
		}
	}, ex, opt)
}

// item is one article of a run; with kept it is not asked about.
type item struct {
	article *schema.Article
	kept    *savedLine
}

// runItems is Run over items.
func runItems(ctx context.Context, items iter.Seq2[item, error], ex extract.Extractor, opt Options) iter.Seq[Result] {
	jobs := max(opt.Jobs, 1)
	ahead := opt.Ahead
	if ahead <= 0 {
		ahead = 4 * jobs
	}
	r := &run{ex: ex, name: extract.Name(ex)}
	return func(yield func(Result) bool) {
		ctx, cancel := context.WithCancel(ctx)
		left := make(chan struct{}) // the loop is over
		tasks := make(chan task)
		order := make(chan chan Result, ahead)
		var workers sync.WaitGroup
		defer workers.Wait()
		defer close(left)
		defer cancel()
		go r.feed(ctx, items, tasks, order, left)
		for range jobs {
			workers.Go(func() {
				for {
					select {
					case t, ok := <-tasks:
						if !ok {
							return
						}
						t.slot <- r.ask(ctx, t)
					case <-left:
						return
					}
				}
			})
		}
		for slot := range order {
			if !yield(<-slot) {
				return
			}
		}
	}
}

// run is what all goroutines of a Run share.
type run struct {
	ex   extract.Extractor
	name string
}

// task is one article to be asked about.
type task struct {
	index   int
	article *schema.Article
	slot    chan Result // holds one
}

// feed reads the source: every article gets a place in order, and then a
// worker or, once ctx is done, a result that says so.
func (r *run) feed(ctx context.Context, items iter.Seq2[item, error],
	tasks chan<- task, order chan<- chan Result, left <-chan struct{}) {
	defer close(tasks)
	defer close(order)
	index := 0
	for it, err := range items {
		t := task{index, it.article, make(chan Result, 1)}
		index++
		select {
		case order <- t.slot:
		case <-left:
			return
		}
		if err == nil && it.kept != nil {
			t.slot <- Result{Index: t.index, Article: it.article, kept: it.kept}
			continue
		}
		if err != nil || it.article == nil {
			t.article = nil
			t.slot <- r.failed(t, &extract.Error{Kind: extract.KindSource, Err: err})
			continue
		}
		if ctx.Err() == nil {
			select {
			case tasks <- t:
				continue
			case <-ctx.Done():
			}
		}
		t.slot <- r.failed(t, &extract.Error{Kind: extract.KindCancelled, Err: context.Cause(ctx)})
		return
	}
}

// ask asks about one article. A panic of the extractor is its failure on this
// article.
func (r *run) ask(ctx context.Context, t task) (res Result) {
	if ctx.Err() != nil {
		return r.failed(t, &extract.Error{Kind: extract.KindCancelled, Err: context.Cause(ctx)})
	}
	m := &extract.Meter{}
	start := time.Now()
	defer func() {
		if p := recover(); p != nil {
			res = r.failed(t, &extract.Error{Kind: extract.KindPanic, Detail: fmt.Sprint(p),
				Stderr: strings.Split(strings.TrimSpace(string(debug.Stack())), "\n")})
		}
		res.Latency = time.Since(start)
		m.Mu.Lock()
		defer m.Mu.Unlock()
		res.Attempts = max(1, m.Attempts)
		res.Tokens, res.NoUsage, res.Alignment, res.Placed, res.Repair = m.Tokens, m.NoUsage, m.Alignment, m.Placed, m.Repair
	}()
	annotation, err := r.ex.Extract(context.WithValue(ctx, extract.MeterKey{}, m), t.article)
	switch {
	case err != nil:
		return r.failed(t, asError(ctx, err))
	case annotation == nil:
		return r.failed(t, &extract.Error{Kind: extract.KindInvalid, Detail: "neither an annotation nor an error"})
	case annotation.DocID != t.article.DocID:
		return r.failed(t, &extract.Error{Kind: extract.KindWrongDoc,
			Detail: fmt.Sprintf("found an annotation of %s", wire.Excerpt([]byte(annotation.DocID)))})
	}
	return Result{Index: t.index, Article: t.article, Annotation: annotation}
}

// asError is err as an *Error; it is never shared with other results.
func asError(ctx context.Context, err error) *extract.Error {
	var e *extract.Error
	if errors.As(err, &e) {
		own := *e
		return &own
	}
	if ctx.Err() != nil {
		return &extract.Error{Kind: extract.KindCancelled, Err: err}
	}
	return &extract.Error{Kind: extract.KindFailed, Err: err}
}

// failed is the result of an article that failed.
func (r *run) failed(t task, err *extract.Error) Result {
	err.Extractor = cmp.Or(err.Extractor, r.name)
	if t.article != nil {
		err.DocID = t.article.DocID
	}
	return Result{Index: t.index, Article: t.article, Err: err}
}
