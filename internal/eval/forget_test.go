package eval_test

import (
	"runtime"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

// The counts that a scorer keeps of an article hold on to no annotation: a
// comparison keeps those of every article.
func TestCountsHoldNoAnnotation(t *testing.T) {
	scorer := eval.NewScorer(eval.Metrics(), evaltest.LawSettings(), nil, nil, "")
	freed := make(chan bool, 4)
	err := scorer.Run(t.Context(), func(yield func(*eval.Pair, error) bool) {
		p := evaltest.SpanWorkload(1, 10)[0]
		for _, a := range []*schema.Annotation{p.Gold, p.Pred} {
			runtime.AddCleanup(a, func(int) { freed <- true }, 0)
		}
		yield(p, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		for i := 0; len(freed) == 0 && i < 100; i++ {
			runtime.GC()
			runtime.Gosched()
		}
		select {
		case <-freed:
		default:
			t.Fatal("an annotation is still held")
		}
	}
	runtime.KeepAlive(scorer)
}
