package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/mizan-corpus/mizan/schema"
)

// flowText is a line of text under way, with its map to the page: the page's
// characters as they are, runs of HTML white space as one space.
type flowText struct {
	text []byte
	n    int32               // code points of text
	segs []schema.RawSegment // Start counts from the line's first code point
	gap  int                 // white space since the last character: how many
	raw  int32               // where it stands if it is one space, else -1
}

func isHTMLSpace(r rune) bool {
	return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f'
}

// put adds a character that stands at the page's code point raw, -1 for one
// that is written as a reference.
func (f *flowText) put(r rune, raw int32) {
	if isHTMLSpace(r) {
		if f.gap++; f.gap > 1 || r != ' ' {
			raw = -1
		}
		f.raw = raw
		return
	}
	if f.gap > 0 && f.n > 0 {
		f.append(' ', f.raw)
	}
	f.gap = 0
	f.append(r, raw)
}

func (f *flowText) append(r rune, raw int32) {
	f.text = utf8.AppendRune(f.text, r)
	if raw >= 0 {
		if k := len(f.segs) - 1; k >= 0 && f.segs[k].Start+f.segs[k].Length == f.n && f.segs[k].RawStart+f.segs[k].Length == raw {
			f.segs[k].Length++
		} else {
			f.segs = append(f.segs, schema.RawSegment{Start: f.n, RawStart: raw, Length: 1})
		}
	}
	f.n++
}

// space adds a space that the page does not have as such.
func (f *flowText) space() { f.gap, f.raw = f.gap+1, -1 }

// piece adds the characters of a piece of the page, and calls brk, if that is
// not nil, for line breaks. Markup says that character references are read.
func (f *flowText) piece(page string, p piece, markup bool, brk func()) {
	s, at := page[p.from:p.to], p.at
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '&' && markup:
			decoded, size := reference(s[i:])
			if size == 0 {
				break
			}
			for _, r := range decoded {
				f.put(r, -1)
			}
			i += size
			at += int32(size) // references are ASCII
			continue
		case brk != nil && (c == '\n' || c == '\r'):
			if c == '\n' || i+1 == len(s) || s[i+1] != '\n' {
				brk()
			}
			i++
			at++
			continue
		case c < utf8.RuneSelf:
			f.put(rune(c), at)
			i++
			at++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == '\uFEFF' && p.at == 0 && i == 0 {
			// The file's byte-order mark is no text.
		} else {
			f.put(r, at)
		}
		i += size
		at++
	}
}

// maxReference is the most bytes of a character reference: &, the longest name,
// ";".
const maxReference = 34

// reference decodes the character reference that s begins with; size is how
// many bytes it takes, 0 for a "&" that begins none.
func reference(s string) (decoded string, size int) {
	end := 1
	for end < len(s) && end < maxReference && (isAlnum(s[end]) || end == 1 && s[end] == '#') {
		end++
	}
	name := s[:end]
	if end < len(s) && s[end] == ';' {
		name = s[:end+1]
		// A legacy name that needs no ";" may be the beginning of the word.
		if d := html.UnescapeString(name); d != name && d != html.UnescapeString(s[:end])+";" {
			return d, end + 1
		}
		name = s[:end]
	}
	d := html.UnescapeString(name)
	if d == name {
		return "", 0
	}
	for end > 2 && len(d) > 1 && d[len(d)-1] == name[end-1] && isAlnum(d[len(d)-1]) {
		d, end = d[:len(d)-1], end-1
	}
	return d, end
}

func isAlnum(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// line is the text without white space at its ends, and its map.
func (f *flowText) line() (string, []schema.RawSegment) {
	s := string(f.text)
	left := strings.TrimLeftFunc(s, unicode.IsSpace)
	cut := int32(utf8.RuneCountInString(s[:len(s)-len(left)]))
	text := strings.TrimRightFunc(left, unicode.IsSpace)
	end := cut + int32(utf8.RuneCountInString(text))
	if cut == 0 && end == f.n {
		return text, f.segs
	}
	return text, sliceSegments(f.segs, cut, end)
}
