package labels

import (
	"slices"
	"strconv"
	"strings"
)

// maxDepth is how deeply values may be nested, maxProblems how many problems
// of one record are kept.
const (
	maxDepth    = 64
	maxProblems = 20
)

// scanner reads one JSON value (RFC 8259) from a string. It is stricter than
// encoding/json: duplicate and unknown keys, lone surrogates and invalid UTF-8
// are problems. A problem of content is noted and scanning goes on; a problem
// of syntax ends it, and then every method returns false.
type scanner struct {
	text     string
	pos      int
	file     string
	line     int // line of linePos
	linePos  int
	problems RecordErrors
	path     []pathStep
	depth    int
}

// pathStep is a key, or an index where key is "".
type pathStep struct {
	key   string
	index int
}

func newScanner(text string, at Position) *scanner {
	return &scanner{text: text, file: at.File, line: max(at.Line, 1), path: make([]pathStep, 0, 8)}
}

// peek skips white space and gives the next byte, 0 at the end.
func (s *scanner) peek() byte {
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; c {
		case ' ', '\n', '\t', '\r':
			s.pos++
		default:
			return c
		}
	}
	return 0
}

// atEnd reports whether nothing but white space is left. A zero byte is
// something, though peek gives it as it gives the end.
func (s *scanner) atEnd() bool {
	s.peek()
	return s.pos >= len(s.text)
}

// object reads one with keys. read is called at the value of each key of fields.
func (s *scanner) object(fields []string, read func(field string) bool) bool {
	if s.peek() != '{' {
		return s.mismatch("an object")
	}
	if s.depth++; s.depth > maxDepth {
		return s.fail(s.pos, "nesting deeper than "+strconv.Itoa(maxDepth), "", "")
	}
	s.pos++
	var seen uint64
	next := 0
	s.path = append(s.path, pathStep{})
	for first := true; ; first = false {
		c := s.peek()
		if c == '}' && first {
			break
		}
		if c != '"' {
			s.path = s.path[:len(s.path)-1]
			return s.failHere(`a key in double quotes`)
		}
		at := s.pos
		key, ok := s.rawString()
		if !ok {
			return false
		}
		s.path[len(s.path)-1].key = key
		if s.peek() != ':' {
			return s.failHere("a colon")
		}
		s.pos++
		s.peek()
		if next >= len(fields) || fields[next] != key {
			next = slices.Index(fields, key)
		}
		switch {
		case next < 0:
			s.unknown(at, key, fields)
			ok = s.skip()
		case seen&(1<<next) != 0:
			s.problem(at, "the key twice", "one value", "")
			ok = s.skip()
		default:
			seen |= 1 << next
			ok = read(fields[next])
		}
		if !ok {
			return false
		}
		next++
		if c = s.peek(); c == '}' {
			break
		}
		if c != ',' {
			return s.failHere("a comma or the end of the object")
		}
		s.pos++
	}
	s.path = s.path[:len(s.path)-1]
	s.pos++
	s.depth--
	return true
}

// array reads a list; null is the empty one. read is called at each element.
func (s *scanner) array(read func(i int) bool) bool {
	if s.null() {
		return true
	}
	if s.peek() != '[' {
		return s.mismatch("a list")
	}
	if s.depth++; s.depth > maxDepth {
		return s.fail(s.pos, "nesting deeper than "+strconv.Itoa(maxDepth), "", "")
	}
	s.pos++
	s.path = append(s.path, pathStep{})
	for i := 0; ; i++ {
		c := s.peek()
		if c == ']' && i == 0 {
			break
		}
		s.path[len(s.path)-1].index = i
		if !read(i) {
			return false
		}
		if c = s.peek(); c == ']' {
			break
		}
		if c != ',' {
			return s.failHere("a comma or the end of the list")
		}
		s.pos++
		s.peek()
	}
	s.path = s.path[:len(s.path)-1]
	s.pos++
	s.depth--
	return true
}

// null consumes a null.
func (s *scanner) null() bool {
	if s.peek() == 'n' && strings.HasPrefix(s.text[s.pos:], "null") {
		s.pos += 4
		return true
	}
	return false
}

// skip steps over any value.
func (s *scanner) skip() bool {
	switch c := s.peek(); {
	case c == '{':
		return s.skipObject()
	case c == '[':
		return s.array(func(int) bool { return s.skip() })
	case c == '"':
		_, ok := s.rawString()
		return ok
	case c == '-' || c >= '0' && c <= '9':
		_, ok := s.number()
		return ok
	}
	for _, word := range []string{"true", "false", "null"} {
		if strings.HasPrefix(s.text[s.pos:], word) {
			s.pos += len(word)
			return true
		}
	}
	return s.failHere("a value")
}
