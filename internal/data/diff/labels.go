package diff

import (
	"cmp"
	"slices"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/internal/data/walk"
	"github.com/mizan-corpus/mizan/internal/field"
)

// labelRow is a mention or an event for the comparison.
type labelRow struct {
	id, text, typ string
	start, end    int32
	row           any // *MentionRow or *EventRow
	used          bool
}

// diffLabels compares the labels of one article.
func diffLabels(a, b *walk.Entry) []LabelChange {
	var mentionsA, mentionsB, eventsA, eventsB []labelRow
	for _, side := range []struct {
		d        *walk.Entry
		mentions *[]labelRow
		events   *[]labelRow
	}{{a, &mentionsA, &eventsA}, {b, &mentionsB, &eventsB}} {
		for i := range side.d.Mentions {
			m := &side.d.Mentions[i]
			*side.mentions = append(*side.mentions, labelRow{id: m.ID, text: m.Text, typ: m.Type, start: m.Span.Start, end: m.Span.End, row: m})
		}
		for i := range side.d.Events {
			e := &side.d.Events[i]
			*side.events = append(*side.events, labelRow{id: e.ID, text: e.Text, typ: e.Type, start: e.Span.Start, end: e.Span.End, row: e})
		}
	}
	out := diffRows(dataset.TableMentions, mentionsA, mentionsB)
	out = append(out, diffRows(dataset.TableEvents, eventsA, eventsB)...)
	return append(out, diffArguments(a.Arguments, b.Arguments)...)
}

// pairings are the ways in which an old row and a new one are taken for the
// same label, tried one after the other: the same id in the same place, the
// same place and type, the same id with the same text or type, the same text
// and type (the nearest first), the same place.
var pairings = []func(a, b *labelRow) bool{
	func(a, b *labelRow) bool { return a.id == b.id && a.samePlace(b) },
	func(a, b *labelRow) bool { return a.samePlace(b) && a.typ == b.typ },
	func(a, b *labelRow) bool { return a.id == b.id && (a.text == b.text || a.typ == b.typ) },
	func(a, b *labelRow) bool { return a.text == b.text && a.typ == b.typ },
	func(a, b *labelRow) bool { return a.samePlace(b) },
}

func (a *labelRow) samePlace(b *labelRow) bool { return a.start == b.start && a.end == b.end }

// diffRows pairs the rows and lists what differs, in order of the place.
func diffRows(table string, old, new []labelRow) []LabelChange {
	var out []LabelChange
	for _, same := range pairings {
		for i := range old {
			a := &old[i]
			if a.used {
				continue
			}
			var found *labelRow
			for k := range new {
				b := &new[k]
				if !b.used && same(a, b) && (found == nil || distance(a, b) < distance(a, found)) {
					found = b
				}
			}
			if found != nil {
				a.used, found.used = true, true
				if x, changed := compareRows(table, a, found); changed {
					out = append(out, x)
				}
			}
		}
	}
	for i := range old {
		if a := &old[i]; !a.used {
			out = append(out, LabelChange{Table: table, Kind: ChangeRemoved, ID: a.id, Text: a.text, Type: a.typ, Old: &[2]int32{a.start, a.end}})
		}
	}
	for i := range new {
		if b := &new[i]; !b.used {
			out = append(out, LabelChange{Table: table, Kind: ChangeAdded, ID: b.id, Text: b.text, Type: b.typ, New: &[2]int32{b.start, b.end}})
		}
	}
	slices.SortStableFunc(out, func(a, b LabelChange) int {
		return cmp.Or(cmp.Compare(a.place(), b.place()), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Kind, b.Kind))
	})
	return out
}

func (c *LabelChange) place() int32 {
	switch {
	case c.New != nil:
		return c.New[0]
	case c.Old != nil:
		return c.Old[0]
	}
	return 0
}

func distance(a, b *labelRow) int32 { return max(a.start-b.start, b.start-a.start) }

func compareRows(table string, a, b *labelRow) (LabelChange, bool) {
	var columns []ColumnChange
	switch old := a.row.(type) {
	case *tables.MentionRow:
		columns = changedColumns(old, b.row.(*tables.MentionRow))
	case *tables.EventRow:
		columns = changedColumns(old, b.row.(*tables.EventRow))
	}
	if len(columns) == 0 {
		return LabelChange{}, false
	}
	x := LabelChange{Table: table, Kind: ChangeOther, ID: b.id, Text: b.text, Type: b.typ, Columns: columns,
		Old: &[2]int32{a.start, a.end}, New: &[2]int32{b.start, b.end}}
	switch {
	case a.typ != b.typ:
		x.Kind = ChangeRetyped
	case !a.samePlace(b) && a.text == b.text:
		x.Kind = ChangeMoved
	}
	return x, true
}

// diffArguments lists the arguments that only one side has.
func diffArguments(old, new []tables.ArgumentRow) []LabelChange {
	count := map[string]int{}
	for i := range old {
		count[string(tables.AppendRow(nil, &old[i]))]++
	}
	var out []LabelChange
	change := func(kind string, r *tables.ArgumentRow) {
		filler := cmp.Or(r.MentionID, r.TargetEventID, r.Text)
		x := LabelChange{Table: dataset.TableArguments, Kind: kind, ID: r.EventID, Type: r.Role, Text: filler}
		if s := r.Span; s.IsSet() {
			at := &[2]int32{s.Start, s.End}
			if kind == ChangeAdded {
				x.New = at
			} else {
				x.Old = at
			}
		}
		out = append(out, x)
	}
	for i := range new {
		if key := string(tables.AppendRow(nil, &new[i])); count[key] > 0 {
			count[key]--
		} else {
			change(ChangeAdded, &new[i])
		}
	}
	for i := range old {
		if key := string(tables.AppendRow(nil, &old[i])); count[key] > 0 {
			count[key]--
			change(ChangeRemoved, &old[i])
		}
	}
	slices.SortStableFunc(out, func(a, b LabelChange) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Type, b.Type), cmp.Compare(b.Kind, a.Kind))
	})
	return out
}

// changedColumns lists the columns in which two rows differ, by name, but for
// those that follow from others.
func changedColumns[T tables.Row](a, b *T, except ...string) []ColumnChange {
	var out []ColumnChange
	tables.Differing(a, b, func(c *field.Column, x, y []byte) {
		if !c.Has(field.Derived) && !slices.Contains(except, c.Name) {
			out = append(out, ColumnChange{c.Name, x, y})
		}
	})
	return out
}
