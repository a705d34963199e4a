package stats

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// CountMatrix says which counters of every article stand where, one row an
// article, from which resampling computes every figure again and again. It
// holds the same figures in the same order as [eval.Figures] of the articles'
// sum. The numbers are laid out metric by metric when they are asked for, since
// those of all metrics are more than the tallies that they come from.
type CountMatrix struct {
	docIDs  []string
	tallies []*eval.Tally // of the articles
	keys    []eval.FigureKey
	metrics []matrixMetric
}

// matrixMetric is the part of a matrix that belongs to one metric: its classes
// ("" first), each with the metric's counters side by side.
type matrixMetric struct {
	layout  *eval.Layout
	metric  *eval.Metric
	at      int // of the metric in the layout
	classes []string
	key     int // of the first figure
	means   bool
}

// NewCountMatrix lays the articles' counters out. The articles must have been
// counted under l.
func NewCountMatrix(l *eval.Layout, articles []eval.ArticleCounts) *CountMatrix {
	total := eval.Sum(l, articles)
	classes := make([][]string, len(l.Metrics()))
	for i := range l.Metrics() {
		classes[i] = metricClasses(total, i)
	}
	return newCountMatrix(l, articles, classes)
}

// metricClasses are the classes in which a metric counts anything, after "".
func metricClasses(t *eval.Tally, metric int) []string {
	out := []string{""}
	for _, c := range t.Classes() {
		if c != "" && t.Has(metric, c) {
			out = append(out, c)
		}
	}
	return out
}

func newCountMatrix(l *eval.Layout, articles []eval.ArticleCounts, classes [][]string) *CountMatrix {
	m := &CountMatrix{}
	for i, metric := range l.Metrics() {
		b := matrixMetric{l, metric, i, classes[i], len(m.keys), len(classes[i]) > 2}
		for _, c := range classes[i] {
			m.keys = append(m.keys, eval.FigureKey{Name: metric.Name, Class: c, Average: ""})
		}
		if b.means {
			m.keys = append(m.keys, eval.FigureKey{Name: metric.Name, Class: "", Average: "macro"}, eval.FigureKey{Name: metric.Name, Class: "", Average: "weighted"})
		}
		m.metrics = append(m.metrics, b)
	}
	for i := range articles {
		m.docIDs, m.tallies = append(m.docIDs, articles[i].DocID), append(m.tallies, articles[i].Tally)
	}
	return m
}

// Articles is the number of articles.
func (m *CountMatrix) Articles() int { return len(m.docIDs) }

// Keys are the figures of the matrix, in order.
func (m *CountMatrix) Keys() []eval.FigureKey { return m.keys }

// ErrArticles is returned when two systems were not scored on the same
// articles.
var ErrArticles = errors.New("the two systems were not scored on the same articles")

// PairedMatrix holds two systems' counters for the same articles.
type PairedMatrix struct{ a, b *CountMatrix }

// NewPairedMatrix pairs two systems counted under equal layouts, both in
// doc_id order. Its figures are those that either system has. The error wraps
// [ErrArticles] or [eval.ErrLayout].
func NewPairedMatrix(l *eval.Layout, a, b []eval.ArticleCounts) (*PairedMatrix, error) {
	if len(a) != len(b) {
		return nil, fmt.Errorf("%w: %d and %d articles", ErrArticles, len(a), len(b))
	}
	for i := range a {
		if a[i].DocID != b[i].DocID {
			return nil, fmt.Errorf("%w: %s where the other has %s", ErrArticles, b[i].DocID, a[i].DocID)
		}
	}
	both := l.NewTally()
	for _, articles := range [][]eval.ArticleCounts{a, b} {
		for i := range articles {
			if err := both.Merge(articles[i].Tally); err != nil {
				return nil, fmt.Errorf("article %s: %w", articles[i].DocID, err)
			}
		}
	}
	classes := make([][]string, len(l.Metrics()))
	for i := range l.Metrics() {
		classes[i] = metricClasses(both, i)
	}
	return &PairedMatrix{newCountMatrix(l, a, classes), newCountMatrix(l, b, classes)}, nil
}

// Articles is the number of articles.
func (m *PairedMatrix) Articles() int { return m.a.Articles() }

