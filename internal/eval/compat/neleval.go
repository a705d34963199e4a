package compat

import (
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/coref"
	"github.com/mizan-corpus/mizan/internal/eval/links"
	"github.com/mizan-corpus/mizan/internal/eval/place"
)

// The scheme "neleval" gives the figures of neleval for the articles'
// mentions as they stand: an id that begins with NIL is no link but the name
// of a NIL cluster, mentions without id are one cluster together, tables of
// actors are not looked at, and a ratio without denominator is 0.

func init() {
	sets := eval.Family{Name: "neleval", Counts: eval.MentionItems, Needs: &eval.Needs{Details: true}, Scheme: "neleval", New: func(*eval.Settings) eval.Counting {
		return &links.ArticleCounting{Prefix: "neleval", Load: loadNeleval}
	}}
	clusters := eval.Family{Name: "neleval.clusters", Counts: eval.MentionItems, Needs: &eval.Needs{Details: true}, Scheme: "neleval", NewCorpus: func(*eval.Settings) eval.CorpusCounting {
		return &links.CorpusCounting{Prefix: "neleval", Load: loadNeleval, Keep: coref.FirstGiven}
	}}
	for _, m := range append(slices.Clone(links.Measures), links.OverlapMeasures...) {
		metric := eval.Metric{
			Name: "neleval." + m.Name, Title: "as neleval has it, " + m.Title,
			Meaning: m.Meaning() + " The figures of neleval: an actor_id that begins with NIL names a NIL cluster, mentions without one are one cluster, and a ratio without denominator is 0.",
			Formula: m.Formula(), Citation: links.Citation, Unit: m.Unit(), Optional: true,
			Formulas: func(func(int) bool) eval.Formula { return eval.Formula{Of: []int{0}, OrZero: true} },
			Breaks:   map[eval.Law]string{eval.LawIdentity: "a score without denominator is 0"},
		}
		if m.Part == links.PartOverlap {
			metric.Breaks[eval.LawSwap] = "the search for overlapping mentions passes some by where mentions of one side overlap each other"
		}
		if m.Cai {
			metric.Breaks[eval.LawSwap] = "unmatched mentions are treated one way for precision and another for recall"
			metric.Breaks[eval.LawSpurious] = "a wrong mention in a cluster becomes a gold singleton, which is partly found"
		}
		if m.Clusters() {
			metric.Breaks[eval.LawSum] = "clusters reach across articles, so what is scored in parts has other clusters"
			metric.Breaks[eval.LawOrder] = "of repeated mentions the first is kept"
			metric.Meaning += " " + coref.SharedOut
			clusters.Metrics = append(clusters.Metrics, metric)
		} else {
			sets.Metrics = append(sets.Metrics, metric)
		}
	}
	eval.Register(sets)
	eval.Register(clusters)
}

func nelevalLink(id string) (kb, cluster string) {
	switch {
	case id == "":
		return "", "\x00"
	case strings.HasPrefix(id, "NIL"):
		return "", id
	}
	return id, id
}

func loadNeleval(to []links.Mention, p *eval.Pair, pred bool) []links.Mention {
	to = links.Load(to, p, pred, nelevalLink)
	for i := range to {
		to[i].Place = place.Place{Span: to[i].Span} // it knows no fragments
	}
	return to
}
