// Package progress tells on a terminal how far a job has come, and what it met on
// the way.
package progress

import (
	"io"
	"sync"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/run"
	"github.com/mizan-corpus/mizan/internal/visible"
)

// Run is what a run tells while it goes on: failures, and a progress bar on a
// terminal.
type Run struct {
	report func(error)
	say    func(format string, args ...any)
	path   string
	quiet  bool

	mu    sync.Mutex
	bar   *run.Bar // nil when there is no terminal
	shown int
}

// NewRun tells of the run into a file of predictions. articles, the number of
// articles, is asked for only where there is a bar.
func NewRun(w io.Writer, report func(error), say func(format string, args ...any), path string, quiet bool, articles func() int) *Run {
	o := &Run{report: report, say: say, path: path, quiet: quiet}
	if !quiet && visible.IsTerminal(w) {
		o.bar = run.NewBar(visible.Underlying(w), articles())
	}
	return o
}

// Failed shows one failure.
func (o *Run) Failed(e *extract.Error) {
	o.message(e, "the other failures are in "+o.path+".run.json")
}

// Stray shows a fault that belongs to no article. It is called concurrently.
func (o *Run) Stray(e *extract.Error) { o.message(e, "further messages are left out") }

func (o *Run) message(e *extract.Error, more string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.shown++; o.quiet || o.shown > Most+1 {
		return
	}
	if o.bar != nil {
		o.bar.Clear()
	}
	if o.shown > Most {
		o.say("%s", more)
		return
	}
	o.report(e)
}

// Progress draws the bar.
func (o *Run) Progress(p run.Progress) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.bar != nil {
		o.bar.Draw(p)
	}
}

// End takes the bar away.
func (o *Run) End() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.bar != nil {
		o.bar.Clear()
	}
}
