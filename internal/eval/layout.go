package eval

// Layout fixes which metrics a tally holds and where their counters stand.
// Tallies can be merged only under the same layout and settings.
type Layout struct {
	metrics []*Metric
	offsets []int
	width   int
	// fixed are the places of the counters of [FixedPoint] metrics, ascending,
	// and slot is the position in it of a counter's place, -1 for none: only
	// these counters hold fractions.
	fixed    []int
	slot     []int
	settings string // canonical text of the settings; differing settings never merge
	index    map[string]int
	leaveOut bool // see Settings.LeaveOut
}

// NewLayout lays out the counters of the metrics, in their order. settings is
// any canonical text that identifies how the counts are made.
func NewLayout(metrics []*Metric, settings string) *Layout {
	l := &Layout{metrics: metrics, settings: settings, index: map[string]int{}}
	for i, m := range metrics {
		l.offsets = append(l.offsets, l.width)
		for range m.Counters {
			slot := -1
			if m.Unit == FixedPoint {
				slot = len(l.fixed)
				l.fixed = append(l.fixed, l.width)
			}
			l.slot = append(l.slot, slot)
			l.width++
		}
		l.index[m.Name] = i
	}
	return l
}

// LeaveOutUndefined makes means over classes those of [Settings.LeaveOut].
func (l *Layout) LeaveOutUndefined() { l.leaveOut = true }

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
