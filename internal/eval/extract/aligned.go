package extract

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/align"
	"github.com/mizan-corpus/mizan/internal/labels/placement"
	"github.com/mizan-corpus/mizan/schema"
)

// Placement counts how the spans of answers found their places in the text.
type Placement = align.Counts

// Placed is a span whose place in the text is not exact, or that has none.
type Placed struct {
	Item       string         `json:"item"` // e.g. `mention "m3"`
	Text       string         `json:"text"`
	Kind       placement.Kind `json:"kind"`                 // of its place; "nowhere" for none
	Confidence float64        `json:"confidence,omitempty"` // in (0,1], see placement.Choice
	Reason     string         `json:"reason"`
}

// PlacementOptions are how answers are placed.
type PlacementOptions struct {
	Least *placement.Kind // the least sure kind of place that is taken; nil for all
	Trim  bool            // take white space off the ends of spans that are given with offsets
}

// Aligned is ex with every span in its place: offsets are checked against the
// article and converted to code points where they count another unit, and what
// has only a surface text is placed by it ([align.Resolver]). An article most of whose
// offsets do not fit has failed, [KindOffsets]. What could not be placed
// stays without offsets; it is listed in the result of the run, as is what is
// placed but not exactly. One that says [AlignsItself] is left as it is.
func Aligned(ex Extractor, opt PlacementOptions) Extractor {
	if AlignsItself(ex) {
		return ex
	}
	return &aligned{ex, opt}
}

// AlignsItself reports whether the answers of an extractor have their places already.
func AlignsItself(ex Extractor) bool {
	x, ok := ex.(interface{ AlignsItself() bool })
	return ok && x.AlignsItself()
}

type aligned struct {
	ex  Extractor
	opt PlacementOptions
}

func (x *aligned) Name() string                { return Name(x.ex) }
func (x *aligned) Close() error                { return Close(x.ex) }
func (x *aligned) Settings() map[string]string { return x.opt.Settings(Settings(x.ex)) }

// Settings adds what decides places to the settings of an extractor.
func (opt PlacementOptions) Settings(s map[string]string) map[string]string {
	if opt.Least == nil && !opt.Trim {
		return s
	}
	out := map[string]string{}
	maps.Copy(out, s)
	if opt.Least != nil {
		out["min_placement"] = opt.Least.String()
	}
	if opt.Trim {
		out["trim_spans"] = "true"
	}
	return out
}

func (x *aligned) Extract(ctx context.Context, a *schema.Article) (*schema.Annotation, error) {
	annotation, err := x.ex.Extract(ctx, a)
	if err != nil || annotation == nil || annotation.DocID != a.DocID {
		return annotation, err
	}
	d := &labels.Document{Annotation: clone(annotation)}
	Measured(ctx, func(m *Meter) { d.Hints, m.Hints = m.Hints, nil })
	counts, listed, err := Place(d, schema.NewIndex(a.Text), x.opt)
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
		m.Placed = append(m.Placed, listed...)
	})
	return &d.Annotation, nil
}

// Place puts every span of d in its place, in place. The list holds what has no
// place, and then what is not placed exactly.
func Place(d *labels.Document, x *schema.Index, opt PlacementOptions) (Placement, []Placed, error) {
	var list []Placed
	r := align.Resolver{
		Text: func(string) *schema.Index { return x }, Move: true, Least: opt.Least, Trim: opt.Trim,
		Listed: func(l align.Listed) {
			list = append(list, Placed{Item: l.Item, Text: l.Text, Kind: l.Kind, Confidence: l.Confidence, Reason: l.Reason()})
		},
	}
	if err := r.Resolve(d); err != nil {
		return Placement{}, nil, err
	}
	return r.Counts, list, nil
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
