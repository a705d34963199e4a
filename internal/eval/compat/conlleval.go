package compat

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/schema"
)

func init() {
	const how = "The article's text is cut into tokens: a run of letters, marks and digits, or any other single character but white space. Each mention becomes a phrase in IOB2 tags over the tokens that it overlaps. Tags cannot nest, so only outermost mentions count: in text order, the longer first, a mention that shares a token with an earlier one is dropped. A boundary inside a token (a proclitic) cannot be seen. Articles without text are skipped."
	const named = "of mentions with one span the first by type stays"
	const flat = "a wrong mention may cover others, which are then dropped, wrong ones among them"
	eval.Register(eval.Family{
		Name:   "conlleval",
		Counts: eval.MentionItems, Sets: true, Scheme: "conlleval",
		Metrics: []eval.Metric{
			{
				Name: "conlleval.phrases", Title: "outermost mentions on tokens, as conlleval",
				Meaning:  how + " A predicted phrase is correct when a gold phrase has the same tokens and type; the article is one sentence.",
				Formula:  "precision = correct/predicted phrases, recall = correct/gold phrases",
				Citation: "conlleval.pl (Tjong Kim Sang and Buchholz 2000, Introduction to the CoNLL-2000 shared task: Chunking).",
				Optional: true, Breaks: map[eval.Law]string{eval.LawSpurious: flat, eval.LawTypes: named},
			},
			{
				Name: "conlleval.accuracy", Title: "share of tokens with the right tag",
				Meaning:  how + " A token is correct when gold and the prediction give it the same tag; precision, recall and F1 are one number.",
				Formula:  "accuracy = tokens with the same tag/tokens",
				Citation: "conlleval.pl (Tjong Kim Sang and Buchholz 2000).",
				Optional: true, Breaks: map[eval.Law]string{eval.LawSpurious: flat, eval.LawTypes: named},
			},
		},
		New: func(*eval.Settings) eval.Counting { return conllevalCounting{} },
	})
}

type conllevalCounting struct{}

func (conllevalCounting) Count(p *eval.Pair, out *eval.Tally) {
	phrases, accuracy := out.Layout().Find("conlleval.phrases"), out.Layout().Find("conlleval.accuracy")
	if p.Article == nil || p.Article.Text == "" || phrases < 0 && accuracy < 0 {
		return
	}
	tokens := wordTokens(p.Article.Text)
	r := scoreTags([][]string{mentionTags(tokens, p.Gold.Mentions)}, [][]string{mentionTags(tokens, p.Pred.Mentions)})
	out.Add(accuracy, eval.Overall, r.correctTokens, r.tokens, r.correctTokens, r.tokens)
	if phrases < 0 {
		return
	}
	total := r.total()
	out.Add(phrases, eval.Overall, total.correct, total.predicted, total.correct, total.gold)
	for _, c := range r.types {
		if c.typ != "" {
			out.Add(phrases, out.Class(c.typ), c.correct, c.predicted, c.correct, c.gold)
		}
	}
}

// wordTokens cuts a text into tokens: maximal runs of letters, marks and digits,
// and every other character but white space by itself. The spans are in code
// points and in text order.
func wordTokens(text string) []schema.Span {
	var out []schema.Span
	at, word := int32(0), false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			word = false
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r):
			if word {
				out[len(out)-1].End = at + 1
			} else {
				out = append(out, schema.Span{Start: at, End: at + 1})
			}
			word = true
		default:
			out = append(out, schema.Span{Start: at, End: at + 1})
			word = false
		}
		at++
	}
	return out
}

// mentionTags tags each token in IOB2 with the outermost mention that it is
// part of: in text order, the longer first, a mention takes the tokens that it
// overlaps, unless an earlier one has any of them. Mentions that overlap no
// token are left out.
func mentionTags(tokens []schema.Span, mentions []schema.Mention) []string {
	tags := make([]string, len(tokens))
	for i := range tags {
		tags[i] = "O"
	}
	order := make([]*schema.Mention, 0, len(mentions))
	for i := range mentions {
		if mentions[i].Span.Valid() {
			order = append(order, &mentions[i])
		}
	}
	slices.SortFunc(order, func(a, b *schema.Mention) int {
		return cmp.Or(a.Span.Compare(b.Span), strings.Compare(a.Type, b.Type))
	})
	free := 0 // tokens before it are taken or passed
	for _, m := range order {
		first, _ := slices.BinarySearchFunc(tokens, m.Span.Start, func(t schema.Span, start int32) int { return cmp.Compare(t.End, start+1) })
		if first < free {
			continue
		}
		i := first
		for ; i < len(tokens) && tokens[i].Start < m.Span.End; i++ {
			tags[i] = "I-" + m.Type
		}
		if i > first {
			tags[first] = "B-" + m.Type
			free = i
		}
	}
	return tags
}
