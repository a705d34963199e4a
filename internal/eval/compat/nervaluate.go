package compat

import (
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/match"
	"github.com/mizan-corpus/mizan/schema"
)

// nervaluateEntity is an entity as nervaluate has it: token or character
// positions, both inclusive. One with Start > End has no place and matches
// nothing.
type nervaluateEntity struct {
	Label      string
	Start, End int64
}

// nervaluateCounters are the standard counters, then the categories COR, INC,
// PAR, MIS, SPU as plain counts.
var nervaluateCounters = append(slices.Clone(eval.StandardCounters), "cor", "inc", "par", "mis", "spu")

// nervaluateSchemes are nervaluate's strategies in the order of the metrics.
var nervaluateSchemes = []string{"strict", "exact", "partial", "ent_type"}

func keepLabels(list []nervaluateEntity, labels []string) []nervaluateEntity {
	if labels == nil {
		return list
	}
	var out []nervaluateEntity
	for _, e := range list {
		if slices.Contains(labels, e.Label) {
			out = append(out, e)
		}
	}
	return out
}

func labelsOf(gold, pred []nervaluateEntity) []string {
	var out []string
	for _, list := range [][]nervaluateEntity{gold, pred} {
		for _, e := range list {
			out = append(out, e.Label)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// nervaluateVersion is a release of nervaluate whose way of choosing is
// reproduced.
type nervaluateVersion struct {
	family string // of metrics
	shown  string
	// best is whether a prediction takes the best free gold entity, not the
	// first that it overlaps enough.
	best bool
}

var nervaluateVersions = []nervaluateVersion{{"nervaluate", "1.2.1", true}, {"nervaluate@1.1", "1.1.0", false}}

// nervaluatePairs says what became of every entity of a document: for each
// prediction its grade and the gold entity that it took, -1 for none, and which
// gold entities were taken.
type nervaluatePairs struct {
	grades []match.Grade
	of     []int32
	used   []bool
}

// match pairs one document: each prediction, in list order, takes one of the
// gold entities still free that it equals or overlaps enough. That is the first
// in 1.1; in 1.2 the first that makes it correct, by type the one whose ends are
// nearest, and only where there is none the first. Either way the order of both
// lists matters. minOverlap is the least overlap, in per cent of the gold
// entity, 1 to 100; nervaluate's default is 1. It costs gold × predicted
// comparisons.
func (v nervaluateVersion) match(scheme string, gold, pred []nervaluateEntity, minOverlap float64) nervaluatePairs {
	x := nervaluatePairs{make([]match.Grade, len(pred)), make([]int32, len(pred)), make([]bool, len(gold))}
	used := x.used
	first := 0 // every gold entity before it is used
	for at, p := range pred {
		grade, taken, distance := match.NoMatch, 0, int64(0)
		for i := first; i < len(gold); i++ {
			if used[i] {
				continue
			}
			g := nervaluateGrade(scheme, gold[i], p, minOverlap)
			d := distanceOfEnds(gold[i], p)
			nearer := scheme == "ent_type" && g == match.Correct && d < distance
			if g > grade || g == grade && nearer {
				grade, taken, distance = g, i, d
			}
			if grade != match.NoMatch && !v.best || grade == match.Correct && (scheme != "ent_type" || distance == 0) {
				break
			}
		}
		x.grades[at], x.of[at] = grade, -1
		if grade != match.NoMatch {
			used[taken], x.of[at] = true, int32(taken)
		}
		for first < len(gold) && used[first] {
			first++
		}
	}
	return x
}

func distanceOfEnds(a, b nervaluateEntity) int64 {
	return max(a.Start-b.Start, b.Start-a.Start) + max(a.End-b.End, b.End-a.End)
}

// nervaluateGrade is what a prediction makes of a free gold entity. Equal
// places count in strict and exact even below the least overlap, as there.
func nervaluateGrade(scheme string, g, p nervaluateEntity, minOverlap float64) match.Grade {
	if g.Start > g.End || p.Start > p.End {
		return match.NoMatch
	}
	same := g.Start == p.Start && g.End == p.End
	enough := false
	if p.Start <= g.End && p.End >= g.Start {
		shared := min(p.End, g.End) - max(p.Start, g.Start) + 1
		enough = float64(shared)/float64(g.End-g.Start+1)*100 >= minOverlap
	}
	var right bool
	wrong := match.Incorrect
	switch scheme {
	case "strict":
		right = same && g.Label == p.Label
	case "exact":
		right = same
	case "partial":
		right, wrong = same, match.Partial
	default:
		right = g.Label == p.Label
	}
	switch {
	case right && (enough || same):
		return match.Correct
	case enough:
		return wrong
	}
	return match.NoMatch
}

func init() {
	for _, v := range nervaluateVersions {
		v.register()
	}
}

func (v nervaluateVersion) register() {
	const greedy = "each prediction takes a gold mention in list order"
	choice := "the first gold mention still free that it equals or of which it covers at least 1 per cent, even where a better one follows"
	if v.best {
		choice = "of the gold mentions still free that it equals or of which it covers at least 1 per cent, the first that makes it correct (by type the one whose ends are nearest), else the first; a gold mention that a worse prediction has taken before it is gone"
	}
	var metrics []eval.Metric
	for i, about := range []string{
		"a prediction with the span and type of the gold mention that it took is correct, any other that took one is incorrect",
		"a prediction with the span of the gold mention that it took is correct, any other that took one is incorrect; types are not looked at",
		"a prediction with the span of the gold mention that it took is correct, any other that took one counts half; types are not looked at",
		"a prediction with the type of the gold mention that it took is correct, whatever its boundaries, any other that took one is incorrect",
	} {
		m := eval.Metric{
			Name: v.family + "." + nervaluateSchemes[i], Title: "mentions, as nervaluate " + v.shown + " counts " + nervaluateSchemes[i],
			Meaning: "The numbers of nervaluate " + v.shown + ", on character positions, with partial credit kept over several articles: " + about +
				". Each prediction, in the order of the list, takes " + choice +
				". So the order of the lists matters. Classes are matched each on its own, so a type confusion is missed and spurious there but incorrect overall, and classes do not add up to the whole. An undefined ratio, which nervaluate prints as 0, is null.",
			Formula:  "precision = (COR + PAR/2)/ACT, recall = (COR + PAR/2)/POS",
			Citation: "nervaluate " + v.shown + " (Batista and Upson, github.com/MantisAI/nervaluate), after Segura-Bedmar, Martínez and Herrero-Zazo 2013, SemEval-2013 Task 9.",
			Counters: nervaluateCounters, Optional: true,
			Breaks: map[eval.Law]string{
				eval.LawOrder:    greedy,
				eval.LawSwap:     greedy + ", and the least overlap is measured on gold alone",
				eval.LawSpurious: greedy + ": a wrong one can keep the next from a wrong partner",
			},
		}
		if nervaluateSchemes[i] == "partial" {
			m.Unit = 2
		}
		metrics = append(metrics, m)
	}
	eval.Register(eval.Family{Name: v.family, Counts: eval.MentionItems, Needs: &eval.Needs{}, Scheme: v.family, Metrics: metrics, New: func(*eval.Settings) eval.Counting { return nervaluateCounting{v} }})
}

type nervaluateCounting struct{ version nervaluateVersion }

func (n nervaluateCounting) Count(p *eval.Pair, out *eval.Tally) {
	gold, pred := nervaluateEntities(p.Gold.Mentions), nervaluateEntities(p.Pred.Mentions)
	for _, scheme := range nervaluateSchemes {
		metric := out.Layout().Find(n.version.family + "." + scheme)
		if metric < 0 {
			continue
		}
		addNervaluate(out, metric, eval.Item{}, n.version.match(scheme, gold, pred, 1), nil, nil)
		for _, label := range labelsOf(gold, pred) {
			if label == "" {
				continue
			}
			only := []string{label}
			x := n.version.match(scheme, keepLabels(gold, only), keepLabels(pred, only), 1)
			addNervaluate(out, metric, eval.Item{Class: out.Class(label), Rows: eval.ClassRow}, x, positionsOf(gold, label), positionsOf(pred, label))
		}
	}
}

func nervaluateEntities(mentions []schema.Mention) []nervaluateEntity {
	out := make([]nervaluateEntity, len(mentions))
	for i, m := range mentions {
		out[i] = nervaluateEntity{m.Type, int64(m.Span.Start), int64(m.Span.End) - 1}
	}
	return out
}

// positionsOf are those of the entities with the label.
func positionsOf(list []nervaluateEntity, label string) []int32 {
	var out []int32
	for i, e := range list {
		if e.Label == label {
			out = append(out, int32(i))
		}
	}
	return out
}

// addNervaluate counts what became of every entity, in the rows of it. goldAt and
// predAt are the entities' positions in their lists of mentions, nil where they
// are all of them.
func addNervaluate(out *eval.Tally, metric int, it eval.Item, x nervaluatePairs, goldAt, predAt []int32) {
	unit := out.Layout().Metrics()[metric].Unit
	credit := map[match.Grade]int64{match.Correct: unit, match.Partial: unit / 2}
	category := map[match.Grade]int{match.Correct: 4, match.Incorrect: 5, match.Partial: 6, match.NoMatch: 7}
	at := func(positions []int32, i int) int32 {
		if positions == nil {
			return int32(i)
		}
		return positions[i]
	}
	found := make([]match.Grade, len(x.used))
	for i := range found {
		found[i] = match.NoMatch
	}
	for j, grade := range x.grades {
		it.At, it.Of = at(predAt, j), -1
		if grade != match.NoMatch {
			found[x.of[j]], it.Of = grade, at(goldAt, int(x.of[j]))
		}
		out.EachPredicted(metric, it, func(row []int64) {
			row[0], row[1] = row[0]+credit[grade], row[1]+unit
			if grade == match.NoMatch {
				row[8]++
			}
		})
	}
	for i, grade := range found {
		it.At = at(goldAt, i)
		out.EachGold(metric, it, func(row []int64) {
			row[2], row[3] = row[2]+credit[grade], row[3]+unit
			row[category[grade]]++
		})
	}
}
