package stats

import (
	"context"
	"math"
	"math/big"

	"gonum.org/v1/gonum/stat/distuv"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// spread is what the articles say about the error of a figure.
type spread struct {
	variance float64 // 0 where no article differs from the figure
	q        float64 // Σhᵢ², hᵢ an article's share of size
	df       float64
}

// spreadOf linearises the figure at the totals: with eᵢ the gradient times an
// article's counters and hᵢ its share of size, q = Σhᵢ², the variance is
// Σeᵢ²/(1−q) (Cochran 1977, Sampling Techniques, ch. 6; 1−q is n's (n−1)/n
// where articles are of one size, and makes Σeᵢ² unbiased where the variance
// of eᵢ grows with size) on max(1/q−1, 1) degrees of freedom, 1/q being the
// effective number of articles (Kish 1965, Survey Sampling). False with fewer
// than two articles that have any of what the figure is about.
func spreadOf(l *linear, p *eval.Products, unit int64) (spread, bool) {
	q, _ := squares(l.share, p, unit)
	if !(q > 0 && q < 1-1e-9) {
		return spread{}, false
	}
	s := spread{q: q, df: max(1/q-1, 1)}
	if v, zero := squares(l.slope, p, unit); !zero {
		s.variance = v / (1 - q)
	}
	return s, true
}

// precision is the number of bits that the greatest weight of a sum of squares
// is given, which keeps every digit of a float64 whatever cancels.
const precision = 224

// squares is Σ over articles of (Σ w·counter)², the counters in parts of an
// item, and whether it is 0. The weights are rounded to integers, so the
// sum is 0 where it is below what that rounding can make.
func squares(w weights, p *eval.Products, unit int64) (value float64, zero bool) {
	top := new(big.Rat)
	for _, row := range w {
		for _, v := range row {
			if a := new(big.Rat).Abs(v); a.Cmp(top) > 0 {
				top = a
			}
		}
	}
	if top.Sign() == 0 {
		return 0, true
	}
	scale := new(big.Rat).SetInt(new(big.Int).Lsh(big.NewInt(1), precision))
	scale.Quo(scale, top)
	whole, ones := map[string][]*big.Int{}, map[string][]*big.Int{}
	for name, row := range w {
		for _, v := range row {
			r := new(big.Rat).Mul(v, scale)
			whole[name] = append(whole[name], new(big.Int).Quo(r.Num(), r.Denom()))
			ones[name] = append(ones[name], big.NewInt(1))
		}
	}
	sum := p.Squares(whole)
	// What rounding can make is below 2¹⁶⁰: sums of products have 128 bits.
	if sum.BitLen() <= 160 && sum.Cmp(p.Squares(ones)) <= 0 {
		return 0, true
	}
	scale.Mul(scale, new(big.Rat).SetInt64(unit))
	r := new(big.Rat).SetInt(sum)
	value, _ = r.Quo(r, scale.Mul(scale, scale)).Float64()
	return value, false
}

// interval is the interval of a figure at a level such as 0.95, nil with fewer
// than two articles that have any of what the figure is about.
//
// A proportion v has the logit form logit v ± t·se/(v(1−v)), t Student's
// quantile; a signed figure has v ± t·se, cut at −1 and 1. Where no article
// differs from the figure (above all at 0 and 1) the spread says nothing: each
// effective article then counts as one draw, right or wrong (Clopper and
// Pearson 1934, with effective n as Korn and Graubard 1998 have it).
func (l *linear) interval(s spread, level float64) *[2]float64 {
	tail := (1 - level) / 2
	v, _ := l.value.Float64()
	t := student(s.df).Quantile(1 - tail)
	var lo, hi float64
	least := 0.0
	switch {
	case l.signed:
		w := t * math.Sqrt(s.variance)
		if s.variance == 0 {
			w = 1 - math.Pow(tail, s.q)
		}
		lo, hi, least = v-w, v+w, -1
	case s.variance == 0 || l.value.Sign() == 0 || v == 1:
		lo, hi = clopperPearson(v, 1/s.q, tail)
	default:
		rest, _ := new(big.Rat).Sub(big.NewRat(1, 1), l.value).Float64()
		at, w := math.Log(v/rest), t*math.Sqrt(s.variance)/(v*rest)
		lo, hi = 1/(1+math.Exp(w-at)), 1/(1+math.Exp(-at-w))
	}
	return &[2]float64{rounded(max(lo, least)), rounded(min(hi, 1))}
}

// standardError is the figure's, undefined where there is no interval.
func (s spread) standardError() eval.Ratio { return eval.Defined(rounded(math.Sqrt(s.variance))) }

// clopperPearson is the exact interval of n draws of which a share v is right.
func clopperPearson(v, n, tail float64) (lo, hi float64) {
	switch {
	case v <= 0:
		return 0, 1 - math.Pow(tail, 1/n)
	case v >= 1:
		return math.Pow(tail, 1/n), 1
	}
	right, wrong := v*n, (1-v)*n
	return distuv.Beta{Alpha: right, Beta: wrong + 1}.Quantile(tail), distuv.Beta{Alpha: right + 1, Beta: wrong}.Quantile(1 - tail)
}

func student(df float64) distuv.StudentsT { return distuv.StudentsT{Sigma: 1, Nu: df} }

// rounded drops the last bits, which may differ between processors.
func rounded(v float64) float64 { return math.Round(v*1e12) / 1e12 }

// Logit computes the logit-t intervals of every figure of a total from the
// moments of its articles. The result has the order of [eval.Figures].
func Logit(total *eval.Tally, moments *eval.Moments, level float64) []Bounds {
	var out []Bounds
	for i, m := range total.Layout().Metrics() {
		p := moments.Of(i)
		for _, f := range linearFigures(m, i, total, "") {
			b := Bounds{FigureKey: f.key, Interval: eval.FigureInterval{Level: level, Method: MethodLogit}}
			ends := [3]**[2]float64{&b.Interval.Precision, &b.Interval.Recall, &b.Interval.F1}
			errors := [3]*eval.Ratio{&b.StandardErrors.Precision, &b.StandardErrors.Recall, &b.StandardErrors.F1}
			for k, l := range f.ratios {
				if l == nil {
					continue // an undefined figure needs no interval, and says so itself
				}
				s, ok := spreadOf(l, p, m.Unit)
				if !ok {
					b.Warnings = append(b.Warnings, ratioNames[k]+": "+tooFewHaveAny)
					continue
				}
				*ends[k], *errors[k] = l.interval(s, level), s.standardError()
			}
			out = append(out, b)
		}
	}
	return out
}

const tooFewHaveAny = "fewer than two articles have any: no interval can be computed"

var ratioNames = [3]string{"precision", "recall", "f1"}

// linearFigure is one figure with its linearised ratios.
type linearFigure struct {
	key    eval.FigureKey
	ratios [3]*linear
}

// linearFigures are the figures of one metric of a total, in the order of
// [eval.Figures]. Rows of counters have the class's name after the prefix.
func linearFigures(m *eval.Metric, at int, total *eval.Tally, prefix string) []linearFigure {
	return linearFiguresOf(total.Layout(), m, metricClasses(total, at), func(class string) []*big.Rat { return total.Exact(at, class) }, prefix)
}

func linearFiguresOf(l *eval.Layout, m *eval.Metric, classes []string, exact func(class string) []*big.Rat, prefix string) []linearFigure {
	width := m.InQuadruples()
	var out []linearFigure
	var rows []string
	var gold []*big.Rat
	for _, class := range classes {
		c := exact(class)
		rows, gold = append(rows, prefix+class), append(gold, c[3])
		out = append(out, linearFigure{eval.FigureKey{Name: m.Name, Class: class}, linearScore(m, prefix+class, c, width)})
	}
	if len(classes) <= 2 {
		return out
	}
	var parts [][3]*linear
	for _, one := range out[1:] {
		parts = append(parts, one.ratios)
	}
	for _, average := range []string{"macro", "weighted"} {
		f := linearFigure{key: eval.FigureKey{Name: m.Name, Average: average}}
		for k := range f.ratios {
			f.ratios[k] = linearMean(l, parts, k, rows[1:], gold[1:], width, average == "weighted")
		}
		out = append(out, f)
	}
	return out
}

// Intervals are those of every figure of a part, by the method asked for. The
// result has the order of [eval.Figures]. A part without moments has its
// articles' counts.
func Intervals(ctx context.Context, l *eval.Layout, part *eval.Part, s Resampling) ([]Bounds, error) {
	if s.Method != MethodLogit {
		return Bootstrap(ctx, NewCountMatrix(l, part.Counts), s)
	}
	if err := s.Check(); err != nil {
		return nil, err
	}
	return Logit(part.Total, part.Moments, s.Level), nil
}
