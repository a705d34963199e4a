package pipeline

import (
	"fmt"
	"io"
	"strings"

	"github.com/mizan-corpus/mizan/internal/wording"
)

// Streams are what a command reads and writes. Results go to Out, everything
// else to Err, a line each as "dataset: …"; a nil writer takes nothing. Progress
// is drawn where Err is a terminal.
type Streams struct {
	In       io.Reader // read where an input is "-"
	Out, Err io.Writer
}

// Report prints an error, each of its lines, and its hint.
func (s Streams) Report(err error) {
	for line := range strings.SplitSeq(strings.TrimRight(err.Error(), "\n"), "\n") {
		s.say("%s", line)
	}
	if hint := Hint(err); hint != "" && s.Err != nil {
		fmt.Fprintf(s.Err, "hint: %s\n", hint)
	}
}

// say prints one line to Err.
func (s Streams) say(format string, args ...any) {
	if s.Err != nil {
		fmt.Fprintf(s.Err, "dataset: "+format+"\n", args...)
	}
}

// out is where results go.
func (s Streams) out() io.Writer {
	if s.Out == nil {
		return io.Discard
	}
	return s.Out
}

// err is where everything else goes.
func (s Streams) err() io.Writer {
	if s.Err == nil {
		return io.Discard
	}
	return s.Err
}

// json prints a result as JSON.
func (s Streams) json(v any) error { return wording.JSON(s.out(), v) }
