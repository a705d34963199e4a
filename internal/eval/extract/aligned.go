package extract

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/align"
	"github.com/mizan-corpus/mizan/schema"
)

// Placement counts how the spans of answers found their places in the text.
type Placement struct {
	Given      int `json:"given"`      // had offsets
	Exact      int `json:"exact"`      // surface occurs once, letter by letter
	Normalised int `json:"normalised"` // occurs once, after [align.Normalise]
	Context    int `json:"context"`    // occurs several times; the words around it decided
	Ambiguous  int `json:"ambiguous"`  // occurs several times; a rule decided, see [align.Spans]
	Absent     int `json:"absent"`     // no place
	Converted  int `json:"converted"`  // articles whose offsets were counted in another unit and converted
}

// Add adds the counts of other.
func (a *Placement) Add(other Placement) {
	a.Given += other.Given
	a.Exact += other.Exact
	a.Normalised += other.Normalised
	a.Context += other.Context
	a.Ambiguous += other.Ambiguous
	a.Absent += other.Absent
	a.Converted += other.Converted
}

// Placed is how many spans without offsets were given a place.
func (a Placement) Placed() int { return a.Exact + a.Normalised + a.Context + a.Ambiguous }

// Unplaced is a span that has no place in the text, or one of several.
type Unplaced struct {
	Item   string `json:"item"` // e.g. `mention "m3"`
	Text   string `json:"text"`
	Reason string `json:"reason"`
}

// Aligned is ex with every span in its place: offsets are checked against the
// article and converted to code points where they count another unit, and what
// has only a surface text is placed by it ([align.Resolver]). Offsets that do
// not fit are the article's error, [KindOffsets]. What could not be placed
// stays without offsets and is listed in the result of the run, as is what could
// stand in several places. An extractor with a method AlignsItself is left as
// it is.
func Aligned(ex Extractor) Extractor {
	if _, itself := ex.(interface{ AlignsItself() }); itself {
		return ex
	}
	return &aligned{ex}
}

type aligned struct{ ex Extractor }

func (x *aligned) Name() string                { return Name(x.ex) }
func (x *aligned) Close() error                { return Close(x.ex) }
func (x *aligned) Settings() map[string]string { return Settings(x.ex) }

func (x *aligned) Extract(ctx context.Context, a *schema.Article) (*schema.Annotation, error) {
	annotation, err := x.ex.Extract(ctx, a)
	if err != nil || annotation == nil || annotation.DocID != a.DocID {
		return annotation, err
	}
	d := &labels.Document{Annotation: clone(annotation)}
	counts, unplaced, err := Place(d, schema.NewIndex(a.Text))
	if err != nil {
		// Without the position that only a file's record has.
		fault := &Error{Extractor: Name(x.ex), DocID: a.DocID, Kind: KindOffsets, Detail: strings.TrimLeft(err.Error(), ": ")}
		var h interface{ Hint() string }
		if errors.As(err, &h) {
			fault.Advice = h.Hint()
		}
		return nil, fault
	}
	Measured(ctx, func(m *Meter) {
		m.Alignment.Add(counts)
		m.Unplaced = append(m.Unplaced, unplaced...)
	})
	return &d.Annotation, nil
}

// Place puts every span of d in its Place, in Place. The list holds what has
// none, and then what could stand in several.
func Place(d *labels.Document, x *schema.Index) (Placement, []Unplaced, error) {
	open := findSeveral(&d.Annotation, x)
	var list []Unplaced
	r := align.Resolver{
		Text:      func(string) *schema.Index { return x },
		Unaligned: func(u align.Unaligned) { list = append(list, Unplaced{Item: u.Item, Text: u.Text, Reason: u.Reason}) },
	}
	if err := r.Resolve(d); err != nil {
		return Placement{}, nil, err
	}
	c := r.Counts
	counts := Placement{Given: c.Given, Exact: c.Exact, Normalised: c.Normalised, Ambiguous: c.Ambiguous, Absent: c.Absent}
	if r.Unit != labels.CodePoints {
		counts.Converted = 1
	}
	return counts, append(list, open.placed()...), nil
}

// clone is a copy that shares nothing that alignment changes.
func clone(a *schema.Annotation) schema.Annotation {
	c := schema.Annotation{DocID: a.DocID, Mentions: slices.Clone(a.Mentions), Events: slices.Clone(a.Events)}
	for i := range c.Mentions {
		c.Mentions[i].Fragments = slices.Clone(c.Mentions[i].Fragments)
	}
	for i := range c.Events {
		e := &c.Events[i]
		e.Fragments, e.Arguments = slices.Clone(e.Fragments), slices.Clone(e.Arguments)
	}
	return c
}
