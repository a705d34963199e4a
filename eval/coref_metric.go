package eval

import (
	"maps"

	"github.com/mizan-corpus/mizan/schema"
)

// corefMetric describes a coreference metric once; families of mentions of
// actors or events, within articles or across them, are made from it.
type corefMetric struct {
	name, title                string
	meaning, formula, citation string
	parts                      []int    // four counters each
	more                       []string // names of the counters after the first four
	score                      func([]int64) Score
	breaks                     map[Law]string
}

// corefMetrics in the order in which they are shown.
var corefMetrics = []*corefMetric{&mucMetric, &b3Metric, &ceafmMetric, &ceafeMetric, &blancMetric, &leaMetric, &conllMetric}

var conllMetric = corefMetric{
	name: "conll", title: "CoNLL average",
	meaning:  "The mean of MUC, B³ and entity-based CEAF. The first four counters are those of finding the mentions themselves.",
	formula:  "F1 = (F1 of MUC + F1 of B³ + F1 of CEAFe)/3; P and R likewise; undefined where one of the three is",
	citation: "Pradhan et al. 2011, CoNLL-2011 shared task: Modeling unrestricted coreference in OntoNotes",
	parts:    []int{partMentions, partMUC, partB3, partCEAFe},
	more: []string{
		"muc_correct_p", "muc_predicted", "muc_correct_r", "muc_gold",
		"b3_correct_p", "b3_predicted", "b3_correct_r", "b3_gold",
		"ceafe_correct_p", "ceafe_predicted", "ceafe_correct_r", "ceafe_gold",
	},
	score: func(c []int64) Score { return meanScore(PRF(c[4:8]), PRF(c[8:12]), PRF(c[12:16])) },
}

// clusterSubject is what a family of coreference metrics is about.
type clusterSubject struct {
	prefix  string // of the metrics' names
	title   string
	mention string // what is clustered, and by what: a sentence
	counts  ItemKind
	corpus  bool
	load    func([]clusterMention, *schema.Annotation) []clusterMention
}

func (s *clusterSubject) family() Family {
	f := Family{Name: s.prefix, Counts: s.counts, Needs: &Needs{Events: s.counts == EventItems, Details: true}}
	for _, m := range corefMetrics {
		metric := Metric{
			Name: s.prefix + "." + m.name, Title: s.title + ", " + m.title,
			Meaning: m.meaning + " " + s.mention, Formula: m.formula, Citation: m.citation,
			Counters: append(append([]string(nil), StandardCounters...), m.more...),
			Unit:     corefPartTable[m.parts[0]].unit,
			Score:    m.score,
			Headline: m == &conllMetric && !s.corpus,
			Breaks:   maps.Clone(m.breaks),
		}
		if s.corpus {
			metric.Unit = corefPartTable[m.parts[0]].corpusUnit
			metric.Meaning += " " + sharedOut
			if metric.Breaks == nil {
				metric.Breaks = map[Law]string{}
			}
			metric.Breaks[LawSum] = "clusters reach across articles, so what is scored in parts has other clusters"
		}
		f.Metrics = append(f.Metrics, metric)
	}
	return f
}

// sharedOut says how the counts of the whole corpus become those of articles.
const sharedOut = "Clusters reach across articles. Whatever a cluster, or the overlap of two clusters, adds to a counter is shared out equally over its mentions, and an article gets the shares of its own mentions; a pair of mentions in two articles counts half in each. Shares are whole numbers that add up to the corpus-wide count exactly."

// corefPlan is what a layout asks of a family: the metrics to fill, and the
// parts that they need, each to be counted once.
type corefPlan struct {
	metrics []int // position in the layout, -1 when not selected; by corefMetrics
	need    [corefParts]bool
}

// newCorefPlan looks the family's metrics up; names, when set, are what the
// family calls them.
func newCorefPlan(l *Layout, prefix string, names map[string]string) corefPlan {
	p := corefPlan{metrics: make([]int, len(corefMetrics))}
	for i, m := range corefMetrics {
		name := m.name
		if names != nil {
			name = names[name]
		}
		p.metrics[i] = l.Find(prefix + "." + name)
		if p.metrics[i] < 0 {
			continue
		}
		for _, k := range m.parts {
			p.need[k] = true
		}
	}
	return p
}

// add puts the counts into the overall class of a tally.
func (p *corefPlan) add(counts *CorefCounts, out *Tally) {
	for i, m := range corefMetrics {
		if p.metrics[i] < 0 {
			continue
		}
		v := out.Counters(p.metrics[i], Overall)
		for j, k := range m.parts {
			for n := range 4 {
				v[4*j+n] += counts[k][n]
			}
		}
	}
}
