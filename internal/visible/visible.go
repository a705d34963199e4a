// Package visible prints text that somebody else wrote to terminals and logs: names,
// surfaces and messages of files, extractors and services reach them through one
// [Writer], in which nothing of them acts on whoever reads.
package visible

import (
	"fmt"
	"io"
	"sync"
	"unicode/utf8"
)

// Writer passes text on and makes visible what would act instead of being read:
// control characters but line feed and tab (ESC, carriage return, C1), bytes that are
// no UTF-8, overrides of the direction of writing, and beginnings of lines that are
// commands to runners of CI, "::" and "##[" (GitHub, Azure). Type in bold, which the
// program itself writes, is let through. It is for any number of goroutines.
type Writer struct {
	mu   sync.Mutex
	to   io.Writer
	rest []byte // of a code point or of a sequence for bold that is not whole yet
	line lineStart
	out  []byte

	longest int // bytes of a line that are shown; 0 for all
	length  int // bytes of the line so far
}

// NewWriter writes to w.
func NewWriter(w io.Writer) *Writer { return &Writer{to: w} }

// longestMessage is how many bytes of a line of a message are shown.
const longestMessage = 4000

// NewMessages writes messages to w: of a line that is longer than any message has
// reason to be, the beginning.
func NewMessages(w io.Writer) *Writer { return &Writer{to: w, longest: longestMessage} }

// Unwrap is what is written to, for what the program itself draws on a terminal.
func (w *Writer) Unwrap() io.Writer { return w.to }

// Write makes b visible. It counts all of b as written where there is no error.
func (w *Writer) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	text := b
	if len(w.rest) > 0 {
		text = append(w.rest, b...)
		w.rest = nil
	}
	w.out = w.out[:0]
	for len(text) > 0 {
		if !utf8.FullRune(text) || isBeginOfBold(text) {
			w.rest = append([]byte(nil), text...)
			break
		}
		if n := boldSequence(text); n > 0 {
			w.out = append(w.out, text[:n]...)
			text = text[n:]
			continue
		}
		r, n := utf8.DecodeRune(text)
		w.add(r, text[:n])
		text = text[n:]
	}
	if _, err := w.to.Write(w.out); err != nil {
		return 0, err
	}
	return len(b), nil
}

// Flush writes what is left of a code point that never became whole.
func (w *Writer) Flush() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.out = w.out[:0]
	for _, b := range w.rest {
		w.out = fmt.Appendf(w.out, `\x%02x`, b)
	}
	w.rest = nil
	if len(w.out) == 0 {
		return nil
	}
	_, err := w.to.Write(w.out)
	return err
}

func (w *Writer) add(r rune, raw []byte) {
	command := w.line.next(r)
	if w.longest > 0 && !w.inLine(r, len(raw)) {
		return
	}
	switch {
	case r == utf8.RuneError && len(raw) == 1:
		w.out = fmt.Appendf(w.out, `\x%02x`, raw[0])
	case r == '\r':
		w.out = append(w.out, `\r`...)
	case r != '\n' && r != '\t' && (r < 0x20 || r == 0x7f):
		w.out = fmt.Appendf(w.out, `\x%02x`, r)
	case r >= 0x80 && r < 0xa0 || r == 0x202d || r == 0x202e || r == 0x2028 || r == 0x2029 || command:
		w.out = fmt.Appendf(w.out, `\u%04x`, r)
	default:
		w.out = append(w.out, raw...)
	}
}

// inLine reports whether the next n bytes of a line are still shown, and says at its end
// how many were not.
func (w *Writer) inLine(r rune, n int) bool {
	if r == '\n' {
		if more := w.length - w.longest; more > 0 {
			w.out = fmt.Appendf(w.out, "… (%d bytes more)", more)
		}
		w.length = 0
		return true
	}
	w.length += n
	return w.length <= w.longest
}

// lineStart is how a line has begun.
type lineStart int

const (
	blank     lineStart = iota // with white space at most
	oneColon                   // with ":"
	oneHash                    // with "#"
	twoHashes                  // with "##" and no space
	anyhow                     // otherwise
)

// next goes on with r and reports whether r makes a command of the line.
func (l *lineStart) next(r rune) bool {
	was := *l
	switch {
	case r == '\n':
		*l = blank
	case was == blank && (r == ' ' || r == '\t'):
	case was == blank && r == ':':
		*l = oneColon
	case was == blank && r == '#':
		*l = oneHash
	case was == oneHash && r == '#':
		*l = twoHashes
	case was == twoHashes && r != ' ' && r != '[':
	default:
		*l = anyhow
	}
	return was == oneColon && r == ':' || was == twoHashes && r == '['
}

// Bold type on and off, as the program writes them (ECMA-48, SGR 1 and 0).
var bold = []string{"\x1b[1m", "\x1b[0m"}

func boldSequence(b []byte) int {
	for _, s := range bold {
		if len(b) >= len(s) && string(b[:len(s)]) == s {
			return len(s)
		}
	}
	return 0
}

// isBeginOfBold reports whether all of b may become bold with what is still to come.
func isBeginOfBold(b []byte) bool {
	for _, s := range bold {
		if len(b) < len(s) && string(b) == s[:len(b)] {
			return true
		}
	}
	return false
}
