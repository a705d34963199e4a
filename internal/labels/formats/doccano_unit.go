package formats

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/schema"
)

// utf16Unit is how files name the unit that browsers count in.
const utf16Unit = "utf16_code_unit"

// editorUnits are the units that a file of an editor may count in.
var editorUnits = []labels.Unit{labels.CodePoints, labels.UTF16Units, labels.Graphemes}

// unitOfFile is what all spans of a file say of their unit.
type unitOfFile struct {
	bad   [labels.Graphemes + 1]int  // how odd the places are under each unit
	out   [labels.Graphemes + 1]bool // a span has no place under it
	apart [labels.Graphemes + 1]bool // a span is elsewhere than in code points
}

// differ reports whether the units read the spans differently.
func (u *unitOfFile) differ() bool { return u.apart[labels.UTF16Units] || u.apart[labels.Graphemes] }

// The weights of what speaks against a unit, an end of a span at a time. Names
// behind a proclitic begin inside a word under the right unit too.
const (
	oddSpace   = 3 // white space inside the span, at its end
	oddCluster = 3 // an end between a letter and its mark
	oddWord    = 1 // an end inside a word
)

// doccanoUnit reads a file once for its unit, and gives the records to be read
// then. A pipe is read once only, and its records held in memory.
func doccanoUnit(src labels.Source, opt labels.ReadOptions) (unitOfFile, records) {
	var u unitOfFile
	each := recordsOf(src, opt)
	if opt.Unit != nil {
		return u, each
	}
	if info, err := src.Stat(); err == nil && !info.Mode().IsRegular() {
		each = held(each)
	}
	quiet := labels.ReadOptions{MaxRecord: opt.MaxRecord, Ontology: opt.Ontology}
	each(func(r jsontext.Record, err error) bool {
		var rec doccanoRecord
		if err != nil || r.Decode(&rec) != nil || rec.Text == nil || rec.believed() {
			return true // what is wrong with it is said the second time
		}
		if g, err := doccanoGraph(r, "", &rec, quiet); err == nil {
			u.add(g.Spans(), schema.NewIndex(*rec.Text))
		}
		return true
	})
	return u, each
}

// held is the records in memory.
func held(each records) records {
	type item struct {
		r   jsontext.Record
		err error
	}
	var list []item
	each(func(r jsontext.Record, err error) bool {
		list = append(list, item{r, err})
		return true
	})
	return func(yield func(jsontext.Record, error) bool) {
		for _, i := range list {
			if !yield(i.r, i.err) {
				return
			}
		}
	}
}

// add counts what the spans of a record say.
func (u *unitOfFile) add(spans []schema.Span, x *schema.Index) {
	for _, s := range spans {
		first, _ := labels.CodePoints.Convert(x, s)
		for _, unit := range editorUnits {
			place, ok := unit.Convert(x, s)
			u.out[unit] = u.out[unit] || !ok
			u.apart[unit] = u.apart[unit] || place != first
			if ok {
				u.bad[unit] += oddness(x, place)
			}
		}
	}
}

// oddness is how much speaks against a span.
func oddness(x *schema.Index, s schema.Span) int {
	at := func(i int32) rune {
		text, _ := x.Slice(schema.Span{Start: i, End: i + 1})
		for _, r := range text {
			return r
		}
		return ' '
	}
	n := 0
	for i, end := range []int32{s.Start, s.End} {
		before, after := at(end-1), at(end)
		inner := after
		if i == 1 {
			inner = before
		}
		switch {
		case unicode.IsSpace(inner):
			n += oddSpace
		case unicode.IsMark(after) || before == '\r' && after == '\n':
			n += oddCluster
		case isWord(before) && isWord(after):
			n += oddWord
		}
	}
	return n
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) }

// best is the unit under which the fewest places are odd. It reports false where
// another one is nearly as good: by more than one end inside a word the best has
// to be better, but than clusters, which are not counted unless that is switched
// on, it has not to be worse only.
func (u *unitOfFile) best() (unit labels.Unit, clear bool) {
	best := labels.CodePoints
	for _, unit := range editorUnits {
		if !u.out[unit] && (u.out[best] || u.bad[unit] < u.bad[best]) {
			best = unit
		}
	}
	clear = !u.out[best]
	for _, unit := range editorUnits {
		same := unit == best || !u.apart[unit] && !u.apart[best]
		weak := unit == labels.Graphemes && u.bad[best] <= u.bad[unit]
		clear = clear && (u.out[unit] || same || weak || u.bad[unit]-u.bad[best] > oddWord)
	}
	return best, clear
}

