package eval

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
