package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds on the length of furniture, in words. A longer line is text.
const (
	maxPhraseLine  = 40 // a line that is searched for phrases at all
	maxPhraseRunes = 4000
	maxOpenerLine  = 16 // a line that a phrase opens
	maxCaption     = 30
	maxDateLine    = 6  // words beside the date
	paragraphWords = 25 // a line of so many words is a paragraph
	sentenceWords  = 6  // a line that ends with a full stop and has so many words is one too
	paragraphRunes = 240
)

// pageLine is a line of a page and what is known of it.
type pageLine struct {
	rawLine
	n       int // 1-based line of the file
	class   class
	strong  bool   // a paragraph rather than a headline
	stop    bool   // ends with a full stop
	words   int    // tokens with a letter or digit
	folded  string // foldPhrase of the text; "" for lines over maxPhraseLine words or maxPhraseRunes
	key     string // comparison key; of text and of metadata
	aside   bool   // text that belongs to a list of other articles, to comments or to the footer
	repeat  bool   // text that the page has at another place too
	partial bool   // a repeat that is only the beginning of what stands elsewhere
	body    bool
}

// foldPhrase is s for comparison with phrases: words folded by foldWord, one
// space between, all that is no letter or digit dropped, except an
// apostrophe inside a word.
func foldPhrase(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		i += size
		f := foldRune(r)
		switch {
		case f < 0:
		case isWordRune(f) || digitOf(f) >= 0 || unicode.IsDigit(f) || f == '\'' && b.Len() > 0 && !gap:
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(f)
		default:
			gap = true
		}
	}
	return b.String()
}

// foldKey is s without white space and invisible characters, so that the same
// text with other line breaks or direction marks compares equal.
func foldKey(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c > ' ' {
				b.WriteByte(c)
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if isArabicLetter(r) || !unicode.IsSpace(r) && !isFormat(r) {
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	return b.String()
}

// classify says what each line is, by itself.
func classify(raw []rawLine) []pageLine {
	lines := make([]pageLine, len(raw))
	for i, r := range raw {
		lines[i] = pageLine{rawLine: r, n: i + 1}
		lines[i].classify()
	}
	return lines
}

func (l *pageLine) classify() {
	if l.text == "" {
		l.class = classBlank
		return
	}
	letters, digits := false, false
	inWord := false
	runes := 0
	for _, r := range l.text {
		runes++
		letter := r != 'ـ' && (isArabicLetter(r) || unicode.IsLetter(r))
		digit := !letter && unicode.IsDigit(r)
		letters, digits = letters || letter, digits || digit
		if (letter || digit) && !inWord {
			l.words++
		}
		inWord = !unicode.IsSpace(r) && (inWord || letter || digit)
	}
	if l.words > maxPhraseLine || runes > maxPhraseRunes {
		l.setStrength(runes)
		return
	}
	l.folded = foldPhrase(l.text)
	switch {
	case !letters && (!digits || !hasDate(l.text)):
		l.class = classChrome
	case strings.HasPrefix(l.text, "http://"), strings.HasPrefix(l.text, "https://"), strings.HasPrefix(l.text, "www."):
		if l.words <= 2 {
			l.class = classChrome
		}
	default:
		l.class = l.phraseClass()
	}
	if l.class == classText || l.class == classMeta {
		l.setStrength(runes)
	}
}

// phraseClass compares the line with the lists of phrases.
func (l *pageLine) phraseClass() class {
	bare := withoutNumbers(l.folded)
	if c, ok := wholeLine[bare]; ok {
		return c
	}
	if allIn(bare, chromeWords) {
		return classChrome
	}
	first, _, _ := strings.Cut(bare, " ")
	for _, o := range lineStart[first] {
		if (bare == o.phrase || strings.HasPrefix(bare, o.phrase+" ")) && l.opens(o) {
			return o.class
		}
	}
	if l.words <= maxOpenerLine && strings.Contains(l.text, "©") {
		return classEnd
	}
	for _, c := range []class{classEnd, classChrome} {
		for _, p := range anywhere[c] {
			if strings.Contains(l.folded, p) {
				return c
			}
		}
	}
	if isDateLine(l.text) || len(labels(l.text)) > 0 {
		return classMeta
	}
	if l.words <= maxCaption && endsWithCredit(l.text) {
		return classCaption
	}
	return classText
}

// opens reports whether the phrase that the line begins with makes it
// furniture. A phrase that a sentence or a headline may open with, too, must
// be set off by a colon, a slash or the like.
func (l *pageLine) opens(o opener) bool {
	end := strings.IndexAny(l.text, ":|/>›»")
	setOff := l.folded == o.phrase || end >= 0 && withoutNumbers(foldPhrase(l.text[:end])) == o.phrase
	oneWord := !strings.Contains(o.phrase, " ")
	switch {
	case o.class == classCaption:
		return l.words <= maxCaption && setOff ||
			!oneWord && l.words <= strings.Count(o.phrase, " ")+4 && !endsStop(l.text)
	case l.words > maxOpenerLine || endsStop(l.text) && o.class != classEnd:
		return false
	case o.class == classRelated:
		return setOff || !oneWord && l.words <= 6
	}
	return setOff || !oneWord
}

// endsWithCredit reports whether the line ends with a bracket that holds an
// agency or "archive", and has no sentence before it.
func endsWithCredit(s string) bool {
	if !strings.HasSuffix(s, ")") {
		return false
	}
	i := strings.LastIndexByte(s, '(')
	return i >= 0 && credits[foldPhrase(s[i:])] && !endsStop(strings.TrimSpace(s[:i]))
}

func (l *pageLine) setStrength(runes int) {
	l.stop = endsStop(l.text)
	l.key = foldKey(l.text)
	l.strong = l.words >= paragraphWords || runes >= paragraphRunes || l.stop && (l.words >= sentenceWords || runes >= 15 && l.words <= 1)
}

// endsStop reports whether s ends with a full stop, closing quotes and
// brackets aside. An ellipsis is none; question and exclamation marks, which
// headlines carry too, are none either.
func endsStop(s string) bool {
	s = strings.TrimRight(s, "\"'”’»)]}“* \u00A0\u200E\u200F")
	r, size := utf8.DecodeLastRuneInString(s)
	if !strings.ContainsRune(".۔。．।", r) {
		return false
	}
	return !strings.HasSuffix(s[:len(s)-size], ".")
}

// withoutNumbers drops the numbers of a folded phrase.
func withoutNumbers(folded string) string {
	if strings.IndexFunc(folded, unicode.IsDigit) < 0 {
		return folded
	}
	var b strings.Builder
	for w := range strings.SplitSeq(folded, " ") {
		if strings.IndexFunc(w, func(r rune) bool { return !unicode.IsDigit(r) }) < 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}

func allIn(folded string, set map[string]bool) bool {
	for w := range strings.SplitSeq(folded, " ") {
		if !set[w] {
			return false
		}
	}
	return true
}

func hasDate(s string) bool {
	_, ok := FindDate(s)
	return ok
}

// isDateLine reports whether a date, and at most a few words about it, is all
// there is in the line.
func isDateLine(s string) bool {
	d, ok := FindDate(s)
	if !ok || endsStop(s) {
		return false
	}
	n := 0
	rest := withoutNumbers(foldPhrase(s[:d.Start] + " " + s[d.End:]))
	for w := range strings.FieldsSeq(rest) {
		if !dateWords[w] {
			n++
		}
	}
	return n <= maxDateLine
}
