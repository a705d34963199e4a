package eval

import (
	"cmp"
	"math/bits"
	"slices"
)

// corpusRecords are the clusters of a corpus by article. Memory is 28 bytes a
// mention at most; spans and texts are not kept.
type corpusRecords struct {
	docs       []string
	gold, pred []docSize
	cells      []docCell
}

// docSize says that n mentions of the cluster are in the article.
type docSize struct {
	cluster, doc, n int32
}

// docCell says that n common mentions of two clusters are in the article.
type docCell struct {
	gold, pred, doc, n int32
}

// observe adds one article, whose entries carry corpus-wide cluster numbers.
func (r *corpusRecords) observe(docID string, o *overlap) {
	doc := int32(len(r.docs))
	r.docs = append(r.docs, docID)
	for i, n := range o.gold {
		r.gold = append(r.gold, docSize{o.goldOf[i], doc, n})
	}
	for i, n := range o.pred {
		r.pred = append(r.pred, docSize{o.predOf[i], doc, n})
	}
	for _, c := range o.cells {
		r.cells = append(r.cells, docCell{o.goldOf[c.gold], o.predOf[c.pred], doc, c.n})
	}
}

// table sorts the records by cluster and sums them up.
func (r *corpusRecords) table() *overlap {
	bySize := func(a, b docSize) int {
		return cmp.Or(cmp.Compare(a.cluster, b.cluster), cmp.Compare(a.doc, b.doc))
	}
	slices.SortFunc(r.gold, bySize)
	slices.SortFunc(r.pred, bySize)
	slices.SortFunc(r.cells, func(a, b docCell) int {
		return cmp.Or(cmp.Compare(a.gold, b.gold), cmp.Compare(a.pred, b.pred), cmp.Compare(a.doc, b.doc))
	})
	o := &overlap{gold: sizes(r.gold), pred: sizes(r.pred)}
	for i, c := range r.cells {
		if i > 0 && c.gold == r.cells[i-1].gold && c.pred == r.cells[i-1].pred {
			o.cells[len(o.cells)-1].n += c.n
		} else {
			o.cells = append(o.cells, overlapCell{c.gold, c.pred, c.n})
		}
	}
	o.sum()
	return o
}

// sizes are the clusters' sizes by their corpus-wide numbers, which leave no
// gap but at clusters that lost every mention.
func sizes(records []docSize) []int32 {
	var out []int32
	for _, d := range records {
		for int(d.cluster) >= len(out) {
			out = append(out, 0)
		}
		out[d.cluster] += d.n
	}
	return out
}

// share adds to out[doc] the article's share of one part's counters.
func (r *corpusRecords) share(o *overlap, k int, out [][4]int64) {
	part := &corefPartTable[k]
	scale := part.corpusUnit / part.unit
	var aligned []int32
	if part.weight != nil {
		aligned = o.align(part.weight)
	}
	at := 0
	for _, c := range o.cells {
		from := at
		for at < len(r.cells) && r.cells[at].gold == c.gold && r.cells[at].pred == c.pred {
			at++
		}
		if aligned != nil && aligned[c.gold] != c.pred {
			continue
		}
		forP, forR := part.cell(o, c)
		p, q := divider{total: forP * scale, over: int64(c.n)}, divider{total: forR * scale, over: int64(c.n)}
		for _, d := range r.cells[from:at] {
			out[d.doc][0] += p.next(int64(d.n))
			out[d.doc][2] += q.next(int64(d.n))
		}
	}
	denominators := func(records []docSize, sizes []int32, mentions int64, column int) {
		last, d := int32(-1), divider{}
		for _, rec := range records {
			if rec.cluster != last {
				size := int64(sizes[rec.cluster])
				last, d = rec.cluster, divider{total: part.cluster(size, mentions) * scale, over: size}
			}
			out[rec.doc][column] += d.next(int64(rec.n))
		}
	}
	denominators(r.pred, o.pred, o.predMentions, 1)
	denominators(r.gold, o.gold, o.goldMentions, 3)
}

// divider shares a total out in proportion to weights that add up to over, in
// whole numbers whose sum is the total: each share is the difference of two
// rounded running totals.
type divider struct {
	total, over  int64
	weight, done int64
}

func (d *divider) next(weight int64) int64 {
	d.weight += weight
	hi, lo := bits.Mul64(uint64(d.total), uint64(d.weight))
	q, _ := bits.Div64(hi, lo, uint64(d.over))
	share := int64(q) - d.done
	d.done = int64(q)
	return share
}

// corpusCorefCounting counts clusters that reach across articles.
type corpusCorefCounting struct {
	subject    *clusterSubject
	gold, pred clusterSide
	overlap    overlap
	records    corpusRecords
}

func (c *corpusCorefCounting) Observe(p *Pair) {
	c.gold.mentions = c.subject.load(c.gold.mentions[:0], p.Gold)
	c.pred.mentions = c.subject.load(c.pred.mentions[:0], p.Pred)
	c.overlap.fill(c.gold.loadEntries(leastID, false), c.pred.loadEntries(leastID, true))
	c.records.observe(p.DocID, &c.overlap)
}

func (c *corpusCorefCounting) CountAll(out func(docID string) *Tally) {
	tallies, layout := c.records.tallies(out)
	if layout == nil {
		return
	}
	plan := newCorefPlan(layout, c.subject.prefix, nil)
	counts := c.records.counts(plan.need)
	for doc, t := range tallies {
		if t != nil {
			plan.add(&counts[doc], t)
		}
	}
}

// tallies are those of the observed articles, nil where there is none, and
// their layout, nil when there is no tally at all.
func (r *corpusRecords) tallies(out func(docID string) *Tally) ([]*Tally, *Layout) {
	var layout *Layout
	tallies := make([]*Tally, len(r.docs))
	for i, id := range r.docs {
		if tallies[i] = out(id); tallies[i] != nil {
			layout = tallies[i].Layout()
		}
	}
	return tallies, layout
}

// counts are each article's shares of the parts that are needed.
func (r *corpusRecords) counts(need [corefParts]bool) []CorefCounts {
	o := r.table()
	counts := make([]CorefCounts, len(r.docs))
	shares := make([][4]int64, len(r.docs))
	for k := range need {
		if !need[k] {
			continue
		}
		clear(shares)
		r.share(o, k, shares)
		for doc := range counts {
			counts[doc][k] = shares[doc]
		}
	}
	return counts
}
