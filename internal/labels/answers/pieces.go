package answers

import (
	"fmt"
	"strings"

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

// joined makes mentions of what a pipeline that does not aggregate gives: a piece of
// a word an item, with tags of the IOB family, or with the index of its token.
// Other items stay as they are. Offsets are then the pipeline's, and the words, which
// are what its tokenizer made of them, are left out where there are offsets.
func joined(items []Item) []Item {
	pieces := false
	for i := range items {
		letter, _ := prefix(items[i].Type)
		pieces = pieces || items[i].piece && (letter != 0 || items[i].index >= 0 || strings.HasPrefix(items[i].Text, "##"))
	}
	var out []Item
	last := byte(0)
	for i, it := range items {
		letter, typ := prefix(it.Type)
		if !pieces {
			if it.piece {
				it.tidy()
			}
			out = append(out, it)
			continue
		}
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
	case strings.HasPrefix(it.Text, "##") || prev.Span.IsSet() && it.Span.IsSet() && it.Span.Start == prev.Span.End && !begins(it.Text):
		return true // a piece of the same word, whatever its tag
	case letter == 'B' || letter == 'S' || last == 'E':
		return false
	}
	return before.Type == it.Type
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
