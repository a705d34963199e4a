package jsontext

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/schema"
)

// skipObject steps over an object whose keys nobody asked for.
func (s *Scanner) skipObject() bool {
	if s.depth++; s.depth > MaxDepth {
		return s.Fail(s.Pos, "nesting deeper than "+strconv.Itoa(MaxDepth), "", "")
	}
	s.Pos++
	for first := true; ; first = false {
		c := s.Peek()
		if c == '}' && first {
			break
		}
		if c != '"' {
			return s.failHere("a key in double quotes")
		}
		if _, ok := s.rawString(); !ok {
			return false
		}
		if s.Peek() != ':' {
			return s.failHere("a colon")
		}
		s.Pos++
		if !s.skip() {
			return false
		}
		if c = s.Peek(); c == '}' {
			break
		}
		if c != ',' {
			return s.failHere("a comma or the end of the object")
		}
		s.Pos++
	}
	s.Pos++
	s.depth--
	return true
}

// Str reads a string; null is "".
func (s *Scanner) Str(into *string) bool {
	if s.null() {
		return true
	}
	if s.Peek() != '"' {
		return s.mismatch("a string")
	}
	v, ok := s.rawString()
	*into = v
	return ok
}

// rawString reads a string at its opening quote. Without escapes the result
// is a part of the record and costs nothing.
func (s *Scanner) rawString() (string, bool) {
	start := s.Pos + 1
	for i := start; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c == '"':
			s.Pos = i + 1
			return s.text[start:i], true
		case c == '\\':
			return s.escapedString(start, i)
		case c < ' ':
			return "", s.Fail(i, fmt.Sprintf("the control character %q in a string", c), "an escape such as \\n", "")
		}
	}
	return "", s.Fail(len(s.text), "the end inside a string", "a closing quote", "the record is cut off")
}

func (s *Scanner) escapedString(start, i int) (string, bool) {
	var b strings.Builder
	b.WriteString(s.text[start:i])
	for i < len(s.text) {
		switch c := s.text[i]; {
		case c == '"':
			s.Pos = i + 1
			return b.String(), true
		case c < ' ':
			return "", s.Fail(i, fmt.Sprintf("the control character %q in a string", c), "an escape such as \\n", "")
		case c != '\\':
			j := i + 1
			for j < len(s.text) && s.text[j] != '"' && s.text[j] != '\\' && s.text[j] >= ' ' {
				j++
			}
			b.WriteString(s.text[i:j])
			i = j
			continue
		}
		if i+1 == len(s.text) {
			break
		}
		if s.text[i+1] == 'u' {
			r, size, ok := s.unicodeEscape(i)
			if !ok {
				return "", false
			}
			b.WriteRune(r)
			i += size
			continue
		}
		k := strings.IndexByte(`"\/bfnrt`, s.text[i+1])
		if k < 0 {
			return "", s.Fail(i, fmt.Sprintf("the escape %q", `\`+s.text[i+1:i+2]), `one of \" \\ \/ \b \f \n \r \t \u`, "")
		}
		b.WriteByte("\"\\/\b\f\n\r\t"[k])
		i += 2
	}
	return "", s.Fail(len(s.text), "the end inside a string", "a closing quote", "the record is cut off")
}

// unicodeEscape reads \uXXXX, or two of them for a surrogate pair, at i.
func (s *Scanner) unicodeEscape(i int) (rune, int, bool) {
	r, ok := hex4(s.text, i+2)
	if !ok {
		return 0, 0, s.Fail(i, `a broken \u escape`, "four hexadecimal digits", "")
	}
	if !utf16.IsSurrogate(r) {
		return r, 6, true
	}
	if strings.HasPrefix(s.text[min(i+6, len(s.text)):], `\u`) {
		if low, ok := hex4(s.text, i+8); ok {
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				return pair, 12, true
			}
		}
	}
	return 0, 0, s.Fail(i, fmt.Sprintf(`the lone surrogate %s`, s.text[i:i+6]), "a surrogate pair", "the text was cut between the two halves of a character")
}

func hex4(text string, i int) (rune, bool) {
	if i+4 > len(text) {
		return 0, false
	}
	v, err := strconv.ParseUint(text[i:i+4], 16, 16)
	return rune(v), err == nil
}

// number reads the digits of a number.
func (s *Scanner) number() (string, bool) {
	start := s.Pos
	i := start
	digits := func() bool {
		from := i
		for i < len(s.text) && s.text[i] >= '0' && s.text[i] <= '9' {
			i++
		}
		return i > from
	}
	if i < len(s.text) && s.text[i] == '-' {
		i++
	}
	whole := i
	ok := digits() && (s.text[whole] != '0' || i == whole+1)
	if ok && i < len(s.text) && s.text[i] == '.' {
		i++
		ok = digits()
	}
	if ok && i < len(s.text) && s.text[i]|0x20 == 'e' {
		i++
		if i < len(s.text) && (s.text[i] == '+' || s.text[i] == '-') {
			i++
		}
		ok = digits()
	}
	if !ok {
		return "", s.failHere("a number")
	}
	s.Pos = i
	return s.text[start:i], true
}

// numberHere is number after the check that one begins here.
func (s *Scanner) numberHere(expected string) (text string, at int, is, ok bool) {
	c := s.Peek()
	if c != '-' && (c < '0' || c > '9') {
		return "", 0, false, s.mismatch(expected)
	}
	at = s.Pos
	text, ok = s.number()
	return text, at, ok, ok
}

// unread stands for an offset that was given but is wrong, so that no second
// problem is found with it.
const unread = math.MaxInt32

// Offset reads a whole number from 0 to 2³¹-1; null leaves the value.
func (s *Scanner) Offset(into *int32) bool {
	if s.null() {
		return true
	}
	text, at, is, ok := s.numberHere("a whole number")
	if !is {
		*into = unread
		return ok
	}
	v, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err == nil && v >= 0 && v <= math.MaxInt32 && text != "-0":
		*into = int32(v)
	case strings.ContainsAny(text, ".eE"):
		*into = unread
		s.Problem(at, text, "a whole number", "offsets count code points: write 4, not 4.0")
	default:
		*into = unread
		s.Problem(at, text, "a number from 0 to 2147483647", "")
	}
	return true
}

