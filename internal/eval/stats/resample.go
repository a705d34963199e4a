package stats

import (
	"context"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// Bounds are the intervals of one figure and what must be said about them.
type Bounds struct {
	eval.FigureKey
	Interval eval.FigureInterval
	// StandardErrors are the jackknife standard errors of the three ratios,
	// undefined where an interval cannot be had either.
	StandardErrors eval.Score
	Warnings       []string
}

// Bootstrap computes an interval for precision, recall and F1 of every figure
// of the matrix by resampling articles with replacement (Efron 1979; the
// article is the unit, since labels of one article are not independent). The
// result has the order of m.Keys. It depends on the matrix and the settings
// only: not on the number of processors, nor on which other metrics are in the
// matrix. The error is the context's or that of [Resampling.Check].
func Bootstrap(ctx context.Context, m *CountMatrix, s Resampling) ([]Bounds, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	out := make([]Bounds, len(m.keys))
	for _, block := range m.blocks(blockNumbers / (3 * s.Resamples)) {
		values, width := m.block(block)
		stats, score := scoreBlock(block)
		rs := &resampler{values, len(m.docIDs), width, stats, score}
		samples, err := rs.bootstrap(ctx, s)
		if err != nil {
			return nil, err
		}
		err = parallel(ctx, stats/3, func() func(int) {
			return func(i int) { out[block[0].key+i].set(m.keys[block[0].key+i], samples[3*i:3*i+3], s) }
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// set fills the bounds from the samples of precision, recall and F1.
func (b *Bounds) set(key eval.FigureKey, samples []sample, s Resampling) {
	b.FigureKey = key
	b.Interval = eval.FigureInterval{Level: s.Level, Method: s.Method}
	b.Interval.Precision = samples[0].interval("precision", s, &b.Warnings)
	b.Interval.Recall = samples[1].interval("recall", s, &b.Warnings)
	b.Interval.F1 = samples[2].interval("f1", s, &b.Warnings)
	b.StandardErrors = eval.Score{Precision: JackknifeError(samples[0].jackknife), Recall: JackknifeError(samples[1].jackknife), F1: JackknifeError(samples[2].jackknife)}
}

// blockNumbers bounds the replicates held at a time: 4 Mi numbers, 32 MB.
const blockNumbers = 4 << 20

// resampler computes statistics of weighted sums of a matrix's rows.
type resampler struct {
	values      []int64 // rows × width
	rows, width int
	stats       int
	score       func(sums []int64, out []float64) // NaN where undefined
}

// sample is what resampling found for one statistic.
type sample struct {
	estimate   float64   // NaN when undefined
	replicates []float64 // in any order, without the undefined ones
	undefined  int       // replicates in which the statistic is undefined
	jackknife  []float64 // without article i; nil for fewer than two articles
}

// bootstrap draws the replicates and leaves each article out once.
func (rs *resampler) bootstrap(ctx context.Context, s Resampling) ([]sample, error) {
	total := columnSums(rs.values, rs.width)
	estimate := make([]float64, rs.stats)
	rs.score(total, estimate)

	all := make([]float64, rs.stats*s.Resamples) // by statistic, then replicate
	err := rs.replicate(ctx, s.Resamples, func(r int, weights []uint32) int64 {
		g := NewRandom(s.Seed, "bootstrap", uint64(r))
		g.resampleCounts(weights)
		return int64(len(weights))
	}, func(r int, scores []float64) {
		for i, v := range scores {
			all[i*s.Resamples+r] = v
		}
	})
	if err != nil {
		return nil, err
	}
	jackknife := rs.jackknife(total)
	out := make([]sample, rs.stats)
	for i := range out {
		drawn := all[i*s.Resamples : (i+1)*s.Resamples]
		kept := slices.DeleteFunc(drawn, math.IsNaN)
		out[i] = sample{estimate[i], kept, s.Resamples - len(kept), jackknife[i]}
	}
	return out, nil
}

// replicate computes the statistics of n weighted sums on all processors. draw
// sets the weights of replicate r and returns their sum, which is at most the
// number of rows; put receives its statistics.
func (rs *resampler) replicate(ctx context.Context, n int, draw func(r int, weights []uint32) int64, put func(r int, scores []float64)) error {
	packed := packColumns(rs.values, rs.rows, rs.width, uint64(rs.rows))
	return parallel(ctx, n, func() func(int) {
		weights := make([]uint32, rs.rows)
		acc := make([]uint64, packed.words)
		sums := make([]int64, rs.width)
		scores := make([]float64, rs.stats)
		return func(r int) {
			total := draw(r, weights)
			packed.sum(weights, total, acc, sums)
			rs.score(sums, scores)
			put(r, scores)
		}
	})
}

// jackknife computes each statistic without one article after the other.
func (rs *resampler) jackknife(total []int64) [][]float64 {
	out := make([][]float64, rs.stats)
	if rs.rows < 2 {
		return out
	}
	for i := range out {
		out[i] = make([]float64, rs.rows)
	}
	sums := make([]int64, rs.width)
	scores := make([]float64, rs.stats)
	for r := range rs.rows {
		for c, v := range rs.values[r*rs.width : (r+1)*rs.width] {
			sums[c] = total[c] - v
		}
		rs.score(sums, scores)
		for i, v := range scores {
			out[i][r] = v
		}
	}
	return out
}

// parallel runs work(0) … work(n-1) on all processors; each worker makes its
// own work function, which may keep scratch memory.
func parallel(ctx context.Context, n int, worker func() func(int)) error {
	const step = 16
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), (n+step-1)/step) {
		wg.Go(func() {
			work := worker()
			for ctx.Err() == nil {
				from := int(next.Add(step)) - step
				if from >= n {
					return
				}
				for i := from; i < min(from+step, n); i++ {
					work(i)
				}
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}
