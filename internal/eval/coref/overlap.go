package coref

import (
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval/match"
)

// Entry is one mention of one side.
type Entry struct {
	key     int64
	cluster int32
	order   int32 // position in the input
}

// Cell says that gold cluster gold and predicted cluster pred have
// n > 0 mentions in common.
type Cell struct {
	gold, pred, n int32
}

// Overlap is the sparse table of gold clusters against predicted clusters from
// which every coreference metric is computed. It keeps its memory between
// calls of fill; the zero value is ready to use.
type Overlap struct {
	gold, pred       []int32 // mentions of each cluster
	goldHit, predHit []int32 // those of them that the other side has too
	goldOf, predOf   []int32 // the number that the cluster had in the input
	cells            []Cell  // by gold, then pred

	goldMentions, predMentions, common int64

	goldIndex, predIndex []int32 // input number → cluster, -1 when not met
	pairs                []uint64
	assign               match.Assigner
	edges                []match.Edge
	weights              []match.Fraction
}

// Fill builds the table from mentions in key order without repeated keys.
// Clusters are numbered by their first mention, so the table depends only on
// the keys and on which of them are together.
func (o *Overlap) Fill(gold, pred []Entry) {
	o.gold, o.goldOf, o.goldIndex = number(gold, o.gold[:0], o.goldOf[:0], o.goldIndex)
	o.pred, o.predOf, o.predIndex = number(pred, o.pred[:0], o.predOf[:0], o.predIndex)
	o.pairs = o.pairs[:0]
	for i, j := 0, 0; i < len(gold) && j < len(pred); {
		switch {
		case gold[i].key < pred[j].key:
			i++
		case gold[i].key > pred[j].key:
			j++
		default:
			g, p := o.goldIndex[gold[i].cluster], o.predIndex[pred[j].cluster]
			o.pairs = append(o.pairs, uint64(g)<<32|uint64(p))
			i, j = i+1, j+1
		}
	}
	forget(o.goldOf, o.goldIndex)
	forget(o.predOf, o.predIndex)

	slices.Sort(o.pairs)
	o.cells = o.cells[:0]
	for i := 0; i < len(o.pairs); {
		j := i + 1
		for j < len(o.pairs) && o.pairs[j] == o.pairs[i] {
			j++
		}
		o.cells = append(o.cells, Cell{int32(o.pairs[i] >> 32), int32(uint32(o.pairs[i])), int32(j - i)})
		i = j
	}
	o.sum()
}

// number gives each cluster its place and counts its mentions.
func number(entries []Entry, sizes, of, index []int32) ([]int32, []int32, []int32) {
	for _, e := range entries {
		for int(e.cluster) >= len(index) {
			index = append(index, -1)
		}
		if index[e.cluster] < 0 {
			index[e.cluster] = int32(len(sizes))
			sizes, of = append(sizes, 0), append(of, e.cluster)
		}
		sizes[index[e.cluster]]++
	}
	return sizes, of, index
}

func forget(of, index []int32) {
	for _, c := range of {
		index[c] = -1
	}
}

// sum fills in what follows from the clusters' sizes and the cells.
func (o *Overlap) sum() {
	o.goldHit, o.predHit = match.Resize(o.goldHit, len(o.gold)), match.Resize(o.predHit, len(o.pred))
	o.goldMentions, o.predMentions, o.common = 0, 0, 0
	for _, c := range o.cells {
		o.goldHit[c.gold] += c.n
		o.predHit[c.pred] += c.n
		o.common += int64(c.n)
	}
	for _, n := range o.gold {
		o.goldMentions += int64(n)
	}
	for _, n := range o.pred {
		o.predMentions += int64(n)
	}
}

// align finds the one-to-one alignment of clusters with the greatest total
// weight: for each gold cluster its predicted cluster, or -1. The result is
// valid until the next call.
func (o *Overlap) align(weight func(n, gold, pred int64) share) []int32 {
	o.edges, o.weights = o.edges[:0], o.weights[:0]
	for _, c := range o.cells {
		o.edges = append(o.edges, match.Edge{Row: c.gold, Col: c.pred})
		w := weight(int64(c.n), int64(o.gold[c.gold]), int64(o.pred[c.pred]))
		o.weights = append(o.weights, match.Fraction{Num: w.num, Den: w.den})
	}
	match.SetWeights(o.edges, o.weights)
	return o.assign.Match(len(o.gold), len(o.pred), o.edges)
}
