package ingest

import (
	"math/bits"
	"unsafe"

	"github.com/mizan-corpus/mizan/internal/labels/textfile"
)

// plainObject is [parseObject] of a line that is an object of strings without \u
// and of simple numbers, true, false and null; ok is false for any other, which
// parseObject judges.
func plainObject(line []byte) (members []member, ok bool) {
	if !textfile.Valid(line) {
		return nil, false
	}
	i := skipSpace(line, 0)
	if i == len(line) || line[i] != '{' {
		return nil, false
	}
	if i = skipSpace(line, i+1); i < len(line) && line[i] == '}' {
		return nil, skipSpace(line, i+1) == len(line)
	}
	members = make([]member, 0, 8)
	for {
		from := i
		if i = plainString(line, i); i < 0 {
			return nil, false
		}
		name := line[from+1 : i-1]
		if hasEscape(name) {
			return nil, false
		}
		if i = skipSpace(line, i); i == len(line) || line[i] != ':' {
			return nil, false
		}
		from = skipSpace(line, i+1)
		if i = plainValue(line, from); i < 0 {
			return nil, false
		}
		members = append(members, member{name: string(name), value: line[from:i]})
		if i = skipSpace(line, i); i == len(line) {
			return nil, false
		}
		switch line[i] {
		case ',':
			i = skipSpace(line, i+1)
		case '}':
			return members, skipSpace(line, i+1) == len(line)
		default:
			return nil, false
		}
	}
}

func skipSpace(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\r' || b[i] == '\n') {
		i++
	}
	return i
}

// plainValue is the end of the value at i, -1 where it is no simple one.
func plainValue(b []byte, i int) int {
	if i == len(b) {
		return -1
	}
	if b[i] == '"' {
		return plainString(b, i)
	}
	for _, word := range []string{"null", "true", "false"} {
		if end := i + len(word); end <= len(b) && string(b[i:end]) == word {
			return end
		}
	}
	digits := i
	for i < len(b) && '0' <= b[i] && b[i] <= '9' {
		i++
	}
	if i == digits || b[digits] == '0' && i > digits+1 || i < len(b) && (b[i] == '.' || b[i] == 'e' || b[i] == 'E') {
		return -1
	}
	return i
}

// plainString is the end of the string at i, -1 where it is none, or has an escape
// by number.
func plainString(b []byte, i int) int {
	if i == len(b) || b[i] != '"' {
		return -1
	}
	for i = nextSpecial(b, i+1); i < len(b); i = nextSpecial(b, i) {
		switch {
		case b[i] == '"':
			return i + 1
		case b[i] != '\\' || i+1 == len(b) || escapes[b[i+1]] == 0:
			return -1
		}
		i += 2
	}
	return -1
}

// nextSpecial is the place of the first quote, backslash or control character from
// i on; len(b) for none. Eight bytes are looked at once (Hacker's Delight 6-1).
func nextSpecial(b []byte, i int) int {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	for ; i+8 <= len(b); i += 8 {
		w := uint64(b[i]) | uint64(b[i+1])<<8 | uint64(b[i+2])<<16 | uint64(b[i+3])<<24 |
			uint64(b[i+4])<<32 | uint64(b[i+5])<<40 | uint64(b[i+6])<<48 | uint64(b[i+7])<<56
		quote, slash := w^'"'*ones, w^'\\'*ones
		if found := ((w-' '*ones)&^w | (quote-ones)&^quote | (slash-ones)&^slash) & tops; found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for ; i < len(b) && b[i] >= ' ' && b[i] != '"' && b[i] != '\\'; i++ {
	}
	return i
}

// escapes are what the escapes by letter stand for.
var escapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

func hasEscape(b []byte) bool {
	for _, c := range b {
		if c == '\\' {
			return true
		}
	}
	return false
}

// unquotePlain is the text of a string that [plainString] took; ok is false for
// one with an escape by number.
func unquotePlain(v []byte) (s string, ok bool) {
	v = v[1 : len(v)-1]
	i := nextSpecial(v, 0)
	if i == len(v) {
		return string(v), true
	}
	out := make([]byte, 0, len(v))
	for from := 0; ; {
		out = append(out, v[from:i]...)
		if i == len(v) {
			return unsafe.String(unsafe.SliceData(out), len(out)), true
		}
		c := byte(0)
		if i+1 < len(v) && v[i] == '\\' {
			c = escapes[v[i+1]]
		}
		if c == 0 {
			return "", false
		}
		out = append(out, c)
		from = i + 2
		i = nextSpecial(v, from)
	}
}
