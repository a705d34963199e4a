package placement

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/labels/folding"
)

// closing are the marks that close what the mark at the same place of opening opens.
const (
	opening = "(\u005b{“«‘‹『「\"'"
	closing = ")\u005d}”»’›』」\"'"
)

// stops are the marks that end a clause or sentence.
const stops = ".,;:!?…،؛؟。、"

// trim takes off a surface what an answer may have added at its ends, or copied with it:
// marks that end a clause, quotes and brackets that stand around all of it, and one half
// of a pair of them. The full stop of an abbreviation stays.
func trim(surface string) string {
	for s := surface; ; {
		s = strings.TrimSpace(s)
		first, n := utf8.DecodeRuneInString(s)
		last, m := utf8.DecodeLastRuneInString(s)
		if n == len(s) {
			return surface
		}
		switch {
		case strings.ContainsRune(stops, last) && !(last == '.' && abbreviated(s)):
			s = s[:len(s)-m]
		case strings.ContainsRune(stops, first):
			s = s[n:]
		case pairs(first, last) && balanced(s[n:len(s)-m], first, last):
			s = s[n : len(s)-m]
		case last != '\'' && last != '’' && strings.ContainsRune(closing, last) && !opened(s[:len(s)-m], last):
			s = s[:len(s)-m]
		case strings.ContainsRune(opening, first) && !closed(s[n:], first):
			s = s[n:]
		default:
			return s
		}
	}
}

func pairs(first, last rune) bool {
	for i, r := range []rune(opening) {
		if r == first && []rune(closing)[i] == last {
			return true
		}
	}
	return first == '„' && (last == '“' || last == '”') || first == '”' && last == '”'
}

// balanced reports whether the marks of a pair open and close inside a text, so that the
// ones around it belong together.
func balanced(s string, first, last rune) bool {
	if first != last {
		depth := 0
		for _, r := range s {
			switch r {
			case first:
				depth++
			case last:
				if depth--; depth < 0 {
					return false
				}
			}
		}
		return depth == 0
	}
	i := strings.IndexRune(s, first)
	before, _ := utf8.DecodeLastRuneInString(s[:max(i, 0)])
	return i < 0 || strings.Count(s, string(first))%2 == 0 && unicode.IsSpace(before) // opens, behind a space
}

// opened reports whether a text has the mark that last closes.
func opened(s string, last rune) bool {
	return strings.IndexFunc(s, func(r rune) bool { return pairs(r, last) }) >= 0
}

func closed(s string, first rune) bool {
	return strings.IndexFunc(s, func(r rune) bool { return pairs(first, r) }) >= 0
}

// abbreviated reports whether the full stop at the end of a surface may belong to its
// last word: one of a single letter, with another full stop in it, or of few small ones
// behind a capital.
func abbreviated(s string) bool {
	word := s[strings.LastIndexFunc(s, unicode.IsSpace)+1:]
	letters := []rune(strings.TrimSuffix(word, "."))
	switch string(letters) {
	case "Inc", "Corp", "Ltd", "Co", "Jr", "Sr", "St", "Bros", "Cie":
		return true
	}
	if strings.HasSuffix(string(letters), ".") {
		return false
	}
	return len(letters) == 1 || strings.ContainsRune(string(letters), '.')
}

// favour makes the places of a trimmed surface that have the same marks around better
// than the others.
func (s *search) favour(surface, trimmed string) {
	before, after, _ := strings.Cut(surface, trimmed)
	wantBefore, wantAfter := folding.New(before).Folded, folding.New(after).Folded
	for i := range s.pool.List {
		c := &s.pool.List[i]
		from, to := c.from-utf8.RuneCountInString(wantBefore), c.to+utf8.RuneCountInString(wantAfter)
		if from >= 0 && to <= s.t.Len() && s.t.Slice(from, c.from) == wantBefore && s.t.Slice(c.to, to) == wantAfter {
			c.cost -= 1 << 4
		}
	}
}

// ownWaw are beginnings, as they fold, of words of the news that begin with و by themselves.
var ownWaw = []string{"والد", "والي", "والت", "والاس", "والين", "وزير", "وزاره", "وزرا", "وفد", "وفود", "واشنطن",
	"وكاله", "وكالات", "ولايه", "ولايات", "ولي", "وحده", "وحدات", "وسيط", "وسطا", "وسائل", "وسايل", "وائل", "وايل", "وارسو", "وادي", "ويل", "وول"}

// peel takes a proclitic off a surface that the text has as it is, for it stands outside
// a mention: if the text has the rest elsewhere without it, or if the article follows it
// (وال…, لل…). Where it can only be suspected, the place is no longer exact.
func (s *search) peel(surface string) {
	folded := folding.New(surface)
	if folded.Len() < 4 || !strings.ContainsRune(proclitics, folded.Rune(0)) || folded.Spaced(1) {
		return
	}
	first, _ := folded.Span(0, 1)
	bare := folding.New(string([]rune(surface)[first.End:]))
	own := begins(folded.Folded, ownWaw)
	peel := strings.HasPrefix(folded.Folded, "لل") || strings.HasPrefix(folded.Folded, "وال") && folded.Len() >= 6 && !folded.Spaced(3) && !own
	for _, from := range s.f.find(bare.Folded) {
		if _, starts := s.startsWord(from); starts && s.t.EndsWord(from+bare.Len()) && (from == 0 || s.t.Rune(from-1) != folded.Rune(0)) {
			peel = true
			break
		}
	}
	suspect := !own && (folded.Rune(0) == 'و' || strings.HasPrefix(folded.Folded[len("ب"):], "ال"))
	for i := range s.pool.List {
		c := &s.pool.List[i]
		span, whole := s.t.Span(c.from+1, c.to)
		switch {
		case !whole || c.Kind != Exact && c.Kind != Folded:
		case peel:
			c.Span, c.from, c.skip, c.Kind = span, c.from+1, c.skip+1, Edge
			c.cost, c.note = costProclitic<<4|c.cost, "without its proclitic"
		case suspect && c.Kind == Exact:
			c.Kind, c.note = Likely, "its first letter may be a proclitic"
		}
	}
}

func begins(surface string, with []string) bool {
	for _, w := range with {
		if strings.HasPrefix(surface, w) {
			return true
		}
	}
	return false
}
