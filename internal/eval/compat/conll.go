package compat

import (
	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/coref"
)

// The scheme "conll" gives the figures of the CoNLL reference coreference
// scorer (Pradhan et al. 2014, version 8.01): of a mention that one side has
// twice the first is kept, and a ratio without denominator is 0.

// conllNames are the names of the metrics in the scheme.
var conllNames = map[string]string{"muc": "muc", "b3": "bcub", "ceafm": "ceafm", "ceafe": "ceafe", "blanc": "blanc", "lea": "lea", "conll": "conll"}

func init() {
	const prefix = "conll"
	f := eval.Family{Name: prefix, Counts: eval.MentionItems, Claims: eval.ClaimActors, Needs: &eval.Needs{Details: true}, Scheme: prefix}
	for _, m := range coref.Metrics {
		breaks := map[eval.Law]string{
			eval.LawOrder:    "of repeated mentions the first is kept",
			eval.LawIdentity: "a score without denominator, as MUC of singletons, is 0",
		}
		for law, why := range m.Breaks {
			breaks[law] = why
		}
		f.Metrics = append(f.Metrics, eval.Metric{
			Name: prefix + "." + conllNames[m.Name], Title: "actor coreference as the CoNLL scorer has it, " + m.Title,
			Meaning: m.Meaning + " The CoNLL reference scorer's figures: mentions clustered by actor_id within an article, the first of repeated mentions kept, and 0 where there is nothing to divide by.",
			Formula: m.Formula, Citation: m.Citation + "; Pradhan et al. 2014, Scoring coreference partitions of predicted mentions: A reference implementation",
			Counters: append(append([]string(nil), eval.StandardCounters...), m.More...),
			Unit:     m.Unit(),
			Formulas: conllFormula(m), Optional: true, Breaks: breaks,
		})
	}
	f.New = func(*eval.Settings) eval.Counting {
		return &coref.ArticleCounting{Prefix: prefix, Counts: eval.MentionItems, Load: coref.WholeSpans, Keep: coref.FirstGiven, Names: conllNames}
	}
	eval.Register(f)
}

// conllFormula reads what is undefined as 0. The CoNLL average is that of the
// three scores after each was read so; BLANC without gold is that of both kinds.
func conllFormula(m *coref.Metric) func(func(int) bool) eval.Formula {
	return func(zero func(int) bool) eval.Formula {
		f := eval.Plain
		if m.Formulas != nil {
			f = m.Formulas(zero)
		}
		if f.Of == nil {
			f.Of = []int{0}
		}
		return eval.Formula{Of: f.Of, OrZero: true}
	}
}
