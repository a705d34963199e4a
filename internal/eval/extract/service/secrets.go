package service

import (
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// How much of a secret is one: values of fewer than shortest bytes are not looked
// for; of one of at least long, a run of more than half is hidden too, also where
// quotes, commas and white space divide it, as in an echo by tokens.
const (
	shortest = 4
	long     = 12
)

// secrets are the values that no message may tell.
type secrets struct{ values []secret }

// secret is one value, or what is the same of its forms in base64.
type secret struct {
	text string // lower case
	run  int    // so many bytes of it are hidden
}

func (s *secrets) add(values ...string) {
	for _, v := range values {
		if v = strings.TrimSpace(v); len(v) < shortest {
			continue
		}
		s.addForm(v, len(v) >= long)
		for shift := range 3 {
			if form := inBase64(v, shift); len(form) >= long {
				s.addForm(form, false)
			}
		}
		if form := hex.EncodeToString([]byte(v)); len(form) >= long {
			s.addForm(form, false)
		}
	}
}

func (s *secrets) addForm(v string, parts bool) {
	form := secret{text: strings.ToLower(v)}
	form.run = len(form.text)
	if parts {
		form.run = form.run/2 + 1
	}
	for _, known := range s.values {
		if known == form {
			return
		}
	}
	s.values = append(s.values, form)
}

// inBase64 is the part of v's base64 that does not depend on what stands before, of
// shift bytes, and after it.
func inBase64(v string, shift int) string {
	coded := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("\x00", shift) + v))
	first := (8*shift + 5) / 6
	last := 8 * (shift + len(v)) / 6
	return coded[min(first, last):last]
}

// AddValue adds a header's value, and what follows its scheme ("Bearer …").
func (s *secrets) AddValue(value string) {
	s.add(value)
	if _, rest, ok := strings.Cut(value, " "); ok {
		s.add(rest)
	}
}

// redact takes the secrets out of a text, in whatever case and whether escaped as in
// JSON, in HTML or in addresses, in base64 or in hexadecimal.
func (s secrets) redact(text string) string {
	if len(s.values) == 0 {
		return text
	}
	whole, divided := readings(text)
	hide := make([]bool, len(text))
	found := false
	for _, v := range s.values {
		in := whole
		if len(v.text) >= long {
			in = divided
		}
		found = v.mark(in, hide) || found
	}
	if !found {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if !hide[i] {
			b.WriteByte(text[i])
		} else if i == 0 || !hide[i-1] {
			b.WriteString("[hidden]")
		}
	}
	return b.String()
}

// told reports whether a text has a whole long secret in it.
func (s secrets) told(text []byte) bool {
	if len(s.values) == 0 {
		return false
	}
	_, divided := readings(string(text))
	for _, v := range s.values {
		if len(v.text) >= long && strings.Contains(string(divided.bytes), undivided(v.text)) {
			return true
		}
	}
	return false
}

// reading is a text as somebody decodes it, in lower case: each byte, and the bytes of
// the text that it stands for.
type reading struct {
	bytes    []byte
	from, to []int
}

// mark marks the bytes of the text in which there are runs of the secret.
func (v secret) mark(in reading, hide []bool) (found bool) {
	text := v.text
	if len(text) >= long {
		text = undivided(text)
	}
	run := min(v.run, len(text))
	if run < shortest {
		return false
	}
	known := map[string]bool{}
	for i := 0; i+run <= len(text); i++ {
		known[text[i:i+run]] = true
	}
	for i := 0; i+run <= len(in.bytes); i++ {
		if !known[string(in.bytes[i:i+run])] {
			continue
		}
		found = true
		for j := in.from[i]; j < in.to[i+run-1]; j++ {
			hide[j] = true
		}
	}
	return found
}

// divider reports what may divide the pieces of an echo.
func divider(c byte) bool { return strings.IndexByte("\"' ,[]{}\\\t\r\n", c) >= 0 }

func undivided(s string) string {
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && divider(byte(r)) {
			return -1
		}
		return r
	}, s)
}

// readings decode a text, as it is and without what divides pieces.
func readings(text string) (whole, divided reading) {
	for i := 0; i < len(text); {
		r, n := decoded(text[i:])
		var buf [utf8.UTFMax]byte
		for _, c := range buf[:utf8.EncodeRune(buf[:], unicode.ToLower(r))] {
			whole.add(c, i, i+n)
			if !divider(c) {
				divided.add(c, i, i+n)
			}
		}
		i += n
	}
	return whole, divided
}

func (x *reading) add(c byte, from, to int) {
	x.bytes, x.from, x.to = append(x.bytes, c), append(x.from, from), append(x.to, to)
}

// decoded is the first character of s and the bytes that it takes: \uXXXX, \xXX and \c
// of JSON and its like, also when the backslash itself is escaped, %XX, also when the
// per cent sign is, and &#N; and &#xN;.
func decoded(s string) (r rune, n int) {
	switch s[0] {
	case '\\':
		at := len(s) - len(strings.TrimLeft(s, `\`))
		if at < len(s) {
			for _, form := range []struct {
				mark   byte
				digits int
			}{{'u', 4}, {'x', 2}} {
				if s[at] == form.mark && len(s) > at+form.digits {
					if c, err := strconv.ParseUint(s[at+1:at+1+form.digits], 16, 32); err == nil {
						return rune(c), at + 1 + form.digits
					}
				}
			}
			if s[at] == '/' {
				return '/', at + 1
			}
		}
		return '\\', 1
	case '%':
		rest, at := s[1:], 1
		for strings.HasPrefix(rest, "25") {
			rest, at = rest[2:], at+2
		}
		if len(rest) >= 2 {
			if c, err := strconv.ParseUint(rest[:2], 16, 8); err == nil && c < utf8.RuneSelf {
				return rune(c), at + 2
			}
		}
		return '%', 1
	case '&':
		if end := strings.IndexByte(s[:min(len(s), 12)], ';'); end > 2 && s[1] == '#' {
			digits, base := s[2:end], 10
			if digits[0] == 'x' || digits[0] == 'X' {
				digits, base = digits[1:], 16
			}
			if c, err := strconv.ParseUint(digits, base, 21); err == nil {
				return rune(c), end + 1
			}
		}
	}
	return utf8.DecodeRuneInString(s)
}
