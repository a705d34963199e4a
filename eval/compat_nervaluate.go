package eval

import (
	"errors"
	"fmt"
	"slices"

	"github.com/mizan-corpus/mizan/schema"
)

// NervaluateEntity is an entity as nervaluate has it: token or character
// positions, both inclusive. One with Start > End has no place and matches
// nothing.
type NervaluateEntity struct {
	Label      string
	Start, End int64
}

// NervaluateOptions are the options of nervaluate's Evaluator.
type NervaluateOptions struct {
	// Tags are the labels that are looked at; entities of others are dropped
	// before matching. nil keeps every label.
	Tags []string
	// MinOverlap is the least overlap, in per cent of the gold entity, 1 to
	// 100; 0 means nervaluate's default of 1.
	MinOverlap float64
}

// NervaluateCounts are the counts of one scheme.
type NervaluateCounts struct {
	Correct, Incorrect, Partial, Missed, Spurious int64
}

// Actual is the number of predicted entities.
func (c NervaluateCounts) Actual() int64 {
	return c.Correct + c.Incorrect + c.Partial + c.Spurious
}

// Possible is the number of gold entities.
func (c NervaluateCounts) Possible() int64 {
	return c.Correct + c.Incorrect + c.Partial + c.Missed
}

// PRF is precision, recall and F1 in [0,1]: (COR + PAR/2) over ACT and POS. A
// division by zero gives 0, as in nervaluate. Partial is 0 in the schemes that
// have no partial credit.
func (c NervaluateCounts) PRF() (precision, recall, f1 float64) {
	credit := float64(c.Correct) + 0.5*float64(c.Partial)
	if n := c.Actual(); n > 0 {
		precision = credit / float64(n)
	}
	if n := c.Possible(); n > 0 {
		recall = credit / float64(n)
	}
	if precision+recall > 0 {
		f1 = 2 * precision * recall / (precision + recall)
	}
	return precision, recall, f1
}

// NervaluateResult holds counts by scheme: "strict", "exact", "partial",
// "ent_type".
type NervaluateResult struct {
	Overall map[string]NervaluateCounts
	// PerType has an entry for each label that occurs and is not filtered out.
	// nervaluate matches each label on its own, so these do not add up to
	// Overall.
	PerType map[string]map[string]NervaluateCounts
}

// nervaluateSchemes are nervaluate's strategies in the order of the metrics.
var nervaluateSchemes = []string{"strict", "exact", "partial", "ent_type"}

// ScoreNervaluate scores documents as nervaluate 1.1.0 does with the fix of
// its pull request 109 (partial credit is kept over several documents). Each
// prediction, in list order, takes the first gold entity still free that it
// equals or overlaps enough, so the order of both lists matters. It costs gold
// × predicted comparisons a document.
func ScoreNervaluate(gold, pred [][]NervaluateEntity, opt NervaluateOptions) (*NervaluateResult, error) {
	if len(gold) != len(pred) {
		return nil, fmt.Errorf("%d gold documents but %d predicted ones: expected the same number", len(gold), len(pred))
	}
	if opt.MinOverlap == 0 {
		opt.MinOverlap = 1
	}
	if !(opt.MinOverlap >= 1 && opt.MinOverlap <= 100) {
		return nil, errors.New("the least overlap must be between 1 and 100 per cent")
	}
	r := &NervaluateResult{Overall: map[string]NervaluateCounts{}, PerType: map[string]map[string]NervaluateCounts{}}
	for d := range gold {
		g, p := keepLabels(gold[d], opt.Tags), keepLabels(pred[d], opt.Tags)
		addNervaluate(r.Overall, g, p, opt.MinOverlap)
		for _, label := range labelsOf(g, p) {
			if r.PerType[label] == nil {
				r.PerType[label] = map[string]NervaluateCounts{}
			}
			addNervaluate(r.PerType[label], keepLabels(g, []string{label}), keepLabels(p, []string{label}), opt.MinOverlap)
		}
	}
	return r, nil
}

func keepLabels(list []NervaluateEntity, labels []string) []NervaluateEntity {
	if labels == nil {
		return list
	}
	var out []NervaluateEntity
	for _, e := range list {
		if slices.Contains(labels, e.Label) {
			out = append(out, e)
		}
	}
	return out
}

