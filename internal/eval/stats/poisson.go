package stats

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// poissonBelow[k] is P(X ≤ k)·2⁶⁴ for X ~ Poisson(1), that is e⁻¹ Σ 1/j!,
// rounded to the nearest integer. From k = 20 on it would be 2⁶⁴.
var poissonBelow = [...]uint64{
	0x5e2d58d8b3bcdf1b, 0xbc5ab1b16779be35, 0xeb715e1dc1582dc3, 0xfb23979734a252f2,
	0xff1025f59174dc3e, 0xffd90f3ba4055e1a, 0xfffa8b71fc72c914, 0xffff540c0914b3ca,
	0xffffed1f4aa8f120, 0xfffffe216e641463, 0xffffffd4d85d3183, 0xfffffffc6da262b5,
	0xffffffffba12d179, 0xfffffffffb07c64d, 0xffffffffffab8ea5, 0xfffffffffffabe22,
	0xffffffffffffb11a, 0xfffffffffffffba1, 0xffffffffffffffc5, 0xfffffffffffffffd,
}

// PoissonWeight is how often an article counts in one replicate of the Poisson
// bootstrap: a draw from Poisson(1) that depends on the seed, the article and
// the replicate only. Any shard, in any order, at any retry, gives an article
// the same weights, so sums over shards add up (Chamandy, Muralidharan, Najmi
// and Naidu 2012, "Estimating uncertainty for massive data streams"; Hanley and
// MacGibbon 2006). It uses integers only.
func PoissonWeight(seed uint64, docID string, replicate int) int {
	return poissonWeight(streamKey(seed, docID), replicate)
}

func poissonWeight(key uint64, replicate int) int {
	u := mix64(key + (uint64(replicate)+1)*golden)
	k := 0
	for k < len(poissonBelow) && u >= poissonBelow[k] {
		k++
	}
	return k
}

// PoissonSums are the replicates of a Poisson bootstrap over a stream of
// articles: for each replicate the weighted sum of the articles' counters. They
// take replicates × width numbers, however many articles there are, and are
// additive: shards are merged in any order.
type PoissonSums struct {
	seed       uint64
	replicates int
	width      int
	sums       []int64 // replicates × width
}

// NewPoissonSums prepares sums of that many replicates of width counters.
func NewPoissonSums(seed uint64, replicates, width int) *PoissonSums {
	return &PoissonSums{seed, replicates, width, make([]int64, replicates*width)}
}

// Add adds one article's counters to every replicate. It panics when row does
// not have the width given to [NewPoissonSums].
func (p *PoissonSums) Add(docID string, row []int64) {
	if len(row) != p.width {
		panic(fmt.Sprintf("eval: a row of %d counters where %d are expected", len(row), p.width))
	}
	key := streamKey(p.seed, docID)
	for r := range p.replicates {
		w := int64(poissonWeight(key, r))
		if w == 0 {
			continue
		}
		to := p.sums[r*p.width : (r+1)*p.width]
		for c, v := range row {
			to[c] += w * v
		}
	}
}

// Replicate are the summed counters of replicate r, not a copy.
func (p *PoissonSums) Replicate(r int) []int64 { return p.sums[r*p.width : (r+1)*p.width] }

// ErrPoisson is returned for sums of different seeds, replicates or widths.
var ErrPoisson = errors.New("poisson sums of different seeds or shapes cannot be merged")

// Merge adds the sums of another shard. The shards must not share an article.
func (p *PoissonSums) Merge(q *PoissonSums) error {
	if p.seed != q.seed || p.replicates != q.replicates || p.width != q.width {
		return ErrPoisson
	}
	for i, v := range q.sums {
		p.sums[i] += v
	}
	return nil
}

// poissonMagic begins the canonical form; its last character is the form's version.
const poissonMagic = "mizan-poisson-1\n"

// AppendBinary appends the canonical form: seed, replicates, width, then every
// sum as a varint. Equal sums give equal bytes.
func (p *PoissonSums) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, poissonMagic...)
	b = binary.AppendUvarint(b, p.seed)
	b = binary.AppendUvarint(b, uint64(p.replicates))
	b = binary.AppendUvarint(b, uint64(p.width))
	for _, v := range p.sums {
		b = binary.AppendVarint(b, v)
	}
	return b, nil
}

// ReadPoissonSums reads the canonical form back.
func ReadPoissonSums(data []byte) (*PoissonSums, error) {
	if len(data) < len(poissonMagic) || string(data[:len(poissonMagic)]) != poissonMagic {
		return nil, errors.New("not poisson sums: expected them to begin with mizan-poisson-1")
	}
	rest := data[len(poissonMagic):]
	var head [3]uint64
	for i := range head {
		v, n := binary.Uvarint(rest)
		if n <= 0 {
			return nil, errors.New("damaged poisson sums: the head is cut short")
		}
		head[i], rest = v, rest[n:]
	}
	// Every sum takes a byte or more, which bounds the memory a file can ask for.
	left := uint64(len(rest))
	if head[1] > left || head[2] > left || head[1]*head[2] > left {
		return nil, fmt.Errorf("damaged poisson sums: %d × %d sums in %d bytes", head[1], head[2], left)
	}
	p := NewPoissonSums(head[0], int(head[1]), int(head[2]))
	for i := range p.sums {
		v, n := binary.Varint(rest)
		if n <= 0 {
			return nil, errors.New("damaged poisson sums: a sum is cut short")
		}
		p.sums[i], rest = v, rest[n:]
	}
	if len(rest) > 0 {
		return nil, fmt.Errorf("damaged poisson sums: %d bytes after the end", len(rest))
	}
	return p, nil
}

// Interval is the percentile interval of each ratio of one metric, whose
// counters start at column of every replicate. (BCa needs every article's
// counts at once; see [Bootstrap].) The bounds carry the metric's name alone.
func (p *PoissonSums) Interval(m *eval.Metric, column int, level float64) Bounds {
	out := Bounds{FigureKey: eval.FigureKey{Name: m.Name}, Interval: eval.FigureInterval{Level: level, Method: MethodPercentile}}
	var samples [3]sample
	var scores [3]float64
	for r := range p.replicates {
		putScore(scores[:], m.Score(p.Replicate(r)[column:][:len(m.Counters)]))
		for i, v := range scores {
			if math.IsNaN(v) {
				samples[i].undefined++
			} else {
				samples[i].replicates = append(samples[i].replicates, v)
			}
		}
	}
	ratios := [3]**[2]float64{&out.Interval.Precision, &out.Interval.Recall, &out.Interval.F1}
	for i, name := range [3]string{"precision", "recall", "f1"} {
		s := &samples[i]
		*ratios[i] = s.between((1-level)/2, (1+level)/2, func(text string) {
			out.Warnings = append(out.Warnings, name+": "+text)
		})
	}
	return out
}
