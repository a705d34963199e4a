package eval

import (
	"errors"
	"math/big"
	"slices"
	"sort"
	"unique"
)

// Class is the number of a class (a type, a level, a role …) in a tally's own
// table of classes. Overall is the class of everything.
type Class int32

// Overall is the class that every item belongs to; its name is "".
const Overall Class = 0

// Tally is what metrics add up: integer counters by metric and class. Adding
// is commutative and associative, so any grouping, order or number of workers
// gives the same tally. A Tally is not safe for concurrent use: give each
// worker its own and merge them.
type Tally struct {
	layout *Layout
	names  []string // by Class
	ids    map[string]Class
	rows   [][]int64 // by Class: the layout's counters, nil until first used
	// parts are what counters hold beside whole numbers, by Class and then by the
	// layout's slots, nil until first used.
	parts  [][]fractions
	scope  *Scope   // which items of the pair being counted are judged; nil for all
	sliced []*Tally // by slice of the scope

	interned int // classes that were there before anything was counted
	mentions [2]mentionClasses
	oldest   int // of mentions
	// Memory of rows and parts that [Tally.renew] took back.
	freeRows  [][]int64
	freeParts [][]fractions
}

// NewTally returns an empty tally.
func (l *Layout) NewTally() *Tally {
	t := &Tally{layout: l, ids: map[string]Class{}}
	t.Class("")
	return t
}

// Layout is the tally's layout.
func (t *Tally) Layout() *Layout { return t.layout }

// Class is the number of the named class, added to the table when new.
func (t *Tally) Class(name string) Class {
	if c, ok := t.ids[name]; ok {
		return c
	}
	c := Class(len(t.names))
	name = unique.Make(name).Value() // a copy that holds on to no line of a file
	t.names = append(t.names, name)
	t.ids[name] = c
	t.rows, t.parts = append(t.rows, nil), append(t.parts, nil)
	return c
}

// Counters are the counters of one metric and class, to be incremented in
// place: whole items, or of a metric with another Unit parts of an item. The slice is valid until the next call of Class. metric is a position
// from [Layout.Find]; a negative one yields a scratch slice that is ignored.
func (t *Tally) Counters(metric int, c Class) []int64 {
	if metric < 0 {
		return make([]int64, t.layout.width)
	}
	from := t.layout.offsets[metric]
	return t.row(c)[from : from+len(t.layout.metrics[metric].Counters)]
}

// row are the class's counters of whole numbers.
func (t *Tally) row(c Class) []int64 {
	if t.rows[c] == nil {
		if n := len(t.freeRows); n > 0 {
			t.rows[c], t.freeRows = t.freeRows[n-1], t.freeRows[:n-1]
		} else {
			t.rows[c] = make([]int64, t.layout.width)
		}
	}
	return t.rows[c]
}

// fractionsOf are what the class's counters hold beside them.
func (t *Tally) fractionsOf(c Class) []fractions {
	if t.parts[c] == nil {
		if n := len(t.freeParts); n > 0 {
			t.parts[c], t.freeParts = t.freeParts[n-1], t.freeParts[:n-1]
		} else {
			t.parts[c] = make([]fractions, len(t.layout.fixed))
		}
	}
	return t.parts[c]
}

// fractionsAt are what the class's counter at that place of a row holds beside
// a whole number.
func (t *Tally) fractionsAt(c Class, at int) fractions {
	if slot := t.layout.slot[at]; slot >= 0 && t.parts[c] != nil {
		return t.parts[c][slot]
	}
	return nil
}

// AddFraction adds num/den, at least 0, to the counter at that place of a
// [FixedPoint] metric, in one class.
func (t *Tally) AddFraction(metric int, c Class, at int, num, den int64) {
	a := Amount{}
	a.AddFraction(num, den)
	t.AddAmount(metric, c, at, &a)
}

// AddAmount adds to the counter at that place of the metric, in one class. An
// amount that is no whole number asks for a [FixedPoint] metric.
func (t *Tally) AddAmount(metric int, c Class, at int, a *Amount) {
	if metric < 0 {
		return
	}
	at += t.layout.offsets[metric]
	t.row(c)[at] += a.Whole
	if len(a.parts) > 0 {
		t.row(c)[at] += t.fractionsOf(c)[t.layout.slot[at]].merge(a.parts)
	}
}

// AddJudged adds to the counter at that place of the metric, in the class of
// everything, what was counted where j says.
func (t *Tally) AddJudged(j Judged, metric, at int, a *Amount) {
	if j == NotJudged {
		return
	}
	t.AddAmount(metric, Overall, at, a)
	if j >= 0 {
		t.sliced[j].AddAmount(metric, Overall, at, a)
	}
}

