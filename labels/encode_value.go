package labels

import (
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/schema"
)

// encoder appends JSON with fixed key order. Empty values are left out. In
// the indented layout each mention, event and argument has a line of its own.
type encoder struct {
	b        []byte
	indented bool
	first    bool // no comma before the next key
	err      error
}

func newEncoder(dst []byte, indented bool) *encoder { return &encoder{b: dst, indented: indented} }

// open begins an object.
func (e *encoder) open() { e.b, e.first = append(e.b, '{'), true }

// close ends an object.
func (e *encoder) close() { e.b, e.first = append(e.b, '}'), false }

// documentKey is key at the top level, where each key has its line.
func (e *encoder) documentKey(name string) {
	if !e.first {
		e.b = append(e.b, ',')
	}
	e.newline(1)
	e.first = true
	e.key(name)
}

func (e *encoder) key(name string) {
	if !e.first {
		e.comma()
	}
	e.first = false
	e.b = append(e.b, '"')
	e.b = append(e.b, name...)
	e.b = append(e.b, '"', ':')
	if e.indented {
		e.b = append(e.b, ' ')
	}
}

func (e *encoder) comma() {
	e.b = append(e.b, ',')
	if e.indented {
		e.b = append(e.b, ' ')
	}
}

func (e *encoder) str(name, v string) {
	if v != "" {
		e.key(name)
		e.quote(v)
	}
}

func (e *encoder) boolean(name string, v bool) {
	e.key(name)
	e.b = strconv.AppendBool(e.b, v)
}

func (e *encoder) span(start, end string, s schema.Span) {
	if !s.IsSet() {
		return
	}
	if s.Start < 0 || s.End < 0 {
		e.fail(start, s.String())
	}
	e.key(start)
	e.b = strconv.AppendInt(e.b, int64(s.Start), 10)
	e.key(end)
	e.b = strconv.AppendInt(e.b, int64(s.End), 10)
}

func (e *encoder) strings(name string, list []string) {
	if len(list) == 0 {
		return
	}
	e.key(name)
	e.b = append(e.b, '[')
	for i, v := range list {
		if i > 0 {
			e.comma()
		}
		e.quote(v)
	}
	e.b = append(e.b, ']')
}

func (e *encoder) fragments(list []schema.Span) {
	if len(list) == 0 {
		return
	}
	e.key("fragments")
	e.b = append(e.b, '[')
	for i, f := range list {
		if i > 0 {
			e.comma()
		}
		if f.Start < 0 || f.End < 0 {
			e.fail("fragments", f.String())
		}
		e.b = strconv.AppendInt(append(e.b, '['), int64(f.Start), 10)
		e.comma()
		e.b = append(strconv.AppendInt(e.b, int64(f.End), 10), ']')
	}
	e.b = append(e.b, ']')
}

func (e *encoder) confidence(c *float64) {
	if c == nil {
		return
	}
	if !(*c >= 0 && *c <= 1) {
		e.fail("confidence", strconv.FormatFloat(*c, 'g', -1, 64))
		return
	}
	e.key("confidence")
	e.b = strconv.AppendFloat(e.b, *c, 'g', -1, 64)
}

// quote writes a string. Beyond what JSON asks it escapes the line separators
// U+0085, U+2028 and U+2029, at which some line readers would cut a JSONL file.
func (e *encoder) quote(s string) {
	if !utf8.ValidString(s) {
		e.fail("text", fmt.Sprintf("%q, which is no UTF-8", s))
	}
	e.b = append(e.b, '"')
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
		e.b = append(append(e.b, s[from:i]...), escape...)
		from, i = i+size, i+size-1
	}
	e.b = append(append(e.b, s[from:]...), '"')
}

func (e *encoder) fail(field, found string) {
	if e.err == nil {
		e.err = fmt.Errorf("%s: cannot write %s", field, found)
	}
}

// list writes n elements, in the indented layout each on a line.
func (e *encoder) list(n, depth int, element func(i int)) {
	e.b = append(e.b, '[')
	for i := range n {
		if i > 0 {
			e.b = append(e.b, ',')
		}
		e.newline(depth)
		element(i)
	}
	e.newline(depth - 1)
	e.b, e.first = append(e.b, ']'), false
}

func (e *encoder) newline(depth int) {
	if e.indented {
		e.b = append(e.b, '\n')
		e.b = append(e.b, "        "[:2*depth]...)
	}
}
