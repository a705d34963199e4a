package boilerplate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/data/fold"
)

// Bounds on headlines, in words.
const (
	MinTitle, MaxTitle       = 3, 40
	minSubtitle, maxSubtitle = 5, 22
)

// suffixMarks separate a page's title from the site's name.
const suffixMarks = "-|–—:»«•/·"

// Heading is what FindHeading found; -1 is none.
type Heading struct {
	Title    int
	Cut      int    // bytes of the title's line that are the title
	Site     string // the site's name beside a title, "" for none
	SiteLine int
	Subtitle int
	whole    bool // copies of the title in the body stay
}

// FindHeading chooses the title among the headlines outside the body, by
// where they stand and how much of them the body takes up, and the subtitle
// that follows it. repeatAt is the first line of a second copy of the body,
// or -1.
func FindHeading(lines []Line, repeatAt int) Heading {
	h := Heading{Title: -1, Subtitle: -1, SiteLine: -1}
	first, last := BodyBounds(lines)
	if first < 0 {
		return h
	}
	vocabulary := bodyWords(lines)
	copies := map[string]int{}
	for i := range lines {
		if lines[i].isHeadline() {
			copies[lines[i].Key]++
		}
	}
	stems := titleStems(lines, copies)
	best, ahead := 0.0, true
	for i := range lines {
		l := &lines[i]
		if !l.isHeadline() || l.Body || i > first && i < last {
			continue
		}
		score, fit := l.titleScore(vocabulary, copies[l.Key]+len(stems[l.Key]), i < first)
		if i < first && ahead && !l.aside {
			score++
			ahead = false
		}
		if before := nextText(lines, i); before >= 0 && before == repeatAt {
			score += 2
			fit = fit || i > last
		}
		if fit && score > best {
			best, h.Title, h.Cut = score, i, len(l.Text)
		}
	}
	if h.Title < 0 {
		if h.Title = shortHeadline(lines, first); h.Title < 0 {
			return h
		}
		h.Cut = len(lines[h.Title].Text)
	}
	h.findSite(lines, stems)
	h.findSubtitle(lines, first, vocabulary)
	return h
}

// shortHeadline is the line of two words before the body that stands beside no
// date or name, or -1: a headline, where there is no longer one. Between it and
// the body may be what a page prints below its headline: date, byline, which then
// is none of these, and buttons.
func shortHeadline(lines []Line, first int) int {
	named := false
	for i := first - 1; i >= 0; i-- {
		switch l := &lines[i]; {
		case l.Class == classBlank:
		case l.Class == ClassText && !l.Strong && !l.Stop && l.Words == 2 && !l.aside && (named || !besideMeta(lines, i)):
			return i
		case l.Class == ClassMeta:
			f := Labels(l.Text)
			named = named || len(f) > 0 && f[0].Kind == LabelAuthor
		case l.Class == ClassChrome:
		default:
			return -1
		}
	}
	return -1
}

// isHeadline reports whether a line has the form of a headline.
func (l *Line) isHeadline() bool {
	return l.Class == ClassText && !l.Strong && !l.Stop && !l.Partial && l.Words >= MinTitle && l.Words <= MaxTitle ||
		l.Class == ClassMeta && l.Words >= minSubtitle && l.Words <= MaxTitle && !l.Stop && l.Key != ""
}

// titleScore rates a headline; fit is false for one that cannot be the title.
func (l *Line) titleScore(vocabulary map[string]bool, copies int, ahead bool) (score float64, fit bool) {
	shared := overlap(l.Folded, vocabulary)
	repeated := copies > 1
	score = 2 * shared
	if repeated {
		score += 3
	}
	if l.Words >= 4 && l.Words <= 25 {
		score++
	}
	if ahead {
		score++
	}
	switch {
	case l.Class == ClassMeta:
		fit = repeated
	case l.aside:
		fit = ahead && shared >= 0.5 && repeated
	case ahead:
		fit = true
	default:
		fit = shared >= 0.5 && repeated || shared >= 0.65 && !l.Repeat
	}
	return score, fit
}

