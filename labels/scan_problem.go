package labels

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/schema"
)

// position is the file and line of the byte at pos; pos never goes back far,
// so that counting lines is linear over a record.
func (s *scanner) position(pos int) Position {
	if pos < s.linePos {
		s.line -= strings.Count(s.text[pos:s.linePos], "\n")
	} else {
		s.line += strings.Count(s.text[s.linePos:pos], "\n")
	}
	s.linePos = pos
	return Position{File: s.file, Line: s.line}
}

// where is the path of the value at hand, e.g. "mentions[3].start".
func (s *scanner) where() string {
	var b strings.Builder
	for _, p := range s.path {
		switch {
		case p.key == "":
			b.WriteString("[" + strconv.Itoa(p.index) + "]")
		case b.Len() > 0:
			b.WriteString("." + p.key)
		default:
			b.WriteString(p.key)
		}
	}
	if b.Len() == 0 {
		return "JSON"
	}
	return b.String()
}

// problem notes an error of content at pos.
func (s *scanner) problem(pos int, found, expected, advice string) {
	if len(s.problems) < maxProblems {
		s.problems = append(s.problems, &RecordError{At: s.position(pos), What: s.where(),
			Found: found, Expected: expected, Advice: advice})
	}
}

// validUTF8 notes the first byte that is no UTF-8.
func (s *scanner) validUTF8() bool {
	e := notUTF8(s.text, s.position(0), s.where())
	if e == nil {
		return true
	}
	s.problems, s.pos = append(s.problems, e), len(s.text)+1
	return false
}

// fail notes an error of syntax at pos and returns false.
func (s *scanner) fail(pos int, found, expected, advice string) bool {
	if len(s.problems) == maxProblems {
		s.problems = s.problems[:maxProblems-1]
	}
	s.problem(pos, found, expected, advice)
	s.pos = len(s.text) + 1
	return false
}

// failHere is fail with what stands at the current place.
func (s *scanner) failHere(expected string) bool {
	advice := ""
	if s.pos >= len(s.text) {
		advice = "the record is cut off"
	} else if c := s.text[s.pos]; c == 'N' || c == 'I' || strings.HasPrefix(s.text[s.pos:], "-I") {
		advice = "JSON has no NaN or Infinity: leave the field out"
	} else if c == '\'' {
		advice = "JSON strings stand in double quotes"
	}
	return s.fail(s.pos, s.sight(), expected, advice)
}

// sight describes what stands at the current place.
func (s *scanner) sight() string {
	if s.pos >= len(s.text) {
		return "the end"
	}
	switch c := s.text[s.pos]; {
	case c == '"':
		return "a string"
	case c == '{':
		return "an object"
	case c == '[':
		return "a list"
	case c == '-' || c >= '0' && c <= '9':
		end := s.pos + 1
		for end < len(s.text) && end < s.pos+24 && strings.IndexByte("0123456789+-.eE", s.text[end]) >= 0 {
			end++
		}
		return s.text[s.pos:end]
	}
	for _, word := range []string{"true", "false", "null", "NaN", "Infinity", "-Infinity"} {
		if strings.HasPrefix(s.text[s.pos:], word) {
			return word
		}
	}
	r, _ := utf8.DecodeRuneInString(s.text[s.pos:])
	return fmt.Sprintf("%q", r)
}

func (s *scanner) unknown(at int, key string, fields []string) {
	advice := "known fields: " + strings.Join(fields, ", ")
	if near := fieldsLike(key, fields); len(near) > 0 {
		advice = "did you mean " + strings.Join(near, " or ") + "?"
	}
	step := &s.path[len(s.path)-1]
	if len(key) > 64 {
		key = strings.ToValidUTF8(key[:64], "") + "…"
	}
	*step = pathStep{key: key}
	s.problem(at, "an unknown field", "a field of the format", advice)
}

// fieldsLike is the fields that a key may have been meant for, quoted: those
// that have it as one of their parts, as name_en and name_ar have "name", else
// the nearest one.
func fieldsLike(key string, fields []string) []string {
	var like []string
	for _, f := range fields {
		if strings.Contains("_"+f+"_", "_"+key+"_") {
			like = append(like, strconv.Quote(f))
		}
	}
	if near := schema.Near(key, fields, 1); len(like) == 0 && len(near) > 0 {
		like = append(like, strconv.Quote(near[0]))
	}
	return like
}

// mismatch notes a value of the wrong type and steps over it.
func (s *scanner) mismatch(expected string) bool {
	s.peek()
	at, found := s.pos, s.sight()
	before := len(s.problems)
	if !s.skip() {
		return false
	}
	if len(s.problems) == before {
		s.problem(at, found, expected, "")
	}
	return true
}
