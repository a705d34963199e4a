package coref

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/match"
)

// Twins are several mentions of one side in one place. Which of them is which
// of the other side's is settled after all articles were seen, by what their
// clusters have in common there and elsewhere; never by the names of clusters
// or the order of the input.
type twinGroup struct {
	side [2][]twin
}

// twin is one mention of a group.
type twin struct {
	cluster int32
	typ     string
	rank    int32 // see [eval.Scope.Rank]; says which of a cluster's twins comes first
	unit    int32 // in which it counts by its own labels
}

func compareTwins(a, b twin) int {
	return cmp.Or(cmp.Compare(a.cluster, b.cluster), strings.Compare(a.typ, b.typ), cmp.Compare(a.rank, b.rank))
}

// tieSignatures tell clusters apart that begin at one place, so that their
// order depends on no name: by cluster, a sum of hashes over its mentions, the
// second with their types, the third with their ranks too.
type tieSignatures map[int32][3]uint64

func (t tieSignatures) note(cluster int32, doc int, m *Mention, rank int32) {
	sum, ok := t[cluster]
	if !ok {
		return
	}
	h := mix(mix(uint64(doc)) ^ uint64(m.Key))
	sum[0] += h
	for _, b := range []byte(m.Typ) {
		h = mix(h ^ uint64(b))
	}
	sum[1] += h
	sum[2] += mix(h ^ uint64(rank))
	t[cluster] = sum
}

// mix is the finalizer of SplitMix64 (Steele, Lea and Flood 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// endOfPlace is where the mentions end that stand in the place of that at i.
func endOfPlace(sorted []Mention, i int) int {
	key := sorted[i].Key
	for i < len(sorted) && sorted[i].Key == key {
		i++
	}
	return i
}

// hasTwins reports whether two mentions stand in one place.
func hasTwins(sorted []Mention) bool {
	for i := 1; i < len(sorted); i++ {
		if sorted[i].Key == sorted[i-1].Key {
			return true
		}
	}
	return false
}

// observeItems adds an article in which mentions of one side share a place, or
// count in several places.
func (r *CorpusRecords) observeItems(p *eval.Pair, kind eval.ItemKind, gold, pred *Side) {
	r.Docs = append(r.Docs, p.DocID)
	lists := [2][]twin{r.items(p, kind, gold, false), r.items(p, kind, pred, true)}
	i, j := 0, 0
	for i < len(gold.Mentions) && j < len(pred.Mentions) {
		key := gold.Mentions[i].Key
		switch other := pred.Mentions[j].Key; {
		case key < 0 || key < other:
			i++
			continue
		case other < key:
			j++
			continue
		}
		from, to := i, j
		i, j = endOfPlace(gold.Mentions, i), endOfPlace(pred.Mentions, j)
		if i == from+1 && j == to+1 {
			lists[1][to].unit = lists[0][from].unit
			r.cells = append(r.cells, unitCell{lists[0][from].cluster, lists[1][to].cluster, lists[0][from].unit, 1})
			continue
		}
		r.groups = append(r.groups, twinGroup{[2][]twin{slices.Clone(lists[0][from:i]), slices.Clone(lists[1][to:j])}})
	}
	r.gold, r.pred = appendSizes(r.gold, lists[0]), appendSizes(r.pred, lists[1])
	r.ties[0], r.ties[1] = gold.ties, pred.ties
}

