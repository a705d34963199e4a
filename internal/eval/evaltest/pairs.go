package evaltest

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/schema"
)

func drawMentions(t *rapid.T, label string) []schema.Mention {
	ids := []string{"", "a", "b", "c", "NIL1"}
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) schema.Mention {
		start := rapid.Int32Range(0, 5).Draw(t, "start")
		return schema.Mention{
			Span:    schema.Span{Start: start, End: start + rapid.Int32Range(1, 2).Draw(t, "length")},
			Type:    rapid.SampledFrom([]string{"PER", "ORG"}).Draw(t, "type"),
			ActorID: rapid.SampledFrom(ids).Draw(t, "actor"),
		}
	}), 0, 7).Draw(t, label)
}

// DrawPairs draws articles whose events stand where their mentions do.
func DrawPairs(t *rapid.T) []*eval.Pair {
	var pairs []*eval.Pair
	for i := range rapid.IntRange(1, 4).Draw(t, "articles") {
		p := &eval.Pair{DocID: fmt.Sprintf("d%d", i), Gold: &schema.Annotation{}, Pred: &schema.Annotation{}}
		for _, a := range []*schema.Annotation{p.Gold, p.Pred} {
			a.Mentions = drawMentions(t, "mentions")
			for _, m := range a.Mentions {
				a.Events = append(a.Events, schema.Event{Span: m.Span, Type: m.Type, HopperID: m.ActorID})
			}
		}
		pairs = append(pairs, p)
	}
	return pairs
}

func GoldSide(p *eval.Pair) *schema.Annotation { return p.Gold }

func PredSide(p *eval.Pair) *schema.Annotation { return p.Pred }
