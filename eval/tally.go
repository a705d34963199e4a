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
	// parts are what counters hold beside whole numbers, by Class and then by
	// counter, nil until first used; only [FixedPoint] metrics have any.
	parts  [][]fractions
	scope  *Scope   // which items of the pair being counted are judged; nil for all
	sliced []*Tally // by slice of the scope
}

// Layout fixes which metrics a tally holds and where their counters stand.
// Tallies can be merged only under the same layout and settings.
type Layout struct {
	metrics  []*Metric
	offsets  []int
	width    int
	settings string // canonical text of the settings; differing settings never merge
	index    map[string]int
}

// NewLayout lays out the counters of the metrics, in their order. settings is
// any canonical text that identifies how the counts are made.
func NewLayout(metrics []*Metric, settings string) *Layout {
	l := &Layout{metrics: metrics, settings: settings, index: map[string]int{}}
	for i, m := range metrics {
		l.offsets = append(l.offsets, l.width)
		l.width += len(m.Counters)
		l.index[m.Name] = i
	}
	return l
}

// Metrics are the metrics of the layout in order.
func (l *Layout) Metrics() []*Metric { return l.metrics }

// Find is the position of the named metric, or -1 when it was not selected: a
// counting may skip the work for it.
func (l *Layout) Find(name string) int {
	if i, ok := l.index[name]; ok {
		return i
	}
	return -1
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

// Intern numbers classes in the order of their names, so that whatever goes by
// the numbers does not depend on the order of the input. It is called on an
// empty tally, before anything is counted.
func (t *Tally) Intern(names []string) {
	slices.Sort(names)
	for _, name := range names {
		t.Class(name)
	}
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
		t.rows[c] = make([]int64, t.layout.width)
	}
	return t.rows[c]
}

// fractionsOf are what the class's counters hold beside them.
func (t *Tally) fractionsOf(c Class) []fractions {
	if t.parts[c] == nil {
		t.parts[c] = make([]fractions, t.layout.width)
	}
	return t.parts[c]
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
		t.row(c)[at] += t.fractionsOf(c)[at].merge(a.parts)
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

// Item is a counted item: what it belongs to, and where it counts.
type Item struct {
	Class Class
	At    int32 // position of its mention or event, by [Metric.Counts], in the lists of its side
	Of    int32 // of a predicted item: position of what it is matched to in gold; -1 for none
	Rows  Rows  // 0 is all
}

// Rows says in which rows an item counts.
type Rows uint8

// The rows of an item.
const (
	PooledRow Rows = 1 << iota // that of everything
	ClassRow                   // that of its class
)

// AddGold counts a gold item of unit parts, credit of them found, in the class of
// everything and in its own, where it is judged. In a [FixedPoint] metric the
// credit is the fraction credit/unit of an item.
func (t *Tally) AddGold(metric int, it Item, credit, unit int64) {
	if t.scope == nil {
		t.addRows(metric, it, 2, credit, unit)
		return
	}
	t.eachGold(metric, it, func(u *Tally, c Class) { u.addItem(metric, c, 2, credit, unit) })
}

// AddPredicted counts a predicted item as [Tally.AddGold] does, credit of it
// right.
func (t *Tally) AddPredicted(metric int, it Item, credit, unit int64) {
	if t.scope == nil {
		t.addRows(metric, it, 0, credit, unit)
		return
	}
	t.eachPredicted(metric, it, func(u *Tally, c Class) { u.addItem(metric, c, 0, credit, unit) })
}

func (t *Tally) addRows(metric int, it Item, at int, credit, unit int64) {
	if it.Rows != ClassRow {
		t.addItem(metric, Overall, at, credit, unit)
	}
	if it.Class != Overall && it.Rows != PooledRow {
		t.addItem(metric, it.Class, at, credit, unit)
	}
}

func (t *Tally) addItem(metric int, c Class, at int, credit, unit int64) {
	v := t.Counters(metric, c)
	if t.layout.metrics[metric].Unit == FixedPoint {
		t.AddFraction(metric, c, at, credit, unit)
		v[at+1]++
		return
	}
	v[at] += credit
	v[at+1] += unit
}

// EachGold calls f for every row of counters in which the gold item counts.
func (t *Tally) EachGold(metric int, it Item, f func(row []int64)) {
	t.eachGold(metric, it, func(u *Tally, c Class) { f(u.Counters(metric, c)) })
}

// EachPredicted calls f for every row of counters in which the predicted item
// counts.
func (t *Tally) EachPredicted(metric int, it Item, f func(row []int64)) {
	t.eachPredicted(metric, it, func(u *Tally, c Class) { f(u.Counters(metric, c)) })
}

func (t *Tally) eachGold(metric int, it Item, f func(u *Tally, c Class)) {
	if t.scope == nil {
		t.each(it, f)
		return
	}
	t.eachJudged(it, &t.scope.labels[goldSide][t.kind(metric)], it.At, f)
}

func (t *Tally) eachPredicted(metric int, it Item, f func(u *Tally, c Class)) {
	if t.scope == nil {
		t.each(it, f)
		return
	}
	side, at := predSide, it.At
	if it.Of >= 0 {
		side, at = goldSide, it.Of
	}
	t.eachJudged(it, &t.scope.labels[side][t.kind(metric)], at, f)
}

func (t *Tally) kind(metric int) int { return t.layout.metrics[metric].Counts.index() }

func (t *Tally) eachJudged(it Item, l *labels, at int32, f func(u *Tally, c Class)) {
	if !l.keeps(int(at)) {
		return
	}
	t.each(it, f)
	if l.slice != nil {
		part := t.sliced[l.slice[at]]
		it.Class = part.Class(t.names[it.Class])
		part.each(it, f)
	}
}

func (t *Tally) each(it Item, f func(u *Tally, c Class)) {
	if it.Rows != ClassRow {
		f(t, Overall)
	}
	if it.Class != Overall && it.Rows != PooledRow {
		f(t, it.Class)
	}
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
		var parts fractions
		if t.parts[c] != nil {
			parts = t.parts[c][from+i]
		}
		to[i] = parts.rounded(to[i])
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
		var parts fractions
		if t.parts[c] != nil {
			parts = t.parts[c][at]
		}
		out[i] = parts.plus(t.rows[c][at])
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
		if t.parts[c] != nil {
			to[i].Whole += to[i].parts.merge(t.parts[c][from+i])
		}
	}
}

// Has reports whether the metric has a counter other than zero in the class.
func (t *Tally) Has(metric int, class string) bool {
	c, ok := t.ids[class]
	if !ok || t.rows[c] == nil {
		return false
	}
	from, n := t.layout.offsets[metric], len(t.layout.metrics[metric].Counters)
	if t.parts[c] != nil && slices.ContainsFunc(t.parts[c][from:from+n], func(f fractions) bool { return len(f) > 0 }) {
		return true
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
		for i, parts := range u.parts[c] {
			if len(parts) > 0 {
				to[i] += t.fractionsOf(d)[i].merge(parts)
			}
		}
	}
	return nil
}

// Reset sets every counter to zero and keeps the classes and the memory.
func (t *Tally) Reset() {
	for c, row := range t.rows {
		clear(row)
		for i := range t.parts[c] {
			t.parts[c][i] = t.parts[c][i][:0]
		}
	}
}

func (l *Layout) equal(m *Layout) bool {
	if l.settings != m.settings || len(l.metrics) != len(m.metrics) {
		return false
	}
	for i := range l.metrics {
		if l.metrics[i].Name != m.metrics[i].Name || len(l.metrics[i].Counters) != len(m.metrics[i].Counters) {
			return false
		}
	}
	return true
}
