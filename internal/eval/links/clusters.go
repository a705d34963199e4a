package links

import (
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/coref"
)

// Recorder collects the clusters of mentions under one kind of key.
type Recorder struct {
	Fields     Fields
	Keep       coref.KeepRule
	gold, pred coref.Side
	ranks      []Key
	overlap    coref.Overlap
	records    coref.CorpusRecords
}

// Observe adds one article.
func (r *Recorder) Observe(p *eval.Pair, gold, pred []Mention) {
	r.ranks = r.ranks[:0]
	for i := range gold {
		r.ranks = append(r.ranks, r.Fields.of(&gold[i]))
	}
	for i := range pred {
		r.ranks = append(r.ranks, r.Fields.of(&pred[i]))
	}
	slices.SortFunc(r.ranks, Key.compare)
	r.ranks = slices.Compact(r.ranks)
	r.gold.Mentions = r.ranked(r.gold.Mentions[:0], gold)
	r.pred.Mentions = r.ranked(r.pred.Mentions[:0], pred)
	r.records.ObserveSides(p, eval.MentionItems, &r.gold, &r.pred, r.Keep, &r.overlap)
}

// ranked replaces each key by its place among the article's keys.
func (r *Recorder) ranked(to []coref.Mention, mentions []Mention) []coref.Mention {
	for i := range mentions {
		at, _ := slices.BinarySearchFunc(r.ranks, r.Fields.of(&mentions[i]), Key.compare)
		to = append(to, coref.Mention{Key: int64(at), ID: mentions[i].Cluster, Order: int32(i), Typ: mentions[i].Typ})
	}
	return to
}

// Counts are each unit's four counters of the measure.
func (r *Recorder) Counts(m *Measure) [][4]eval.Amount {
	out := make([][4]eval.Amount, r.records.Units())
	if !m.Cai {
		r.records.Share(r.records.Table(), m.Part, out)
		return out
	}
	forP, forR := r.records.Twinless()
	other := make([][4]eval.Amount, len(out))
	forP.Share(forP.Table(), m.Part, out)
	forR.Share(forR.Table(), m.Part, other)
	for at := range out {
		out[at][2], out[at][3] = other[at][2], other[at][3]
	}
	return out
}
