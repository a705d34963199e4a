package stats

import (
	"math/big"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// linear is a figure linearised at the totals: its value, its gradient and the
// share of an article in its denominators, by row of counters. The figures
// here do not change when all counts are multiplied by one factor, so that
// the gradient times the totals is 0 (Euler).
type linear struct {
	value  *big.Rat
	slope  weights // ∂value/∂counter
	share  weights // of an article's counters: shares of all articles add up to 1
	signed bool    // lies between -1 and 1, not 0 and 1
}

// weights are factors of counters, by row.
type weights map[string][]*big.Rat

func (w weights) add(row string, width, at int, v *big.Rat) {
	if w[row] == nil {
		w[row] = make([]*big.Rat, width)
		for i := range w[row] {
			w[row][i] = new(big.Rat)
		}
	}
	w[row][at].Add(w[row][at], v)
}

// plus adds another's times a factor.
func (w weights) plus(o weights, factor *big.Rat) {
	for row, values := range o {
		for at, v := range values {
			if v.Sign() != 0 {
				w.add(row, len(values), at, new(big.Rat).Mul(v, factor))
			}
		}
	}
}

func newLinear() *linear { return &linear{value: new(big.Rat), slope: weights{}, share: weights{}} }

// plus adds a figure times a factor, value and gradient alike.
func (l *linear) plus(o *linear, factor *big.Rat) {
	l.value.Add(l.value, new(big.Rat).Mul(o.value, factor))
	l.slope.plus(o.slope, factor)
}

// linearRatio is c[num]/c[den] of a row, nil where the denominator is 0.
func linearRatio(row string, c []*big.Rat, width, num, den int) *linear {
	if c[den].Sign() == 0 {
		return nil
	}
	l := newLinear()
	each := new(big.Rat).Inv(c[den])
	l.value.Mul(c[num], each)
	l.slope.add(row, width, num, each)
	l.slope.add(row, width, den, new(big.Rat).Neg(new(big.Rat).Mul(l.value, each)))
	l.share.add(row, width, den, each)
	return l
}

// linearF1 is F1 of a quadruple whose precision and recall are p and r, nil
// where neither is defined. An article's share is that of its items on both
// sides.
func linearF1(p, r *linear, row string, c []*big.Rat, width, at int) *linear {
	if p == nil && r == nil {
		return nil
	}
	l := newLinear()
	each := new(big.Rat).Inv(new(big.Rat).Add(c[at+1], c[at+3]))
	l.share.add(row, width, at+1, each)
	l.share.add(row, width, at+3, each)
	if p == nil || r == nil {
		return l
	}
	sum := new(big.Rat).Add(p.value, r.value)
	if sum.Sign() == 0 {
		return l
	}
	product := new(big.Rat).Mul(p.value, r.value)
	l.value.Quo(product.Add(product, product), sum)
	partial := func(other *big.Rat) *big.Rat { // ∂F/∂p = 2r²/(p+r)²
		v := new(big.Rat).Quo(other, sum)
		v.Mul(v, v)
		return v.Add(v, v)
	}
	l.slope.plus(p.slope, partial(r.value))
	l.slope.plus(r.slope, partial(p.value))
	return l
}

// linearScore is precision, recall and F1 of one row of counters, as
// [eval.Metric.ScoreExactly] has them; nil is undefined.
func linearScore(m *eval.Metric, row string, c []*big.Rat, width int) (out [3]*linear) {
	f := m.FormulaOf(c)
	if len(f.Of) == 0 {
		return out
	}
	var parts [3][]*linear
	for _, at := range f.Of {
		p, r := linearRatio(row, c, width, at, at+1), linearRatio(row, c, width, at+2, at+3)
		for i, l := range [3]*linear{p, r, linearF1(p, r, row, c, width, at)} {
			parts[i] = append(parts[i], l)
		}
	}
	for i := range out {
		out[i] = meanOfParts(parts[i], f.OrZero)
	}
	if f.NoPrecision {
		out[0] = nil
	}
	if f.NoRecall {
		out[1] = nil
	}
	return out
}

// meanOfParts is the mean; an undefined part counts 0 or makes it undefined.
// Shares are the mean of those of the defined parts.
func meanOfParts(parts []*linear, orZero bool) *linear {
	out, defined := newLinear(), int64(0)
	for _, p := range parts {
		if p != nil {
			defined++
			out.plus(p, big.NewRat(1, int64(len(parts))))
		} else if !orZero {
			return nil
		}
	}
	for _, p := range parts {
		if p != nil {
			out.share.plus(p.share, big.NewRat(1, defined))
		}
	}
	return out
}

// linearMean is the mean of one ratio over classes, as [eval.Layout.MeanOfClasses] has
// it: each class once or, weighted, by its gold count, which varies too. Shares
// are the mean of those of the classes in which the ratio is defined.
func linearMean(layout *eval.Layout, classes [][3]*linear, which int, rows []string, gold []*big.Rat, width int, weighted bool) *linear {
	total, defined := new(big.Rat), new(big.Rat)
	weight := func(i int) *big.Rat {
		if weighted {
			return gold[i]
		}
		return big.NewRat(1, 1)
	}
	for i, c := range classes {
		if !layout.InMean(c[which] != nil, c[0] != nil || c[1] != nil || c[2] != nil) {
			continue
		}
		total.Add(total, weight(i))
		if c[which] != nil {
			defined.Add(defined, weight(i))
		}
	}
	if total.Sign() == 0 {
		return nil
	}
	out := newLinear()
	for i, c := range classes {
		if l := c[which]; l != nil {
			out.plus(l, new(big.Rat).Quo(weight(i), total))
			if defined.Sign() > 0 {
				out.share.plus(l.share, new(big.Rat).Quo(weight(i), defined))
			}
		}
	}
	for i, c := range classes {
		if weighted && gold[i].Sign() != 0 && layout.InMean(c[which] != nil, true) {
			d := new(big.Rat).Neg(out.value)
			if c[which] != nil {
				d.Add(d, c[which].value)
			}
			out.slope.add(rows[i], width, 3, d.Quo(d, total))
		}
	}
	return out
}

// linearDifference is b−a.
func linearDifference(a, b *linear) *linear {
	if a == nil || b == nil {
		return nil
	}
	out := newLinear()
	out.signed = true
	half := big.NewRat(1, 2)
	out.plus(b, big.NewRat(1, 1))
	out.plus(a, big.NewRat(-1, 1))
	out.share.plus(a.share, half)
	out.share.plus(b.share, half)
	return out
}