// items are the mentions of a side, in sorted order, with the numbers of their
// clusters and the units in which they count by their own labels.
func (r *CorpusRecords) items(p *eval.Pair, kind eval.ItemKind, s *Side, pred bool) []twin {
	out := make([]twin, len(s.Mentions))
	if s.ties == nil {
		s.ties = tieSignatures{}
	}
	doc := len(r.Docs) - 1
	for i := 0; i < len(out); {
		j, born := i, s.next
		for ; j < len(out) && s.Mentions[j].Key == s.Mentions[i].Key; j++ {
			m := &s.Mentions[j]
			var judged eval.Judged
			if pred {
				judged = p.Scope.OfPredicted(kind, int(m.Order), -1)
			} else {
				judged = p.Scope.OfGold(kind, int(m.Order))
			}
			out[j] = twin{s.clusterOf(m.ID), m.Typ, p.Scope.Rank(pred, kind, int(m.Order)), r.unit(judged)}
		}
		for c := born; s.next-born > 1 && c < s.next; c++ {
			s.ties[c] = [3]uint64{}
		}
		for ; i < j; i++ {
			s.ties.note(out[i].cluster, doc, &s.Mentions[i], out[i].rank)
		}
	}
	return out
}

func appendSizes(to []unitSize, items []twin) []unitSize {
	for _, t := range items {
		to = append(to, unitSize{t.cluster, t.unit, 1})
	}
	return to
}

// settle renumbers clusters that begin at one place by their signatures and
// matches the twins. It is done once.
func (r *CorpusRecords) settle() {
	if len(r.ties[0])+len(r.ties[1]) > 0 {
		r.renumber()
	}
	if len(r.groups) == 0 {
		return
	}
	for _, g := range r.groups {
		for side := range g.side {
			slices.SortFunc(g.side[side], compareTwins)
		}
	}
	// The search is the same with the sides swapped: the lesser side comes first.
	first, second := 0, 1
	if r.compareSides() > 0 {
		first, second = 1, 0
	}
	t := twinMatcher{weight: map[[2]int32]int64{}}
	for _, c := range r.cells {
		t.weight[ordered(first, c.gold, c.pred)] += int64(c.n)
	}
	for _, g := range r.groups {
		t.promise(g.side[first], g.side[second])
	}
	t.align()
	for _, g := range r.groups {
		for _, pair := range t.match(g.side[first], g.side[second]) {
			at := ordered(first, pair[0], pair[1])
			gold, pred := g.side[0][at[0]], g.side[1][at[1]]
			r.cells = append(r.cells, unitCell{gold.cluster, pred.cluster, gold.unit, 1})
			if pred.unit != gold.unit { // it counts where gold does
				r.pred = append(r.pred, unitSize{pred.cluster, pred.unit, -1}, unitSize{pred.cluster, gold.unit, 1})
			}
		}
	}
	r.groups, r.ties = nil, [2]tieSignatures{}
}

// ordered puts a pair of what is gold's and what is predicted into the order of the
// search, or back.
func ordered(first int, gold, pred int32) [2]int32 {
	if first == 1 {
		return [2]int32{pred, gold}
	}
	return [2]int32{gold, pred}
}

func (r *CorpusRecords) renumber() {
	var canon [2]map[int32]int32
	for side, ties := range r.ties {
		tied := make([]int32, 0, len(ties))
		for c := range ties {
			tied = append(tied, c)
		}
		slices.Sort(tied)
		byPlace := slices.Clone(tied)
		slices.SortFunc(byPlace, func(a, b int32) int {
			x, y := ties[a], ties[b]
			return cmp.Or(cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1]), cmp.Compare(x[2], y[2]), cmp.Compare(a, b))
		})
		canon[side] = make(map[int32]int32, len(tied))
		for i, c := range byPlace {
			canon[side][c] = tied[i]
		}
	}
	number := func(side int, c *int32) {
		if n, ok := canon[side][*c]; ok {
			*c = n
		}
	}
	for i := range r.gold {
		number(0, &r.gold[i].cluster)
	}
	for i := range r.pred {
		number(1, &r.pred[i].cluster)
	}
	for i := range r.cells {
		number(0, &r.cells[i].gold)
		number(1, &r.cells[i].pred)
	}
	for i := range r.groups {
		for side := range 2 {
			list := r.groups[i].side[side]
			for k := range list {
				number(side, &list[k].cluster)
			}
		}
	}
}

