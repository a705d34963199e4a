package join

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/align"
	"github.com/mizan-corpus/mizan/internal/labels/placement"
	"github.com/mizan-corpus/mizan/internal/labels/typemap"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/schema"
)

// MostErrors is how many bad records are shown before the rest is only counted.
const MostErrors = 20

// predictions reads a file of predictions in any known format, places its
// spans in the articles' texts and remembers what a score must warn of.
type predictions struct {
	path     string
	format   *labels.Format // of the file
	given    annotations    // instead of a file
	ontology *schema.Ontology
	names    *typemap.Map // of types and roles to the labels'
	resolver align.Resolver
	finder   *Finder

	failed  []string       // articles for which the extractor answered with an error
	beside  []string       // those of them that have labels too, which are not read
	dropped []align.Listed // those without a place
	mapped  typemap.Counts
	odd     *scoring.Oddities
	places  map[string]labels.Position // where each article stands in the file

	left       map[string]int // what no annotation has a place for, by kind
	unlabelled []string       // articles that nobody has labelled, with the reason
}

func (in *Input) open() (*predictions, error) {
	o, err := in.Dataset.Data.Ontology()
	if err != nil {
		return nil, err
	}
	p := &predictions{path: in.Path, given: in.Predicted, ontology: o, names: in.Map}
	switch {
	case p.given != nil:
		p.path = "predictions"
	case in.Format == "":
		p.format, err = labels.DetectFormat(labels.FileSource(in.Path))
	default:
		p.format, err = labels.Lookup(in.Format)
	}
	return p, err
}

// documents is the predictions as they were given, or as they are in the file.
func (p *predictions) documents(texts *Cursor) iter.Seq2[*labels.Document, error] {
	if p.given == nil {
		return p.format.Read(labels.FileSource(p.path), labels.ReadOptions{Text: texts.Text, Find: p.finder.Find, Ontology: p.names.Extend(p.ontology),
			Left:       func(_ labels.Position, kind, _ string) { p.left[kind]++ },
			Unlabelled: func(_ labels.Position, docID, why string) { p.unlabelled = append(p.unlabelled, docID+" ("+why+")") }})
	}
	return func(yield func(*labels.Document, error) bool) {
		n := 0
		for a, err := range p.given {
			n++
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(&labels.Document{Annotation: *a, At: labels.Position{File: p.path, Line: n}}, nil) {
				return
			}
		}
	}
}

// annotations streams the predictions. Bad records are collected and given as
// one error at the end, so that all of them are seen at once.
func (p *predictions) annotations(texts *Cursor, read reading) annotations {
	return func(yield func(*schema.Annotation, error) bool) {
		*p = predictions{path: p.path, format: p.format, given: p.given, ontology: p.ontology, names: p.names, mapped: typemap.Counts{}}
		p.resolver = align.Resolver{Text: texts.Text, Listed: p.listed}
		p.finder = NewFinder(texts)
		p.left = map[string]int{}
		p.odd, p.places = scoring.NewOddities(p.ontology), map[string]labels.Position{}
		var bad []error
		docs := p.documents(texts)
		if read.trusted {
			docs = read.predictions(p.path)
		}
		docs = p.answers(docs)
		if !read.trusted {
			docs = p.resolver.All(docs)
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
			a := p.names.Apply(&d.Annotation, p.mapped)
			p.odd.Add(a, d.At.String())
			if !yield(a, nil) {
				return
			}
		}
		if len(bad) > 0 {
			yield(nil, BadRecords(p.path, bad))
		}
	}
}

// answers takes an error for the whole answer, as it is on the wire: labels that
// stand beside it are left out.
func (p *predictions) answers(docs iter.Seq2[*labels.Document, error]) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		for d, err := range docs {
			if err == nil && d.Error != "" {
				id := strings.Clone(d.DocID)
				p.failed = append(p.failed, id)
				if len(d.Mentions)+len(d.Events) > 0 {
					p.beside = append(p.beside, id)
					d = &labels.Document{Annotation: schema.Annotation{DocID: d.DocID}, At: d.At, Error: d.Error}
				}
			}
			if !yield(d, err) {
				return
			}
		}
	}
}

// listed keeps what has no place.
func (p *predictions) listed(l align.Listed) {
	if l.Kind == placement.Nowhere {
		p.dropped = append(p.dropped, l)
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

// BadRecords is the first of the bad records as one error.
func BadRecords(path string, bad []error) error {
	var shown []error
	for _, err := range bad[:min(len(bad), MostErrors)] {
		var record *labels.RecordError
		if errors.As(err, &record) && record.Advice != "" && err.Error() == record.Error() {
			err = fmt.Errorf("%w; %s", err, record.Advice)
		}
		shown = append(shown, err)
	}
	if more := len(bad) - len(shown); more > 0 {
		shown = append(shown, fmt.Errorf("%s: %d more bad records", path, more))
	}
	return exit.WithHint(errors.Join(shown...), "nothing was scored; mend or remove these records and run again")
}

// placementLines says how spans got their places: those of the file here, and those
// that the run which wrote it has placed.
func (p *predictions) placementLines() []string {
	counts := p.resolver.Counts
	counts.Converted = 0 // said with the unit
	var lines []string
	if run, ok := runCounts(p.path, len(p.places)); ok {
		run.Given, run.Padded, run.Cut, run.Trimmed, run.Long, run.Early = run.Given-run.Rewritten, 0, 0, 0, 0, 0 // which the file shows
		for _, line := range run.Lines() {
			lines = append(lines, "in the run, "+line)
		}
		if counts.Placed() == 0 {
			counts.Absent = 0 // the run has counted them
		}
	}
	return append(lines, counts.Lines()...)
}

// warnings says what a reader of the score must know of the predictions.
func (p *predictions) warnings() []string {
	var out []string
	if n := len(p.failed); n > 0 {
		out = append(out, fmt.Sprintf("the extractor failed on %s, counted as all missed: %s", wording.Count(n, "article"), wording.FirstOf(p.failed)))
	}
	if n := len(p.beside); n > 0 {
		out = append(out, fmt.Sprintf("labels beside an error are not scored, in %s: %s", wording.Count(n, "article"), wording.FirstOf(p.beside)))
	}
	out = append(out, p.placementLines()...)
	if n := len(p.unlabelled); n > 0 {
		out = append(out, fmt.Sprintf("not labelled in the file, %s: %s", wording.Count(n, "article"), wording.FirstOf(p.unlabelled)))
	}
	for _, kind := range slices.Sorted(maps.Keys(p.left)) {
		out = append(out, fmt.Sprintf("not read, there is no place for it: %s (%d)", kind, p.left[kind]))
	}
	for i, u := range p.dropped {
		if i == 5 {
			out = append(out, fmt.Sprintf("%d more predictions could not be placed", len(p.dropped)-i))
			break
		}
		out = append(out, fmt.Sprintf("not placed, counts as wrong: %s: %s %q: %s", u.At, u.Item, u.Text, u.Reason()))
	}
	if found := p.finder.String(); found != "" {
		out = append(out, "articles of predictions found otherwise than by id: "+found)
	}
	out = append(out, p.names.Warnings(p.mapped)...)
	out = append(out, p.odd.Warnings()...)
	if p.resolver.Unit != labels.CodePoints {
		out = append(out, "offsets were counted in "+p.resolver.Unit.String()+" and converted")
	}
	return out
}
