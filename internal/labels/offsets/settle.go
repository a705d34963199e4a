package offsets

import (
	"errors"
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/normalise"
	"github.com/mizan-corpus/mizan/schema"
)

// Settle proves the offsets of a document whose file carries the text: it
// tells their unit, converts them to code points, fills in surfaces, and moves
// the document over to the article's text where that is at hand.
//
// documented is the unit that the format's description names. It is used if
// every surface and span fits; else the unit under which all do, with a
// remark. The error is a [labels.RecordError].
func Settle(opt labels.ReadOptions, d *labels.Document, carried string, documented labels.Unit) error {
	x := schema.NewIndex(carried)
	if err := SettleUnit(opt, d, x, documented); err != nil {
		return err
	}
	FillSurfaces(d, x)
	return MoveOver(opt, d, x)
}

// SettleUnit is [settle] without the article's text.
func SettleUnit(opt labels.ReadOptions, d *labels.Document, x *schema.Index, documented labels.Unit) error {
	unit, fit := documented, true
	if opt.Unit != nil {
		unit = *opt.Unit
	}
	for r := range d.Spans() {
		if r.Span.IsSet() && !Fits(x, unit, r) {
			if fit = false; opt.Unit == nil {
				break
			}
			e := ErrorAt(d, r)
			if span, ok := unit.Convert(x, *r.Span); ok {
				e.Found, _ = x.Slice(span)
			}
			return AsRecordError(e, d)
		}
	}
	if !fit {
		var err error
		if unit, err = Detect(d, x); err != nil {
			return AsRecordError(err, d)
		}
		opt.Remark(d.At, fmt.Sprintf("offsets count %s, not %s as the format has it", unit, documented))
	}
	if unit == labels.CodePoints {
		return nil
	}
	return AsRecordError(Convert(d, x, unit), d)
}

// AsRecordError makes an item of a reader's stream of an offset error.
func AsRecordError(err error, d *labels.Document) error {
	var e *Error
	if !errors.As(err, &e) {
		return err
	}
	r := &labels.RecordError{At: e.At, DocID: d.DocID, What: fmt.Sprintf("%s: span %s", e.Item, e.Span), Found: "a span outside the text", Expected: "one inside", Advice: e.Hint()}
	switch {
	case e.Fits != 0:
		r.Found, r.Expected = "several units that fit ("+e.Fits.String()+")", "one"
	case e.Surface != "" && e.Found == "":
		r.Found, r.Expected = "no text there", fmt.Sprintf("%q", e.Surface)
	case e.Surface != "":
		r.Found, r.Expected = fmt.Sprintf("%q", e.Found), fmt.Sprintf("%q", e.Surface)
	}
	return r
}

// FillSurfaces gives each span its surface.
func FillSurfaces(d *labels.Document, x *schema.Index) {
	for s := range d.Spans() {
		if s.Text != nil && s.Span.IsSet() {
			if t, ok := x.Slice(*s.Span); ok {
				*s.Text = t
			}
		}
	}
}

// Carry gives each span its surface, and the document its text where that is no
// article's.
func Carry(opt labels.ReadOptions, d *labels.Document, x *schema.Index) {
	FillSurfaces(d, x)
	if opt.Text == nil || opt.Text(d.DocID) == nil {
		d.Text = x.Text()
	}
}

// MoveOver takes a document from the text in its file to the article's. Texts
// that differ only in what [normalise.Map] folds are matched letter by letter;
// any other difference is an error that shows the first one.
func MoveOver(opt labels.ReadOptions, d *labels.Document, from *schema.Index) error {
	var to *schema.Index
	d.DocID, to = opt.Article(labels.Clue{DocID: d.DocID, File: d.At.File, Text: from.Text()})
	if to == nil {
		d.Text = from.Text()
		return nil
	}
	if to.Text() == from.Text() {
		return nil
	}
	a, b := normalise.Map(from.Text()), normalise.Map(to.Text())
	if a.Text != b.Text {
		at, found, expected := firstDifference(a.Text, b.Text)
		return &labels.RecordError{At: d.At, DocID: d.DocID, What: "text", Found: fmt.Sprintf("%q at letter %d", found, at),
			Expected: fmt.Sprintf("%q as in the article", expected), Advice: "is this the same article?"}
	}
	for r := range d.Spans() {
		if !r.Span.IsSet() {
			continue
		}
		letters, ok := a.Letters(*r.Span)
		if !ok {
			return &labels.RecordError{At: r.At, DocID: d.DocID, What: fmt.Sprintf("%s: span %s", r, *r.Span), Found: "white space or marks only", Expected: "letters"}
		}
		*r.Span = b.Original(letters)
	}
	FillSurfaces(d, to)
	if canonical(from.Text()) != canonical(to.Text()) {
		opt.Remark(d.At, "text differs from the article's in spacing or spelling; spans were matched letter by letter")
	}
	return nil
}

// canonical is a text as an article has it: lines without white space around
// them, none of them empty, joined by one line feed. A file may carry the raw text.
func canonical(raw string) string {
	lines := strings.FieldsFunc(strings.TrimPrefix(raw, "\ufeff"), func(r rune) bool { return r == '\n' || r == '\r' })
	kept := lines[:0]
	for _, l := range lines {
		if l = strings.TrimSpace(l); l != "" {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "\n")
}

// firstDifference is the letter, from 0, where two texts part, with some
// letters of each from there.
func firstDifference(a, b string) (int, string, string) {
	x, y := []rune(a), []rune(b)
	i := 0
	for i < len(x) && i < len(y) && x[i] == y[i] {
		i++
	}
	return i, string(x[i:min(len(x), i+20)]), string(y[i:min(len(y), i+20)])
}
