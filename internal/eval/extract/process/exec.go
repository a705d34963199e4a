package process

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/wire"
	"github.com/mizan-corpus/mizan/internal/labels/answers"
	"github.com/mizan-corpus/mizan/schema"
)

func init() {
	extract.Register(extract.Scheme{
		Name:    "exec",
		Usage:   "exec:CMD ARGS…",
		Summary: "a process that reads articles and writes annotations, JSON lines, in any language",
		Open: func(spec, rest string, opt extract.Options) (extract.Extractor, error) {
			argv, err := SplitWords(rest)
			if err != nil {
				return nil, &extract.SpecError{Spec: spec, What: err.Error()}
			}
			if len(argv) == 0 {
				return nil, &extract.SpecError{Spec: spec, What: "no command, expected exec:CMD ARGS…"}
			}
			return New(spec, argv, opt)
		},
	})
}

// execExtractor is a pool of processes that speak JSON lines.
//
// A process lives as long as it does well. Each gets one article a line
// ([wire.EncodeArticle]) and answers each with one line, in any order: an
// annotation in the toolkit's own form, or {"doc_id","error"}. What goes wrong
// is laid to an article only where it must be its own:
//
//   - A process that crashes, hangs, writes too long a line, a line that is no
//     JSON or an answer to nothing, while it has one article, failed on that
//     article. A crash is tried again, Retries times; the rest is final.
//   - Had it several articles, it is stopped, and each of them is asked again
//     alone. So an innocent article never fails for another's sake.
//   - An error line, or an answer that is no annotation, is its own article's.
//   - A second answer to one article is reported, and the first one stands.
type execExtractor struct {
	name  string
	argv  []string
	opt   extract.Options
	form  wire.Form
	queue chan *request
	quit  chan struct{}
	close sync.Once
	wg    sync.WaitGroup

	failures atomic.Int32 // crashes and timeouts since the last answer
	started  atomic.Int32 // processes started, for the trace
	traceMu  sync.Mutex
}

// New is an extractor that runs argv, without a shell. name stands before
// its errors. No process is started before the first article, but a command
// that cannot be found is an error at once.
func New(name string, argv []string, opt extract.Options) (extract.Extractor, error) {
	if len(argv) == 0 || argv[0] == "" {
		return nil, fmt.Errorf("%s: no command", name)
	}
	opt = opt.WithDefaults()
	if opt.Dir == "" || filepath.IsAbs(argv[0]) || !strings.ContainsRune(argv[0], filepath.Separator) {
		if _, err := exec.LookPath(argv[0]); err != nil {
			return nil, &extract.Error{Extractor: name, Kind: extract.KindStart, Err: err,
				Advice: "give the program's path, for example exec:./my-extractor or exec:python3 my.py"}
		}
	}
	e := &execExtractor{
		name: name, argv: argv, opt: opt, form: wire.Form{Shape: opt.Answer, Ontology: opt.Ontology},
		queue: make(chan *request), quit: make(chan struct{}),
	}
	for range opt.Jobs {
		w := newWorker(e)
		e.wg.Go(w.run)
	}
	return e, nil
}

// Name is the name that NewExec got.
func (e *execExtractor) Name() string { return e.name }

// request is one article on its way.
type request struct {
	ctx      context.Context
	docID    string
	line     []byte
	done     chan outcome // holds one
	attempts int
	crashes  int
	release  func() bool // ends the watch on ctx
}

type outcome struct {
	annotation *schema.Annotation
	foreign    *answers.Answer // instead of annotation
	err        error
}

// Extract asks one of the processes about a.
func (e *execExtractor) Extract(ctx context.Context, a *schema.Article) (*schema.Annotation, error) {
	if a.DocID == "" {
		return nil, e.fail("", &extract.Error{Kind: extract.KindInvalid, Detail: "the article has no doc_id, and answers are told apart by it"})
	}
	line, err := wire.EncodeArticle(a)
	if err != nil {
		return nil, e.fail(a.DocID, &extract.Error{Kind: extract.KindInvalid, Err: err})
	}
	r := &request{ctx: ctx, docID: a.DocID, line: line, done: make(chan outcome, 1)}
	select {
	case <-e.quit: // a closed extractor takes nothing, even with idle processes
		return nil, e.fail(a.DocID, &extract.Error{Kind: extract.KindClosed, Err: extract.ErrClosed})
	default:
	}
	select {
	case e.queue <- r:
	case <-ctx.Done():
		return nil, e.fail(a.DocID, &extract.Error{Kind: extract.KindCancelled, Err: context.Cause(ctx)})
	case <-e.quit:
		return nil, e.fail(a.DocID, &extract.Error{Kind: extract.KindClosed, Err: extract.ErrClosed})
	}
	// From here on a worker owns r and always answers, soon after ctx is done.
	out := <-r.done
	for range r.attempts {
		extract.CountAttempt(ctx)
	}
	if out.foreign != nil {
		annotation, fault := e.form.Annotation(ctx, a, out.foreign)
		if fault != nil {
			return nil, e.fail(a.DocID, fault)
		}
		return annotation, nil
	}
	return out.annotation, out.err
}

// Close ends the processes: idle ones by the end of their input, busy ones at
// once. It returns when all of them, and what they started, are gone.
func (e *execExtractor) Close() error {
	e.close.Do(func() { close(e.quit) })
	e.wg.Wait()
	return nil
}

// fail completes an error.
func (e *execExtractor) fail(docID string, err *extract.Error) *extract.Error {
	err.Extractor, err.DocID = e.name, docID
	return err
}

// report hands on a fault that no article's result can carry.
func (e *execExtractor) report(docID string, err *extract.Error) {
	if e.opt.Report != nil {
		e.opt.Report(e.fail(docID, err))
	}
}

// trace writes one line of the wire.
func (e *execExtractor) trace(process int32, mark, line string) {
	if e.opt.Trace == nil {
		return
	}
	e.traceMu.Lock()
	defer e.traceMu.Unlock()
	// A trace that cannot be written must not stop the work it watches.
	_, _ = fmt.Fprintf(e.opt.Trace, "%s[%d] %s %s\n", e.name, process, mark, strings.TrimRight(line, "\n"))
}
