package boilerplate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/data/fold"
	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/dates"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
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
	ShortWords     = 6 // a line of so many words at most, without a full stop, may be a label
)

// Line is a line of a page and what is known of it.
type Line struct {
	canonical.Line
	N       int // 1-based line of the file
	Class   Class
	Strong  bool   // a paragraph rather than a headline
	Stop    bool   // ends with a full stop
	Words   int    // tokens with a letter or digit
	Folded  string // Phrase of the text; "" for lines over maxPhraseLine words or maxPhraseRunes
	Key     string // comparison key; of text and of metadata
	aside   bool   // text that belongs to a list of other articles, to comments or to the footer
	Repeat  bool   // text that the page has at another place too
	same    bool   // a repeat of one whole line
	Partial bool   // a repeat that is only the beginning of what stands elsewhere
	Body    bool
	Why     document.Rule // why it is not in the body, where that is known better than by its class
}

// Classify says what each line is, by itself.
func Classify(raw []canonical.Line) []Line {
	lines := make([]Line, len(raw))
	for i, r := range raw {
		lines[i] = Line{Line: r, N: i + 1}
		lines[i].classify()
	}
	return lines
}

func (l *Line) classify() {
	if l.Text == "" {
		l.Class = classBlank
		return
	}
	letters, digits := false, false
	inWord := false
	runes, dense := 0, 0
	for _, r := range l.Text {
		runes++
		letter := r != 'ـ' && (fold.IsArabicLetter(r) || unicode.IsLetter(r))
		digit := !letter && unicode.IsDigit(r)
		letters, digits = letters || letter, digits || digit
		if (letter || digit) && !inWord {
			l.Words++
		}
		inWord = !unicode.IsSpace(r) && (inWord || letter || digit)
		if fold.Unspaced(r) {
			dense++
		}
	}
	l.Words += dense / runesOfWord
	if l.Words > maxPhraseLine || runes > maxPhraseRunes {
		l.setStrength(runes)
		return
	}
	l.Folded = fold.Phrase(l.Text)
	switch {
	case !letters && (!digits || !hasDate(l.Text)):
		l.Class = ClassChrome
	case IsAddress(l.Text):
		if l.Words <= 2 {
			l.Class = ClassChrome
		}
	default:
		l.Class = l.phraseClass()
	}
	if l.Class != classBlank {
		l.setStrength(runes)
	}
}

// runesOfWord is how many characters a word has or so in scripts without spaces
// between words.
const runesOfWord = 3

// phraseClass compares the line with the lists of phrases.
func (l *Line) phraseClass() Class {
	bare := withoutNumbers(l.Folded)
	if c, ok := wholeLine[bare]; ok {
		return c
	}
	if allIn(strings.ReplaceAll(bare, "واتس اب", "واتساب"), chromeWords) {
		return ClassChrome
	}
	first, _, _ := strings.Cut(bare, " ")
	for _, o := range lineStart[first] {
		if (bare == o.phrase || strings.HasPrefix(bare, o.phrase+" ")) && l.opens(o) {
			return o.class
		}
	}
	if l.Words <= maxOpenerLine && strings.Contains(l.Text, "©") {
		return ClassNotice
	}
	for _, c := range []Class{ClassEnd, ClassNotice, ClassChrome} {
		for _, p := range anywhere[c] {
			if strings.Contains(l.Folded, p) {
				return c
			}
		}
	}
	if isDateLine(l.Text) || len(Labels(l.Text)) > 0 {
		return ClassMeta
	}
	if l.Words <= maxCaption && EndsWithCredit(l.Text) {
		return ClassCaption
	}
	return ClassText
}

// Says reports whether a line of furniture ends with a full stop and says more
// than the phrase that makes it furniture: three words more, where the phrase
// stands in the midst of it.
func (l *Line) Says() bool {
	for _, p := range anywhere[ClassChrome] {
		if strings.Contains(l.Folded, p) {
			return l.Stop && l.Words >= strings.Count(p, " ")+1+3
		}
	}
	return l.Stop && l.Words > 0
}

// opens reports whether the phrase that the line begins with makes it
// furniture. A phrase that a sentence or a headline may open with, too, must
// be set off by a colon, a slash or the like.
func (l *Line) opens(o opener) bool {
	end := strings.IndexAny(l.Text, ":|/>›»")
	setOff := l.Folded == o.phrase || end >= 0 && withoutNumbers(fold.Phrase(l.Text[:end])) == o.phrase
	oneWord := !strings.Contains(o.phrase, " ")
	switch {
	case o.class == ClassCaption:
		return l.Words <= maxCaption && setOff ||
			!oneWord && l.Words <= strings.Count(o.phrase, " ")+4 && !EndsStop(l.Text)
	case l.Words > maxOpenerLine || EndsStop(l.Text) && o.class != ClassEnd && o.class != ClassNotice:
		return false
	case o.class == classRelated:
		return setOff || !oneWord && l.Words <= 6
	}
	return setOff || !oneWord
}

