package metrics

import (
	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/match"
)

func init() {
	eval.Register(eval.Family{
		Name:   "mentions.overlap",
		Counts: eval.MentionItems, Needs: &eval.Needs{},
		Metrics: []eval.Metric{{
			Name: "mentions.overlap", Title: "mentions, spans that overlap enough",
			Meaning:  "A predicted mention is correct when its span and that of a gold mention share at least the set percentage of the code points that either covers (intersection over union), whatever their types. At 0 per cent any common code point is enough.",
			Formula:  "precision = correct/predicted mentions, recall = correct/gold mentions; |G∩P|/|G∪P| ≥ threshold",
			Citation: "Jaccard 1912, The distribution of the flora in the alpine zone; as a threshold on matches, Everingham et al. 2010, The Pascal Visual Object Classes Challenge. Matching: as many pairs one to one as possible.",
		}},
		New: func(s *eval.Settings) eval.Counting { return &overlapCounting{grade: match.OverlapAtLeast(s.IoU)} },
	})
}

type overlapCounting struct {
	matcher    match.Matcher
	gold, pred []match.Item
	grade      match.GradeFunc
}

func (c *overlapCounting) Count(p *eval.Pair, out *eval.Tally) {
	c.gold = mentionItems(c.gold[:0], p.Gold, false, out)
	c.pred = mentionItems(c.pred[:0], p.Pred, true, out)
	countMatches(&c.matcher, c.gold, c.pred, []string{"mentions.overlap"}, []match.GradeFunc{c.grade}, out)
}