func labelsOf(gold, pred []NervaluateEntity) []string {
	var out []string
	for _, list := range [][]NervaluateEntity{gold, pred} {
		for _, e := range list {
			out = append(out, e.Label)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func addNervaluate(to map[string]NervaluateCounts, gold, pred []NervaluateEntity, minOverlap float64) {
	for _, scheme := range nervaluateSchemes {
		c, d := to[scheme], nervaluateMatch(scheme, gold, pred, minOverlap)
		to[scheme] = NervaluateCounts{c.Correct + d.Correct, c.Incorrect + d.Incorrect, c.Partial + d.Partial,
			c.Missed + d.Missed, c.Spurious + d.Spurious}
	}
}

func nervaluateMatch(scheme string, gold, pred []NervaluateEntity, minOverlap float64) NervaluateCounts {
	var c NervaluateCounts
	used := make([]bool, len(gold))
	first := 0 // every gold entity before it is used
	for _, p := range pred {
		grade := NoMatch
		for i := first; i < len(gold) && grade == NoMatch; i++ {
			if !used[i] {
				grade = nervaluateGrade(scheme, gold[i], p, minOverlap)
				used[i] = grade != NoMatch
			}
		}
		for first < len(gold) && used[first] {
			first++
		}
		switch grade {
		case Correct:
			c.Correct++
		case Partial:
			c.Partial++
		case Incorrect:
			c.Incorrect++
		default:
			c.Spurious++
		}
	}
	for _, u := range used {
		if !u {
			c.Missed++
		}
	}
	return c
}

// nervaluateGrade is what a prediction makes of a free gold entity. Equal
// places count in strict and exact even below the least overlap, as there.
func nervaluateGrade(scheme string, g, p NervaluateEntity, minOverlap float64) Grade {
	if g.Start > g.End || p.Start > p.End {
		return NoMatch
	}
	same := g.Start == p.Start && g.End == p.End
	enough := false
	if p.Start <= g.End && p.End >= g.Start {
		shared := min(p.End, g.End) - max(p.Start, g.Start) + 1
		enough = float64(shared)/float64(g.End-g.Start+1)*100 >= minOverlap
	}
	var right bool
	wrong := Incorrect
	switch scheme {
	case "strict":
		right = same && g.Label == p.Label
	case "exact":
		right = same
	case "partial":
		right, wrong = same, Partial
	default:
		right = g.Label == p.Label
	}
	switch {
	case right && (enough || same):
		return Correct
	case enough:
		return wrong
	}
	return NoMatch
}

func init() {
	const greedy = "each prediction takes the first gold mention it overlaps, in list order"
	var metrics []Metric
	for i, about := range []string{
		"a prediction with the span and type of the gold mention that it took is correct, any other that took one is incorrect",
		"a prediction with the span of the gold mention that it took is correct, any other that took one is incorrect; types are not looked at",
		"a prediction with the span of the gold mention that it took is correct, any other that took one counts half; types are not looked at",
		"a prediction with the type of the gold mention that it took is correct, whatever its boundaries, any other that took one is incorrect",
	} {
		m := Metric{
			Name: "nervaluate." + nervaluateSchemes[i], Title: "mentions, as nervaluate counts " + nervaluateSchemes[i],
			Meaning: "The numbers of nervaluate 1.1.0, with its pull request 109, on character positions: " + about +
				". Each prediction, in the order of the list, takes the first gold mention still free that it equals or of which it covers at least 1 per cent, even where a better one follows; so the order of the lists matters. Classes are matched each on its own, so a type confusion is missed and spurious there but incorrect overall, and classes do not add up to the whole. An undefined ratio, which nervaluate prints as 0, is null.",
			Formula:  "precision = (COR + PAR/2)/ACT, recall = (COR + PAR/2)/POS",
			Citation: "nervaluate 1.1.0 (Batista and Upson, github.com/MantisAI/nervaluate), after Segura-Bedmar, Martínez and Herrero-Zazo 2013, SemEval-2013 Task 9.",
			Counters: semevalCounters, Optional: true,
			Breaks: map[Law]string{
				LawOrder:    greedy,
				LawSwap:     greedy + ", and the least overlap is measured on gold alone",
				LawSpurious: greedy + ": a wrong one can keep the next from a wrong partner",
			},
		}
		if nervaluateSchemes[i] == "partial" {
			m.Unit = 2
		}
		metrics = append(metrics, m)
	}
	Register(Family{Name: "nervaluate", Metrics: metrics, New: func(*Settings) Counting { return nervaluateCounting{} }})
}

type nervaluateCounting struct{}

func (nervaluateCounting) Count(p *Pair, out *Tally) {
	gold, pred := nervaluateEntities(p.Gold.Mentions), nervaluateEntities(p.Pred.Mentions)
	for _, scheme := range nervaluateSchemes {
		metric := out.layout.Find("nervaluate." + scheme)
		if metric < 0 {
			continue
		}
		addNervaluateCounts(out, metric, Overall, nervaluateMatch(scheme, gold, pred, 1))
		for _, label := range labelsOf(gold, pred) {
			if label != "" {
				only := []string{label}
				addNervaluateCounts(out, metric, out.Class(label), nervaluateMatch(scheme, keepLabels(gold, only), keepLabels(pred, only), 1))
			}
		}
	}
}

func nervaluateEntities(mentions []schema.Mention) []NervaluateEntity {
	out := make([]NervaluateEntity, len(mentions))
	for i, m := range mentions {
		out[i] = NervaluateEntity{m.Type, int64(m.Span.Start), int64(m.Span.End) - 1}
	}
	return out
}

func addNervaluateCounts(out *Tally, metric int, class Class, c NervaluateCounts) {
	unit := out.layout.metrics[metric].Unit
	credit := c.Correct*unit + c.Partial*unit/2
	out.Add(metric, class, credit, c.Actual()*unit, credit, c.Possible()*unit)
	v := out.Counters(metric, class)
	for i, n := range []int64{c.Correct, c.Incorrect, c.Partial, c.Missed, c.Spurious} {
		v[4+i] += n
	}
}
