package coref

import (
	"cmp"
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// CorpusRecords are the clusters of a corpus by article. Memory is 28 bytes a
// mention at most; spans and texts are not kept.
type CorpusRecords struct {
	Docs       []string
	gold, pred []docSize
	cells      []docCell
	groups     []twinGroup      // not yet matched
	ties       [2]tieSignatures // of clusters that begin at one place, by side
}

// docSize says that n mentions of the cluster are in the article.
type docSize struct {
	cluster, doc, n int32
}

// docCell says that n common mentions of two clusters are in the article.
type docCell struct {
	gold, pred, doc, n int32
}

// ObserveSides adds one article, whose mentions the two sides hold. overlap is
// scratch.
func (r *CorpusRecords) ObserveSides(docID string, gold, pred *Side, keep KeepRule, overlap *Overlap) {
	gold.sort(keep)
	pred.sort(keep)
	if keep == nil && (hasTwins(gold.Mentions) || hasTwins(pred.Mentions)) {
		r.observeTwins(docID, gold, pred)
		return
	}
	doc := len(r.Docs)
	overlap.Fill(gold.load(doc, false), pred.load(doc, true))
	r.Observe(docID, overlap)
	r.ties = [2]tieSignatures{gold.ties, pred.ties}
}

// Observe adds one article, whose entries carry corpus-wide cluster numbers.
func (r *CorpusRecords) Observe(docID string, o *Overlap) {
	doc := int32(len(r.Docs))
	r.Docs = append(r.Docs, docID)
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

// Table matches the twins, sorts the records by cluster and sums them up.
func (r *CorpusRecords) Table() *Overlap {
	r.settle()
	bySize := func(a, b docSize) int {
		return cmp.Or(cmp.Compare(a.cluster, b.cluster), cmp.Compare(a.doc, b.doc))
	}
	slices.SortFunc(r.gold, bySize)
	slices.SortFunc(r.pred, bySize)
	slices.SortFunc(r.cells, func(a, b docCell) int {
		return cmp.Or(cmp.Compare(a.gold, b.gold), cmp.Compare(a.pred, b.pred), cmp.Compare(a.doc, b.doc))
	})
	o := &Overlap{gold: sizes(r.gold), pred: sizes(r.pred)}
	for i, c := range r.cells {
		if i > 0 && c.gold == r.cells[i-1].gold && c.pred == r.cells[i-1].pred {
			o.cells[len(o.cells)-1].n += c.n
		} else {
			o.cells = append(o.cells, Cell{c.gold, c.pred, c.n})
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

// Share adds to out[doc] the article's Share of one part's counters.
func (r *CorpusRecords) Share(o *Overlap, k int, out [][4]eval.Amount) {
	part := &Parts[k]
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
		p, q := forP.over(int64(c.n)), forR.over(int64(c.n))
		for _, d := range r.cells[from:at] {
			out[d.doc][0].AddFraction(p.num*int64(d.n), p.den)
			out[d.doc][2].AddFraction(q.num*int64(d.n), q.den)
		}
	}
	denominators := func(records []docSize, sizes []int32, mentions int64, column int) {
		last, each := int32(-1), share{}
		for _, rec := range records {
			if rec.cluster != last {
				size := int64(sizes[rec.cluster])
				last, each = rec.cluster, whole(part.cluster(size, mentions)).over(size)
			}
			out[rec.doc][column].AddFraction(each.num*int64(rec.n), each.den)
		}
	}
	denominators(r.pred, o.pred, o.predMentions, 1)
	denominators(r.gold, o.gold, o.goldMentions, 3)
}

// over is the share of one of n mentions, in lowest terms.
func (s share) over(n int64) share {
	a, b := s.num, n
	for b != 0 {
		a, b = b, a%b
	}
	if a == 0 {
		return whole(0)
	}
	return share{s.num / a, s.den * (n / a)}
}

func (c *CorpusCounting) Observe(p *eval.Pair) {
	c.gold.Mentions, c.pred.Mentions = c.Subject.Load(c.gold.Mentions[:0], c.pred.Mentions[:0], p)
	c.records.ObserveSides(p.DocID, &c.gold, &c.pred, nil, &c.overlap)
}

func (c *CorpusCounting) CountAll(out func(docID string) *eval.Tally) {
	tallies, layout := c.records.Tallies(out)
	if layout == nil {
		return
	}
	plan := NewPlan(layout, c.Subject.Prefix, nil)
	counts := c.records.counts(plan.need)
	for doc, t := range tallies {
		if t != nil {
			plan.add(&counts[doc], t)
		}
	}
}

// Tallies are those of the observed articles, nil where there is none, and
// their layout, nil when there is no tally at all.
func (r *CorpusRecords) Tallies(out func(docID string) *eval.Tally) ([]*eval.Tally, *eval.Layout) {
	var layout *eval.Layout
	tallies := make([]*eval.Tally, len(r.Docs))
	for i, id := range r.Docs {
		if tallies[i] = out(id); tallies[i] != nil {
			layout = tallies[i].Layout()
		}
	}
	return tallies, layout
}

// counts are each article's shares of the parts that are needed.
func (r *CorpusRecords) counts(need [NumParts]bool) []Counts {
	o := r.Table()
	counts := make([]Counts, len(r.Docs))
	var shares [][4]eval.Amount
	for k := range need {
		if !need[k] {
			continue
		}
		shares = make([][4]eval.Amount, len(r.Docs))
		r.Share(o, k, shares)
		for doc := range counts {
			counts[doc][k] = shares[doc]
		}
	}
	return counts
}

// Twinless adjusts the clusters for mentions that only one side has, one way
// for precision and one for recall (Cai and Strube 2010, Evaluation metrics
// for end-to-end coreference resolution systems). A gold mention that was not
// predicted becomes a predicted singleton. A predicted mention that is not in
// gold is left out for recall; for precision, a singleton is left out, and any
// other becomes a gold singleton.
func (r *CorpusRecords) Twinless() (forP, forR *CorpusRecords) {
	o := r.Table()
	forP = &CorpusRecords{Docs: r.Docs, gold: slices.Clone(r.gold), cells: slices.Clone(r.cells)}
	forR = &CorpusRecords{Docs: r.Docs, gold: r.gold, cells: slices.Clone(r.cells)}
	type place struct{ cluster, doc int32 }
	inGold, inPred := map[place]int32{}, map[place]int32{}
	for _, c := range r.cells {
		inGold[place{c.gold, c.doc}] += c.n
		inPred[place{c.pred, c.doc}] += c.n
	}
	nextGold, nextPred := int32(len(o.gold)), int32(len(o.pred))
	for _, d := range r.pred {
		hits := inPred[place{d.cluster, d.doc}]
		if hits > 0 {
			forR.pred = append(forR.pred, docSize{d.cluster, d.doc, hits})
		}
		if o.pred[d.cluster] == 1 && hits == 0 {
			continue
		}
		forP.pred = append(forP.pred, d)
		for range d.n - hits {
			forP.gold = append(forP.gold, docSize{nextGold, d.doc, 1})
			forP.cells = append(forP.cells, docCell{nextGold, d.cluster, d.doc, 1})
			nextGold++
		}
	}
	for _, d := range r.gold {
		for range d.n - inGold[place{d.cluster, d.doc}] {
			single, cell := docSize{nextPred, d.doc, 1}, docCell{d.cluster, nextPred, d.doc, 1}
			forP.pred, forR.pred = append(forP.pred, single), append(forR.pred, single)
			forP.cells, forR.cells = append(forP.cells, cell), append(forR.cells, cell)
			nextPred++
		}
	}
	return forP, forR
}
