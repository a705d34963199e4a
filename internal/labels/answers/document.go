package answers

import (
	"errors"
	"fmt"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

// Document is the answer as the labels of an article, whose text opt finds. Tokens get
// their places here; what else has no offsets is left to be placed, with what
// the answer says of it as hints.
func (a *Answer) Document(docID string, at labels.Position, opt labels.ReadOptions) (*labels.Document, error) {
	d := &labels.Document{Annotation: schema.Annotation{DocID: docID}, At: at}
	if a.Error != "" {
		d.Error = a.Error
		return d, nil
	}
	if len(a.Tokens) > 0 {
		return d, a.tokens(d, opt)
	}
	o := ontology.Or(opt.Ontology)
	hints := &labels.Hints{}
	used := false
	for i := range a.Items {
		it := &a.Items[i]
		h := labels.Hint{Before: it.Before, After: it.After, Claim: schema.NoSpan, Status: it.Status}
		span := it.Span
		if it.Status != "" && it.Status != "match_exact" || a.Shape == LangExtract && it.Status == "" {
			h.Claim, span = span, schema.NoSpan
		}
		used = used || h != labels.Hint{Claim: schema.NoSpan}
		if o.MentionType(it.Type) == nil && o.EventType(it.Type) != nil {
			d.Events = append(d.Events, schema.Event{ID: it.ID, Span: span, Text: it.Text, Cue: schema.NoSpan, Type: it.Type, Confidence: it.Confidence})
			hints.Events = append(hints.Events, h)
			continue
		}
		d.Mentions = append(d.Mentions, schema.Mention{ID: it.ID, Span: span, Text: it.Text, Head: schema.NoSpan,
			Type: it.Type, Level: it.Level, ActorID: it.Actor, Confidence: it.Confidence})
		hints.Mentions = append(hints.Mentions, h)
	}
	if used {
		d.Hints = hints
	}
	dropTwice(d)
	if a.Text == nil || opt.Text == nil {
		return d, nil
	}
	x := opt.Text(docID)
	if x == nil || x.Text() == *a.Text {
		return d, nil
	}
	return d, a.moved(d, x, opt)
}

// moved takes the spans from the text that the answer carries to the article's.
func (a *Answer) moved(d *labels.Document, x *schema.Index, opt labels.ReadOptions) error {
	carried := schema.NewIndex(*a.Text)
	for r := range d.Spans() {
		if r.Span.IsSet() && !offsets.Fits(carried, labels.CodePoints, r) {
			return nil // counted otherwise, or in another text: what places the spans will tell
		}
	}
	offsets.FillSurfaces(d, carried)
	return offsets.MoveOver(labels.ReadOptions{Text: func(string) *schema.Index { return x }, Warn: opt.Warn}, d, carried)
}

// dropTwice takes away ids that stand twice, which would refer to nothing.
func dropTwice(d *labels.Document) {
	seen := map[string]bool{}
	for i := range d.Mentions {
		id := &d.Mentions[i].ID
		if seen[*id] {
			*id = ""
		}
		seen[*id] = true
	}
}

// tokens places tokens and makes mentions of their tags, by the rules of conlleval.
func (a *Answer) tokens(d *labels.Document, opt labels.ReadOptions) error {
	placed, bad, err := segment.PlaceTokens(opt, d.DocID, a.Tokens)
	if err != nil {
		var e *segment.Error
		if errors.As(err, &e) {
			return &Error{Found: fmt.Sprintf("the token %q", a.Tokens[bad][e.Token]), Expected: fmt.Sprintf("%q as in the article", e.Found), JSON: true}
		}
		return err
	}
	places := placed.Tokens
	d.Hints = &labels.Hints{Tokens: len(placed.Respelt)}
	for i, tags := range a.Tags {
		last, lastType := byte(0), ""
		for j, tag := range tags {
			letter, typ := prefix(tag)
			if letter == 0 {
				last = 0
				continue
			}
			if letter == 'B' || letter == 'S' || last == 0 || last == 'E' || last == 'S' || typ != lastType {
				d.Mentions = append(d.Mentions, schema.Mention{Span: places[i][j], Head: schema.NoSpan, Type: typ})
			}
			d.Mentions[len(d.Mentions)-1].Span.End = places[i][j].End
			last, lastType = letter, typ
		}
	}
	offsets.FillSurfaces(d, placed.Index)
	return nil
}
