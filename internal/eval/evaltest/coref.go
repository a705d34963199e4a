package evaltest

import (
	"strconv"

	"github.com/mizan-corpus/mizan/internal/eval/coref"
)

// ScoreCoref counts key (gold) clusters against response (predicted) clusters,
// each a list of mentions of any comparable type, as the CoNLL reference
// scorer does: singletons count, mentions need not be the same on both sides,
// and of a mention given twice on one side the first is kept.
func ScoreCoref[K comparable](key, response [][]K) *coref.Counts {
	keys := map[K]int64{}
	side := func(clusters [][]K) *coref.Side {
		s := &coref.Side{}
		for number, mentions := range clusters {
			for _, m := range mentions {
				if _, ok := keys[m]; !ok {
					keys[m] = int64(len(keys))
				}
				s.Mentions = append(s.Mentions, coref.Mention{Key: keys[m], ID: strconv.Itoa(number), Order: int32(len(s.Mentions))})
			}
		}
		return s
	}
	gold, pred := side(key), side(response)
	var o coref.Overlap
	o.Fill(gold.LoadEntries(coref.FirstGiven, false), pred.LoadEntries(coref.FirstGiven, true))
	counts := &coref.Counts{}
	for k := range counts {
		o.Count(k, &counts[k])
	}
	return counts
}
