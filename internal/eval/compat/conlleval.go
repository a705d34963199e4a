package compat

import (
	"cmp"
	"maps"
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
	breaks := map[eval.Law]string{eval.LawSpurious: flat, eval.LawTypes: named}
	eval.Register(eval.Family{
		Name: "conlleval", Counts: eval.MentionItems, Scheme: "conlleval",
		Metrics: []eval.Metric{{
			Name: "conlleval.phrases", Title: "outermost mentions on tokens, as conlleval",
			Meaning:  how + " A predicted phrase is correct when a gold phrase has the same tokens and type; the article is one sentence.",
			Formula:  "precision = correct/predicted phrases, recall = correct/gold phrases",
			Citation: "conlleval.pl (Tjong Kim Sang and Buchholz 2000, Introduction to the CoNLL-2000 shared task: Chunking).",
			Optional: true, Breaks: breaks,
		}},
		New: func(*eval.Settings) eval.Counting { return phraseCounting{} },
	})
	eval.Register(eval.Family{
		Name: "conlleval.accuracy", Counts: eval.MentionItems, Sets: true, Scheme: "conlleval",
		Metrics: []eval.Metric{{
			Name: "conlleval.accuracy", Title: "share of tokens with the right tag",
			Meaning:  how + " A token is correct when gold and the prediction give it the same tag; precision, recall and F1 are one number.",
			Formula:  "accuracy = tokens with the same tag/tokens",
			Citation: "conlleval.pl (Tjong Kim Sang and Buchholz 2000).",
			Optional: true, Breaks: maps.Clone(breaks),
		}},
		New: func(*eval.Settings) eval.Counting { return tagCounting{} },
	})
}

type phraseCounting struct{}

func (phraseCounting) Count(p *eval.Pair, out *eval.Tally) {
	metric := out.Layout().Find("conlleval.phrases")
	if p.Article == nil || p.Article.Text == "" || metric < 0 {
		return
	}
	tokens := wordTokens(p.Article.Text)
	list := func(mentions []schema.Mention, pred bool) []phrase {
		return phrases(tokens, mentions, func(at int32) int32 { return out.Scope().Rank(pred, eval.MentionItems, int(at)) })
	}
	gold, pred := list(p.Gold.Mentions, false), list(p.Pred.Mentions, true)
	i := 0
	for _, q := range pred {
		for i < len(gold) && gold[i].first < q.first {
			i++
		}
		of, hit := int32(-1), int64(0)
		if i < len(gold) && gold[i].sameTokens(q) {
			of = gold[i].at
			if gold[i].typ == q.typ {
				gold[i].found, hit = 1, 1
			}
		}
		out.AddPredicted(metric, eval.Item{Class: out.Class(q.typ), At: q.at, Of: of}, hit, 1)
	}
	for _, g := range gold {
		out.AddGold(metric, eval.Item{Class: out.Class(g.typ), At: g.at}, g.found, 1)
	}
}

type tagCounting struct{}

func (tagCounting) Count(p *eval.Pair, out *eval.Tally) {
	metric := out.Layout().Find("conlleval.accuracy")
	if p.Article == nil || p.Article.Text == "" || metric < 0 {
		return
	}
	regions := eval.Regions(p)
	tokens := slices.DeleteFunc(wordTokens(p.Article.Text), func(token schema.Span) bool { return slices.ContainsFunc(regions, token.Overlaps) })
	gold, pred := mentionTags(tokens, p.Gold.Mentions), mentionTags(tokens, p.Pred.Mentions)
	correct := int64(0)
	for i := range gold {
		if gold[i] == pred[i] {
			correct++
		}
	}
	n := int64(len(tokens))
	out.Add(metric, eval.Overall, correct, n, correct, n)
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

// phrase is an outermost mention over the tokens [first, end).
type phrase struct {
	first, end int
	typ        string
	at         int32 // position of the mention
	found      int64 // 1 when the other side has it too
}

func (p phrase) sameTokens(q phrase) bool { return p.first == q.first && p.end == q.end }

// phrases are the outermost mentions in text order: the longer first, a mention
// takes the tokens that it overlaps, unless an earlier one has any of them.
// Mentions that overlap no token are left out. rank orders mentions of one span
// and type.
func phrases(tokens []schema.Span, mentions []schema.Mention, rank func(at int32) int32) []phrase {
	order := make([]int32, 0, len(mentions))
	for i := range mentions {
		if mentions[i].Span.Valid() {
			order = append(order, int32(i))
		}
	}
	slices.SortFunc(order, func(i, j int32) int {
		a, b := &mentions[i], &mentions[j]
		return cmp.Or(a.Span.Compare(b.Span), strings.Compare(a.Type, b.Type), cmp.Compare(rank(i), rank(j)))
	})
	var out []phrase
	free := 0 // tokens before it are taken or passed
	for _, at := range order {
		m := &mentions[at]
		first, _ := slices.BinarySearchFunc(tokens, m.Span.Start, func(t schema.Span, start int32) int { return cmp.Compare(t.End, start+1) })
		end := first
		for end < len(tokens) && tokens[end].Start < m.Span.End {
			end++
		}
		if first >= free && end > first {
			out = append(out, phrase{first: first, end: end, typ: m.Type, at: at})
			free = end
		}
	}
	return out
}

// mentionTags tags each token in IOB2 with the phrase that it is part of.
func mentionTags(tokens []schema.Span, mentions []schema.Mention) []string {
	tags := make([]string, len(tokens))
	for i := range tags {
		tags[i] = "O"
	}
	for _, p := range phrases(tokens, mentions, func(int32) int32 { return 0 }) {
		for i := p.first; i < p.end; i++ {
			tags[i] = "I-" + p.typ
		}
		tags[p.first] = "B-" + p.typ
	}
	return tags
}
