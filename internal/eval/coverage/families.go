package main

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/mizan-corpus/mizan/internal/eval"
	_ "github.com/mizan-corpus/mizan/internal/eval/metrics" // register themselves
	"github.com/mizan-corpus/mizan/schema"
)

// concentration of the beta distributions by which articles differ; their mean
// is the population's.
const concentration = 20

// family makes populations of one kind of figure.
type family struct {
	name       string
	population func(ctx context.Context, f1 float64) (*population, error)
}

var families = []family{
	{"mentions", func(_ context.Context, f1 float64) (*population, error) {
		return counted("mentions.strict", f1, func(d *draw) (correct, predicted, gold int) { return d.items(f1, 55) })
	}},
	{"arguments", func(_ context.Context, f1 float64) (*population, error) {
		return counted("events.argument.classified", f1, func(d *draw) (correct, predicted, gold int) { return d.arguments(f1) })
	}},
	{"records", func(_ context.Context, f1 float64) (*population, error) {
		return counted("records.type.country", f1, func(d *draw) (correct, predicted, gold int) { return d.items(f1, 14) })
	}},
	{"B³", func(ctx context.Context, f1 float64) (*population, error) {
		return clustered(ctx, "actors.coref.b3", f1)
	}},
	{"CoNLL average", func(ctx context.Context, f1 float64) (*population, error) {
		return clustered(ctx, "actors.coref.conll", f1)
	}},
}

func layoutOf(metric string) (*eval.Layout, error) {
	m, ok := eval.LookupMetric(metric)
	if !ok {
		return nil, fmt.Errorf("there is no metric %s", metric)
	}
	return eval.NewLayout([]*eval.Metric{m}, ""), nil
}

// counted is a population of a metric of plain counts, 100,000 articles.
func counted(metric string, f1 float64, article func(*draw) (correct, predicted, gold int)) (*population, error) {
	l, err := layoutOf(metric)
	if err != nil {
		return nil, err
	}
	d := newDraw(f1)
	articles := make([]*eval.Tally, 100_000)
	for i := range articles {
		c, p, g := article(d)
		articles[i] = l.NewTally()
		articles[i].Add(0, eval.Overall, int64(c), int64(p), int64(c), int64(g))
	}
	return newPopulation(l, articles)
}

// clustered is a population of coreference, 6,000 articles whose clusterings
// are scored as any others, at the noise that gives the F1.
func clustered(ctx context.Context, metric string, f1 float64) (*population, error) {
	l, err := layoutOf(metric)
	if err != nil {
		return nil, err
	}
	at := func(noise float64, n int) (*population, error) {
		d := newDraw(f1)
		s := eval.NewScorer(l.Metrics(), &eval.Settings{Ontology: schema.PLOVER()}, nil, nil, "")
		err := s.Run(ctx, func(yield func(*eval.Pair, error) bool) {
			for i := range n {
				p := d.clusters(f1, noise)
				p.DocID = fmt.Sprintf("%06d", i)
				p.Gold.DocID, p.Pred.DocID = p.DocID, p.DocID
				if !yield(p, nil) {
					return
				}
			}
		})
		if err != nil {
			return nil, err
		}
		var articles []*eval.Tally
		for _, a := range s.Articles() {
			articles = append(articles, a.Tally)
		}
		return newPopulation(l, articles)
	}
	lo, hi := .01, 3.
	for range 11 {
		p, err := at((lo+hi)/2, 500)
		if err != nil {
			return nil, err
		}
		if p.truth > f1 {
			lo = (lo + hi) / 2
		} else {
			hi = (lo + hi) / 2
		}
	}
	return at((lo+hi)/2, 6000)
}

// draw draws articles.
type draw struct{ rng *rand.Rand }

func newDraw(f1 float64) *draw { return &draw{rand.New(rand.NewPCG(11, uint64(f1*1000)))} }

func (d *draw) poisson(mean float64) int {
	if mean <= 0 {
		return 0
	}
	return int(distuv.Poisson{Lambda: mean, Src: d.rng}.Rand())
}

