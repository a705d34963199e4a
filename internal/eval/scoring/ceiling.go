package scoring

import (
	"fmt"
	"iter"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// PassPairs makes pairs for scoring one annotation pass against another:
// articles that only one of the two labelled are left out, since there is
// nothing to compare.
func PassPairs(pairs iter.Seq2[*eval.Pair, error]) iter.Seq2[*eval.Pair, error] {
	return func(yield func(*eval.Pair, error) bool) {
		for p, err := range pairs {
			if err == nil && p.Omitted {
				continue
			}
			if !yield(p, err) {
				return
			}
		}
	}
}

// SetCeiling sets the ceiling of every figure: the F1 that one
// independent annotation pass reaches against another in the same metric, class
// and slice, averaged over the pairs of passes in which it is defined. passes
// are the results of each pair of passes, scored with the options of r. Since F1
// is the same whichever pass stands as gold, precision and recall have no
// ceiling of their own. A figure that no pair of passes has keeps none.
//
// An extractor at the ceiling agrees with gold as well as the annotators agreed
// with each other before adjudication (Artstein and Poesio 2008, "Inter-coder
// agreement for computational linguistics"; Hripcsak and Rothschild 2005 on F1
// as agreement).
func (r *Result) SetCeiling(passes []*Result) error {
	type sum struct {
		total float64
		n     int
	}
	sums := map[string]sum{}
	key := func(f *eval.Figure) string {
		return f.Name + "\x00" + f.Class + "\x00" + f.Average + "\x00" + sliceKey(f.Slice)
	}
	for _, p := range passes {
		if bad := r.Signature.CountDifferences(p.Signature); len(bad) > 0 {
			return &SignatureError{"the predictions", "the annotation passes", bad}
		}
		for i := range p.Metrics {
			if f := &p.Metrics[i]; f.F1 != nil {
				s := sums[key(f)]
				sums[key(f)] = sum{s.total + *f.F1, s.n + 1}
			}
		}
		if p.Articles < r.Articles {
			r.Warnings = append(r.Warnings, fmt.Sprintf("the ceiling rests on the %d of %d articles that two passes labelled", p.Articles, r.Articles))
		}
	}
	for i := range r.Metrics {
		if s := sums[key(&r.Metrics[i])]; s.n > 0 {
			mean := s.total / float64(s.n)
			r.Metrics[i].Ceiling = &mean
		}
	}
	return nil
}
