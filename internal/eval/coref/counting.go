package coref

import (
	"github.com/mizan-corpus/mizan/internal/eval"
)

// Loader appends the mentions of both sides of an article.
type Loader func(gold, pred []Mention, p *eval.Pair) ([]Mention, []Mention)

// ArticleCounting counts the clusters of each article on their own.
type ArticleCounting struct {
	Prefix     string
	Counts     eval.ItemKind
	Names      map[string]string // what the family calls the metrics; nil for their own names
	Load       Loader
	Keep       KeepRule
	layout     *eval.Layout
	plan       Plan
	gold, pred Side
	overlap    Overlap
	amounts    Counts
}

func (c *ArticleCounting) Count(p *eval.Pair, out *eval.Tally) {
	if c.layout != out.Layout() {
		c.layout, c.plan = out.Layout(), NewPlan(out.Layout(), c.Prefix, c.Names)
	}
	c.gold.reset()
	c.pred.reset()
	c.gold.Mentions, c.pred.Mentions = c.Load(c.gold.Mentions[:0], c.pred.Mentions[:0], p)
	c.gold.sort(c.Keep)
	c.pred.sort(c.Keep)
	if p.Scope != nil || c.Keep == nil && (hasTwins(c.gold.Mentions) || hasTwins(c.pred.Mentions)) {
		var alone CorpusRecords
		alone.ObserveSides(p, c.Counts, &c.gold, &c.pred, c.Keep, &c.overlap)
		alone.addAll(&c.plan, func(int32) *eval.Tally { return out })
		return
	}
	c.overlap.Fill(c.gold.load(0, false), c.pred.load(0, true))
	c.amounts.Reset()
	for k, need := range c.plan.need {
		if need {
			c.overlap.Count(k, &c.amounts[k])
		}
	}
	c.plan.add(&c.amounts, eval.Undivided, out)
}

// CorpusCounting counts clusters that reach across articles.
type CorpusCounting struct {
	Subject    *Subject
	gold, pred Side
	overlap    Overlap
	records    CorpusRecords
}
