package coref

import (
	"maps"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// Metric describes a coreference metric once; families of mentions of
// actors or events, within articles or across them, are made from it.
type Metric struct {
	Name, Title                string
	Meaning, Formula, Citation string
	Parts                      []int    // four counters each
	More                       []string // names of the counters after the first four
	Formulas                   func(zero func(int) bool) eval.Formula
	Breaks                     map[eval.Law]string
}

// Metrics in the order in which they are shown.
var Metrics = []*Metric{&mucMetric, &b3Metric, &ceafmMetric, &ceafeMetric, &blancMetric, &leaMetric, &CoNLL}

var CoNLL = Metric{
	Name: "conll", Title: "CoNLL average",
	Meaning:  "The mean of MUC, B³ and entity-based CEAF. The first four counters are those of finding the mentions themselves.",
	Formula:  "F1 = (F1 of MUC + F1 of B³ + F1 of CEAFe)/3; P and R likewise; undefined where one of the three is",
	Citation: "Pradhan et al. 2011, CoNLL-2011 shared task: Modeling unrestricted coreference in OntoNotes",
	Parts:    []int{partMentions, PartMUC, PartB3, PartCEAFe},
	More: []string{
		"muc_correct_p", "muc_predicted", "muc_correct_r", "muc_gold",
		"b3_correct_p", "b3_predicted", "b3_correct_r", "b3_gold",
		"ceafe_correct_p", "ceafe_predicted", "ceafe_correct_r", "ceafe_gold",
	},
	Formulas: func(func(int) bool) eval.Formula { return conllAverage },
}

var conllAverage = eval.Formula{Of: []int{4, 8, 12}}

// Unit is what a whole item of the metric counts as: exact fractions where any of
// its parts has them.
func (m *Metric) Unit() int64 {
	unit := int64(1)
	for _, k := range m.Parts {
		unit = max(unit, Parts[k].Unit)
	}
	return unit
}

// Subject is what a family of coreference metrics is about.
type Subject struct {
	Prefix  string // of the metrics' names
	Title   string
	Mention string // what is clustered, and by what: a sentence
	Counts  eval.ItemKind
	Corpus  bool
	Load    Loader
}

func (s *Subject) Family() eval.Family {
	f := eval.Family{Name: s.Prefix, Counts: s.Counts, Claims: eval.ClaimActors, Needs: &eval.Needs{Events: s.Counts == eval.EventItems, Details: true}}
	if s.Counts == eval.EventItems {
		f.Claims = eval.ClaimHoppers
	}
	for _, m := range Metrics {
		metric := eval.Metric{
			Name: s.Prefix + "." + m.Name, Title: s.Title + ", " + m.Title,
			Meaning: m.Meaning + " " + s.Mention, Formula: m.Formula, Citation: m.Citation,
			Counters: append(append([]string(nil), eval.StandardCounters...), m.More...),
			Unit:     m.Unit(),
			Formulas: m.Formulas,
			Headline: m == &CoNLL && !s.Corpus,
			Breaks:   maps.Clone(m.Breaks),
		}
		if s.Corpus {
			metric.Meaning += " " + SharedOut
			if metric.Breaks == nil {
				metric.Breaks = map[eval.Law]string{}
			}
			metric.Breaks[eval.LawSum] = "clusters reach across articles, so what is scored in parts has other clusters"
		}
		f.Metrics = append(f.Metrics, metric)
	}
	return f
}

// SharedOut says how the counts of the whole corpus become those of articles.
const SharedOut = "Clusters reach across articles. Whatever a cluster, or the overlap of two clusters, adds to a counter is shared out equally over its mentions, and an article gets the shares of its own mentions; a pair of mentions in two articles counts half in each. Shares are exact fractions that add up to the corpus-wide count."

// Plan is what a layout asks of a family: the metrics to fill, and the
// parts that they need, each to be counted once.
type Plan struct {
	metrics []int // position in the layout, -1 when not selected; by Metrics
	need    [NumParts]bool
}

// NewPlan looks the family's metrics up; names, when set, are what the
// family calls them.
func NewPlan(l *eval.Layout, prefix string, names map[string]string) Plan {
	p := Plan{metrics: make([]int, len(Metrics))}
	for i, m := range Metrics {
		name := m.Name
		if names != nil {
			name = names[name]
		}
		p.metrics[i] = l.Find(prefix + "." + name)
		if p.metrics[i] < 0 {
			continue
		}
		for _, k := range m.Parts {
			p.need[k] = true
		}
	}
	return p
}

// add puts the counts into the overall class of a tally, where they count.
func (p *Plan) add(counts *Counts, where eval.Judged, out *eval.Tally) {
	for i, m := range Metrics {
		if p.metrics[i] < 0 {
			continue
		}
		for j, k := range m.Parts {
			for n := range 4 {
				out.AddJudged(where, p.metrics[i], 4*j+n, &counts[k][n])
			}
		}
	}
}
