package coref

import (
	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/schema"
)

// ArticleCounting counts the clusters of each article on their own.
type ArticleCounting struct {
	Prefix     string
	Names      map[string]string // what the family calls the metrics; nil for their own names
	Load       func([]Mention, *schema.Annotation) []Mention
	Keep       KeepRule
	layout     *eval.Layout
	plan       Plan
	gold, pred Side
	overlap    Overlap
	counts     Counts
}

func (c *ArticleCounting) Count(p *eval.Pair, out *eval.Tally) {
	if c.layout != out.Layout() {
		c.layout, c.plan = out.Layout(), NewPlan(out.Layout(), c.Prefix, c.Names)
	}
	c.gold.reset()
	c.pred.reset()
	c.gold.Mentions = c.Load(c.gold.Mentions[:0], p.Gold)
	c.pred.Mentions = c.Load(c.pred.Mentions[:0], p.Pred)
	c.overlap.Fill(c.gold.LoadEntries(c.Keep, false), c.pred.LoadEntries(c.Keep, true))
	c.counts.Reset()
	for k, need := range c.plan.need {
		if need {
			c.overlap.Count(k, &c.counts[k])
		}
	}
	c.plan.add(&c.counts, out)
}

// CorpusCounting counts clusters that reach across articles.
type CorpusCounting struct {
	Subject    *Subject
	gold, pred Side
	overlap    Overlap
	records    CorpusRecords
}
