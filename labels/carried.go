package labels

import (
	"errors"
	"fmt"

	"github.com/mizan-corpus/mizan/schema"
)

// settle proves the offsets of a document whose file carries the text: it
// tells their unit, converts them to code points, fills in surfaces, and moves
// the document over to the article's text where that is at hand.
//
// documented is the unit that the format's description names. It is used if
// every surface and span fits; else the unit under which all do, with a
// remark. The error is a [RecordError].
func settle(opt ReadOptions, d *Document, carried string, documented Unit) error {
	x := schema.NewIndex(carried)
	if err := settleUnit(opt, d, x, documented); err != nil {
		return err
	}
	fillSurfaces(d, x)
	return moveOver(opt, d, x)
}

// settleUnit is [settle] without the article's text.
func settleUnit(opt ReadOptions, d *Document, x *schema.Index, documented Unit) error {
	unit, fit := documented, true
	if opt.Unit != nil {
		unit = *opt.Unit
	}
	for r := range d.spans() {
		if r.span.IsSet() && !fits(x, unit, r) {
			if fit = false; opt.Unit == nil {
				break
			}
			e := offsetError(d, r)
			if span, ok := unit.Convert(x, *r.span); ok {
				e.Found, _ = x.Slice(span)
			}
			return asRecordError(e, d)
		}
	}
	if !fit {
		var err error
		if unit, err = CheckOffsets(d, x); err != nil {
			return asRecordError(err, d)
		}
		opt.remark(d.At, fmt.Sprintf("offsets count %s, not %s as the format has it", unit, documented))
	}
	if unit == CodePoints {
		return nil
	}
	return asRecordError(ConvertOffsets(d, x, unit), d)
}

// asRecordError makes an item of a reader's stream of an offset error.
func asRecordError(err error, d *Document) error {
	var e *OffsetError
	if !errors.As(err, &e) {
		return err
	}
	r := &RecordError{At: e.At, DocID: d.DocID, What: fmt.Sprintf("%s: span %s", e.Item, e.Span), Found: "a span outside the text", Expected: "one inside", Advice: e.Hint()}
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

// fillSurfaces gives each span its surface.
func fillSurfaces(d *Document, x *schema.Index) {
	for s := range d.spans() {
		if s.text != nil && s.span.IsSet() {
			if t, ok := x.Slice(*s.span); ok {
				*s.text = t
			}
		}
	}
}

// moveOver takes a document from the text in its file to the article's. Texts
// that differ only in what [Normalise] folds are matched letter by letter;
// any other difference is an error that shows the first one.
func moveOver(opt ReadOptions, d *Document, from *schema.Index) error {
	var to *schema.Index
	if opt.Text != nil {
		to = opt.Text(d.DocID)
	}
	if to == nil || to.Text() == from.Text() {
		return nil
	}
	a, b := NormaliseMapped(from.Text()), NormaliseMapped(to.Text())
	if a.Text != b.Text {
		at, found, expected := firstDifference(a.Text, b.Text)
		return &RecordError{At: d.At, DocID: d.DocID, What: "text", Found: fmt.Sprintf("%q at letter %d", found, at),
			Expected: fmt.Sprintf("%q as in the article", expected), Advice: "is this the same article?"}
	}
	for r := range d.spans() {
		if !r.span.IsSet() {
			continue
		}
		letters, ok := a.letters(*r.span)
		if !ok {
			return &RecordError{At: r.at, DocID: d.DocID, What: fmt.Sprintf("%s: span %s", r, *r.span), Found: "white space or marks only", Expected: "letters"}
		}
		*r.span = b.Original(letters)
	}
	fillSurfaces(d, to)
	opt.remark(d.At, "text differs from the article's in spacing or spelling; spans were matched letter by letter")
	return nil
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
