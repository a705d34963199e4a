package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds on headlines, in words.
const (
	minTitle, maxTitle       = 3, 40
	minSubtitle, maxSubtitle = 5, 22
)

// suffixMarks separate a page's title from the site's name.
const suffixMarks = "-|–—:»«•/·"

// heading is what findHeading found; -1 is none.
type heading struct {
	title    int
	cut      int    // bytes of the title's line that are the title
	site     string // the site's name beside a title, "" for none
	siteLine int
	subtitle int
}

// findHeading chooses the title among the headlines outside the body, by
// where they stand and how much of them the body takes up, and the subtitle
// that follows it. repeatAt is the first line of a second copy of the body,
// or -1.
func findHeading(lines []pageLine, repeatAt int) heading {
	h := heading{title: -1, subtitle: -1, siteLine: -1}
	first, last := bodyBounds(lines)
	if first < 0 {
		return h
	}
	vocabulary := bodyWords(lines)
	copies := map[string]int{}
	for i := range lines {
		if lines[i].isHeadline() {
			copies[lines[i].key]++
		}
	}
	stems := titleStems(lines, copies)
	best, ahead := 0.0, true
	for i := range lines {
		l := &lines[i]
		if !l.isHeadline() || l.body || i > first && i < last {
			continue
		}
		score, fit := l.titleScore(vocabulary, copies[l.key]+len(stems[l.key]), i < first)
		if i < first && ahead && !l.aside {
			score++
			ahead = false
		}
		if before := nextText(lines, i); before >= 0 && before == repeatAt {
			score += 2
			fit = fit || i > last
		}
		if fit && score > best {
			best, h.title, h.cut = score, i, len(l.text)
		}
	}
	if h.title < 0 {
		return h
	}
	h.findSite(lines, stems)
	h.findSubtitle(lines, first, vocabulary)
	return h
}

// isHeadline reports whether a line has the form of a headline.
func (l *pageLine) isHeadline() bool {
	return l.class == classText && !l.strong && !l.stop && !l.partial && l.words >= minTitle && l.words <= maxTitle ||
		l.class == classMeta && l.words >= minSubtitle && l.words <= maxTitle && !l.stop && l.key != ""
}

// titleScore rates a headline; fit is false for one that cannot be the title.
func (l *pageLine) titleScore(vocabulary map[string]bool, copies int, ahead bool) (score float64, fit bool) {
	shared := overlap(l.folded, vocabulary)
	repeated := copies > 1
	score = 2 * shared
	if repeated {
		score += 3
	}
	if l.words >= 4 && l.words <= 25 {
		score++
	}
	if ahead {
		score++
	}
	switch {
	case l.class == classMeta:
		fit = repeated
	case l.aside:
		fit = ahead && shared >= 0.5 && repeated
	case ahead:
		fit = true
	default:
		fit = shared >= 0.5 && repeated || shared >= 0.65 && !l.repeat
	}
	return score, fit
}

// titleStems finds headlines that are another headline and a site's name
// beside it; the result is, by the other's key, the longer lines.
func titleStems(lines []pageLine, copies map[string]int) map[string][]int {
	stems := map[string][]int{}
	for i := range lines {
		l := &lines[i]
		if !l.isHeadline() {
			continue
		}
		for at, r := range l.text {
			if !strings.ContainsRune(suffixMarks, r) {
				continue
			}
			after := at + utf8.RuneLen(r)
			for _, part := range []string{l.text[:at], l.text[after:]} {
				if k := foldKey(part); copies[k] > 0 {
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
func (h *heading) findSite(lines []pageLine, stems map[string][]int) {
	title := &lines[h.title]
	for _, i := range stems[title.key] {
		rest := strings.Replace(lines[i].text, title.text, "", 1)
		if h.site = strings.TrimFunc(rest, isSuffixMark); h.site != "" {
			h.siteLine = i
			return
		}
	}
	if at := strings.LastIndex(title.text, "|"); at > 0 {
		site := strings.TrimFunc(title.text[at:], isSuffixMark)
		head := strings.TrimRightFunc(title.text[:at], isSuffixMark)
		if n := len(strings.Fields(site)); n >= 1 && n <= 5 && len(strings.Fields(head)) >= minTitle {
			h.site, h.siteLine, h.cut = site, h.title, len(head)
		}
	}
}

func isSuffixMark(r rune) bool { return strings.ContainsRune(suffixMarks, r) || unicode.IsSpace(r) }

// findSubtitle takes the first headline between title and body that shares
// words with the body, as those of other articles rarely do.
func (h *heading) findSubtitle(lines []pageLine, first int, vocabulary map[string]bool) {
	title := lines[h.title].key
	for i := h.title + 1; i < first; i++ {
		l := &lines[i]
		if l.class == classText && !l.aside && !l.strong && l.key != title && i != h.siteLine && !l.repeat &&
			l.words >= minSubtitle && l.words <= maxSubtitle && overlap(l.folded, vocabulary) >= 0.3 {
			h.subtitle = i
			return
		}
	}
}

func bodyBounds(lines []pageLine) (first, last int) {
	first, last = -1, -1
	for i := range lines {
		if lines[i].body {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return first, last
}

func nextText(lines []pageLine, i int) int {
	for i++; i < len(lines); i++ {
		if lines[i].class == classText {
			return i
		}
	}
	return -1
}

// maxVocabulary bounds the words of the body that headlines are compared with.
const maxVocabulary = 4096

// bodyWords is the set of the body's words of three letters or more, in the
// form that overlap compares.
func bodyWords(lines []pageLine) map[string]bool {
	words := map[string]bool{}
	for i := range lines {
		if !lines[i].body {
			continue
		}
		for w := range strings.FieldsSeq(foldPhrase(lines[i].text)) {
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
