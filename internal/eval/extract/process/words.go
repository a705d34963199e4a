package process

import (
	"errors"
	"strings"
)

// SplitWords splits a command line into words, without a shell: no variables,
// no globs, no pipes. The rules are
//
//   - white space separates words;
//   - '…' is taken as it stands;
//   - in "…" a backslash before " or \ makes that character plain;
//   - outside quotes a backslash before white space, a quote or a backslash
//     makes that character plain; any other backslash stands for itself, so
//     that C:\tools\x.exe needs no quotes;
//   - quoted and unquoted parts that touch are one word; "" is an empty word.
func SplitWords(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	in := false // a word has begun
	var quote byte
	for i := 0; i < len(line); i++ {
		c := line[i]
		next := byte(0)
		if i+1 < len(line) {
			next = line[i+1]
		}
		switch {
		case quote == 0 && isBlank(c):
			if in {
				words = append(words, word.String())
				word.Reset()
				in = false
			}
			continue
		case quote == 0 && (c == '\'' || c == '"'):
			quote = c
		case quote != 0 && c == quote:
			quote = 0
		case c == '\\' && escapes(quote, next):
			word.WriteByte(next)
			i++
		default:
			word.WriteByte(c)
		}
		in = true
	}
	if quote != 0 {
		return nil, errors.New("a " + string(quote) + " quote is not closed")
	}
	if in {
		words = append(words, word.String())
	}
	return words, nil
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// escapes reports whether a backslash before next is an escape inside the
// given quotes (0 for none).
func escapes(quote, next byte) bool {
	switch quote {
	case '"':
		return next == '"' || next == '\\'
	case 0:
		return next == '"' || next == '\'' || next == '\\' || next != 0 && isBlank(next)
	}
	return false
}
