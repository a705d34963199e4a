package metrics

import (
	"unicode"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/match"
	"github.com/mizan-corpus/mizan/schema"
)

func init() {
	eval.Register(eval.Family{
		Name:   "mentions.clitic",
		Counts: eval.MentionItems,
		Metrics: []eval.Metric{{
			Name: "mentions.clitic", Title: "mentions, same type and span but for attached particles",
			Meaning:  "As mentions.strict, but two spans also count as the same when they end together, begin in the same word, and what lies between their starts belongs to the particles at the beginning of that word: a conjunction و or ف, then ب, ك, ل or س, then the article ال (after ل also its short form ل). Diacritics and tatweel between them do not count. Spelling alone decides: the و of وزير is taken for a particle too. Articles without a text are counted as in mentions.strict.",
			Formula:  "precision = correct/predicted mentions, recall = correct/gold mentions",
			Citation: "Arabic proclitics as in Habash 2010, Introduction to Arabic Natural Language Processing, ch. 4; spans scored without regard to them as in Farber, Freitag, Habash and Rambow 2008, Improving NER in Arabic using a morphological tagger. Matching: optimal one-to-one.",
		}},
		New: func(*eval.Settings) eval.Counting { return &cliticCounting{} },
	})
}

type cliticCounting struct {
	matcher    match.Matcher
	gold, pred []match.Item
	runes      []rune
}

func (c *cliticCounting) Count(p *eval.Pair, out *eval.Tally) {
	c.runes = c.runes[:0]
	if p.Article != nil {
		for _, r := range p.Article.Text {
			c.runes = append(c.runes, r)
		}
	}
	c.gold = cliticItems(c.gold[:0], p.Gold, false, c.runes, out)
	c.pred = cliticItems(c.pred[:0], p.Pred, true, c.runes, out)
	countMatches(&c.matcher, c.gold, c.pred, []string{"mentions.clitic"}, []match.GradeFunc{match.ClassifiedGrade}, out)
}

// cliticItems lists the mentions by their widest equal span: one that begins
// after particles is taken to begin with the word. Spans are the same but for
// particles exactly when their widest spans are equal.
func cliticItems(items []match.Item, a *schema.Annotation, pred bool, text []rune, out *eval.Tally) []match.Item {
	items = mentionItems(items, a, pred, out)
	for i := range items {
		items[i].Place = items[i].From(beforeParticles(text, items[i].Part(0)))
	}
	match.SortItems(items)
	return items
}

// mostParticles bounds the code points of a word's particles, marks included.
const mostParticles = 16

// beforeParticles is the beginning of the word in which the span starts, when
// only particles lie between; else the span's own start.
func beforeParticles(text []rune, s schema.Span) int32 {
	if !s.Valid() || int(s.Start) >= len(text) || !isWordRune(text[s.Start]) {
		return s.Start
	}
	word := s.Start
	for word > 0 && s.Start-word <= mostParticles && isWordRune(text[word-1]) {
		word--
	}
	if areParticles(text[word:s.Start]) {
		return word
	}
	return s.Start
}

// areParticles reports whether the letters are (و|ف)? (ب|ك|ل|س)? (ال)? in
// that order, the article also as ل after ل, with any marks and tatweels after
// each letter.
func areParticles(letters []rune) bool {
	const (
		start = iota
		afterConjunction
		afterParticle
		afterLam // the particle ل
		inArticle
		end
	)
	state := start
	for i, r := range letters {
		if i > 0 && (unicode.IsMark(r) || r == 'ـ') {
			continue
		}
		switch {
		case state < afterConjunction && (r == 'و' || r == 'ف'):
			state = afterConjunction
		case state < afterParticle && (r == 'ب' || r == 'ك' || r == 'س'):
			state = afterParticle
		case state < afterParticle && r == 'ل':
			state = afterLam
		case state < inArticle && (r == 'ا' || r == 'ٱ'):
			state = inArticle
		case (state == inArticle || state == afterLam) && r == 'ل':
			state = end
		default:
			return false
		}
	}
	return state != inArticle
}
