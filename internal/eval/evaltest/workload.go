package evaltest

import (
	"fmt"
	"math/rand/v2"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/schema"
)

// SpanWorkload makes articles of so many gold spans and about as many
// predicted ones: most are identical, some have another type or boundary, some
// are missed or spurious, and a fifth are nested. Seeded.
func SpanWorkload(articles, spans int) []*eval.Pair {
	rng := rand.New(rand.NewPCG(1, uint64(articles)))
	types := []string{"PER", "ORG", "GPE", "GRP", "LOC"}
	pairs := make([]*eval.Pair, articles)
	for d := range pairs {
		id := fmt.Sprintf("d%07d", d)
		gold, pred := &schema.Annotation{DocID: id}, &schema.Annotation{DocID: id}
		at := int32(0)
		for len(gold.Mentions) < spans {
			at += int32(1 + rng.IntN(20))
			m := schema.Mention{Span: schema.Span{Start: at, End: at + int32(2+rng.IntN(20))}, Type: types[rng.IntN(len(types))]}
			gold.Mentions = append(gold.Mentions, m)
			p := m
			switch rng.IntN(10) {
			case 0: // missed
				p.Span = schema.NoSpan
			case 1:
				p.Type = types[rng.IntN(len(types))]
			case 2:
				p.Span.End++
			case 3: // spurious, after it
				pred.Mentions = append(pred.Mentions, p)
				p = schema.Mention{Span: schema.Span{Start: m.Span.End, End: m.Span.End + 1}, Type: "LOC"}
			}
			if p.Span.IsSet() {
				pred.Mentions = append(pred.Mentions, p)
			}
			if rng.IntN(5) > 0 { // the next one begins after this one
				at = m.Span.End
			}
		}
		pairs[d] = &eval.Pair{DocID: id, Gold: gold, Pred: pred}
	}
	return pairs
}

// BenchmarkPairs are articles of 300 mentions of 60 actors; one predicted
// mention in five goes to another actor and one in ten to another span.
func BenchmarkPairs(articles int) []*eval.Pair {
	r := rand.New(rand.NewPCG(1, 2))
	var pairs []*eval.Pair
	for d := range articles {
		gold, pred := &schema.Annotation{}, &schema.Annotation{}
		for i := range 300 {
			m := schema.Mention{Span: schema.Span{Start: int32(10 * i), End: int32(10*i + 5)}, Type: "PER", ActorID: fmt.Sprintf("actor-%d", r.IntN(60))}
			gold.Mentions = append(gold.Mentions, m)
			if r.IntN(5) == 0 {
				m.ActorID = fmt.Sprintf("actor-%d", r.IntN(60))
			}
			if r.IntN(10) == 0 {
				m.Span.End++
			}
			pred.Mentions = append(pred.Mentions, m)
		}
		pairs = append(pairs, &eval.Pair{DocID: fmt.Sprintf("d%06d", d), Gold: gold, Pred: pred})
	}
	return pairs
}
