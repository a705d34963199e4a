package answers

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// object is a JSON object in the order of its keys.
type object struct {
	keys   []string
	values map[string]any
	twice  string // a key that stands twice
}

// list is a JSON array.
type list []any

// parser reads JSON as models and scripts write it: with trailing commas, comments,
// line breaks in strings, keys and strings in single quotes, and Python's True, False
// and None.
type parser struct {
	text  string
	at    int
	depth int
	begun bool // there was JSON in it: a key with its colon, or an item
	work  *int // bytes that may still be looked at
}

const maxDepth = 64

// value reads one value.
func (p *parser) value() (any, bool) {
	p.space()
	if p.at >= len(p.text) || *p.work <= 0 {
		return nil, false
	}
	if p.depth++; p.depth > maxDepth {
		return nil, false
	}
	defer func() { p.depth-- }()
	switch c := p.text[p.at]; {
	case c == '{':
		return p.object()
	case c == '[':
		return p.list()
	case c == '"' || c == '\'':
		return p.str()
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	}
	return p.word()
}

func (p *parser) space() {
	for p.at < len(p.text) {
		rest := p.text[p.at:]
		end := 0
		switch {
		case strings.HasPrefix(rest, "//"):
			end = strings.IndexByte(rest, '\n')
		case strings.HasPrefix(rest, "/*"):
			if end = strings.Index(rest, "*/"); end >= 0 {
				end += 2
			}
		case strings.HasPrefix(rest, "\ufeff"):
			end = len("\ufeff")
		case strings.HasPrefix(rest, "\u00a0"):
			end = len("\u00a0")
		case strings.IndexByte(" \t\r\n", rest[0]) >= 0:
			end = 1
		default:
			return
		}
		if end < 0 {
			end = len(rest)
		}
		p.at += end
		*p.work -= end
	}
}

// next reports whether a byte comes next, and passes it.
func (p *parser) next(c byte) bool {
	p.space()
	if p.at < len(p.text) && p.text[p.at] == c {
		p.at++
		*p.work--
		return true
	}
	return false
}

func (p *parser) object() (any, bool) {
	p.at++
	o := object{values: map[string]any{}}
	for !p.next('}') {
		key, ok := p.key()
		if !ok || !p.next(':') {
			return nil, false
		}
		v, ok := p.value()
		if !ok {
			return nil, false
		}
		p.begun = true
		if _, twice := o.values[key]; twice {
			o.twice = strconv.Quote(key)
		} else {
			o.keys = append(o.keys, key)
		}
		o.values[key] = v
		if !p.next(',') {
			return o, p.next('}')
		}
	}
	return o, true
}

func (p *parser) key() (string, bool) {
	p.space()
	if p.at < len(p.text) && (p.text[p.at] == '"' || p.text[p.at] == '\'') {
		s, ok := p.str()
		key, _ := s.(string)
		return key, ok
	}
	from := p.at
	for p.at < len(p.text) && wordByte(p.text[p.at]) {
		p.at++
	}
	return p.text[from:p.at], p.at > from
}

func (p *parser) list() (any, bool) {
	p.at++
	l := list{}
	for !p.next(']') {
		v, ok := p.value()
		if !ok {
			return nil, false
		}
		p.begun = true
		l = append(l, v)
		if !p.next(',') {
			return l, p.next(']')
		}
	}
	return l, true
}

func (p *parser) str() (any, bool) {
	quote := p.text[p.at]
	var b strings.Builder
	i := p.at + 1
	for i < len(p.text) {
		c := p.text[i]
		switch {
		case c == quote:
			*p.work -= i - p.at
			p.at = i + 1
			return b.String(), true
		case c == '\\' && i+1 < len(p.text):
			i = p.escape(&b, i+1)
		default:
			b.WriteByte(c)
			i++
		}
	}
	*p.work -= i - p.at
	return nil, false
}

// escape writes what the escape at i, behind the backslash, stands for, and gives
// the place behind it.
func (p *parser) escape(b *strings.Builder, i int) int {
	switch c := p.text[i]; c {
	case 'n':
		b.WriteByte('\n')
	case 't':
		b.WriteByte('\t')
	case 'r':
		b.WriteByte('\r')
	case 'b', 'f':
		b.WriteByte(' ')
	case 'u':
		if r, n := p.unicode(i + 1); n > 0 {
			b.WriteRune(r)
			return i + 1 + n
		}
		b.WriteByte(c)
	default:
		b.WriteByte(c)
	}
	return i + 1
}

// unicode is the character of an escape's four digits at i, or of a surrogate pair,
// and how many bytes it takes.
func (p *parser) unicode(i int) (rune, int) {
	hex := func(i int) (rune, bool) {
		if i+4 > len(p.text) {
			return 0, false
		}
		n, err := strconv.ParseUint(p.text[i:i+4], 16, 32)
		return rune(n), err == nil
	}
	r, ok := hex(i)
	if !ok {
		return 0, 0
	}
	if r >= 0xD800 && r < 0xDC00 && strings.HasPrefix(p.text[i+4:], `\u`) {
		if low, ok := hex(i + 6); ok && low >= 0xDC00 && low < 0xE000 {
			return 0x10000 + (r-0xD800)<<10 + (low - 0xDC00), 10
		}
	}
	if r >= 0xD800 && r < 0xE000 {
		return utf8.RuneError, 4
	}
	return r, 4
}

func (p *parser) number() (any, bool) {
	from := p.at
	for p.at < len(p.text) && strings.IndexByte("+-.eE0123456789_", p.text[p.at]) >= 0 {
		p.at++
	}
	f, err := strconv.ParseFloat(p.text[from:p.at], 64)
	return f, err == nil
}

// word reads a literal of JSON or Python.
func (p *parser) word() (any, bool) {
	from := p.at
	for p.at < len(p.text) && wordByte(p.text[p.at]) {
		p.at++
	}
	switch p.text[from:p.at] {
	case "true", "True":
		return true, true
	case "false", "False":
		return false, true
	case "null", "None", "NaN", "nan":
		return nil, true
	case "np", "numpy": // np.float32(0.99), as Python prints it
		return p.numpy()
	}
	return nil, false
}

func (p *parser) numpy() (any, bool) {
	open := strings.IndexByte(p.text[p.at:], '(')
	if open < 0 || open > 12 {
		return nil, false
	}
	p.at += open + 1
	v, ok := p.value()
	return v, ok && p.next(')')
}

func wordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}
