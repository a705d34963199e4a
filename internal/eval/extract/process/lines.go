package process

import (
	"bytes"
	"slices"
	"sync"
)

// lineSplitter is an io.Writer that cuts its input into lines and hands them
// on. A line over max bytes is reported once, as its size so far, and dropped:
// no more than max bytes are ever held.
type lineSplitter struct {
	max     int
	line    func([]byte) error // gets a line without its end; must not keep it
	tooLong func() error

	buf     []byte
	skip    bool // inside a line that is too long
	started bool
}

func (s *lineSplitter) Write(p []byte) (int, error) {
	n := len(p)
	for len(p) > 0 {
		end := bytes.IndexByte(p, '\n')
		part := p
		if end >= 0 {
			part = p[:end]
		}
		if err := s.add(part); err != nil {
			return 0, err
		}
		if end < 0 {
			break
		}
		p = p[end+1:]
		if err := s.flush(); err != nil {
			return 0, err
		}
	}
	return n, nil
}

func (s *lineSplitter) add(part []byte) error {
	if s.skip {
		return nil
	}
	if len(s.buf)+len(part) > s.max {
		s.skip, s.buf = true, nil
		return s.tooLong()
	}
	s.buf = append(s.buf, part...)
	return nil
}

// flush ends the line. Empty lines are nothing, and a byte order mark before
// the first line is dropped.
func (s *lineSplitter) flush() error {
	line := s.buf
	if cap(s.buf) > 1<<20 {
		s.buf = nil // one long line must not hold its memory for good
	} else {
		s.buf = s.buf[:0]
	}
	if s.skip {
		s.skip = false
		return nil
	}
	if !s.started {
		line = bytes.TrimPrefix(line, []byte("\ufeff"))
		s.started = true
	}
	if line = bytes.TrimSpace(line); len(line) == 0 {
		return nil
	}
	return s.line(line)
}

// stderrLine is the longest line of standard error that is kept, in bytes.
const stderrLine = 1000

// tail is an io.Writer that keeps the last lines written to it, each clipped.
// It never fails and never blocks, so a process cannot stall on it.
type tail struct {
	keep  int
	trace func(string) // nil for none

	mu    sync.Mutex
	lines []string
	buf   []byte
	cut   bool
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := len(p)
	for {
		part, rest, ended := bytes.Cut(p, []byte("\n"))
		if room := stderrLine - len(t.buf); len(part) > room {
			part, t.cut = part[:room], true
		}
		t.buf = append(t.buf, part...)
		if !ended {
			return n, nil
		}
		line := t.current()
		t.buf, t.cut = t.buf[:0], false
		if t.trace != nil {
			t.trace(line)
		}
		if t.keep > 0 {
			if len(t.lines) == t.keep {
				t.lines = t.lines[:copy(t.lines, t.lines[1:])]
			}
			t.lines = append(t.lines, line)
		}
		p = rest
	}
}

func (t *tail) current() string {
	line := string(bytes.ToValidUTF8(bytes.TrimRight(t.buf, "\r"), []byte("\ufffd")))
	if t.cut {
		line += "…"
	}
	return line
}

// last are the last lines, an unfinished one included.
func (t *tail) last() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines := slices.Clone(t.lines)
	if len(t.buf) > 0 && t.keep > 0 {
		lines = append(lines, t.current())
		lines = lines[max(0, len(lines)-t.keep):]
	}
	return lines
}
