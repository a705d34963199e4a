package textfile

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// The reader must give back every line whatever the chunks it arrives in.
func TestLineReader(t *testing.T) {
	lines := []string{"", "short", strings.Repeat("l", 1<<16), strings.Repeat("m", 1<<17+1), strings.Repeat("n", 1<<17+2), "", "end"}
	for name, wrap := range map[string]func(io.Reader) io.Reader{"whole": func(r io.Reader) io.Reader { return r }, "half": iotest.HalfReader, "data with EOF": iotest.DataErrReader} {
		r := NewLineReader(wrap(strings.NewReader(strings.Join(lines, "\n"))), 1<<17+1)
		for i, want := range lines {
			got, err := r.Next()
			if len(want) > 1<<17+1 {
				if err != ErrLongLine {
					t.Errorf("%s: line %d: %v, want ErrLongLine", name, i, err)
				}
				continue
			}
			if err != nil || string(got) != want {
				t.Errorf("%s: line %d: %d bytes (%v), want %d", name, i, len(got), err, len(want))
			}
		}
		if _, err := r.Next(); err != io.EOF {
			t.Errorf("%s: %v, want EOF", name, err)
		}
	}
}
