package compat

import (
	"slices"
	"strings"
)

// tagCounts are the numbers of phrases of one type.
type tagCounts struct {
	typ                      string
	correct, predicted, gold int64
}

// tagReport is what tag sequences score.
type tagReport struct {
	types                 []tagCounts // by type name
	tokens, correctTokens int64       // a token is correct when its whole tag is
}

// scoreTags is the reference of the tests: it compares phrases in token tags such
// as "B-PER", "I-PER", "O" as
// conlleval.pl, version 2004-01-26, does: a phrase is correct when its first
// and last token and its type are. Both lists hold one list of tags a sentence,
// of the same lengths, and phrases never cross sentences.
func scoreTags(gold, pred [][]string) *tagReport {
	counts := map[string]*tagCounts{}
	of := func(typ string) *tagCounts {
		if counts[typ] == nil {
			counts[typ] = &tagCounts{typ: typ}
		}
		return counts[typ]
	}
	r := &tagReport{}
	stream := &conllevalStream{of: of, gold: tagOutside, pred: tagOutside}
	for s := range gold {
		for i := range gold[s] {
			r.tokens++
			if gold[s][i] == pred[s][i] {
				r.correctTokens++
			}
		}
		stream.sentence(gold[s], pred[s])
	}
	for _, c := range counts {
		r.types = append(r.types, *c)
	}
	slices.SortFunc(r.types, func(a, b tagCounts) int { return strings.Compare(a.typ, b.typ) })
	return r
}

// total sums the counts of all types.
func (r *tagReport) total() tagCounts {
	var t tagCounts
	for _, c := range r.types {
		t.correct, t.predicted, t.gold = t.correct+c.correct, t.predicted+c.predicted, t.gold+c.gold
	}
	return t
}
