package eval

import (
	"fmt"
	"slices"
	"strings"
)

// TagMode says how phrases are read from a sequence of token tags.
type TagMode string

// The modes. The first two are lenient: whatever the tags are, phrases are
// read from them. The others are seqeval's strict mode under one scheme: what
// the scheme does not allow to begin or end a phrase is no phrase.
const (
	TagsConlleval TagMode = "conlleval" // conlleval.pl, version 2004-01-26
	TagsSeqeval   TagMode = "seqeval"   // seqeval 1.2.2's default mode, which also knows S
	TagsIOB1      TagMode = "iob1"
	TagsIOB2      TagMode = "iob2"
	TagsIOE1      TagMode = "ioe1"
	TagsIOE2      TagMode = "ioe2"
	TagsIOBES     TagMode = "iobes"
	TagsBILOU     TagMode = "bilou"
)

// TagCounts are the numbers of phrases of one type.
type TagCounts struct {
	Type                     string
	Correct, Predicted, Gold int64
}

// TagReport is what tag sequences score.
type TagReport struct {
	Types                 []TagCounts // by type name
	Tokens, CorrectTokens int64       // a token is correct when its whole tag is
}

// ScoreTags compares phrases in token tags such as "B-PER", "I-PER", "O"; a
// phrase is correct when its first and last token and its type are. Both lists
// hold one list of tags a sentence, and phrases never cross sentences. It is
// an error when the two differ in length, when a tag is empty (but for
// conlleval), or when a strict scheme does not have a tag's first letter.
func ScoreTags(gold, pred [][]string, mode TagMode) (*TagReport, error) {
	if len(gold) != len(pred) {
		return nil, fmt.Errorf("%d gold sentences but %d predicted ones: expected the same number", len(gold), len(pred))
	}
	counts := map[string]*TagCounts{}
	of := func(typ string) *TagCounts {
		if counts[typ] == nil {
			counts[typ] = &TagCounts{Type: typ}
		}
		return counts[typ]
	}
	r := &TagReport{}
	stream := &conllevalStream{of: of, gold: tagOutside, pred: tagOutside}
	for s := range gold {
		if len(gold[s]) != len(pred[s]) {
			return nil, fmt.Errorf("sentence %d: %d gold tags but %d predicted ones: expected the same number", s+1, len(gold[s]), len(pred[s]))
		}
		for i := range gold[s] {
			r.Tokens++
			if gold[s][i] == pred[s][i] {
				r.CorrectTokens++
			}
		}
		if mode == TagsConlleval {
			stream.sentence(gold[s], pred[s])
			continue
		}
		g, err := tagPhrases(gold[s], mode)
		if err != nil {
			return nil, fmt.Errorf("gold sentence %d, %w", s+1, err)
		}
		p, err := tagPhrases(pred[s], mode)
		if err != nil {
			return nil, fmt.Errorf("predicted sentence %d, %w", s+1, err)
		}
		for phrase := range g {
			of(phrase.typ).Gold++
		}
		for phrase := range p {
			of(phrase.typ).Predicted++
			if g[phrase] {
				of(phrase.typ).Correct++
			}
		}
	}
	for _, c := range counts {
		r.Types = append(r.Types, *c)
	}
	slices.SortFunc(r.Types, func(a, b TagCounts) int { return strings.Compare(a.Type, b.Type) })
	return r, nil
}

// Total sums the counts of all types.
func (r *TagReport) Total() TagCounts {
	var t TagCounts
	for _, c := range r.Types {
		t.Correct, t.Predicted, t.Gold = t.Correct+c.Correct, t.Predicted+c.Predicted, t.Gold+c.Gold
	}
	return t
}

// Accuracy is the share of tokens whose whole tag is right.
func (r *TagReport) Accuracy() Ratio { return Of(r.CorrectTokens, r.Tokens) }

// Score is precision, recall and F1 of one type, or of [TagReport.Total] (the
// micro average). zeroDivision, 0 or 1 in seqeval, stands for a ratio without
// a denominator; F1 is computed from what then stands.
func (c TagCounts) Score(zeroDivision float64) Score {
	over := func(n, den int64) float64 {
		if den == 0 {
			return zeroDivision
		}
		return float64(n) / float64(den)
	}
	p, r := over(c.Correct, c.Predicted), over(c.Correct, c.Gold)
	f := 0.0
	if p+r > 0 {
		f = 2 * p * r / (p + r)
	}
	return Score{Defined(p), Defined(r), Defined(f)}
}

// Macro is the mean over the types, each counted once; undefined without any.
func (r *TagReport) Macro(zeroDivision float64) Score {
	return r.mean(zeroDivision, func(TagCounts) float64 { return 1 })
}

// Weighted is the mean over the types, weighted by their gold phrases. Without
// gold phrases it is what seqeval gives: recall is zeroDivision, the others
// too if nothing was predicted, else 0.
func (r *TagReport) Weighted(zeroDivision float64) Score {
	if total := r.Total(); total.Gold == 0 {
		other := 0.0
		if total.Predicted == 0 {
			other = zeroDivision
		}
		return Score{Defined(other), Defined(zeroDivision), Defined(other)}
	}
	return r.mean(zeroDivision, func(c TagCounts) float64 { return float64(c.Gold) })
}

func (r *TagReport) mean(zeroDivision float64, weight func(TagCounts) float64) Score {
	var p, rec, f, sum float64
	for _, c := range r.Types {
		s, w := c.Score(zeroDivision), weight(c)
		p, rec, f, sum = p+float64(w*s.Precision.Value), rec+float64(w*s.Recall.Value), f+float64(w*s.F1.Value), sum+w
	}
	return Score{ratio(p, sum), ratio(rec, sum), ratio(f, sum)}
}

// Conlleval is the report that conlleval.pl prints, to the letter.
func (r *TagReport) Conlleval() string {
	var b strings.Builder
	percent := func(n, den int64) float64 {
		if den == 0 {
			return 0
		}
		return 100 * float64(n) / float64(den)
	}
	ratios := func(c TagCounts) string {
		p, rec := percent(c.Correct, c.Predicted), percent(c.Correct, c.Gold)
		f := 0.0
		if p+rec > 0 {
			f = 2 * p * rec / (p + rec)
		}
		return fmt.Sprintf("precision: %6.2f%%; recall: %6.2f%%; FB1: %6.2f", p, rec, f)
	}
	t := r.Total()
	fmt.Fprintf(&b, "processed %d tokens with %d phrases; found: %d phrases; correct: %d.\n", r.Tokens, t.Gold, t.Predicted, t.Correct)
	if r.Tokens > 0 {
		fmt.Fprintf(&b, "accuracy: %6.2f%%; %s\n", percent(r.CorrectTokens, r.Tokens), ratios(t))
	}
	for _, c := range r.Types {
		line := fmt.Sprintf("%17s: %s  %d\n", c.Type, ratios(c), c.Predicted)
		b.WriteString(line)
		if c.Type == "" && c.Gold > 0 && c.Predicted > 0 { // the script does not see that it has had the nameless type
			b.WriteString(line)
		}
	}
	return b.String()
}
