package eval

import (
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// The scheme "neleval" gives the figures of neleval for the articles'
// mentions as they stand: an id that begins with NIL is no link but the name
// of a NIL cluster, mentions without id are one cluster together, tables of
// actors are not looked at, and a ratio without denominator is 0.

func init() {
	sets := Family{Name: "neleval", Counts: MentionItems, Needs: &Needs{Details: true}, Scheme: "neleval", New: func(*Settings) Counting {
		return &linkCounting{prefix: "neleval", load: loadNeleval}
	}}
	clusters := Family{Name: "neleval.clusters", Counts: MentionItems, Needs: &Needs{Details: true}, Scheme: "neleval", NewCorpus: func(*Settings) CorpusCounting {
		return &corpusLinkCounting{prefix: "neleval", load: loadNeleval, keep: firstGiven}
	}}
	for _, m := range append(slices.Clone(linkMeasures), overlapMeasures...) {
		metric := Metric{
			Name: "neleval." + m.name, Title: "as neleval has it, " + m.title,
			Meaning: m.meaning() + " The figures of neleval: an actor_id that begins with NIL names a NIL cluster, mentions without one are one cluster, and a ratio without denominator is 0.",
			Formula: m.formula(), Citation: linkCitation, Unit: m.unit(), Optional: true,
			Score:  func(c []int64) Score { return orZero(PRF(c)) },
			Breaks: map[Law]string{LawIdentity: "a score without denominator is 0"},
		}
		if m.part == partOverlap {
			metric.Breaks[LawSwap] = "the search for overlapping mentions passes some by where mentions of one side overlap each other"
		}
		if m.cai {
			metric.Breaks[LawSwap] = "unmatched mentions are treated one way for precision and another for recall"
			metric.Breaks[LawSpurious] = "a wrong mention in a cluster becomes a gold singleton, which is partly found"
		}
		if m.clusters() {
			metric.Breaks[LawSum] = "clusters reach across articles, so what is scored in parts has other clusters"
			metric.Breaks[LawOrder] = "of repeated mentions the first is kept"
			metric.Meaning += " " + sharedOut
			clusters.Metrics = append(clusters.Metrics, metric)
		} else {
			sets.Metrics = append(sets.Metrics, metric)
		}
	}
	Register(sets)
	Register(clusters)
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

func loadNeleval(to []linkMention, a *schema.Annotation, pred bool) []linkMention {
	return loadLinks(to, a, pred, nelevalLink)
}
