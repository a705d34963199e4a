// Package textfile reads text files, whole or by lines, in bounded memory.
package textfile

import (
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/labels"
)

const BOM = "\uFEFF"

// Read reads a file up to the size limit and takes a byte order mark off.
func Read(src labels.Source, file string, opt labels.ReadOptions) (string, error) {
	f, err := src.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	limit := opt.RecordLimit()
	var b strings.Builder
	n, err := io.Copy(&b, io.LimitReader(f, int64(limit)+1))
	at := labels.Position{File: src.Display(file), Line: 1}
	switch {
	case err != nil:
		return "", err
	case n > int64(limit):
		return "", TooLong(at, limit)
	}
	text, found := strings.CutPrefix(b.String(), BOM)
	if found {
		opt.Remark(at, "byte order mark skipped")
	}
	return text, nil
}

func TooLong(at labels.Position, limit int) *labels.RecordError {
	return &labels.RecordError{At: at, What: "record", Found: fmt.Sprintf("more than %d bytes", limit),
		Expected: "at most that", Advice: "split it, or raise the limit on records"}
}

// DocID is the doc_id of a file that does not name one: its base name
// without extensions.
func DocID(file string, extensions ...string) string {
	name := path.Base(file)
	for _, ext := range extensions {
		name = strings.TrimSuffix(name, ext)
	}
	return name
}

// BreaksLine reports whether a character ends a line or field for some reader.
func BreaksLine(r rune) bool {
	return r == '\t' || r >= '\n' && r <= '\r' || r >= 0x1C && r <= 0x1E || r == 0x85 || r == 0x2028 || r == 0x2029
}

// NotUTF8 is the error for a text that begins at a place in a file and is not
// all UTF-8, nil for one that is.
func NotUTF8(text string, at labels.Position, what string) *labels.RecordError {
	if utf8.ValidString(text) {
		return nil
	}
	i := 0
	for r := rune(0); ; {
		size := 0
		if r, size = utf8.DecodeRuneInString(text[i:]); r == utf8.RuneError && size <= 1 {
			break
		}
		i += size
	}
	at.Line = max(at.Line, 1) + strings.Count(text[:i], "\n")
	return &labels.RecordError{At: at, What: what, Found: fmt.Sprintf("the byte %#02x, which is no UTF-8", text[i]), Expected: "UTF-8", Advice: "convert the file to UTF-8"}
}
