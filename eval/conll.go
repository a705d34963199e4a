package eval

// The scheme "conll" gives the figures of the CoNLL reference coreference
// scorer (Pradhan et al. 2014, version 8.01): of a mention that one side has
// twice the first is kept, and a ratio without denominator is 0.

// conllNames are the names of the metrics in the scheme.
var conllNames = map[string]string{"muc": "muc", "b3": "bcub", "ceafm": "ceafm", "ceafe": "ceafe", "blanc": "blanc", "lea": "lea", "conll": "conll"}

func init() {
	const prefix = "conll"
	f := Family{Name: prefix, Counts: MentionItems, Needs: &Needs{Details: true}, Scheme: prefix}
	for _, m := range corefMetrics {
		breaks := map[Law]string{
			LawOrder:    "of repeated mentions the first is kept",
			LawIdentity: "a score without denominator, as MUC of singletons, is 0",
		}
		for law, why := range m.breaks {
			breaks[law] = why
		}
		f.Metrics = append(f.Metrics, Metric{
			Name: prefix + "." + conllNames[m.name], Title: "actor coreference as the CoNLL scorer has it, " + m.title,
			Meaning: m.meaning + " The CoNLL reference scorer's figures: mentions clustered by actor_id within an article, the first of repeated mentions kept, and 0 where there is nothing to divide by.",
			Formula: m.formula, Citation: m.citation + "; Pradhan et al. 2014, Scoring coreference partitions of predicted mentions: A reference implementation",
			Counters: append(append([]string(nil), StandardCounters...), m.more...),
			Unit:     corefPartTable[m.parts[0]].unit,
			Score:    conllScore(m), Optional: true, Breaks: breaks,
		})
	}
	f.New = func(*Settings) Counting {
		return &corefCounting{prefix: prefix, load: actorClusters, keep: firstGiven, names: conllNames}
	}
	Register(f)
}

// conllScore reads what is undefined as 0. The CoNLL average is that of the
// three scores after each was read so.
func conllScore(m *corefMetric) func([]int64) Score {
	if m == &conllMetric {
		return func(c []int64) Score {
			return meanScore(orZero(PRF(c[4:8])), orZero(PRF(c[8:12])), orZero(PRF(c[12:16])))
		}
	}
	return func(c []int64) Score { return orZero(m.score(c)) }
}
