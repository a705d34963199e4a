package eval_test

import (
	"context"
	"fmt"
	"log"

	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/pipeline"
	"github.com/mizan-corpus/mizan/schema"
)

func init() {
	eval.Register(eval.Family{
		Name: "inventory", Counts: eval.MentionItems, Needs: &eval.Needs{},
		Metrics: []eval.Metric{{
			Name: "inventory.types", Title: "mentions by number",
			Meaning: "A mention is correct when the other side has one of its type for it, wherever it stands.",
		}},
		New: func(*eval.Settings) eval.Counting { return inventory{} },
	})
}

// inventory finds a mention right when the other side has one of the type, wherever
// it stands.
type inventory struct{}

func (inventory) Count(p *eval.Pair, out *eval.Tally) {
	metric := out.Layout().Find("inventory.types")
	count := func(side, other []schema.Mention, add func(int, eval.Item, int64, int64)) {
		left := map[string]int{}
		for _, m := range other {
			left[m.Type]++
		}
		for i, m := range side {
			var found int64
			if left[m.Type] > 0 {
				left[m.Type]--
				found = 1
			}
			add(metric, eval.Item{Class: out.Class(m.Type), At: int32(i), Of: -1}, found, 1)
		}
	}
	count(p.Gold.Mentions, p.Pred.Mentions, out.AddGold)
	count(p.Pred.Mentions, p.Gold.Mentions, out.AddPredicted)
}

// A metric of one's own is scored like those that come with the program.
func Example() {
	score := pipeline.ScoreDefaults()
	score.Predicted = func(yield func(*schema.Annotation, error) bool) {
		yield(&schema.Annotation{DocID: "000_ced7557e4e70de65", Mentions: []schema.Mention{
			{ID: "m1", Span: schema.NoSpan, Head: schema.NoSpan, Text: "بوتين", Type: "PER"},
			{ID: "m2", Span: schema.NoSpan, Head: schema.NoSpan, Text: "روسيا", Type: "MADE-UP"},
		}}, nil)
	}
	score.Evaluation.Metrics = []string{"inventory"}
	score.Evaluation.Where = []string{"article=000_ced7557e4e70de65"}
	result, err := pipeline.Score(context.Background(), pipeline.Streams{}, score)
	if err != nil {
		log.Fatal(err)
	}
	f := result.Find("inventory.types", "")
	fmt.Printf("%g of %g predicted are right, gold has %g\n", f.Correct.Precision, f.Predicted, f.Gold)
	// Output:
	// 1 of 2 predicted are right, gold has 47
}
