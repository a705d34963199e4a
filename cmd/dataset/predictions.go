package main

import (
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// mostErrors is how many bad records are shown before the rest is only counted.
const mostErrors = 20

// predictions reads a file of predictions in any known format, places its
// spans in the articles' texts and remembers what a score must warn of.
type predictions struct {
	path     string
	format   *labels.Format
	resolver labels.Resolver

	failed  []string // articles for which the extractor answered with an error
	dropped []labels.Unaligned
	odd     *eval.Oddities
	places  map[string]labels.Position // where each article stands in the file
}

func openPredictions(path, format string, texts *articleCursor) (*predictions, error) {
	p := &predictions{path: path}
	var err error
	if format == "" {
		p.format, err = labels.DetectFormat(labels.FileSource(path))
	} else {
		p.format, err = labels.Lookup(format)
	}
	if err != nil {
		return nil, err
	}
	p.resolver.Text = texts.text
	p.resolver.Unaligned = func(u labels.Unaligned) { p.dropped = append(p.dropped, u) }
	return p, nil
}

// annotations streams the predictions. Bad records are collected and given as
// one error at the end, so that all of them are seen at once.
func (p *predictions) annotations(opt labels.ReadOptions, read reading) iter.Seq2[*schema.Annotation, error] {
	return func(yield func(*schema.Annotation, error) bool) {
		*p = predictions{path: p.path, format: p.format, resolver: labels.Resolver{Text: p.resolver.Text, Unaligned: p.resolver.Unaligned}}
		p.odd, p.places = eval.NewOddities(schema.PLOVER()), map[string]labels.Position{}
		var bad []error
		docs := p.resolver.All(p.format.Read(labels.FileSource(p.path), opt))
		if read.trusted {
			docs = read.predictions(p.path)
		}
		for d, err := range docs {
			if errors.Is(err, errNoOffsets) {
				yield(nil, err)
				return
			}
			if err == nil && !read.trusted { // tables have one entry an article
				err = p.once(d)
			}
			if err != nil {
				bad = append(bad, err)
				continue
			}
			if d.Error != "" {
				p.failed = append(p.failed, d.DocID)
			}
			p.odd.Add(&d.Annotation)
			if !yield(&d.Annotation, nil) {
				return
			}
		}
		if len(bad) > 0 {
			yield(nil, badRecords(p.path, bad))
		}
	}
}

// once refuses a second record of an article.
func (p *predictions) once(d *labels.Document) error {
	if first, ok := p.places[d.DocID]; ok {
		return &labels.RecordError{At: d.At, DocID: d.DocID, What: "doc_id", Found: fmt.Sprintf("%q again", d.DocID),
			Expected: fmt.Sprintf("one record an article; the first is at %s", first)}
	}
	p.places[strings.Clone(d.DocID)] = d.At // a copy, or the whole line stays in memory
	return nil
}

func badRecords(path string, bad []error) error {
	var shown []error
	for _, err := range bad[:min(len(bad), mostErrors)] {
		var record *labels.RecordError
		if errors.As(err, &record) && record.Advice != "" && err.Error() == record.Error() {
			err = fmt.Errorf("%w; %s", err, record.Advice)
		}
		shown = append(shown, err)
	}
	if more := len(bad) - len(shown); more > 0 {
		shown = append(shown, fmt.Errorf("%s: %d more bad records", path, more))
	}
	return &withHint{errors.Join(shown...), "nothing was scored; mend or remove these records and run again"}
}

// warnings says what a reader of the score must know of the predictions.
func (p *predictions) warnings() []string {
	var out []string
	if n := len(p.failed); n > 0 {
		out = append(out, fmt.Sprintf("the extractor failed on %d articles, which count as all missed: %s", n, firstOf(p.failed)))
	}
	if c := p.resolver.Counts; c.Exact+c.Normalised+c.Ambiguous+c.Absent > 0 {
		out = append(out, fmt.Sprintf("spans without offsets were placed by their text: %d exactly, %d after normalising, %d at one of several places, %d not at all",
			c.Exact, c.Normalised, c.Ambiguous, c.Absent))
	}
	for i, u := range p.dropped {
		if i == 5 {
			out = append(out, fmt.Sprintf("%d more predictions could not be placed", len(p.dropped)-i))
			break
		}
		out = append(out, fmt.Sprintf("not placed, counts as wrong: %s: %s %q: %s", u.At, u.Item, u.Text, u.Reason))
	}
	out = append(out, p.odd.Warnings()...)
	if p.resolver.Unit != labels.CodePoints {
		out = append(out, "offsets were counted in "+p.resolver.Unit.String()+" and converted")
	}
	return out
}

func firstOf(names []string) string {
	const most = 5
	text := ""
	for i, n := range names[:min(len(names), most)] {
		if i > 0 {
			text += ", "
		}
		text += n
	}
	if more := len(names) - most; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
