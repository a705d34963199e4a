package metrics

import (
	"slices"
	"unicode"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/place"
	"github.com/mizan-corpus/mizan/schema"
)

func init() {
	const (
		formula  = "precision = Σ over types |Gₜ∩Pₜ| / Σ|Pₜ|, recall = Σ|Gₜ∩Pₜ| / Σ|Gₜ|"
		citation = "Token-level evaluation of extents, as in Pradhan et al. 2012, CoNLL-2012 Shared Task, and Toprak, Jakob and Gurevych 2010, Sentence and expression level annotation of opinions; here per type, over positions rather than spans, so no matching is needed."
	)
	breaks := map[eval.Law]string{eval.LawSlices: "a code point may lie in mentions of several slices, and in two that are not matched"}
	eval.Register(eval.Family{
		Name:   "mentions.positions",
		Counts: eval.MentionItems, Sets: true,
		Metrics: []eval.Metric{
			{
				Name: "mentions.characters", Title: "code points inside mentions of a type",
				Meaning: "A code point that a predicted mention covers is correct when a gold mention of the same type covers it too. Within a type each code point counts once, however many mentions are nested there; over all types it counts once for each type. Long mentions weigh more than short ones. A discontinuous mention covers its fragments only.",
				Formula: formula + "; G and P are sets of code points", Citation: citation, Needs: &eval.Needs{}, Breaks: breaks,
			},
			{
				Name: "mentions.tokens", Title: "words inside mentions of a type",
				Meaning: "As mentions.characters, over words: maximal runs of letters, marks and digits; punctuation does not count. A word is covered when any of its code points is, so attached particles make no difference. Articles without a text are left out.",
				Formula: formula + "; G and P are sets of words", Citation: citation, Breaks: breaks,
			},
		},
		New: func(*eval.Settings) eval.Counting { return &positionCounting{} },
	})
}

type positionCounting struct {
	gold, pred []typedSpan
	words      []schema.Span
}

// typedSpan is a contiguous stretch of text that a mention of a type covers.
type typedSpan struct {
	class eval.Class
	span  schema.Span
}

func (c *positionCounting) Count(p *eval.Pair, out *eval.Tally) {
	characters, tokens := out.Layout().Find("mentions.characters"), out.Layout().Find("mentions.tokens")
	c.gold = coveredSpans(c.gold[:0], p.Gold.Mentions, out)
	c.pred = coveredSpans(c.pred[:0], p.Pred.Mentions, out)
	if characters >= 0 {
		countPositions(c.gold, c.pred, characters, out)
	}
	if tokens < 0 || p.Article == nil {
		return
	}
	c.words = appendWords(c.words[:0], p.Article.Text)
	c.gold = toWords(c.gold, c.words)
	c.pred = toWords(c.pred, c.words)
	countPositions(c.gold, c.pred, tokens, out)
}

// coveredSpans lists what each type covers, sorted by class, without overlaps.
func coveredSpans(spans []typedSpan, mentions []schema.Mention, out *eval.Tally) []typedSpan {
	for i := range mentions {
		m := &mentions[i]
		class := out.Class(m.Type)
		for at, k := place.OfMention(m), 0; m.Span.Valid() && k < at.Parts(); k++ {
			spans = append(spans, typedSpan{class, at.Part(k)})
		}
	}
	return joinSpans(spans)
}

// joinSpans sorts the spans and joins those of one class that overlap or touch.
func joinSpans(spans []typedSpan) []typedSpan {
	slices.SortFunc(spans, func(a, b typedSpan) int {
		if a.class != b.class {
			return int(a.class) - int(b.class)
		}
		return a.span.Compare(b.span)
	})
	n := 0
	for _, s := range spans {
		if n > 0 && spans[n-1].class == s.class && s.span.Start <= spans[n-1].span.End {
			spans[n-1].span.End = max(spans[n-1].span.End, s.span.End)
			continue
		}
		spans[n] = s
		n++
	}
	return spans[:n]
}

// countPositions counts the positions that gold, the prediction and both
// cover, by a merge of the sorted lists.
func countPositions(gold, pred []typedSpan, metric int, out *eval.Tally) {
	add := func(class eval.Class, correct, predicted, inGold int64) {
		out.Add(metric, eval.Overall, correct, predicted, correct, inGold)
		if class != eval.Overall {
			out.Add(metric, class, correct, predicted, correct, inGold)
		}
	}
	for _, g := range gold {
		add(g.class, 0, 0, int64(g.span.Len()))
	}
	for _, p := range pred {
		add(p.class, 0, int64(p.span.Len()), 0)
	}
	i, j := 0, 0
	for i < len(gold) && j < len(pred) {
		g, p := gold[i], pred[j]
		if g.class == p.class {
			if both := g.span.Intersection(p.span); both > 0 {
				add(g.class, int64(both), 0, 0)
			}
		}
		if g.class < p.class || g.class == p.class && g.span.End <= p.span.End {
			i++
		} else {
			j++
		}
	}
}

// toWords replaces spans of code points by spans of word numbers.
func toWords(spans []typedSpan, words []schema.Span) []typedSpan {
	n := 0
	for _, s := range spans {
		from, _ := slices.BinarySearchFunc(words, s.span.Start, func(w schema.Span, at int32) int {
			if w.End <= at {
				return -1
			}
			return 1
		})
		to, _ := slices.BinarySearchFunc(words, s.span.End, func(w schema.Span, at int32) int {
			if w.Start < at {
				return -1
			}
			return 1
		})
		if from < to {
			spans[n] = typedSpan{s.class, schema.Span{Start: int32(from), End: int32(to)}}
			n++
		}
	}
	return joinSpans(spans[:n])
}

// appendWords lists the words of a text in code points.
func appendWords(words []schema.Span, text string) []schema.Span {
	at, start := int32(0), int32(-1)
	for _, r := range text {
		switch inWord := isWordRune(r); {
		case inWord && start < 0:
			start = at
		case !inWord && start >= 0:
			words = append(words, schema.Span{Start: start, End: at})
			start = -1
		}
		at++
	}
	if start >= 0 {
		words = append(words, schema.Span{Start: start, End: at})
	}
	return words
}

// isWordRune reports whether r belongs to a word: letters (tatweel is one),
// marks and digits.
func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)
}