// titleStems finds headlines that are another headline and a site's name
// beside it; the result is, by the other's key, the longer lines.
func titleStems(lines []Line, copies map[string]int) map[string][]int {
	stems := map[string][]int{}
	for i := range lines {
		l := &lines[i]
		if !l.isHeadline() {
			continue
		}
		for at, r := range l.Text {
			if !strings.ContainsRune(suffixMarks, r) {
				continue
			}
			after := at + utf8.RuneLen(r)
			for _, part := range []string{l.Text[:at], l.Text[after:]} {
				if k := fold.Key(part); copies[k] > 0 {
					stems[k] = append(stems[k], i)
				}
			}
		}
	}
	return stems
}

// findSite takes the site's name from a line that is the title and a name. If
// the title stands nowhere alone, a name of at most five words after a "|" is
// cut off it.
func (h *Heading) findSite(lines []Line, stems map[string][]int) {
	title := &lines[h.Title]
	for _, i := range stems[title.Key] {
		rest := strings.Replace(lines[i].Text, title.Text, "", 1)
		if h.Site = strings.TrimFunc(rest, IsSuffixMark); h.Site != "" {
			h.SiteLine = i
			return
		}
	}
	if at := strings.LastIndex(title.Text, "|"); at > 0 {
		site := strings.TrimFunc(title.Text[at:], IsSuffixMark)
		head := strings.TrimRightFunc(title.Text[:at], IsSuffixMark)
		if n := len(strings.Fields(site)); n >= 1 && n <= 5 && len(strings.Fields(head)) >= MinTitle {
			h.Site, h.SiteLine, h.Cut = site, h.Title, len(head)
		}
	}
}

func IsSuffixMark(r rune) bool { return strings.ContainsRune(suffixMarks, r) || unicode.IsSpace(r) }

// findSubtitle takes the first headline between title and body that shares
// words with the body, as those of other articles rarely do.
func (h *Heading) findSubtitle(lines []Line, first int, vocabulary map[string]bool) {
	title := lines[h.Title].Key
	for i := h.Title + 1; i < first; i++ {
		l := &lines[i]
		if l.Class == ClassText && !l.aside && !l.Strong && l.Key != title && i != h.SiteLine && !l.Repeat &&
			l.Words >= minSubtitle && l.Words <= maxSubtitle && overlap(l.Folded, vocabulary) >= 0.3 {
			h.Subtitle = i
			return
		}
	}
}

func BodyBounds(lines []Line) (first, last int) {
	first, last = -1, -1
	for i := range lines {
		if lines[i].Body {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return first, last
}

func nextText(lines []Line, i int) int {
	for i++; i < len(lines); i++ {
		if lines[i].Class == ClassText {
			return i
		}
	}
	return -1
}

// maxVocabulary bounds the words of the body that headlines are compared with.
const maxVocabulary = 4096

// bodyWords is the set of the body's words of three letters or more, in the
// form that overlap compares.
func bodyWords(lines []Line) map[string]bool {
	words := map[string]bool{}
	for i := range lines {
		if !lines[i].Body {
			continue
		}
		for w := range strings.FieldsSeq(fold.Phrase(lines[i].Text)) {
			if stem, ok := contentWord(w); ok {
				words[stem] = true
			}
		}
		if len(words) >= maxVocabulary {
			break
		}
	}
	return words
}

// overlap is the share of a headline's content words that the vocabulary has,
// 0 to 1; 0 for a headline without any.
func overlap(folded string, vocabulary map[string]bool) float64 {
	n, hit := 0, 0
	for w := range strings.FieldsSeq(folded) {
		stem, ok := contentWord(w)
		if !ok {
			continue
		}
		n++
		if vocabulary[stem] {
			hit++
		}
	}
	if n == 0 {
		return 0
	}
	return float64(hit) / float64(n)
}

// contentWord is a folded word without an Arabic conjunction, preposition or
// article before it; false for words of fewer than three letters.
func contentWord(w string) (string, bool) {
	if utf8.RuneCountInString(w) < 3 {
		return "", false
	}
	for _, p := range []string{"وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل"} {
		if rest, ok := strings.CutPrefix(w, p); ok && utf8.RuneCountInString(rest) >= 3 {
			return rest, true
		}
	}
	return w, true
}