// compareSides orders the two sides by what they have.
func (r *CorpusRecords) compareSides() int {
	gold, pred := r.byArticle(r.gold), r.byArticle(r.pred)
	size := func(a, b unitSize) int {
		return cmp.Or(cmp.Compare(a.cluster, b.cluster), cmp.Compare(a.unit, b.unit), cmp.Compare(a.n, b.n))
	}
	if c := slices.CompareFunc(gold, pred, size); c != 0 {
		return c
	}
	for _, g := range r.groups {
		if c := slices.CompareFunc(g.side[0], g.side[1], func(a, b twin) int {
			return cmp.Or(cmp.Compare(a.cluster, b.cluster), strings.Compare(a.typ, b.typ))
		}); c != 0 {
			return c
		}
	}
	return 0
}

// byArticle sums records up by article: what is the lesser side depends on no
// slice.
func (r *CorpusRecords) byArticle(records []unitSize) []unitSize {
	out := slices.Clone(records)
	for i := range out {
		out[i].unit = r.units[out[i].unit].doc
	}
	return summed(out)
}

// twinMatcher matches the twins of two sides so that clusters that are aligned
// one to one share as many mentions as possible, as in CEAF.
type twinMatcher struct {
	weight  map[[2]int32]int64 // mentions that two clusters share, or can share
	aligned map[int32]int32
}

// promise adds what the clusters of a group can share: as many as both have of
// one type.
func (t *twinMatcher) promise(a, b []twin) {
	count := func(list []twin) map[twin]int64 {
		m := map[twin]int64{}
		for _, x := range list {
			m[twin{cluster: x.cluster, typ: x.typ}]++
		}
		return m
	}
	left, right := count(a), count(b)
	for x, n := range left {
		for y, m := range right {
			if x.typ == y.typ {
				t.weight[[2]int32{x.cluster, y.cluster}] += min(n, m)
			}
		}
	}
}

func (t *twinMatcher) align() {
	pairs := make([][2]int32, 0, len(t.weight))
	rows, cols := int32(0), int32(0)
	for p := range t.weight {
		pairs = append(pairs, p)
		rows, cols = max(rows, p[0]+1), max(cols, p[1]+1)
	}
	slices.SortFunc(pairs, func(p, q [2]int32) int { return cmp.Or(cmp.Compare(p[0], q[0]), cmp.Compare(p[1], q[1])) })
	var edges []match.Edge
	for _, p := range pairs {
		if w := t.weight[p]; w > 0 {
			edges = append(edges, match.Edge{Row: p[0], Col: p[1], Weight: w})
		}
	}
	var assign match.Assigner
	t.aligned = map[int32]int32{}
	for row, col := range assign.Match(int(rows), int(cols), edges) {
		if col >= 0 {
			t.aligned[int32(row)] = col
		}
	}
}

// match pairs the twins of a group: as many as possible of one type, then the
// others; of these, those of aligned clusters first, then those whose clusters
// share most. A pair is of positions.
func (t *twinMatcher) match(a, b []twin) [][2]int32 {
	type pair struct {
		i, j           int
		typed, aligned bool
		weight         int64
	}
	var all []pair
	for i, x := range a {
		for j, y := range b {
			c, ok := t.aligned[x.cluster]
			all = append(all, pair{i, j, x.typ == y.typ, ok && c == y.cluster, t.weight[[2]int32{x.cluster, y.cluster}]})
		}
	}
	rank := func(yes bool) int {
		if yes {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(all, func(p, q pair) int {
		return cmp.Or(cmp.Compare(rank(p.typed), rank(q.typed)), cmp.Compare(rank(p.aligned), rank(q.aligned)), cmp.Compare(q.weight, p.weight))
	})
	usedA, usedB := make([]bool, len(a)), make([]bool, len(b))
	var out [][2]int32
	for _, p := range all {
		if !usedA[p.i] && !usedB[p.j] {
			usedA[p.i], usedB[p.j] = true, true
			out = append(out, [2]int32{int32(p.i), int32(p.j)})
		}
	}
	return out
}
