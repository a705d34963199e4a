package eval

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// The scheme "neleval" gives the figures of neleval for the articles'
// mentions as they stand: an id that begins with NIL is no link but the name
// of a NIL cluster, mentions without id are one cluster together, tables of
// actors are not looked at, and a ratio without denominator is 0. Scores of
// other annotations than those of articles: [ScoreLinks].

func init() {
	sets := Family{Name: "neleval", New: func(*Settings) Counting {
		return &linkCounting{prefix: "neleval", load: loadNeleval}
	}}
	clusters := Family{Name: "neleval.clusters", NewCorpus: func(*Settings) CorpusCounting {
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

// LinkMention is one line of an entity linking annotation.
type LinkMention struct {
	Doc  string
	Span schema.Span // half-open, unlike neleval's own files, whose ends are inclusive
	ID   string      // of the entry in the knowledge base; "NIL…" names a NIL cluster, "" is none
	Type string
}

// LinkScore is one measure's counters and score.
type LinkScore struct {
	Measure string
	// Counters are the standard four, in Unit parts of a whole.
	Counters [4]int64
	Unit     int64
	Score    Score // what has no denominator is 0, as in neleval
}

// NelevalMeasures are the names of neleval's measures.
func NelevalMeasures() []string {
	var names []string
	for _, m := range linkMeasures {
		names = append(names, m.name)
	}
	return names
}

// ScoreLinks computes neleval's measures. A measure is one of
// [NelevalMeasures] or neleval's long form aggregate:filter:fields, such as
// "overlap-maxmax::span+type"; the aggregates are sets, overlap-sumsum (also
// summax, maxsum, maxmax), muc, b_cubed, entity_ceaf, mention_ceaf, pairwise
// and pairwise_negative, the filters is_linked and is_nil, the fields span,
// type, kbid and docid. An unknown one is an [UnknownMetricError]. Where one
// side has a mention twice, clusterings keep the first; neleval asks for input
// without such mentions.
func ScoreLinks(gold, pred []LinkMention, measures ...string) ([]LinkScore, error) {
	chosen := make([]*linkMeasure, len(measures))
	for i, name := range measures {
		m, err := parseLinkMeasure(name)
		if err != nil {
			return nil, err
		}
		chosen[i] = m
	}
	docs, goldOf, predOf := byDoc(gold, pred)
	out := make([]LinkScore, len(chosen))
	for i, m := range chosen {
		s := LinkScore{Measure: measures[i], Unit: m.unit()}
		c := linkCounting{}
		r := linkRecorder{fields: m.fields, keep: firstGiven}
		for _, doc := range docs {
			g, p := m.admitted(goldOf[doc]), m.admitted(predOf[doc])
			switch {
			case m.part == partSets:
				c.sets.count(m, g, p, func(isGold bool, _ string, hit int64) { s.add(isGold, hit) })
			case m.part == partOverlap:
				s.addAll(c.overlaps.count(m, g, p))
			default:
				r.observe(doc, g, p)
			}
		}
		if m.clusters() {
			for _, v := range r.counts(m) {
				s.addAll(v)
			}
		}
		s.Score = orZero(PRF(s.Counters[:]))
		out[i] = s
	}
	return out, nil
}

func (s *LinkScore) add(isGold bool, hit int64) {
	at := 0
	if isGold {
		at = 2
	}
	s.Counters[at] += hit
	s.Counters[at+1]++
}

func (s *LinkScore) addAll(v [4]int64) {
	for i := range v {
		s.Counters[i] += v[i]
	}
}

// byDoc groups the mentions by document, in the order of the documents' names.
func byDoc(gold, pred []LinkMention) (docs []string, goldOf, predOf map[string][]linkMention) {
	group := func(mentions []LinkMention, first int32) map[string][]linkMention {
		of := map[string][]linkMention{}
		for i, m := range mentions {
			l := linkMention{span: m.Span, typ: m.Type}
			l.kb, l.cluster = nelevalLink(m.ID)
			if m.Span.Start < 0 {
				l.alone = first + int32(2*i)
			}
			if _, ok := of[m.Doc]; !ok {
				docs = append(docs, m.Doc)
			}
			of[m.Doc] = append(of[m.Doc], l)
		}
		return of
	}
	goldOf, predOf = group(gold, 1), group(pred, 2)
	slices.Sort(docs)
	return slices.Compact(docs), goldOf, predOf
}

// admitted are the mentions that the measure's filter lets through.
func (m *linkMeasure) admitted(mentions []linkMention) []linkMention {
	var out []linkMention
	for i := range mentions {
		if m.filter.admits(&mentions[i]) {
			out = append(out, mentions[i])
		}
	}
	return out
}

var linkAggregates = map[string]int{
	"sets": partSets, "muc": partMUC, "b_cubed": partB3, "entity_ceaf": partCEAFe, "mention_ceaf": partCEAFm,
	"pairwise": partLinks, "pairwise_negative": partNonLinks,
}

// parseLinkMeasure reads a measure's name or long form.
func parseLinkMeasure(name string) (*linkMeasure, error) {
	if m := linkMeasureByName(name); m != nil && strings.Count(name, ":") == 0 {
		return m, nil
	}
	unknown := &UnknownMetricError{Name: name, Nearest: schema.Nearest(name, NelevalMeasures(), 3)}
	parts := strings.Split(name, ":")
	if len(parts) != 3 {
		return nil, unknown
	}
	m := &linkMeasure{name: name}
	part, ok := linkAggregates[parts[0]]
	if mode, isOverlap := overlapModes[parts[0]]; isOverlap {
		part, ok, m.mode = partOverlap, true, mode
	}
	if !ok {
		return nil, unknown
	}
	m.part = part
	switch parts[1] {
	case "", "None":
	case "is_linked":
		m.filter = linkedMentions
	case "is_nil":
		m.filter = nilMentions
	default:
		return nil, fmt.Errorf("measure %q: filter %q, expected is_linked, is_nil or nothing", name, parts[1])
	}
	for _, f := range strings.Split(parts[2], "+") {
		switch f {
		case "span":
			m.fields.span = true
		case "type":
			m.fields.typ = true
		case "kbid":
			m.fields.kb = true
		case "docid": // always compared
		default:
			return nil, fmt.Errorf("measure %q: field %q, expected span, type, kbid or docid", name, f)
		}
	}
	return m, nil
}
