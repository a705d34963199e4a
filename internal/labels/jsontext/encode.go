package jsontext

import (
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/schema"
)

// Encoder appends JSON with fixed key order. Empty values are left out. In
// the indented layout each mention, event and argument has a line of its own.
type Encoder struct {
	B        []byte
	indented bool
	first    bool // no comma before the next key
	Err      error
}

func NewEncoder(dst []byte, indented bool) *Encoder { return &Encoder{B: dst, indented: indented} }

// Open begins an object.
func (e *Encoder) Open() { e.B, e.first = append(e.B, '{'), true }

// Close ends an object.
func (e *Encoder) Close() { e.B, e.first = append(e.B, '}'), false }

// DocumentKey is key at the top level, where each key has its line.
func (e *Encoder) DocumentKey(name string) {
	if !e.first {
		e.B = append(e.B, ',')
	}
	e.Newline(1)
	e.first = true
	e.Key(name)
}

func (e *Encoder) Key(name string) {
	if !e.first {
		e.comma()
	}
	e.first = false
	e.B = append(e.B, '"')
	e.B = append(e.B, name...)
	e.B = append(e.B, '"', ':')
	if e.indented {
		e.B = append(e.B, ' ')
	}
}

// DocumentSpans is a list of spans at the top level.
func (e *Encoder) DocumentSpans(name string, list []schema.Span) {
	e.DocumentKey(name)
	e.list(name, list)
}

func (e *Encoder) comma() {
	e.B = append(e.B, ',')
	if e.indented {
		e.B = append(e.B, ' ')
	}
}

func (e *Encoder) Str(name, v string) {
	if v != "" {
		e.Key(name)
		e.Quote(v)
	}
}

func (e *Encoder) Boolean(name string, v bool) {
	e.Key(name)
	e.B = strconv.AppendBool(e.B, v)
}

func (e *Encoder) Span(start, end string, s schema.Span) {
	if !s.IsSet() {
		return
	}
	if s.Start < 0 || s.End < 0 {
		e.Fail(start, s.String())
	}
	e.Key(start)
	e.B = strconv.AppendInt(e.B, int64(s.Start), 10)
	e.Key(end)
	e.B = strconv.AppendInt(e.B, int64(s.End), 10)
}

func (e *Encoder) Strings(name string, list []string) {
	if len(list) == 0 {
		return
	}
	e.Key(name)
	e.B = append(e.B, '[')
	for i, v := range list {
		if i > 0 {
			e.comma()
		}
		e.Quote(v)
	}
	e.B = append(e.B, ']')
}

func (e *Encoder) Spans(name string, list []schema.Span) {
	if len(list) == 0 {
		return
	}
	e.Key(name)
	e.list(name, list)
}

// list writes pairs [start, end].
func (e *Encoder) list(name string, list []schema.Span) {
	e.B = append(e.B, '[')
	for i, f := range list {
		if i > 0 {
			e.comma()
		}
		if f.Start < 0 || f.End < 0 {
			e.Fail(name, f.String())
		}
		e.B = strconv.AppendInt(append(e.B, '['), int64(f.Start), 10)
		e.comma()
		e.B = append(strconv.AppendInt(e.B, int64(f.End), 10), ']')
	}
	e.B = append(e.B, ']')
}

// Share writes a number from 0 to 1.
func (e *Encoder) Share(name string, c *float64) {
	if c == nil {
		return
	}
	if !(*c >= 0 && *c <= 1) {
		e.Fail(name, strconv.FormatFloat(*c, 'g', -1, 64))
		return
	}
	e.Key(name)
	e.B = strconv.AppendFloat(e.B, *c, 'g', -1, 64)
}

// Quote writes a string. Beyond what JSON asks it escapes the line separators
// U+0085, U+2028 and U+2029, at which some line readers would cut a JSONL file.
func (e *Encoder) Quote(s string) {
	if !utf8.ValidString(s) {
		e.Fail("text", fmt.Sprintf("%q, which is no UTF-8", s))
	}
	e.B = append(e.B, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		var escape string
		size := 1
		switch {
		case c == '"':
			escape = `\"`
		case c == '\\':
			escape = `\\`
		case c == '\n':
			escape = `\n`
		case c == '\r':
			escape = `\r`
		case c == '\t':
			escape = `\t`
		case c < ' ':
			escape = fmt.Sprintf(`\u%04x`, c)
		case c == 0xC2 && i+1 < len(s) && s[i+1] == 0x85:
			escape, size = `\u0085`, 2
		case c == 0xE2 && i+2 < len(s) && s[i+1] == 0x80 && s[i+2]&^1 == 0xA8:
			escape, size = `\u202`+string("89"[s[i+2]&1]), 3
		default:
			continue
		}
		e.B = append(append(e.B, s[from:i]...), escape...)
		from, i = i+size, i+size-1
	}
	e.B = append(append(e.B, s[from:]...), '"')
}

func (e *Encoder) Fail(field, found string) {
	if e.Err == nil {
		e.Err = fmt.Errorf("%s: cannot write %s", field, found)
	}
}

// List writes n elements, in the indented layout each on a line.
func (e *Encoder) List(n, depth int, element func(i int)) {
	e.B = append(e.B, '[')
	for i := range n {
		if i > 0 {
			e.B = append(e.B, ',')
		}
		e.Newline(depth)
		element(i)
	}
	e.Newline(depth - 1)
	e.B, e.first = append(e.B, ']'), false
}

func (e *Encoder) Newline(depth int) {
	if e.indented {
		e.B = append(e.B, '\n')
		e.B = append(e.B, "        "[:2*depth]...)
	}
}
