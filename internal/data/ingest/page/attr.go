package page

import (
	"strings"
	"unicode/utf8"
)

// attributePiece finds the value of an attribute in a start tag as it is
// written; the piece is empty when the tag has none of that name.
func attributePiece(page string, tag piece, name string) piece {
	s := page[tag.from:tag.to]
	i := 1 + strings.IndexAny(s[1:]+" ", " \t\r\n\f/>")
	for i < len(s) {
		for i < len(s) && (isHTMLSpace(rune(s[i])) || s[i] == '/') {
			i++
		}
		start := i
		for i < len(s) && !isHTMLSpace(rune(s[i])) && s[i] != '>' && s[i] != '/' && (s[i] != '=' || i == start) {
			i++
		}
		key := s[start:i]
		for i < len(s) && isHTMLSpace(rune(s[i])) {
			i++
		}
		from, to := i, i
		if i < len(s) && s[i] == '=' {
			if from, to, i = attributeValue(s, i+1); i < 0 {
				return piece{}
			}
		}
		if strings.EqualFold(key, name) {
			return piece{tag.from + from, tag.from + to, tag.at + int32(utf8.RuneCountInString(s[:from]))}
		}
		if i == start {
			i++
		}
	}
	return piece{}
}

// attributeValue finds the value after the equals sign before i, quotes aside, and
// where it ends; next is -1 where a quote is never closed.
func attributeValue(s string, i int) (from, to, next int) {
	for i < len(s) && isHTMLSpace(rune(s[i])) {
		i++
	}
	if i < len(s) && (s[i] == '"' || s[i] == '\'') {
		end := strings.IndexByte(s[i+1:], s[i])
		if end < 0 {
			return i, i, -1
		}
		return i + 1, i + 1 + end, i + 2 + end
	}
	for from = i; i < len(s) && !isHTMLSpace(rune(s[i])) && s[i] != '>'; i++ {
	}
	return from, i, i
}
