package answers

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/labels/occurrence"
	"github.com/mizan-corpus/mizan/schema"
)

// tagged reports whether a tag is one of the IOB family.
func tagged(tag string) bool {
	if tag == "O" {
		return true
	}
	return len(tag) > 2 && tag[1] == '-' && strings.IndexByte("BIESLUM", tag[0]) >= 0
}

// prefix takes a tag apart: its letter as IOBES, 0 where it has none, and its type.
func prefix(tag string) (letter byte, typ string) {
	if !tagged(tag) || tag == "O" {
		return 0, tag
	}
	return "BIESESI"[strings.IndexByte("BIESLUM", tag[0])], tag[2:]
}

// joined makes mentions of what a pipeline gives piece by piece. One that does not
// aggregate has an item a piece, with tags of the IOB family or with the index of its
// token; one that does may have cut a word in two. Other items stay as they are.
// Offsets are then the pipeline's, and the words, which are what its tokenizer made of
// them, are left out where there are offsets.
func joined(items []Item) []Item {
	pieces := false
	for i := range items {
		letter, _ := prefix(items[i].Type)
		pieces = pieces || items[i].piece && (letter != 0 || items[i].index >= 0)
	}
	if !pieces {
		return groups(items)
	}
	var out []Item
	last := byte(0)
	for i, it := range items {
		letter, typ := prefix(it.Type)
		if typ == "O" {
			last = 0
			continue
		}
		it.Type = typ
		var before *Item
		if i > 0 && len(out) > 0 && last != 0 {
			before = &out[len(out)-1]
		}
		if before != nil && goes(before, &items[i-1], &it, letter, last) {
			before.join(&it)
		} else {
			it.tidy()
			out = append(out, it)
		}
		if last = letter; last == 0 {
			last = 'I'
		}
		if letter == 'E' || letter == 'S' {
			last = 'E'
		}
	}
	return out
}

// groups joins what an aggregating pipeline cut inside a word, and drops its O.
func groups(items []Item) []Item {
	var out []Item
	for i, it := range items {
		if it.piece && it.Type == "O" {
			continue
		}
		if it.piece && i > 0 && items[i-1].piece && items[i-1].Type != "O" {
			prev, before := &items[i-1], &out[len(out)-1]
			near := touch(prev, &it) || !prev.Span.IsSet() && !it.Span.IsSet()
			if near && strings.HasPrefix(it.Text, "##") || it.Type == before.Type && insideWord(prev, &it) {
				before.join(&it)
				continue
			}
		}
		if it.piece {
			it.tidy()
		}
		out = append(out, it)
	}
	return out
}

// goes reports whether piece it goes on with the mention before it, whose last
// piece was prev and had the letter last.
func goes(before, prev, it *Item, letter, last byte) bool {
	near := it.index < 0 || prev.index < 0 || it.index == prev.index+1
	if prev.Span.IsSet() && it.Span.IsSet() {
		near = near && it.Span.Start >= prev.Span.End && it.Span.Start <= prev.Span.End+1
	}
	switch {
	case !near:
		return false
	case strings.HasPrefix(it.Text, "##") || insideWord(prev, it):
		return true // a piece of the same word, whatever its tag
	case letter == 'B' || letter == 'S' || last == 'E':
		return false
	}
	return before.Type == it.Type
}

// touch reports whether an item begins where the one before it ends.
func touch(prev, it *Item) bool {
	return prev.Span.IsSet() && it.Span.IsSet() && it.Span.Start == prev.Span.End
}

// insideWord reports whether the border between two items lies inside a word: they
// touch between letters of one script, one whose words have spaces between them.
func insideWord(prev, it *Item) bool {
	if !touch(prev, it) || begins(it.Text) {
		return false
	}
	left, whole1 := letters(prev.Text)
	right, whole2 := letters(it.Text)
	if !whole1 && !whole2 {
		return true // a piece may end in the middle of a letter
	}
	a, _ := utf8.DecodeLastRuneInString(left)
	b, _ := utf8.DecodeRuneInString(right)
	if !occurrence.InWord(a) || !occurrence.InWord(b) || unicode.In(a, unspaced...) || unicode.In(b, unspaced...) {
		return false
	}
	if unicode.In(a, unicode.Common, unicode.Inherited) || unicode.In(b, unicode.Common, unicode.Inherited) {
		return true // digits and marks
	}
	for _, script := range unicode.Scripts {
		if unicode.Is(script, a) {
			return unicode.Is(script, b)
		}
	}
	return true
}

// unspaced are the scripts that write no spaces between words.
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo, unicode.Thai,
	unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan, {R16: []unicode.Range16{{Lo: 'ー', Hi: 'ー', Stride: 1}}}}

// letters is what a word of a byte-level tokenizer, which writes a character a byte,
// stands for (Radford et al. 2019, bytes_to_unicode), and other words as they are. It
// is false for what may be bytes and is no text, such as a half letter.
func letters(word string) (string, bool) {
	var b []byte
	for _, r := range word {
		switch {
		case r > ' ' && r <= '~', r >= 0xA1 && r <= 0xFF && r != 0xAD:
			b = append(b, byte(r))
		case r >= 0x100 && r <= 0x120: // bytes 0 to 0x20
			b = append(b, byte(r-0x100))
		case r >= 0x121 && r <= 0x142: // 0x7F to 0xA0
			b = append(b, byte(r-0x121+0x7F))
		case r == 0x143:
			b = append(b, 0xAD)
		default:
			return word, true
		}
	}
	if !utf8.Valid(b) {
		return word, false
	}
	return string(b), true
}

// begins reports whether a piece of a word says that it begins one.
func begins(text string) bool {
	return strings.HasPrefix(text, "▁") || strings.HasPrefix(text, "Ġ") || strings.HasPrefix(text, " ")
}

// join adds a piece to a mention. Its confidence is the least one.
func (m *Item) join(it *Item) {
	if m.Span.IsSet() && it.Span.IsSet() {
		m.Span.End = it.Span.End
	} else {
		m.Span = schema.NoSpan
		switch {
		case strings.HasPrefix(it.Text, "##"):
			m.Text += it.Text[2:]
		case begins(it.Text):
			m.Text += " " + unmarked(it.Text)
		default:
			m.Text += " " + it.Text
		}
	}
	if m.Confidence != nil && it.Confidence != nil && *it.Confidence < *m.Confidence {
		m.Confidence = it.Confidence
	}
}

// tidy leaves the word out where there are offsets, and a tokenizer's marks off it
// where there are none.
func (m *Item) tidy() {
	if m.Span.IsSet() {
		m.Text = ""
		return
	}
	m.Text = unmarked(strings.TrimPrefix(m.Text, "##"))
}

func unmarked(text string) string {
	return strings.TrimSpace(strings.NewReplacer("▁", " ", "Ġ", " ", " ##", "").Replace(text))
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
