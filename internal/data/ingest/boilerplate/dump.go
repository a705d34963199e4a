package boilerplate

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// leastSigns is how much must speak for a dump: in doubt a text is an article.
const leastSigns = 3

// signs is what speaks for a text being the dump of a page.
type signs struct {
	kinds  []string
	weight map[string]int
	lines  int // that carry one
}

const mostOfKind = 3

func (s *signs) add(kind string, weight int) {
	if s.weight == nil {
		s.weight = map[string]int{}
	}
	if s.weight[kind] == 0 {
		s.kinds = append(s.kinds, kind)
	}
	s.weight[kind] = min(s.weight[kind]+weight, mostOfKind)
	s.lines++
}

// dumpOf says why a text is the dump of a page, "" where it is an article or in
// doubt. Words alone decide nothing: a dump has several such lines, one in 50 at
// least, of two kinds; or it has most of its text twice; or a third of its lines
// are short ones without a full stop, which stand both before the first
// paragraph and behind the last.
func dumpOf(lines []Line) string {
	var s signs
	n := 0
	titles := map[string]int{}
	for i := range lines {
		if l := &lines[i]; l.Class != classBlank {
			n++
			if l.isHeadline() {
				titles[l.Key]++
			}
		}
	}
	for i := range lines {
		s.of(lines, i, titles)
	}
	if twice(lines) {
		s.add("the text twice", mostOfKind)
	}
	total := 0
	for _, w := range s.weight {
		total += w
	}
	phrases := total >= leastSigns && len(s.kinds) > 1 && 50*s.lines >= n
	if framed(lines, n) {
		s.kinds = append(s.kinds, "menus before and behind it")
		phrases = true
	}
	// Where nothing says comments or sharing, a text most of which would go is
	// rather an article of lists.
	page := s.weight["comments"] > 0 || s.weight["share buttons"] > 1 || s.weight["a copyright notice"] > 0
	if s.weight["the text twice"] == 0 && (!phrases || !page && !hasCore(lines)) {
		return ""
	}
	return strings.Join(s.kinds, ", ")
}

// of adds what line i is a sign of.
func (s *signs) of(lines []Line, i int, titles map[string]int) {
	l := &lines[i]
	if (l.Class == ClassChrome || l.Class == ClassMeta) && strings.ContainsRune(".,;!?؟،؛…\"'”’»)", lastRune(l.Text)) {
		return // a sentence, or speech
	}
	switch l.Class {
	case ClassEnd:
		s.add("comments", 2)
	case classRelated:
		s.add("lists of other articles", 2)
	case ClassNotice:
		if l.Words <= maxOpenerLine {
			s.add("a copyright notice", 1)
		}
	case ClassChrome:
		switch {
		case l.Folded == "":
		case IsNumber(l.Folded):
			s.add("counts", 1)
		case networks(l.Folded) > 0:
			s.add("share buttons", 2)
		case allIn(withoutNumbers(l.Folded), chromeWords):
			s.add("share buttons", 1)
		default:
			s.add("a menu", 1)
		}
	case ClassMeta:
		if len(Labels(l.Text)) > 0 {
			s.add("labelled fields", 1)
		}
	case ClassText:
		if l.isHeadline() && len(titleStems(lines[i:i+1], titles)) > 0 {
			s.add("the site's name beside the title", 2)
		}
	}
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// twice reports whether a fourth of the text's paragraphs, or more, stand in it
// before, nearly all of them one after the other, and from the first on: steps
// of a procedure and refrains are repeated, too, but not its beginning.
func twice(lines []Line) bool {
	page := slices.Clone(lines)
	MarkRepeats(page)
	all, again, run, longest := 0, 0, 0, 0
	first, begins := "", false // the first paragraph, and whether it is repeated
	for i := range page {
		l := &page[i]
		if l.Strong {
			all += len(l.Key)
			if first == "" && len(l.Key) >= anchorSize {
				first = l.Key
				begins = l.Repeat // a later line has all of it and goes on
			}
		}
		switch {
		case l.Class != ClassText:
		case l.Repeat && !l.Partial:
			again += len(l.Key)
			run += len(l.Key)
			longest = max(longest, run)
			begins = begins || first != "" && (strings.HasPrefix(l.Key, first[:anchorSize]) || strings.HasPrefix(first, l.Key))
		default:
			run = 0
		}
	}
	return begins && longest >= minTwice && 4*longest >= all && 5*longest >= 4*again
}

const minTwice = 160 // bytes of the comparison key

// framed reports whether a third of the lines stand around the part that is
// mostly paragraphs, on both sides, and most of these are short.
func framed(lines []Line, n int) bool {
	const (
		least = 12 // short lines around
		edge  = 3  // lines on either side
	)
	from, to := core(lines)
	before, behind, short := 0, 0, 0
	for i := range lines {
		l := &lines[i]
		if l.Class == classBlank || from <= i && i <= to {
			continue
		}
		if i < from {
			before++
		} else {
			behind++
		}
		if l.Words <= ShortWords && !l.Stop {
			short++
		}
	}
	around := before + behind
	return from >= 0 && before >= edge && behind >= edge && short >= least && 2*short >= around && 3*around >= n
}

// hasCore reports whether a fifth of the text is in its core.
func hasCore(lines []Line) bool {
	from, to := core(lines)
	all, in := 0, 0
	for i := range lines {
		all += len(lines[i].Text)
		if from <= i && i <= to {
			in += len(lines[i].Text)
		}
	}
	return 5*in >= all
}

// core is the part of a page that is mostly paragraphs, from and to included:
// the lines with the greatest sum, where a paragraph counts its words and a
// short line is against it. It is -1, -1 where there is no paragraph.
func core(lines []Line) (from, to int) {
	const (
		most     = 60 // words that a paragraph counts
		mostCost = 10 // words that a line that is none costs at most: one in linesOfCost lines
		perCost  = 8
	)
	n := 0
	for i := range lines {
		if lines[i].Class != classBlank {
			n++
		}
	}
	short := min(mostCost, n/perCost)
	from, to = -1, -1
	best, sum, start := 0, 0, 0
	for i := range lines {
		l := &lines[i]
		switch {
		case l.Class == classBlank:
		case l.aside, l.Repeat, aboutCookies(l.Text):
			sum -= short
		case l.Strong && l.Class == ClassText, l.Class == ClassText && l.Stop && l.Words >= 3:
			sum += min(l.Words, most)
		default:
			sum -= short
		}
		if sum <= 0 {
			sum, start = 0, i+1
		} else if sum > best {
			best, from, to = sum, start, i
		}
	}
	return from, to
}

// aboutCookies reports whether a line speaks of cookies, as what asks for consent
// to them does and hardly any article's paragraph.
func aboutCookies(s string) bool {
	return strings.Contains(s, "ookie") || strings.Contains(s, "تعريف الارتباط") || strings.Contains(s, "файл") && strings.Contains(s, "куки")
}

// networks counts the places to share at that a folded line names.
func networks(folded string) int {
	n := 0
	for w := range strings.FieldsSeq(folded) {
		if shareWords[w] {
			n++
		}
	}
	return n
}

var shareWords = wordSet(`فيسبوك تويتر واتساب تلغرام تيليجرام ماسنجر مسنجر انستغرام لينكدإن يوتيوب بنترست
	facebook twitter whatsapp telegram messenger instagram linkedin youtube pinterest reddit viber tiktok flipboard`)
