package eval

import "github.com/mizan-corpus/mizan/schema"

func init() {
	Register(Family{
		Name:   "mentions.head",
		Counts: MentionItems, Needs: &Needs{Details: true},
		Metrics: []Metric{{
			Name: "mentions.head", Title: "mentions, same head and type",
			Meaning:  "A predicted mention is correct when a gold mention has the same head span and the same type, whatever the extents. A mention without a head counts with its extent.",
			Formula:  "precision = correct/predicted mentions, recall = correct/gold mentions",
			Citation: "Head match as in ACE 2005 entity mention detection (LDC 2005, ACE English Annotation Guidelines for Entities, v5.6.6) and Li and Ji 2014, Incremental joint extraction of entity mentions and relations. Matching: optimal one-to-one on identical heads.",
		}},
		New: func(*Settings) Counting { return &headCounting{} },
	})
}

type headCounting struct {
	matcher    Matcher
	gold, pred []Item
}

func (c *headCounting) Count(p *Pair, out *Tally) {
	c.gold = headItems(c.gold[:0], p.Gold.Mentions, out)
	c.pred = headItems(c.pred[:0], p.Pred.Mentions, out)
	countMatches(&c.matcher, c.gold, c.pred, []string{"mentions.head"}, []GradeFunc{classifiedGrade}, out)
}

// headItems lists the mentions by head span, classed by type, sorted.
func headItems(items []Item, mentions []schema.Mention, out *Tally) []Item {
	items = mentionItems(items, mentions, out)
	for i := range items {
		if head := mentions[items[i].Ref].Head; head.Valid() {
			items[i].Span = head
		}
	}
	SortItems(items)
	return items
}