// size is that of an article: gamma-Poisson of shape 4, at least 1.
func (d *draw) size(mean float64) int {
	const shape = 4
	return 1 + d.poisson(distuv.Gamma{Alpha: shape, Beta: shape / (mean - 1), Src: d.rng}.Rand())
}

func (d *draw) beta(mean float64) float64 {
	return distuv.Beta{Alpha: mean * concentration, Beta: (1 - mean) * concentration, Src: d.rng}.Rand()
}

func (d *draw) binomial(n int, p float64) int {
	if n == 0 {
		return 0
	}
	k := 0
	for range n {
		if d.rng.Float64() < p {
			k++
		}
	}
	return k
}

// sides are a recall below F1 and a precision above it of which F1 is the
// harmonic mean.
func sides(f1 float64) (recall, precision float64) {
	recall = 1 / (1 + math.Exp(.3-math.Log(f1/(1-f1))))
	return recall, recall * f1 / (2*recall - f1)
}

// items are an article of single items: recall and precision are beta by
// article.
func (d *draw) items(f1, mean float64) (correct, predicted, gold int) {
	recall, precision := sides(f1)
	gold = d.size(mean)
	r, p := d.beta(recall), d.beta(precision)
	correct = d.binomial(gold, r)
	return correct, correct + d.poisson(float64(gold)*recall*(1-p)/max(p, .05)), gold
}

// arguments are an article of events with 1 + Poisson(2) arguments each: a
// missed event loses all of its arguments, a wrong one adds as many.
func (d *draw) arguments(f1 float64) (correct, predicted, gold int) {
	recall, precision := sides(f1)
	events := d.size(55. / 3)
	seen, right, p := d.beta(math.Sqrt(recall)), d.beta(math.Sqrt(recall)), d.beta(precision)
	found := d.binomial(events, seen)
	reached := found + d.poisson(2*float64(found))
	gold = reached + events - found + d.poisson(2*float64(events-found))
	correct = d.binomial(reached, right)
	wrong := d.poisson(float64(gold) * recall * (1 - p) / max(p, .05) / 3)
	return correct, correct + wrong + d.poisson(2*float64(wrong)), gold
}

// clusters are an article of clustered mentions. The noise of an article is
// noise·(1−quality), quality being beta of mean F1: mentions are missed, moved
// to another cluster, made singletons or added, and clusters merged.
func (d *draw) clusters(f1, noise float64) *eval.Pair {
	z := min(noise*(1-d.beta(f1)), .95)
	n := d.size(55)
	actors := max(2, 6*n/10)
	var weights []float64
	total := 0.
	for i := range actors {
		total += 1 / float64(i+1)
		weights = append(weights, total)
	}
	pick := func() int {
		at := d.rng.Float64() * total
		k := 0
		for k < actors-1 && weights[k] < at {
			k++
		}
		return k
	}
	merged := make([]int, actors)
	for i := range merged {
		merged[i] = i
		if d.rng.Float64() < .3*z {
			merged[i] = d.rng.IntN(actors)
		}
	}
	mention := func(at, actor int) schema.Mention {
		span := schema.Span{Start: int32(2 * at), End: int32(2*at + 1)}
		return schema.Mention{ID: fmt.Sprint("m", at), Span: span, Head: span, Type: "PER", Level: "NAM", ActorID: fmt.Sprint("a", actor)}
	}
	p := &eval.Pair{Gold: &schema.Annotation{}, Pred: &schema.Annotation{}}
	fresh := actors
	for i := range n {
		gold := pick()
		p.Gold.Mentions = append(p.Gold.Mentions, mention(i, gold))
		pred := merged[gold]
		switch u := d.rng.Float64(); {
		case u < .5*z:
			pred, fresh = fresh, fresh+1
		case u < z:
			pred = d.rng.IntN(actors)
		}
		if d.rng.Float64() >= .6*z {
			p.Pred.Mentions = append(p.Pred.Mentions, mention(i, pred))
		}
	}
	for i := range d.poisson(.6 * z * float64(n)) {
		pred := fresh
		if d.rng.Float64() < .5 {
			pred = d.rng.IntN(actors)
		} else {
			fresh++
		}
		p.Pred.Mentions = append(p.Pred.Mentions, mention(n+i, pred))
	}
	return p
}
