package main

import (
	"io"
	"os"
	"sync"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/eval/extract"
)

// runOutput is what a run tells while it goes on: failures, and a progress bar
// on a terminal.
type runOutput struct {
	app   *app
	path  string
	quiet bool

	mu    sync.Mutex
	bar   *extract.Bar // nil when there is no terminal
	shown int
}

func (a *app) newRunOutput(ds data.Dataset, f runFlags) *runOutput {
	o := &runOutput{app: a, path: f.out, quiet: f.quiet}
	if !f.quiet && isTerminal(a.stderr) {
		n := articleCount(ds)
		if f.limit > 0 {
			n = min(n, f.limit)
		}
		o.bar = extract.NewBar(a.stderr, n)
	}
	return o
}

// failed shows one failure.
func (o *runOutput) failed(e *extract.Error) {
	o.message(e, "the other failures are in "+o.path+".run.json")
}

// stray shows a fault that belongs to no article. It is called concurrently.
func (o *runOutput) stray(e *extract.Error) { o.message(e, "further messages are left out") }

func (o *runOutput) message(e *extract.Error, more string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.shown++; o.quiet || o.shown > mostFailures+1 {
		return
	}
	if o.bar != nil {
		o.bar.Clear()
	}
	if o.shown > mostFailures {
		o.app.say("%s", more)
		return
	}
	o.app.report(e)
}

func (o *runOutput) progress(p extract.Progress) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.bar != nil {
		o.bar.Draw(p)
	}
}

func (o *runOutput) end() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.bar != nil {
		o.bar.Clear()
	}
}

// isTerminal reports whether somebody watches.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// articleCount is the number of articles, 0 when it cannot be told.
func articleCount(ds data.Dataset) int {
	if r, ok := ds.(*data.Release); ok {
		t, _ := r.Manifest().Table(data.TableArticles)
		return int(t.Rows)
	}
	n := 0
	for _, err := range ds.Articles() {
		if err != nil {
			return 0
		}
		n++
	}
	return n
}
