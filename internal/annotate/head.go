package annotate

import (
	"slices"
	"strings"
	"unicode"

	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/schema"
)

// quantifiers stand before a head noun and are never the head.
var quantifiers = []string{"سائر", "عدد", "من", "بعض", "كل", "جميع", "كافة", "معظم", "أغلب", "the", "a", "an", "all", "some", "most", "many", "several", "both", "each", "every"}

// endsHead are words behind which no English head noun stands.
var endsHead = []string{"of", "in", "for", "at", "from", "on", "to", "by", "with", "against", "who", "which", "that", "near", "under", "between"}

// head is where the head of a mention stands, by rule: the longest name in it that is
// known as an actor's, or as the head of another mention; else a run of capitalised
// words that ends the noun phrase; else its last word before a preposition, or in
// scripts without capitals its first word that is no quantifier.
func (s *Session) head(a *article, span schema.Span) schema.Span {
	words := wordsIn(a, span)
	if len(words) == 0 {
		return span
	}
	if h, ok := s.knownHead(a, words); ok {
		return h
	}
	text := func(w schema.Span) string { t, _ := a.index.Slice(w); return t }
	isQuantifier := func(w schema.Span) bool { return slices.Contains(quantifiers, strings.ToLower(text(w))) }
	for len(words) > 1 && isQuantifier(words[0]) {
		words = words[1:]
	}
	first := []rune(text(words[0]))[0]
	if !unicode.In(first, unicode.Latin, unicode.Greek, unicode.Cyrillic) {
		return words[0]
	}
	end := len(words)
	for i, w := range words {
		if i > 0 && slices.Contains(endsHead, strings.ToLower(text(w))) {
			end = i
			break
		}
	}
	from := end - 1
	for from > 0 && capital(text(words[from])) && capital(text(words[from-1])) {
		from--
	}
	return schema.Span{Start: words[from].Start, End: words[end-1].End}
}

func capital(word string) bool { return unicode.IsUpper([]rune(word)[0]) }

// wordsIn are the words in a span, without what stands outside it.
func wordsIn(a *article, span schema.Span) []schema.Span {
	var list []schema.Span
	for _, p := range a.lines {
		if p.End <= span.Start || p.Start >= span.End {
			continue
		}
		for _, w := range p.Words {
			s := schema.Span{Start: max(w[0], span.Start), End: min(w[1], span.End)}
			if s.Valid() {
				list = append(list, s)
			}
		}
	}
	return list
}

// knownHead is the longest row of words that is a known name, the first one of those
// of the same length. A word may begin behind its proclitics.
func (s *Session) knownHead(a *article, words []schema.Span) (schema.Span, bool) {
	known := s.known().names
	for n := min(len(words), mostNameWords); n > 0; n-- {
		for i := 0; i+n <= len(words); i++ {
			span := schema.Span{Start: words[i].Start, End: words[i+n-1].End}
			first, _ := a.index.Slice(words[i])
			for _, skip := range append([]int32{0}, segment.Peels(first)...) {
				if i == 0 && skip > 0 {
					continue // the span begins where it begins
				}
				at := schema.Span{Start: span.Start + skip, End: span.End}
				text, _ := a.index.Slice(at)
				if known[s.fold(text)] {
					return at, true
				}
			}
		}
	}
	return schema.NoSpan, false
}

// mostNameWords bounds the words of a name that is looked for.
const mostNameWords = 8
