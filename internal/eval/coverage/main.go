// Coverage simulates how often the interval of each method holds the true
// figure, and how wide it is, over corpora of few and of many articles, and
// prints a table in Markdown.
//
//	go run ./internal/eval/coverage [-corpora 10000] [-bootstraps 500] [-family mentions]
//
// A population of articles is made once a family and F1; a corpus is n articles
// drawn from it, and the truth is the figure of the whole population. Intervals
// and figures are those of package eval; nothing is computed here. The seed is
// fixed: the same build prints the same table.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"os"
	"runtime"
	"sync"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/stats"
)

const level = 0.95

var methods = []string{stats.MethodLogit, stats.MethodPercentile, stats.MethodBCa}

func main() {
	corpora := flag.Int("corpora", 10_000, "corpora a cell for logit-t")
	bootstraps := flag.Int("bootstraps", 500, "corpora a cell for the bootstraps of 999 resamples")
	family := flag.String("family", "", "one family alone")
	flag.Parse()
	if err := run(context.Background(), os.Stdout, *family, *corpora, *bootstraps); err != nil {
		log.Fatalf("coverage: %v", err)
	}
}

func run(ctx context.Context, w io.Writer, family string, corpora, bootstraps int) error {
	fmt.Fprintf(w, "| family | F1 | n |")
	for _, m := range methods {
		fmt.Fprintf(w, " %s |", m)
	}
	fmt.Fprintf(w, "\n|---|---|---|---|---|---|\n")
	for _, f := range families {
		if family != "" && family != f.name {
			continue
		}
		for _, f1 := range []float64{.3, .6, .9, .97} {
			p, err := f.population(ctx, f1)
			if err != nil {
				return err
			}
			for _, n := range []int{5, 10, 20, 50} {
				c, err := p.cell(ctx, n, corpora, bootstraps)
				if err != nil {
					return err
				}
				fmt.Fprintf(w, "| %s | %.3f | %d |", f.name, p.truth, n)
				for _, t := range c {
					fmt.Fprintf(w, " %.1f (%.3f) |", 100*float64(t.held)/float64(t.corpora), t.width/float64(t.corpora))
				}
				fmt.Fprintln(w)
			}
		}
	}
	return nil
}

// population is articles to draw from, with their F1.
type population struct {
	layout   *eval.Layout // of one metric
	articles []*eval.Tally
	truth    float64
}

func newPopulation(l *eval.Layout, articles []*eval.Tally) (*population, error) {
	p := &population{layout: l, articles: articles}
	total := l.NewTally()
	for _, a := range articles {
		if err := total.Merge(a); err != nil {
			return nil, err
		}
	}
	s := l.Metrics()[0].ScoreExactly(total.Exact(0, ""))
	if s.F1 == nil {
		return nil, fmt.Errorf("%s is undefined in the whole population", l.Metrics()[0].Name)
	}
	p.truth, _ = s.F1.Float64()
	return p, nil
}

// track is how often a method's interval held the truth, and their widths.
type track struct {
	corpora, held int
	width         float64
}

func (t *track) add(interval *[2]float64, truth float64) {
	t.corpora++
	if interval == nil {
		return // no interval holds nothing
	}
	if interval[0] <= truth+1e-12 && truth-1e-12 <= interval[1] {
		t.held++
	}
	t.width += interval[1] - interval[0]
}

// cell draws corpora of n articles, each with a stream of its own, and gives
// the tracks of the methods.
func (p *population) cell(ctx context.Context, n, corpora, bootstraps int) ([]track, error) {
	intervals := make([][]*[2]float64, corpora) // by corpus and method; methods that were not run are left out
	var wg sync.WaitGroup
	var mu sync.Mutex
	var failed error
	workers := runtime.GOMAXPROCS(0)
	for k := range workers {
		wg.Go(func() {
			for i := k; i < corpora; i += workers {
				var err error
				if intervals[i], err = p.corpus(ctx, n, i, i < bootstraps); err != nil {
					mu.Lock()
					failed = err
					mu.Unlock()
					return
				}
			}
		})
	}
	wg.Wait()
	out := make([]track, len(methods))
	for _, corpus := range intervals {
		for m, interval := range corpus {
			out[m].add(interval, p.truth)
		}
	}
	return out, failed
}

// corpus draws one corpus and makes its intervals of F1.
func (p *population) corpus(ctx context.Context, n, number int, all bool) ([]*[2]float64, error) {
	rng := rand.New(rand.NewPCG(uint64(n), uint64(number)))
	part := &eval.Part{Articles: n, Total: p.layout.NewTally(), Moments: p.layout.NewMoments()}
	for i := range n {
		a := p.articles[rng.IntN(len(p.articles))]
		if err := part.Total.Merge(a); err != nil {
			return nil, err
		}
		part.Moments.Add(a)
		part.Counts = append(part.Counts, eval.ArticleCounts{DocID: fmt.Sprintf("%06d", i), Tally: a})
	}
	var out []*[2]float64
	for _, method := range methods {
		if method != stats.MethodLogit && !all {
			break
		}
		bounds, err := stats.Intervals(ctx, p.layout, part, stats.Resampling{Seed: uint64(number), Resamples: 999, Level: level, Method: method})
		if err != nil {
			return nil, err
		}
		out = append(out, bounds[0].Interval.F1)
	}
	return out, nil
}