// believed reports whether the record says its unit and nobody can have drawn a
// span since.
func (rec *doccanoRecord) believed() bool { return rec.Unit != "" && !rec.edited() }

// settle brings the spans of a record to code points.
func (u *unitOfFile) settle(r jsontext.Record, docID string, rec *doccanoRecord, g *graph.Graph, x *schema.Index, opt labels.ReadOptions) error {
	if rec.believed() {
		unit, err := statedUnit(r, docID, rec.Unit)
		if err != nil {
			return err
		}
		convertNodes(g, x, func(schema.Span) labels.Unit { return unit })
		return nil
	}
	if rec.Unit == schema.OffsetUnit { // written by us in code points, and drawn upon in UTF-16
		var own unitOfFile
		if own.add(g.Spans(), x); own.differ() {
			opt.Remark(r.At, "spans that were imported count Unicode code points, those drawn in the editor UTF-16 code units: each is taken for what fits it")
			convertNodes(g, x, func(s schema.Span) labels.Unit { return fitting(x, s) })
			return nil
		}
	}
	unit, clear := u.best()
	var own unitOfFile
	own.add(g.Spans(), x)
	if !own.differ() {
		return nil // under every unit the same
	}
	switch {
	case !own.anyFits():
		return nil // the offsets are said to be wrong
	case !u.anyFits():
		unit, clear = own.best() // the file has a record that fits under none
	}
	if !clear {
		return undecided(r, docID, g, x)
	}
	convertNodes(g, x, func(schema.Span) labels.Unit { return unit })
	if u.rivals(unit) {
		opt.Remark(r.At, fmt.Sprintf("offsets taken to count %s: counted otherwise, more spans of the file begin or end with white space or inside words", unit))
	}
	return nil
}

// rivals reports whether another unit gives every span a place too.
func (u *unitOfFile) rivals(best labels.Unit) bool {
	for _, unit := range editorUnits {
		if unit != best && !u.out[unit] && (u.apart[unit] || u.apart[best]) {
			return true
		}
	}
	return false
}

func (u *unitOfFile) anyFits() bool {
	for _, unit := range editorUnits {
		if !u.out[unit] {
			return true
		}
	}
	return false
}

// fitting is the unit under which a span is less odd, code points where both are
// alike.
func fitting(x *schema.Index, s schema.Span) labels.Unit {
	a, ok1 := labels.CodePoints.Convert(x, s)
	b, ok2 := labels.UTF16Units.Convert(x, s)
	if ok2 && (!ok1 || oddness(x, b) < oddness(x, a)) {
		return labels.UTF16Units
	}
	return labels.CodePoints
}

// convertNodes puts the spans of a graph where they are under their units. One
// without a place is left for the proof of the offsets to find.
func convertNodes(g *graph.Graph, x *schema.Index, unit func(schema.Span) labels.Unit) {
	for i := range g.Nodes {
		n := &g.Nodes[i]
		if s, ok := unit(n.Span).Convert(x, n.Span); ok {
			n.Span = s
		} else {
			n.Span = schema.Span{Start: n.Span.Start, End: max(n.Span.End, x.Len()+1)}
		}
	}
}

// undecided is the error of a record that the units read differently.
func undecided(r jsontext.Record, docID string, g *graph.Graph, x *schema.Index) error {
	e := r.Problem(docID, "offsets", "", "one unit that fits")
	for _, s := range g.Spans() {
		a, _ := labels.CodePoints.Convert(x, s)
		for _, unit := range editorUnits[1:] {
			if b, _ := unit.Convert(x, s); a != b && e.Found == "" {
				at, _ := x.Slice(schema.Span{Start: s.Start, End: min(s.End, x.Len())})
				e.Found = fmt.Sprintf("%s, which is %q in Unicode code points and other text in %s", s, at, unit)
			}
		}
	}
	e.Advice = "the file does not say how it counts; dataset convert --unit code-points, --unit utf-16 or --unit graphemes states it"
	return e
}

// statedUnit reads the key offset_unit.
func statedUnit(r jsontext.Record, docID, name string) (labels.Unit, error) {
	switch name {
	case schema.OffsetUnit:
		return labels.CodePoints, nil
	case utf16Unit:
		return labels.UTF16Units, nil
	}
	return labels.CodePoints, r.Problem(docID, "offset_unit", strconv.Quote(name), strings.Join([]string{strconv.Quote(schema.OffsetUnit), strconv.Quote(utf16Unit)}, " or "))
}
