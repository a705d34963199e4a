package page

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/schema"
)

// revealHidden writes every character that does not show, or that changes how
// its neighbours show, as ⟨U+202E⟩, but for line feeds and tabs. The page's own
// text has none of them, so it is applied to the whole page. The joiners
// U+200C and U+200D belong to the spelling of Persian and others and stay.
func revealHidden(s string) string {
	s = strings.ToValidUTF8(s, string(utf8.RuneError))
	if strings.IndexFunc(s, isHidden) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if isHidden(r) {
			fmt.Fprintf(&b, "⟨U+%04X⟩", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isHidden(r rune) bool {
	switch {
	case r == '\n', r == '\t', r == '\u200c', r == '\u200d':
		return false
	case r < 0x20, 0x7f <= r && r < 0xa0, r == '\u2028', r == '\u2029':
		return true
	case 0xe0000 <= r && r <= 0xe007f: // tags
		return true
	}
	return r > 0x7f && unicode.Is(unicode.Cf, r) && r != '\u00ad' && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
}

// showNUL keeps NUL, which HTML cannot hold, visible.
func showNUL(s string) string { return strings.ReplaceAll(s, "\x00", "⟨U+0000⟩") }

var rightToLeft = []string{"ar", "arc", "azb", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"}

// textDirection is "rtl" or "ltr": by the language where it is known, else by
// the first letter of the text.
func textDirection(language, text string) string {
	if language != "" {
		primary, _, _ := strings.Cut(strings.ToLower(language), "-")
		if slices.Contains(rightToLeft, primary) {
			return "rtl"
		}
		return "ltr"
	}
	for _, r := range text {
		if unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko) {
			return "rtl"
		}
		if unicode.IsLetter(r) {
			return "ltr"
		}
	}
	return "ltr"
}

var languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// safeLanguage is the language as an attribute, "" when it is no language tag.
func safeLanguage(s string) string {
	if languageTag.MatchString(s) {
		return s
	}
	return ""
}

// latinRun matches a stretch of Latin text with the digits and signs inside it
// and the digits after it: what belongs together from left to right.
var latinRun = regexp.MustCompile(`\p{Latin}(?:[\p{Latin}\p{Mn}0-9 .,:/'’_+&@-]*[\p{Latin}0-9])?`)

// latinRuns finds the stretches of Latin text, in code points.
func latinRuns(text []rune) []schema.Span {
	s := string(text)
	var out []schema.Span
	points, at := int32(0), 0
	for _, m := range latinRun.FindAllStringIndex(s, -1) {
		start := points + int32(utf8.RuneCountInString(s[at:m[0]]))
		points = start + int32(utf8.RuneCountInString(s[m[0]:m[1]]))
		at = m[1]
		out = append(out, schema.Span{Start: start, End: points})
	}
	return out
}

// textPiece is a stretch of text; a foreign one is set apart, so that its
// direction has no influence on what stands around it.
type textPiece struct {
	Text    string
	Foreign bool
}
