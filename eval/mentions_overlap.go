package eval

import "github.com/mizan-corpus/mizan/schema"

func init() {
	Register(Family{
		Name:   "mentions.overlap",
		Counts: MentionItems, Needs: &Needs{},
		Metrics: []Metric{{
			Name: "mentions.overlap", Title: "mentions, spans that overlap enough",
			Meaning:  "A predicted mention is correct when its span and that of a gold mention share at least the set percentage of the code points that either covers (intersection over union), whatever their types. At 0 per cent any common code point is enough.",
			Formula:  "precision = correct/predicted mentions, recall = correct/gold mentions; |G∩P|/|G∪P| ≥ threshold",
			Citation: "Jaccard 1912, The distribution of the flora in the alpine zone; as a threshold on matches, Everingham et al. 2010, The Pascal Visual Object Classes Challenge. Matching: as many pairs one to one as possible.",
		}},
		New: func(s *Settings) Counting { return &overlapCounting{grade: overlapAtLeast(s.IoU)} },
	})
}

type overlapCounting struct {
	matcher    Matcher
	gold, pred []Item
	grade      GradeFunc
}

func (c *overlapCounting) Count(p *Pair, out *Tally) {
	c.gold = mentionItems(c.gold[:0], p.Gold.Mentions, out)
	c.pred = mentionItems(c.pred[:0], p.Pred.Mentions, out)
	countMatches(&c.matcher, c.gold, c.pred, []string{"mentions.overlap"}, []GradeFunc{c.grade}, out)
}

// overlapAtLeast grades two overlapping spans as correct when their
// intersection over union is at least percent, compared in integers.
func overlapAtLeast(percent int) GradeFunc {
	return func(g, p *Item) Grade {
		if overlapPercentAtLeast(g.Span, p.Span, percent) {
			return Correct
		}
		return NoMatch
	}
}

func overlapPercentAtLeast(a, b schema.Span, percent int) bool {
	common := int64(a.Intersection(b))
	union := int64(a.Len()) + int64(b.Len()) - common
	return common > 0 && 100*common >= int64(percent)*union
}
