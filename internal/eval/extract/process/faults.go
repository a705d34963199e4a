package process

import (
	"fmt"
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/wire"
)

// handle deals with what the process did; ok is false when it has ended.
func (w *worker) handle(ev event, ok bool) {
	switch {
	case !ok:
		w.ended()
	case ev.tooLong:
		// The rest of the line is still to come: start afresh.
		w.incident(&extract.Error{Kind: extract.KindTooLong, Detail: fmt.Sprintf("a line of output over %d bytes", w.e.opt.MaxLine)}, true)
	default:
		w.e.trace(w.number, "<", string(ev.line))
		w.answered(w.e.form.Decode(ev.line))
	}
}

// answered deals with one line of output.
func (w *worker) answered(a wire.Answer) {
	i := -1
	if a.DocID != "" {
		i = slices.IndexFunc(w.inFlight, func(r *request) bool { return r.docID == a.DocID })
	}
	if a.DocID == "" && a.Foreign != nil { // it names no article
		if len(w.inFlight) == 1 {
			i = 0
		} else {
			a.Fault = &extract.Error{Kind: extract.KindInvalid, Detail: "an answer without a doc_id while several articles are asked about"}
		}
	}
	switch {
	case i >= 0:
		w.e.failures.Store(0)
		stderr := w.proc.stderr.last()
		r := w.settle(i)
		if a.Fault != nil {
			a.Fault.Stderr = stderr
			w.finish(r, a.Fault)
			return
		}
		r.release()
		r.done <- outcome{annotation: a.Annotation, foreign: a.Foreign}
	case a.DocID != "" && slices.Contains(w.settled, a.DocID):
		w.stray(a.DocID, &extract.Error{Kind: extract.KindDuplicate, Detail: "another answer after the article was settled; the first one stands"})
	case a.DocID != "":
		w.incident(&extract.Error{Kind: extract.KindWrongDoc, Detail: fmt.Sprintf("an answer for %s, which was not asked", wire.Excerpt([]byte(a.DocID)))}, false)
	default:
		w.incident(a.Fault, false)
	}
}

// ended deals with the end of the process.
func (w *worker) ended() {
	err := w.proc.ended
	if len(w.inFlight) == 0 {
		w.proc = nil // it may end whenever it has nothing to do
		return
	}
	detail := "the process ended before it answered"
	if err == nil {
		detail += ", with exit status 0"
	}
	w.e.failures.Add(1)
	w.incident(&extract.Error{Kind: extract.KindCrash, Detail: detail, Err: err}, true)
}

// expired deals with a process that is silent for too long.
func (w *worker) expired() {
	if len(w.inFlight) == 0 {
		return
	}
	w.e.failures.Add(1)
	w.incident(&extract.Error{
		Kind: extract.KindTimeout, Detail: fmt.Sprintf("no answer within %v", w.e.opt.Timeout+w.allowance),
		Advice: "does the extractor flush its output after every line?",
	}, true)
}

// incident deals with a fault of the process as a whole. With one article in
// flight the fault is that article's; with several, each is asked again alone.
// stop says that the process is of no more use.
func (w *worker) incident(fault *extract.Error, stop bool) {
	fault.Stderr = w.proc.stderr.last()
	several := len(w.inFlight) > 1
	if stop || several {
		w.discard()
	}
	if fault.Kind == extract.KindCrash {
		for _, r := range w.inFlight {
			r.crashes++
		}
	}
	switch {
	case len(w.inFlight) == 0:
		w.stray("", fault)
	case several, fault.Kind == extract.KindCrash && w.inFlight[0].crashes <= w.e.opt.Retries:
		w.alone = append(w.alone, w.inFlight...)
		w.inFlight = nil
		w.rearm()
	default:
		w.finish(w.settle(0), fault)
	}
}

// stray reports a line that belongs to no article in flight, unless the
// process has written too many of them to be worth it.
func (w *worker) stray(docID string, fault *extract.Error) {
	if w.strays++; w.strays <= maxStrays {
		w.e.report(docID, fault)
	}
}
