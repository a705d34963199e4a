package document

import (
	"errors"
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/internal/regular"
)

// Reasons why a file gave no article. They come wrapped in a [FileError].
var (
	ErrEmpty       = errors.New("the file is empty")
	ErrNoText      = errors.New("found no article text: only white space or page furniture")
	ErrLines       = errors.New("too many lines for an article")
	ErrNotRegular  = regular.ErrKind
	ErrNoSource    = errors.New("record without a text file")
	ErrKind        = errors.New("a kind of file that is not read")
	ErrNotReadable = errors.New("cannot be read")
	ErrRecord      = errors.New("invalid record")
	ErrStaleRecord = errors.New("record does not fit its text file")
)

// FileError is one file that gave no article. Reading of the folder goes on.
type FileError struct {
	File string // name inside the folder that was read
	Line int    // 1-based; 0 when the error has no line
	Err  error
	Hint string // what to do next; "" for none
}

// Error is "file:line: what", without the hint.
func (e *FileError) Error() string { return where(e.File, e.Line) + e.Err.Error() }

// Unwrap is the reason.
func (e *FileError) Unwrap() error { return e.Err }

// TooLargeError says that a file is over the limit; it was not read.
type TooLargeError struct {
	Size  int64 // bytes; the least it can be when the file grew while it was read
	Limit int64 // bytes
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("file has %d bytes, the limit is %d", e.Size, e.Limit)
}

// EncodingError is the first byte of a file that is no text.
type EncodingError struct {
	Offset int // bytes from the start of the file, 0-based
	Line   int // 1-based
	Byte   byte
}

func (e *EncodingError) Error() string {
	if e.Byte == 0 {
		return fmt.Sprintf("NUL byte at byte offset %d, expected text", e.Offset)
	}
	return fmt.Sprintf("byte 0x%02X at byte offset %d is not valid UTF-8", e.Byte, e.Offset)
}

// Code names a kind of [Note].
type Code string

// The kinds of note.
const (
	NoteBOM           Code = "byte-order-mark"
	NoteOthers        Code = "other-files"
	NoteColumns       Code = "columns"
	NoteSkipped       Code = "skipped-records"
	NoteEncoding      Code = "encoding"
	NoteRepeated      Code = "repeated-text"
	NoteDump          Code = "page-dump"
	NoteMarkup        Code = "markup"
	NoteLeftOut       Code = "left-out"
	NoteNoTitle       Code = "no-title"
	NoteNoDate        Code = "no-date"
	NoteAmbiguousDate Code = "ambiguous-date"
	NoteSeveralDates  Code = "several-dates"
	NoteNoOutlet      Code = "no-outlet"
	NoteNoAuthor      Code = "no-author"
	NoteNoLanguage    Code = "no-language"
	NoteGuess         Code = "guess"
)

// Note is something a reader should know about an article that was read all
// the same: what was accepted, not found, or guessed.
type Note struct {
	File string
	Line int // 1-based line of File; 0 when it is about the whole file
	Code Code
	Text string
}

// String is "file:line: text".
func (n Note) String() string { return where(n.File, n.Line) + n.Text }

func where(file string, line int) string {
	var b strings.Builder
	if file != "" {
		b.WriteString(file)
		b.WriteByte(':')
		if line > 0 {
			fmt.Fprintf(&b, "%d:", line)
		}
		b.WriteByte(' ')
	}
	return b.String()
}