// Keys are the figures of the matrix, in order.
func (m *PairedMatrix) Keys() []eval.FigureKey { return m.a.keys }

// figures is the number of figures of the metric.
func (b *matrixMetric) figures() int {
	if b.means {
		return len(b.classes) + 2
	}
	return len(b.classes)
}

// columns is the number of counters of the metric over all its classes.
func (b *matrixMetric) columns() int { return len(b.classes) * len(b.metric.Counters) }

// score computes precision, recall and F1 of every figure of the metric from
// its summed counters: three numbers a figure, NaN where undefined. NaN stays
// inside this package.
func (b *matrixMetric) score(sums []int64, out []float64) {
	k := len(b.metric.Counters)
	for j := range b.classes {
		putScore(out[3*j:], b.metric.Score(sums[j*k:(j+1)*k]))
	}
	if !b.means {
		return
	}
	n := len(b.classes)
	for ratio := range 3 {
		out[3*n+ratio] = b.mean(sums, out, ratio, func(int64) float64 { return 1 })
		out[3*n+3+ratio] = b.mean(sums, out, ratio, func(gold int64) float64 { return float64(gold) / float64(b.metric.Unit) })
	}
}

// mean averages a ratio over the classes as [eval.Layout.MeanOfClasses] does. The conversion keeps the product from being fused into the sum.
func (b *matrixMetric) mean(sums []int64, scores []float64, ratio int, weight func(gold int64) float64) float64 {
	k := len(b.metric.Counters)
	var sum, total float64
	for j := 1; j < len(b.classes); j++ {
		v := scores[3*j+ratio]
		undefined := math.IsNaN(v)
		if !b.layout.InMean(!undefined, !(math.IsNaN(scores[3*j]) && math.IsNaN(scores[3*j+1]) && math.IsNaN(scores[3*j+2]))) {
			continue
		}
		if undefined {
			v = 0
		}
		w := weight(sums[j*k+3])
		sum += float64(v * w)
		total += w
	}
	if total == 0 {
		return math.NaN()
	}
	return sum / total
}

func putScore(out []float64, s eval.Score) {
	for i, r := range [3]eval.Ratio{s.Precision, s.Recall, s.F1} {
		out[i] = math.NaN()
		if r.Defined {
			out[i] = r.Value
		}
	}
}

// scoreBlock is the score of consecutive metrics whose counters lie side by
// side, and how many numbers it sets.
func scoreBlock(block []matrixMetric) (stats int, score func(sums []int64, out []float64)) {
	for i := range block {
		stats += 3 * block[i].figures()
	}
	return stats, func(sums []int64, out []float64) {
		at, to := 0, 0
		for i := range block {
			b := &block[i]
			b.score(sums[at:at+b.columns()], out[to:to+3*b.figures()])
			at += b.columns()
			to += 3 * b.figures()
		}
	}
}

// block lays the counters of some metrics out side by side.
func (m *CountMatrix) block(metrics []matrixMetric) (values []int64, width int) {
	for i := range metrics {
		width += metrics[i].columns()
	}
	values = make([]int64, len(m.tallies)*width)
	rest := values
	for _, t := range m.tallies {
		for i := range metrics {
			b := &metrics[i]
			k := len(b.metric.Counters)
			for _, class := range b.classes {
				t.CopyTo(rest[:k], b.at, class)
				rest = rest[k:]
			}
		}
	}
	return values, width
}

// columnSums adds up a row-major matrix.
func columnSums(values []int64, width int) []int64 {
	out := make([]int64, width)
	for row := range slices.Chunk(values, max(width, 1)) {
		for c, v := range row {
			out[c] += v
		}
	}
	return out
}

// blocks groups consecutive metrics so that a block's resampled figures stay
// within most numbers of memory; one metric is never split.
func (m *CountMatrix) blocks(most int) [][]matrixMetric {
	var out [][]matrixMetric
	from, figures := 0, 0
	for i := range m.metrics {
		n := m.metrics[i].figures()
		if i > from && figures+n > most {
			out = append(out, m.metrics[from:i])
			from, figures = i, 0
		}
		figures += n
	}
	if from < len(m.metrics) {
		out = append(out, m.metrics[from:])
	}
	return out
}