// EndsWithCredit reports whether the line ends with a bracket that holds an
// agency or "archive", and has no sentence before it.
func EndsWithCredit(s string) bool {
	if !strings.HasSuffix(s, ")") {
		return false
	}
	i := strings.LastIndexByte(s, '(')
	return i >= 0 && Credits[fold.Phrase(s[i:])] && !EndsStop(strings.TrimSpace(s[:i]))
}

func (l *Line) setStrength(runes int) {
	l.Stop = EndsStop(l.Text)
	l.Key = fold.Key(l.Text)
	l.Strong = l.Words >= paragraphWords || runes >= paragraphRunes || l.Stop && (l.Words >= sentenceWords || runes >= 15 && l.Words <= 1)
}

// EndsStop reports whether s ends with a full stop, closing quotes and
// brackets aside. An ellipsis is none; question and exclamation marks, which
// headlines carry too, are none either.
func EndsStop(s string) bool {
	s = strings.TrimRight(s, "\"'”’»)]}“* \u00A0\u200E\u200F")
	r, size := utf8.DecodeLastRuneInString(s)
	if !strings.ContainsRune(".۔。．।", r) {
		return false
	}
	return !strings.HasSuffix(s[:len(s)-size], ".")
}

// ReadsAsText reports whether most words begin with small letters, as in a
// sentence and not in a name.
func (l *Line) ReadsAsText() bool {
	small, all := 0, 0
	for w := range strings.FieldsSeq(l.Text) {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsLetter(r) {
			if all++; unicode.IsLower(r) {
				small++
			}
		}
	}
	return 2*small > all
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
	_, ok := dates.Find(s)
	return ok
}

// dateStops are the shortened words for a year or an hour that end a date with
// the full stop.
var dateStops = wordSet("г гг r h hrs godz")

// isDateLine reports whether a date, and at most a few words about it, is all
// there is in the line.
func isDateLine(s string) bool {
	d, ok := dates.Find(s)
	if !ok || ofDate(s) {
		return false
	}
	most := maxDateLine
	if EndsStop(s) {
		if last := strings.Fields(s); !dateStops[fold.Word(strings.TrimRight(last[len(last)-1], "."))] {
			return false
		}
		most = 0
	}
	n := 0
	rest := s[:d.Start] + " " + s[d.End:]
	if most == 0 {
		for d, ok = dates.Find(rest); ok; d, ok = dates.Find(rest) {
			rest = rest[:d.Start] + " " + rest[d.End:]
		}
	}
	rest = withoutNumbers(fold.Phrase(rest))
	for w := range strings.FieldsSeq(rest) {
		if !dateWords[w] {
			n++
		}
	}
	return n <= most
}

// datedWords tie a date to the word before them: the law of 12 June 2001.
var datedWords = wordSet("of vom du dated от")

// ofDate reports whether a line's first date says which of several a thing is.
func ofDate(s string) bool {
	d, ok := dates.Find(s)
	if !ok {
		return false
	}
	words := strings.Fields(s[:d.Start])
	return len(words) > 1 && datedWords[fold.Word(words[len(words)-1])] && !dateWords[fold.Word(words[len(words)-2])]
}

// Rule says why a line that is not in the body is not, as far as its words and
// place tell.
func (l *Line) Rule() document.Rule {
	switch {
	case l.Why != "":
		return l.Why
	case l.Repeat:
		return document.RuleRepeat
	case l.Class == ClassEnd:
		return document.RuleComments
	case l.Class == classRelated:
		return document.RuleRelated
	case l.Class == ClassNotice:
		return document.RuleNotice
	case l.Class == ClassCaption:
		return document.RuleCaption
	case l.Class == ClassMeta:
		return document.RuleMeta
	case l.Class == ClassChrome:
		return document.RuleMenu
	case l.aside:
		return document.RuleRelated
	}
	return document.RuleOutside
}

// IsAddress reports whether a line begins with an address of the web.
func IsAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "www.")
}

// IsNumber reports whether a folded line has nothing but numbers.
func IsNumber(folded string) bool { return withoutNumbers(folded) == "" }
