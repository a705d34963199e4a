package eval

import "slices"

// linkRecorder collects the clusters of mentions under one kind of key.
type linkRecorder struct {
	fields     linkFields
	keep       keepRule
	gold, pred clusterSide
	ranks      []linkKey
	overlap    overlap
	records    corpusRecords
}

// observe adds one article.
func (r *linkRecorder) observe(docID string, gold, pred []linkMention) {
	r.ranks = r.ranks[:0]
	for i := range gold {
		r.ranks = append(r.ranks, r.fields.of(&gold[i]))
	}
	for i := range pred {
		r.ranks = append(r.ranks, r.fields.of(&pred[i]))
	}
	slices.SortFunc(r.ranks, linkKey.compare)
	r.ranks = slices.Compact(r.ranks)
	r.gold.mentions = r.ranked(r.gold.mentions[:0], gold)
	r.pred.mentions = r.ranked(r.pred.mentions[:0], pred)
	r.overlap.fill(r.gold.loadEntries(r.keep, false), r.pred.loadEntries(r.keep, true))
	r.records.observe(docID, &r.overlap)
}

// ranked replaces each key by its place among the article's keys.
func (r *linkRecorder) ranked(to []clusterMention, mentions []linkMention) []clusterMention {
	for i := range mentions {
		at, _ := slices.BinarySearchFunc(r.ranks, r.fields.of(&mentions[i]), linkKey.compare)
		to = append(to, clusterMention{int64(at), mentions[i].cluster, int32(i)})
	}
	return to
}

// counts are each article's four counters of the measure.
func (r *linkRecorder) counts(m *linkMeasure) [][4]int64 {
	out := make([][4]int64, len(r.records.docs))
	if !m.cai {
		r.records.share(r.records.table(), m.part, out)
		return out
	}
	forP, forR := r.records.twinless()
	other := make([][4]int64, len(out))
	forP.share(forP.table(), m.part, out)
	forR.share(forR.table(), m.part, other)
	for doc := range out {
		out[doc][2], out[doc][3] = other[doc][2], other[doc][3]
	}
	return out
}

// twinless adjusts the clusters for mentions that only one side has, one way
// for precision and one for recall (Cai and Strube 2010, Evaluation metrics
// for end-to-end coreference resolution systems). A gold mention that was not
// predicted becomes a predicted singleton. A predicted mention that is not in
// gold is left out for recall; for precision, a singleton is left out, and any
// other becomes a gold singleton.
func (r *corpusRecords) twinless() (forP, forR *corpusRecords) {
	o := r.table()
	forP = &corpusRecords{docs: r.docs, gold: slices.Clone(r.gold), cells: slices.Clone(r.cells)}
	forR = &corpusRecords{docs: r.docs, gold: r.gold, cells: slices.Clone(r.cells)}
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
