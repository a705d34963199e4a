package process

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os/exec"
	"sync/atomic"
	"time"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
)

// closeGrace is how long a process may take to end after its input has ended,
// and how long its pipes are read after it has ended.
const closeGrace = 2 * time.Second

// event is something a process did: a line of output, or a line over the limit.
type event struct {
	line    []byte
	tooLong bool
}

// process is one running child. Its owner must receive from events until the
// channel is closed; nothing else about it blocks.
type process struct {
	events chan event // closed when the process has ended and all is read
	ended  error      // why it ended; set before events is closed
	stderr *tail

	cmd    *exec.Cmd
	in     chan []byte // lines for standard input
	kill   context.CancelFunc
	killed context.Context
	closed atomic.Bool // whether it closed its output long before it ended
}

// errClosedOutput says that a process lives on without an output to answer on.
var errClosedOutput = errors.New("it closed its output")

// closedOutput gives a process that has closed its output closeGrace to end, as one does
// that ends anyway, and then ends it: no answer can come any more.
func (p *process) closedOutput() {
	timer := time.AfterFunc(closeGrace, func() {
		p.closed.Store(true)
		p.kill()
	})
	context.AfterFunc(p.killed, func() { timer.Stop() })
}

// output is the standard output of a process, which tells of its end.
type output struct {
	*lineSplitter
	end func()
}

// ReadFrom is how [exec.Cmd] copies what the process writes.
func (o *output) ReadFrom(r io.Reader) (int64, error) {
	n, err := io.Copy(struct{ io.Writer }{o.lineSplitter}, r)
	if err == nil {
		o.end()
	}
	return n, err
}

// startProcess starts argv. queue is how many lines may wait to be read by it.
func startProcess(argv []string, opt extract.Options, queue int, trace func(mark, line string)) (*process, error) {
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Dir, cmd.Env = opt.Dir, opt.Env
	cmd.WaitDelay = closeGrace
	ownGroup(cmd)
	cmd.Cancel = func() error { return killGroup(cmd) }

	p := &process{
		events: make(chan event), in: make(chan []byte, queue), cmd: cmd, kill: cancel, killed: ctx,
		stderr: &tail{keep: opt.StderrLines},
	}
	if opt.Trace != nil {
		p.stderr.trace = func(line string) { trace("!", line) }
	}
	out := &lineSplitter{
		max:     opt.MaxLine,
		line:    func(line []byte) error { return p.emit(event{line: bytes.Clone(line)}) },
		tooLong: func() error { return p.emit(event{tooLong: true}) },
	}
	cmd.Stdout, cmd.Stderr = &output{out, p.closedOutput}, p.stderr
	stdin, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		cancel()
		return nil, err
	}
	go p.write(stdin)
	go p.wait(out)
	return p, nil
}

// emit hands an event to the owner, unless the process was killed.
func (p *process) emit(e event) error {
	select {
	case p.events <- e:
		return nil
	case <-p.killed.Done():
		return context.Canceled
	}
}

// write feeds standard input until in is closed. A process that no longer
// reads is not an error here: how it ends says what happened.
func (p *process) write(stdin io.WriteCloser) {
	var err error
	for {
		select {
		case line, ok := <-p.in:
			if !ok {
				stdin.Close()
				return
			}
			if err == nil {
				_, err = stdin.Write(line)
			}
		case <-p.killed.Done():
			stdin.Close()
			return
		}
	}
}

// wait reaps the process. cmd.Wait returns when the process has ended and its
// output is read, or closeGrace after it ended when something it started still
// holds its pipes.
func (p *process) wait(out *lineSplitter) {
	err := p.cmd.Wait()
	// What it started may outlive it. The group's number is not given to
	// anything else while one of its members lives.
	_ = killGroup(p.cmd)
	if err == nil {
		_ = out.flush() // a last line without its end
	}
	if errors.Is(err, exec.ErrWaitDelay) {
		err = nil // it ended well, its pipes were held
	}
	if p.closed.Load() {
		err = errClosedOutput
	}
	p.ended = err
	p.kill() // nothing more to end: lets the writer go
	close(p.events)
}

// send queues a line for standard input and reports whether there was room.
func (p *process) send(line []byte) bool {
	select {
	case p.in <- line:
		return true
	default:
		return false
	}
}

// stop ends the process at once, with all that it started, and waits for it.
func (p *process) stop() {
	p.kill()
	for range p.events {
	}
}

// finish ends its input, gives it closeGrace to end by itself, and then stops
// it.
func (p *process) finish() {
	close(p.in)
	timer := time.AfterFunc(closeGrace, p.kill)
	defer timer.Stop()
	for range p.events {
	}
}
