// Package jsontext scans and writes JSON: strictly, with the place of every
// problem, and by records of files that hold many.
package jsontext

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
)

// MaxDepth is how deeply values may be nested, maxProblems how many problems
// of one record are kept.
const (
	MaxDepth    = 64
	maxProblems = 20
)

// Scanner reads one JSON value (RFC 8259) from a string. It is stricter than
// encoding/json: duplicate and unknown keys, lone surrogates and invalid UTF-8
// are problems. A problem of content is noted and scanning goes on; a problem
// of syntax ends it, and then every method returns false.
type Scanner struct {
	text     string
	Pos      int
	file     string
	line     int // line of linePos
	linePos  int
	Problems labels.RecordErrors
	Path     []pathStep
	depth    int
}

// pathStep is a key, or an index where key is "".
type pathStep struct {
	key   string
	index int
}

func NewScanner(text string, at labels.Position) *Scanner {
	return &Scanner{text: text, file: at.File, line: max(at.Line, 1), Path: make([]pathStep, 0, 8)}
}

// Peek skips white space and gives the next byte, 0 at the end.
func (s *Scanner) Peek() byte {
	for s.Pos < len(s.text) {
		switch c := s.text[s.Pos]; c {
		case ' ', '\n', '\t', '\r':
			s.Pos++
		default:
			return c
		}
	}
	return 0
}

// AtEnd reports whether nothing but white space is left. A zero byte is
// something, though peek gives it as it gives the end.
func (s *Scanner) AtEnd() bool {
	s.Peek()
	return s.Pos >= len(s.text)
}

// Object reads one with keys. read is called at the value of each key of
// fields, with its place in them.
func (s *Scanner) Object(fields []string, read func(field int) bool) bool {
	if s.Peek() != '{' {
		return s.mismatch("an object")
	}
	if s.depth++; s.depth > MaxDepth {
		return s.Fail(s.Pos, "nesting deeper than "+strconv.Itoa(MaxDepth), "", "")
	}
	s.Pos++
	var seen uint64
	next := 0
	s.Path = append(s.Path, pathStep{})
	for first := true; ; first = false {
		c := s.Peek()
		if c == '}' && first {
			break
		}
		if c != '"' {
			s.Path = s.Path[:len(s.Path)-1]
			return s.failHere(`a key in double quotes`)
		}
		at := s.Pos
		key, ok := s.key()
		if !ok {
			return false
		}
		if next >= len(fields) || fields[next] != key {
			next = slices.Index(fields, key)
		}
		switch {
		case next < 0:
			s.unknown(at, key, fields)
			ok = s.skip()
		case seen&(1<<next) != 0:
			s.Problem(at, "the key twice", "one value", "")
			ok = s.skip()
		default:
			seen |= 1 << next
			ok = read(next)
		}
		if !ok {
			return false
		}
		next++
		if c = s.Peek(); c == '}' {
			break
		}
		if c != ',' {
			return s.failHere("a comma or the end of the object")
		}
		s.Pos++
	}
	s.Path = s.Path[:len(s.Path)-1]
	s.Pos++
	s.depth--
	return true
}

// key reads a key with its colon and stands at the value then.
func (s *Scanner) key() (string, bool) {
	key, ok := s.rawString()
	if !ok {
		return "", false
	}
	s.Path[len(s.Path)-1].key = key
	if s.Peek() != ':' {
		return "", s.failHere("a colon")
	}
	s.Pos++
	s.Peek()
	return key, true
}

// Array reads a list; null is the empty one. read is called at each element.
func (s *Scanner) Array(read func(i int) bool) bool {
	if s.null() {
		return true
	}
	if s.Peek() != '[' {
		return s.mismatch("a list")
	}
	if s.depth++; s.depth > MaxDepth {
		return s.Fail(s.Pos, "nesting deeper than "+strconv.Itoa(MaxDepth), "", "")
	}
	s.Pos++
	s.Path = append(s.Path, pathStep{})
	for i := 0; ; i++ {
		c := s.Peek()
		if c == ']' && i == 0 {
			break
		}
		s.Path[len(s.Path)-1].index = i
		if !read(i) {
			return false
		}
		if c = s.Peek(); c == ']' {
			break
		}
		if c != ',' {
			return s.failHere("a comma or the end of the list")
		}
		s.Pos++
		s.Peek()
	}
	s.Path = s.Path[:len(s.Path)-1]
	s.Pos++
	s.depth--
	return true
}

// null consumes a null.
func (s *Scanner) null() bool {
	if s.Peek() == 'n' && strings.HasPrefix(s.text[s.Pos:], "null") {
		s.Pos += 4
		return true
	}
	return false
}

// skip steps over any value.
func (s *Scanner) skip() bool {
	switch c := s.Peek(); {
	case c == '{':
		return s.skipObject()
	case c == '[':
		return s.Array(func(int) bool { return s.skip() })
	case c == '"':
		_, ok := s.rawString()
		return ok
	case c == '-' || c >= '0' && c <= '9':
		_, ok := s.number()
		return ok
	}
	for _, word := range []string{"true", "false", "null"} {
		if strings.HasPrefix(s.text[s.Pos:], word) {
			s.Pos += len(word)
			return true
		}
	}
	return s.failHere("a value")
}
