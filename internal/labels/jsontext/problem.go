package jsontext

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/internal/suggest"
)

// Position is the file and line of the byte at pos; pos never goes back far,
// so that counting lines is linear over a record.
func (s *Scanner) Position(pos int) labels.Position {
	if pos < s.linePos {
		s.line -= strings.Count(s.text[pos:s.linePos], "\n")
	} else {
		s.line += strings.Count(s.text[s.linePos:pos], "\n")
	}
	s.linePos = pos
	return labels.Position{File: s.file, Line: s.line}
}

// where is the path of the value at hand, e.g. "mentions[3].start".
func (s *Scanner) where() string {
	var b strings.Builder
	for _, p := range s.Path {
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

// Problem notes an error of content at pos.
func (s *Scanner) Problem(pos int, found, expected, advice string) {
	if len(s.Problems) < maxProblems {
		s.Problems = append(s.Problems, &labels.RecordError{At: s.Position(pos), What: s.where(),
			Found: found, Expected: expected, Advice: advice})
	}
}

// ValidUTF8 notes the first byte that is no UTF-8.
func (s *Scanner) ValidUTF8() bool {
	e := textfile.NotUTF8(s.text, s.Position(0), s.where())
	if e == nil {
		return true
	}
	s.Problems, s.Pos = append(s.Problems, e), len(s.text)+1
	return false
}

// Fail notes an error of syntax at pos and returns false.
func (s *Scanner) Fail(pos int, found, expected, advice string) bool {
	if len(s.Problems) == maxProblems {
		s.Problems = s.Problems[:maxProblems-1]
	}
	s.Problem(pos, found, expected, advice)
	s.Pos = len(s.text) + 1
	return false
}

// failHere is fail with what stands at the current place.
func (s *Scanner) failHere(expected string) bool {
	advice := ""
	if s.Pos >= len(s.text) {
		advice = "the record is cut off"
	} else if c := s.text[s.Pos]; c == 'N' || c == 'I' || strings.HasPrefix(s.text[s.Pos:], "-I") {
		advice = "JSON has no NaN or Infinity: leave the field out"
	} else if c == '\'' {
		advice = "JSON strings stand in double quotes"
	}
	return s.Fail(s.Pos, s.Sight(), expected, advice)
}

// Sight describes what stands at the current place.
func (s *Scanner) Sight() string {
	if s.Pos >= len(s.text) {
		return "the end"
	}
	switch c := s.text[s.Pos]; {
	case c == '"':
		return "a string"
	case c == '{':
		return "an object"
	case c == '[':
		return "a list"
	case c == '-' || c >= '0' && c <= '9':
		end := s.Pos + 1
		for end < len(s.text) && end < s.Pos+24 && strings.IndexByte("0123456789+-.eE", s.text[end]) >= 0 {
			end++
		}
		return s.text[s.Pos:end]
	}
	for _, word := range []string{"true", "false", "null", "NaN", "Infinity", "-Infinity"} {
		if strings.HasPrefix(s.text[s.Pos:], word) {
			return word
		}
	}
	r, _ := utf8.DecodeRuneInString(s.text[s.Pos:])
	return fmt.Sprintf("%q", r)
}

func (s *Scanner) unknown(at int, key string, fields []string) {
	advice := "known fields: " + strings.Join(fields, ", ")
	if near := fieldsLike(key, fields); len(near) > 0 {
		advice = "did you mean " + strings.Join(near, " or ") + "?"
	}
	step := &s.Path[len(s.Path)-1]
	if len(key) > 64 {
		key = strings.ToValidUTF8(key[:64], "") + "…"
	}
	*step = pathStep{key: key}
	s.Problem(at, "an unknown field", "a field of the format", advice)
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
	if near := suggest.Near(key, fields, 1); len(like) == 0 && len(near) > 0 {
		like = append(like, strconv.Quote(near[0]))
	}
	return like
}

// mismatch notes a value of the wrong type and steps over it.
func (s *Scanner) mismatch(expected string) bool {
	s.Peek()
	at, found := s.Pos, s.Sight()
	before := len(s.Problems)
	if !s.skip() {
		return false
	}
	if len(s.Problems) == before {
		s.Problem(at, found, expected, "")
	}
	return true
}