// Share reads a number in [0,1]; null leaves the value nil.
func (s *Scanner) Share(into **float64) bool {
	if s.null() {
		return true
	}
	text, at, is, ok := s.numberHere("a number from 0 to 1")
	if !is {
		return ok
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || !(v >= 0 && v <= 1) {
		s.Problem(at, text, "a number from 0 to 1", "")
		return true
	}
	v = math.Abs(v) // -0 is 0
	*into = &v
	return true
}

// Boolean reads true or false; null reports set false.
func (s *Scanner) Boolean(into *bool) (set, ok bool) {
	if s.null() {
		return false, true
	}
	for _, v := range []bool{true, false} {
		if word := strconv.FormatBool(v); strings.HasPrefix(s.text[min(s.Pos, len(s.text)):], word) {
			s.Pos += len(word)
			*into = v
			return true, true
		}
	}
	return false, s.mismatch("true or false")
}

// Strings reads a list of them; the empty list is nil.
func (s *Scanner) Strings(into *[]string) bool {
	return s.Array(func(int) bool {
		var v string
		ok := s.Peek() == '"' && s.Str(&v)
		if !ok && s.Pos <= len(s.text) {
			return s.mismatch("a string")
		}
		*into = append(*into, v)
		return ok
	})
}

// Spans reads a list of [start, end] pairs; the empty list is nil.
func (s *Scanner) Spans(into *[]schema.Span) bool {
	return s.Array(func(int) bool {
		at, n := s.Pos, 0
		var v [2]int32
		if s.Peek() != '[' {
			return s.mismatch("a pair [start, end]")
		}
		if !s.Array(func(i int) bool {
			n++
			if s.Peek() == 'n' || i > 1 {
				n = 3
				return s.skip()
			}
			return s.Offset(&v[i])
		}) {
			return false
		}
		if n != 2 {
			s.Problem(at, "a list that is no pair", "a pair [start, end]", "")
		}
		*into = append(*into, schema.Span{Start: v[0], End: v[1]})
		return true
	})
}
