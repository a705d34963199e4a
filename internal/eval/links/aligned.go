package links

import (
	"cmp"
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/match"
)

// sideBySide is the mentions of an article in which no two of one side stand in
// one place: which two are compared is the same for every measure that looks at
// the place, so that they are paired once. It keeps its memory between articles.
type sideBySide struct {
	sorted [2][]Mention
	pairs  []placed
	sums   []int64 // by class, the standard counters of a measure
}

// placed is a place with what either side has there.
type placed struct {
	gold, pred *Mention // nil for none
	sameTyp    bool
	sameKb     bool
	goldClass  eval.Class
	predClass  eval.Class
}

func compareStanding(a, b Mention) int {
	return cmp.Or(a.Place.Compare(b.Place), cmp.Compare(a.Alone, b.Alone))
}

// align pairs the mentions, whose classes are given by position; it reports false
// where two of one side stand in one place.
func (s *sideBySide) align(gold, pred []Mention, goldClasses, predClasses []eval.Class) bool {
	for side, list := range []*[]Mention{&gold, &pred} {
		if !ascending(*list) {
			s.sorted[side] = append(s.sorted[side][:0], *list...)
			*list = s.sorted[side]
			if slices.SortFunc(*list, compareStanding); !ascending(*list) {
				return false
			}
		}
	}
	s.pairs = s.pairs[:0]
	for len(gold) > 0 || len(pred) > 0 {
		order := -1
		switch {
		case len(gold) == 0:
			order = 1
		case len(pred) > 0:
			order = compareStanding(gold[0], pred[0])
		}
		var p placed
		if order <= 0 {
			p.gold, p.goldClass, gold = &gold[0], goldClasses[gold[0].At], gold[1:]
		}
		if order >= 0 {
			p.pred, p.predClass, pred = &pred[0], predClasses[pred[0].At], pred[1:]
		}
		if order == 0 {
			p.sameTyp, p.sameKb = p.gold.Typ == p.pred.Typ, p.gold.Kb == p.pred.Kb
		}
		s.pairs = append(s.pairs, p)
	}
	return true
}

// ascending reports whether each mention stands after the one before.
func ascending(list []Mention) bool {
	for i := 1; i < len(list); i++ {
		if compareStanding(list[i-1], list[i]) >= 0 {
			return false
		}
	}
	return true
}

// count counts one measure as [setCounter.Count] does.
func (s *sideBySide) count(m *Measure, metric int, byType bool, out *eval.Tally) {
	s.sums = match.Resize(s.sums, 4*out.NumClasses())
	var all [4]int64
	for i := range s.pairs {
		p := &s.pairs[i]
		gold, pred := p.gold != nil && m.Filter.Admits(p.gold), p.pred != nil && m.Filter.Admits(p.pred)
		hit := int64(0)
		if gold && pred && (p.sameTyp || !m.Fields.Typ) && (p.sameKb || !m.Fields.Kb) {
			hit = 1
		}
		if pred {
			of := s.sums[4*p.predClass:]
			all[0], all[1], of[0], of[1] = all[0]+hit, all[1]+1, of[0]+hit, of[1]+1
		}
		if gold {
			of := s.sums[4*p.goldClass:]
			all[2], all[3], of[2], of[3] = all[2]+hit, all[3]+1, of[2]+hit, of[3]+1
		}
	}
	addSums(out, metric, eval.Overall, all[:])
	for c := 1; byType && c < out.NumClasses(); c++ {
		addSums(out, metric, eval.Class(c), s.sums[4*c:])
	}
}

// addSums adds the standard counters of a class; one that has none stays
// uncounted.
func addSums(out *eval.Tally, metric int, c eval.Class, sums []int64) {
	if sums[1] != 0 || sums[3] != 0 {
		out.Add(metric, c, sums[0], sums[1], sums[2], sums[3])
	}
}