// Add adds to the four standard counters.
func (t *Tally) Add(metric int, c Class, correctP, predicted, correctR, gold int64) {
	if metric < 0 {
		return
	}
	v := t.Counters(metric, c)
	v[0] += correctP
	v[1] += predicted
	v[2] += correctR
	v[3] += gold
}

// Scope is what is judged of the pair that is being counted; nil is everything.
func (t *Tally) Scope() *Scope { return t.scope }

// NumClasses is the number of classes that the tally knows, counted or not: a
// [Class] is less than it.
func (t *Tally) NumClasses() int { return len(t.names) }

// Classes are the names of the classes that have any counters, sorted; the
// overall class "" comes first.
func (t *Tally) Classes() []string {
	var out []string
	for c, row := range t.rows {
		if row != nil {
			out = append(out, t.names[c])
		}
	}
	sort.Strings(out)
	return out
}

// Get is a copy of the counters of one metric and class in its Unit, those of a
// [FixedPoint] metric rounded down; all zero when the class was never counted.
func (t *Tally) Get(metric int, class string) []int64 {
	out := make([]int64, len(t.layout.metrics[metric].Counters))
	t.CopyTo(out, metric, class)
	return out
}

// CopyTo copies what [Tally.Get] gives to a slice of as many; it leaves the
// slice as it is when the class was never counted.
func (t *Tally) CopyTo(to []int64, metric int, class string) {
	c, ok := t.ids[class]
	if !ok || t.rows[c] == nil {
		return
	}
	copy(to, t.Counters(metric, c))
	if t.layout.metrics[metric].Unit != FixedPoint {
		return
	}
	from := t.layout.offsets[metric]
	for i := range to {
		to[i] = t.fractionsAt(c, from+i).rounded(to[i])
	}
}

// Exact are the counters of one metric and class in whole items, halves and
// thirds of [Metric.Unit] turned into fractions of an item. Categories, which
// count items by themselves, are as they are stored.
func (t *Tally) Exact(metric int, class string) []*big.Rat {
	m := t.layout.metrics[metric]
	out := make([]*big.Rat, len(m.Counters))
	c, ok := t.ids[class]
	for i := range out {
		if !ok || t.rows[c] == nil {
			out[i] = new(big.Rat)
			continue
		}
		at := t.layout.offsets[metric] + i
		out[i] = t.fractionsAt(c, at).plus(t.rows[c][at])
		if m.Unit != FixedPoint && m.Unit > 1 && m.inUnit(i) {
			out[i].Quo(out[i], new(big.Rat).SetInt64(m.Unit))
		}
	}
	return out
}

// AddTo adds the counters of one metric and class, as they are stored, to as
// many amounts.
func (t *Tally) AddTo(to []Amount, metric int, class string) {
	c, ok := t.ids[class]
	if !ok || t.rows[c] == nil {
		return
	}
	from := t.layout.offsets[metric]
	for i := range to {
		to[i].Whole += t.rows[c][from+i]
		if parts := t.fractionsAt(c, from+i); len(parts) > 0 {
			to[i].Whole += to[i].parts.merge(parts)
		}
	}
}

// WholeTo adds what [Tally.AddTo] does, false where that is no whole numbers.
func (t *Tally) WholeTo(to []int64, metric int, class string) bool {
	c, ok := t.ids[class]
	if !ok || t.rows[c] == nil {
		return true
	}
	from := t.layout.offsets[metric]
	for i := range to {
		if len(t.fractionsAt(c, from+i)) > 0 {
			return false
		}
		to[i] += t.rows[c][from+i]
	}
	return true
}

// Has reports whether the metric has a counter other than zero in the class.
func (t *Tally) Has(metric int, class string) bool {
	c, ok := t.ids[class]
	if !ok || t.rows[c] == nil {
		return false
	}
	from, n := t.layout.offsets[metric], len(t.layout.metrics[metric].Counters)
	for at := from; at < from+n; at++ {
		if len(t.fractionsAt(c, at)) > 0 {
			return true
		}
	}
	return slices.ContainsFunc(t.rows[c][from:from+n], func(v int64) bool { return v != 0 })
}

// ErrLayout is returned by Merge for tallies that count different things.
var ErrLayout = errors.New("tallies of different metrics or settings cannot be merged")

// Merge adds the counters of u to t.
func (t *Tally) Merge(u *Tally) error {
	if t.layout != u.layout && !t.layout.equal(u.layout) {
		return ErrLayout
	}
	for c, row := range u.rows {
		if row == nil {
			continue
		}
		d := t.Class(u.names[c])
		to := t.row(d)
		for i, v := range row {
			to[i] += v
		}
		for slot, parts := range u.parts[c] {
			if len(parts) > 0 {
				to[t.layout.fixed[slot]] += t.fractionsOf(d)[slot].merge(parts)
			}
		}
	}
	return nil
}
