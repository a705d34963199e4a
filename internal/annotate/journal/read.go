package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/mizan-corpus/mizan/internal/regular"
)

// MostLine bounds one line, in bytes.
const MostLine = 64 << 20

// DamagedError says that a line that is not the last one cannot be read.
type DamagedError struct {
	File  string
	Line  int
	Found string
}

func (e *DamagedError) Error() string {
	return fmt.Sprintf("%s:%d: found %s, expected the next entry of the journal", e.File, e.Line, e.Found)
}

// Hint is the next step.
func (e *DamagedError) Hint() string {
	return "the label files stand as they are: restore the journal from a copy, or move " + filepath.Dir(e.File) + " away to begin a new one"
}

// Parse reads the entries of a journal. The last line may be torn, as a process or
// machine that ended in the middle of writing leaves it: it was never said to be
// saved, and is left out; whole is how many bytes stand before it.
func Parse(file string, content []byte) (entries []Entry, whole int, err error) {
	for rest := content; len(rest) > 0; {
		line, after, ended := bytes.Cut(rest, []byte{'\n'})
		last := len(bytes.Trim(after, "\x00\n\r ")) == 0
		e, found, torn := parseLine(line, len(entries)+1)
		switch {
		case found == "" && ended:
			entries = append(entries, e)
			rest, whole = after, len(content)-len(after)
			continue
		case last && (torn || !ended):
			return entries, whole, nil
		}
		return nil, 0, &DamagedError{file, len(entries) + 1, found}
	}
	return entries, whole, nil
}

// parseLine reads one entry; found says what is wrong with it, and torn whether that
// may be because half of it is missing.
func parseLine(line []byte, seq int) (e Entry, found string, torn bool) {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(&e); err != nil {
		return e, "no entry (" + err.Error() + ")", !json.Valid(line)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return e, "more than one entry in a line", false
	}
	switch {
	case e.Seq != seq:
		return e, fmt.Sprintf("entry %d instead of %d", e.Seq, seq), false
	case (e.Kind == Begin) != (seq == 1):
		return e, fmt.Sprintf("an entry of kind %q at line %d", e.Kind, seq), false
	case e.Kind == Begin && e.Version != Version:
		return e, fmt.Sprintf("journal_version %d, of which this program knows %d only", e.Version, Version), false
	}
	return e, "", false
}

// most is the most bytes of a journal: some five million actions.
const most = 1 << 30

// Read reads the journal of a folder of label files; nil where there is none. A torn
// last line is left out.
func Read(labels string) ([]Entry, error) {
	file := filepath.Join(labels, Dir, File)
	content, err := regular.ReadFile(file, most)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	entries, _, err := Parse(file, content)
	return entries, err
}
