package eval

import "strconv"

// ScoreCoref counts key (gold) clusters against response (predicted) clusters,
// each a list of mentions of any comparable type, as the CoNLL reference
// scorer does: singletons count, mentions need not be the same on both sides,
// and of a mention given twice on one side the first is kept.
func ScoreCoref[K comparable](key, response [][]K) *CorefCounts {
	keys := map[K]int64{}
	side := func(clusters [][]K) *clusterSide {
		s := &clusterSide{}
		for number, mentions := range clusters {
			for _, m := range mentions {
				if _, ok := keys[m]; !ok {
					keys[m] = int64(len(keys))
				}
				s.mentions = append(s.mentions, clusterMention{keys[m], strconv.Itoa(number), int32(len(s.mentions))})
			}
		}
		return s
	}
	gold, pred := side(key), side(response)
	var o overlap
	o.fill(gold.loadEntries(firstGiven, false), pred.loadEntries(firstGiven, true))
	counts := &CorefCounts{}
	for k := range counts {
		o.count(k, counts[k][:])
	}
	return counts
}
