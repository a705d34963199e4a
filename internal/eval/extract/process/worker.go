package process

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
)

// remembered is how many settled doc_ids a worker keeps for each process, to
// tell a second answer from an answer to nothing.
const remembered = 1024

// maxStrays is how many stray lines of one process are reported.
const maxStrays = 100

// unreadSlack is how many articles that are settled already a process may
// leave unread before it is started afresh.
const unreadSlack = 16

// worker owns one process at a time. Everything in it happens in run.
type worker struct {
	e       *execExtractor
	abandon chan *request // requests whose context is done

	proc     *process // nil until there is something to ask
	number   int32    // of the process, for the trace
	inFlight []*request
	alone    []*request // to be asked again, one at a time
	settled  []string   // doc_ids that this process is done with, newest last
	strays   int        // lines of this process that belong to no article in flight

	timer      *time.Timer
	asked      time.Time     // when the oldest request in flight was written
	lastAnswer time.Time     // when the process last answered
	allowance  time.Duration // Startup until the process's first answer, then 0
}

func newWorker(e *execExtractor) *worker {
	w := &worker{e: e, abandon: make(chan *request), timer: time.NewTimer(time.Hour)}
	w.timer.Stop()
	return w
}

func (w *worker) run() {
	for {
		if len(w.inFlight) == 0 && len(w.alone) > 0 {
			r := w.alone[0]
			w.alone = w.alone[1:]
			w.ask(r)
			continue
		}
		queue := w.e.queue
		if len(w.alone) > 0 || len(w.inFlight) >= w.e.opt.InFlight || w.suspect() {
			queue = nil
		}
		var events chan event
		if w.proc != nil {
			events = w.proc.events
		}
		select {
		case r := <-queue:
			w.take(r)
		case ev, ok := <-events:
			w.handle(ev, ok)
		case <-w.timer.C:
			w.expired()
		case r := <-w.abandon:
			w.abandoned(r)
		case <-w.e.quit:
			w.shutdown()
			return
		}
	}
}

// suspect reports whether the article in flight is being asked again: it then
// stays alone.
func (w *worker) suspect() bool { return len(w.inFlight) > 0 && w.inFlight[0].attempts > 1 }

// take accepts a request and watches its context.
func (w *worker) take(r *request) {
	r.release = context.AfterFunc(r.ctx, func() {
		select {
		case w.abandon <- r:
		case <-w.e.quit:
		}
	})
	if slices.ContainsFunc(w.inFlight, func(q *request) bool { return q.docID == r.docID }) {
		w.alone = append(w.alone, r) // the same doc_id twice: one after the other
		return
	}
	w.ask(r)
}

// ask writes a request to the process, which it starts where needed.
func (w *worker) ask(r *request) {
	if n := int(w.e.failures.Load()); n >= w.e.opt.MaxFailures {
		w.finish(r, &extract.Error{Kind: extract.KindGaveUp, Detail: fmt.Sprintf("the process failed %d times in a row without an answer", n),
			Advice: "the first errors say why"})
		return
	}
	if w.proc != nil && !w.proc.send(r.line) {
		// It has left its input unread: start afresh.
		w.discard()
		if len(w.inFlight) > 0 {
			w.alone = append(append(w.inFlight, w.alone...), r)
			w.inFlight = nil
			w.rearm()
			return
		}
	}
	if w.proc == nil {
		w.number = w.e.started.Add(1)
		number := w.number
		p, err := startProcess(w.e.argv, w.e.opt, w.e.opt.InFlight+unreadSlack, func(mark, line string) { w.e.trace(number, mark, line) })
		if err != nil {
			w.e.failures.Add(1)
			w.finish(r, &extract.Error{Kind: extract.KindStart, Err: err})
			return
		}
		w.proc, w.allowance, w.settled, w.strays = p, w.e.opt.Startup, nil, 0
		p.send(r.line) // a new queue has room
	}
	r.attempts++
	w.e.trace(w.number, ">", string(r.line))
	w.inFlight = append(w.inFlight, r)
	if len(w.inFlight) == 1 {
		w.asked = time.Now()
		w.lastAnswer = w.asked
		w.rearm()
	}
}

// rearm sets the timer. An article's time runs from when the process has it
// and has answered what came before; however many overtake it, it is over
// after InFlight times the timeout.
func (w *worker) rearm() {
	if len(w.inFlight) == 0 {
		w.timer.Stop()
		return
	}
	soft := w.lastAnswer.Add(w.e.opt.Timeout)
	hard := w.asked.Add(w.e.opt.Timeout * time.Duration(w.e.opt.InFlight))
	if hard.Before(soft) {
		soft = hard
	}
	w.timer.Reset(time.Until(soft) + w.allowance)
}

// finish gives a request its outcome: err, completed, where it is not nil.
func (w *worker) finish(r *request, err *extract.Error) {
	r.release()
	err.Attempts = r.attempts
	r.done <- outcome{err: w.e.fail(r.docID, err)}
}

// settle takes a request out of flight; the process is done with it.
func (w *worker) settle(i int) *request {
	r := w.inFlight[i]
	w.inFlight = slices.Delete(w.inFlight, i, i+1)
	if len(w.settled) == remembered {
		w.settled = w.settled[:copy(w.settled, w.settled[1:])]
	}
	w.settled = append(w.settled, r.docID)
	w.lastAnswer = time.Now()
	if i == 0 {
		w.asked = w.lastAnswer
	}
	w.allowance = 0
	w.rearm()
	return r
}

// abandoned drops a request that nobody waits for any more. The process would
// go on with it, so it is stopped, and its other articles are asked again.
func (w *worker) abandoned(r *request) {
	gone := &extract.Error{Kind: extract.KindCancelled, Err: context.Cause(r.ctx)}
	if i := slices.Index(w.alone, r); i >= 0 {
		w.alone = slices.Delete(w.alone, i, i+1)
		w.finish(r, gone)
		return
	}
	if i := slices.Index(w.inFlight, r); i >= 0 {
		w.inFlight = slices.Delete(w.inFlight, i, i+1)
		w.discard()
		w.alone = append(w.inFlight, w.alone...)
		w.inFlight = nil
		w.rearm()
		w.finish(r, gone)
	}
}

// discard stops the process without blaming anyone.
func (w *worker) discard() {
	if w.proc != nil {
		w.proc.stop()
		w.proc = nil
	}
}

// shutdown ends the process and every request that is left.
func (w *worker) shutdown() {
	left := append(w.inFlight, w.alone...)
	w.inFlight, w.alone = nil, nil
	w.timer.Stop()
	if w.proc != nil && len(left) == 0 {
		w.proc.finish()
	} else {
		w.discard()
	}
	for _, r := range left {
		w.finish(r, &extract.Error{Kind: extract.KindClosed, Err: extract.ErrClosed})
	}
}
