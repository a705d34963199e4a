package metrics

import (
	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/match"
	"github.com/mizan-corpus/mizan/internal/eval/place"
	"github.com/mizan-corpus/mizan/schema"
)

func init() {
	eval.Register(eval.Family{
		Name:   "mentions.head",
		Counts: eval.MentionItems, Needs: &eval.Needs{Details: true},
		Metrics: []eval.Metric{{
			Name: "mentions.head", Title: "mentions, same head and type",
			Meaning:  "A predicted mention is correct when a gold mention has the same head span and the same type, whatever the extents. A mention without a head counts with its extent.",
			Formula:  "precision = correct/predicted mentions, recall = correct/gold mentions",
			Citation: "Head match as in ACE 2005 entity mention detection (LDC 2005, ACE English Annotation Guidelines for Entities, v5.6.6) and Li and Ji 2014, Incremental joint extraction of entity mentions and relations. Matching: optimal one-to-one on identical heads.",
		}},
		New: func(*eval.Settings) eval.Counting { return &headCounting{} },
	})
}

type headCounting struct {
	matcher    match.Matcher
	gold, pred []match.Item
}

func (c *headCounting) Count(p *eval.Pair, out *eval.Tally) {
	c.gold = headItems(c.gold[:0], p.Gold, false, out)
	c.pred = headItems(c.pred[:0], p.Pred, true, out)
	countMatches(&c.matcher, c.gold, c.pred, []string{"mentions.head"}, []match.GradeFunc{match.ClassifiedGrade}, out)
}

// headItems lists the mentions by head span, classed by type, sorted.
func headItems(items []match.Item, a *schema.Annotation, pred bool, out *eval.Tally) []match.Item {
	items = mentionItems(items, a, pred, out)
	for i := range items {
		if head := a.Mentions[items[i].Ref].Head; head.Valid() {
			items[i].Place = place.Place{Span: head}
		}
	}
	match.SortItems(items)
	return items
}
