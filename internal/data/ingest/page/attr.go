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
			for i++; i < len(s) && isHTMLSpace(rune(s[i])); i++ {
			}
			from = i
			if i < len(s) && (s[i] == '"' || s[i] == '\'') {
				from++
				end := strings.IndexByte(s[from:], s[i])
				if end < 0 {
					return piece{}
				}
				to = from + end
				i = to + 1
			} else {
				for i < len(s) && !isHTMLSpace(rune(s[i])) && s[i] != '>' {
					i++
				}
				to = i
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
