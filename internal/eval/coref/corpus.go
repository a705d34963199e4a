package coref

import (
	"cmp"
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// CorpusRecords are the clusters of a corpus by unit: an article, or the part of
// it that counts in one slice, or in none. Memory is 28 bytes a mention at most;
// spans and texts are not kept.
type CorpusRecords struct {
	Docs       []string
	units      []unit
	gold, pred []unitSize
	cells      []unitCell
	groups     []twinGroup      // not yet matched
	ties       [2]tieSignatures // of clusters that begin at one place, by side
	// made are the clusters of either side from which on they were made of one
	// mention each, see Twinless; nil for none.
	made *[2]int32
}

// unit is what of an article counts in one place.
type unit struct {
	doc    int32
	judged eval.Judged
}

// unitSize says that n mentions of the cluster are in the unit. A predicted
// mention is in that of the gold mention that it is matched to.
type unitSize struct {
	cluster, unit, n int32
}

// unitCell says that n common mentions of two clusters are in the unit.
type unitCell struct {
	gold, pred, unit, n int32
}

// unit is the number of a unit of the article that was begun last.
func (r *CorpusRecords) unit(j eval.Judged) int32 {
	doc := int32(len(r.Docs) - 1)
	for i := len(r.units) - 1; i >= 0 && r.units[i].doc == doc; i-- {
		if r.units[i].judged == j {
			return int32(i)
		}
	}
	r.units = append(r.units, unit{doc, j})
	return int32(len(r.units) - 1)
}

// ObserveSides adds one article, whose mentions of a kind the two sides hold.
// overlap is scratch.
func (r *CorpusRecords) ObserveSides(p *eval.Pair, kind eval.ItemKind, gold, pred *Side, keep KeepRule, overlap *Overlap) {
	gold.sort(keep)
	pred.sort(keep)
	if keep != nil && p.Scope != nil {
		gold.distinct()
		pred.distinct()
	}
	if p.Scope != nil || keep == nil && (hasTwins(gold.Mentions) || hasTwins(pred.Mentions)) {
		r.observeItems(p, kind, gold, pred)
		return
	}
	doc := len(r.Docs)
	overlap.Fill(gold.load(doc, false), pred.load(doc, true))
	r.Observe(p.DocID, overlap)
	r.ties = [2]tieSignatures{gold.ties, pred.ties}
}

// Observe adds one article, whose entries carry corpus-wide cluster numbers.
func (r *CorpusRecords) Observe(docID string, o *Overlap) {
	r.Docs = append(r.Docs, docID)
	at := r.unit(eval.Undivided)
	for i, n := range o.gold {
		r.gold = append(r.gold, unitSize{o.goldOf[i], at, n})
	}
	for i, n := range o.pred {
		r.pred = append(r.pred, unitSize{o.predOf[i], at, n})
	}
	for _, c := range o.cells {
		r.cells = append(r.cells, unitCell{o.goldOf[c.gold], o.predOf[c.pred], at, c.n})
	}
}

// Table matches the twins, sorts the records by cluster and sums them up.
func (r *CorpusRecords) Table() *Overlap {
	r.settle()
	r.gold, r.pred = summed(r.gold), summed(r.pred)
	slices.SortFunc(r.cells, func(a, b unitCell) int {
		return cmp.Or(cmp.Compare(a.gold, b.gold), cmp.Compare(a.pred, b.pred), cmp.Compare(a.unit, b.unit))
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

// summed sorts records by cluster and unit and adds up those of one.
func summed(records []unitSize) []unitSize {
	slices.SortFunc(records, func(a, b unitSize) int {
		return cmp.Or(cmp.Compare(a.cluster, b.cluster), cmp.Compare(a.unit, b.unit))
	})
	out := records[:0]
	for _, d := range records {
		if n := len(out); n > 0 && out[n-1].cluster == d.cluster && out[n-1].unit == d.unit {
			out[n-1].n += d.n
		} else {
			out = append(out, d)
		}
	}
	return slices.DeleteFunc(out, func(d unitSize) bool { return d.n == 0 })
}

// sizes are the clusters' sizes by their corpus-wide numbers, which leave no
// gap but at clusters that lost every mention.
func sizes(records []unitSize) []int32 {
	var out []int32
	for _, d := range records {
		for int(d.cluster) >= len(out) {
			out = append(out, 0)
		}
		out[d.cluster] += d.n
	}
	return out
}

// Share adds to out[unit] the unit's share of one part's counters.
func (r *CorpusRecords) Share(o *Overlap, k int, out [][4]eval.Amount) {
	part := &Parts[k]
	var aligned []int32
	if part.weight != nil {
		aligned = o.align(part.weight)
	}
	at := 0
	for i, j := 0, 0; i < len(o.cells); i = j {
		hits := int64(0)
		for j = i; j < len(o.cells) && (j == i || r.alike(o.cells[i], o.cells[j])); j++ {
			if c := o.cells[j]; aligned == nil || aligned[c.gold] == c.pred {
				hits++
			}
		}
		of := int64(j - i) // one of alike cells that is aligned is shared out over all
		for _, c := range o.cells[i:j] {
			from := at
			for at < len(r.cells) && r.cells[at].gold == c.gold && r.cells[at].pred == c.pred {
				at++
			}
			if hits == 0 {
				continue
			}
			forP, forR := part.cell(o, c)
			p, q := forP.over(int64(c.n)), forR.over(int64(c.n))
			for _, d := range r.cells[from:at] {
				out[d.unit][0].AddFraction(p.num*int64(d.n)*hits, p.den*of)
				out[d.unit][2].AddFraction(q.num*int64(d.n)*hits, q.den*of)
			}
		}
	}
	denominators := func(records []unitSize, sizes []int32, mentions int64, column int) {
		last, each := int32(-1), share{}
		for _, rec := range records {
			if rec.cluster != last {
				size := int64(sizes[rec.cluster])
				last, each = rec.cluster, whole(part.cluster(size, mentions)).over(size)
			}
			out[rec.unit][column].AddFraction(each.num*int64(rec.n), each.den)
		}
	}
	denominators(r.pred, o.pred, o.predMentions, 1)
	denominators(r.gold, o.gold, o.goldMentions, 3)
}

// alike reports whether two cells are of made clusters of one mention with one
// cluster of the other side: which of them is aligned depends on nothing but
// numbers.
func (r *CorpusRecords) alike(a, b Cell) bool {
	if r.made == nil {
		return false
	}
	return a.pred == b.pred && min(a.gold, b.gold) >= r.made[0] || a.gold == b.gold && min(a.pred, b.pred) >= r.made[1]
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
	c.records.ObserveSides(p, c.Subject.Counts, &c.gold, &c.pred, nil, &c.overlap)
}

func (c *CorpusCounting) CountAll(out func(docID string) *eval.Tally) {
	tallies, layout := c.records.Tallies(out)
	if layout == nil {
		return
	}
	plan := NewPlan(layout, c.Subject.Prefix, nil)
	c.records.addAll(&plan, func(doc int32) *eval.Tally { return tallies[doc] })
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

// addAll counts the parts that the plan needs and adds to every article's tally
// what its units hold.
func (r *CorpusRecords) addAll(plan *Plan, tally func(doc int32) *eval.Tally) {
	counts := r.counts(plan.need)
	for i, u := range r.units {
		if t := tally(u.doc); t != nil {
			plan.add(&counts[i], u.judged, t)
		}
	}
}

// EachUnit calls f for every unit with the number of its article.
func (r *CorpusRecords) EachUnit(f func(at int, doc int32, j eval.Judged)) {
	for i, u := range r.units {
		f(i, u.doc, u.judged)
	}
}

// Units is the number of units.
func (r *CorpusRecords) Units() int { return len(r.units) }

// counts are each unit's shares of the parts that are needed.
func (r *CorpusRecords) counts(need [NumParts]bool) []Counts {
	o := r.Table()
	counts := make([]Counts, len(r.units))
	var shares [][4]eval.Amount
	for k := range need {
		if !need[k] {
			continue
		}
		shares = make([][4]eval.Amount, len(r.units))
		r.Share(o, k, shares)
		for at := range counts {
			counts[at][k] = shares[at]
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
	made := &[2]int32{int32(len(o.gold)), int32(len(o.pred))}
	forP = &CorpusRecords{Docs: r.Docs, units: r.units, made: made, gold: slices.Clone(r.gold), cells: slices.Clone(r.cells)}
	forR = &CorpusRecords{Docs: r.Docs, units: r.units, made: made, gold: r.gold, cells: slices.Clone(r.cells)}
	type place struct{ cluster, unit int32 }
	inGold, inPred := map[place]int32{}, map[place]int32{}
	for _, c := range r.cells {
		inGold[place{c.gold, c.unit}] += c.n
		inPred[place{c.pred, c.unit}] += c.n
	}
	nextGold, nextPred := int32(len(o.gold)), int32(len(o.pred))
	for _, d := range r.pred {
		hits := inPred[place{d.cluster, d.unit}]
		if hits > 0 {
			forR.pred = append(forR.pred, unitSize{d.cluster, d.unit, hits})
		}
		if o.pred[d.cluster] == 1 && hits == 0 {
			continue
		}
		forP.pred = append(forP.pred, d)
		for range d.n - hits {
			forP.gold = append(forP.gold, unitSize{nextGold, d.unit, 1})
			forP.cells = append(forP.cells, unitCell{nextGold, d.cluster, d.unit, 1})
			nextGold++
		}
	}
	for _, d := range r.gold {
		for range d.n - inGold[place{d.cluster, d.unit}] {
			single, cell := unitSize{nextPred, d.unit, 1}, unitCell{d.cluster, nextPred, d.unit, 1}
			forP.pred, forR.pred = append(forP.pred, single), append(forR.pred, single)
			forP.cells, forR.cells = append(forP.cells, cell), append(forR.cells, cell)
			nextPred++
		}
	}
	return forP, forR
}
