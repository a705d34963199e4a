package walk

import (
	"cmp"
	"errors"
	"fmt"
	"iter"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/streams"
	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

// Entry is everything that the tables say of one article, sorted.
type Entry struct {
	Source *schema.Article
	Gold   *labels.Document // nil when not labelled
	Passes []*dataset.Pass

	Article   *tables.ArticleRow
	Mentions  []tables.MentionRow
	Events    []tables.EventRow
	Arguments []tables.ArgumentRow

	PassMentions  []tables.PassMentionRow
	PassEvents    []tables.PassEventRow
	PassArguments []tables.PassArgumentRow
}

// An UnknownArticleError says that there are labels for an article that is not
// there.
type UnknownArticleError struct {
	DocID     string
	Annotator string          // of a pass; "" for the labels themselves
	At        labels.Position // of the labels; the zero value where that is not known
}

func (e *UnknownArticleError) Error() string {
	if e.Annotator != "" {
		return fmt.Sprintf("article %s, which annotator %s labelled, is not there", e.DocID, e.Annotator)
	}
	s := fmt.Sprintf("article %s, which has labels, is not there", e.DocID)
	if e.At.File != "" {
		s = e.At.String() + ": " + s
	}
	return s
}

// Hint is the next step.
func (e *UnknownArticleError) Hint() string {
	return "give its text with the articles, or take its labels out; labels find their article by its id, the name of its file or its text"
}

// Entries streams the rows of a dataset, article by article in ascending
// order of doc_id, from a merge join of its streams. Errors of the dataset's
// own streams go to report: where it returns nil the stream goes on without
// the bad record, else with that error as the last item.
func Entries(ds dataset.Dataset, report func(error) error) iter.Seq2[*Entry, error] {
	return func(yield func(*Entry, error) bool) {
		o, err := ds.Ontology()
		if err != nil {
			yield(nil, err)
			return
		}
		gold := streams.NewJoined(streams.Report(labelsOf(ds), report), func(d *labels.Document) string { return d.DocID },
			func(d *labels.Document) error {
				e := &UnknownArticleError{DocID: d.DocID}
				if _, ok := ds.(placed); ok {
					e.At = d.At
				}
				return e
			})
		defer gold.Stop()
		passes := streams.NewJoined(streams.Report(ds.Passes(), report), func(p *dataset.Pass) string { return p.Annotation.DocID },
			func(p *dataset.Pass) error {
				return &UnknownArticleError{DocID: p.Annotation.DocID, Annotator: p.Annotator}
			})
		defer passes.Stop()
		last := ""
		for a, err := range streams.Report(ds.Articles(), report) {
			if err == nil && a.DocID <= last {
				err = &tables.OrderError{Table: dataset.TableArticles, Row: a.DocID, After: last}
			}
			var d *Entry
			if err == nil {
				last = a.DocID
				d, err = newEntry(a, gold, passes, o)
			}
			if !yield(d, err) || err != nil {
				return
			}
		}
		if err := cmp.Or(gold.End(), passes.End()); err != nil {
			yield(nil, err)
		}
	}
}

// placed is a dataset that knows where its labels stand.
type placed interface {
	LabelFiles() iter.Seq2[*labels.Document, error]
	ActorFile() iter.Seq2[*native.ActorRow, error]
}

// labelsOf is the gold labels with their places where the dataset knows them.
func labelsOf(ds dataset.Dataset) iter.Seq2[*labels.Document, error] {
	if c, ok := ds.(placed); ok {
		return c.LabelFiles()
	}
	return streams.Convert(ds.Annotations(), func(a *schema.Annotation) *labels.Document {
		return &labels.Document{Annotation: *a, At: labels.Position{File: a.DocID}}
	})
}

// ActorsOf is the whole table of actors in key order: actors are few. Errors
// of single actors come joined.
func ActorsOf(ds dataset.Dataset) ([]*native.ActorRow, error) {
	stream := streams.Convert(ds.Actors(), func(a *schema.Actor) *native.ActorRow {
		return &native.ActorRow{Actor: *a, At: labels.Position{File: dataset.TableActors}}
	})
	if c, ok := ds.(placed); ok {
		stream = c.ActorFile()
	}
	var rows []*native.ActorRow
	var errs []error
	for a, err := range stream {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		rows = append(rows, a)
	}
	return rows, errors.Join(errs...)
}

func newEntry(a *schema.Article, gold *streams.Joined[labels.Document], passes *streams.Joined[dataset.Pass], o *schema.Ontology) (*Entry, error) {
	d := &Entry{Source: a}
	files, err := gold.Take(a.DocID)
	if err != nil {
		return nil, err
	}
	if len(files) > 1 {
		return nil, fmt.Errorf("article %s has %d label files, expected one", a.DocID, len(files))
	}
	if d.Passes, err = passes.Take(a.DocID); err != nil {
		return nil, err
	}
	if d.Article, err = tables.NewArticleRow(a); err != nil {
		return nil, err
	}
	d.Article.Labelled, d.Article.NotLabelled = len(files) == 1, nil
	if d.Article.Labelled {
		d.Gold = files[0]
		d.Article.NotLabelled = d.Gold.NotLabelled
		if d.Mentions, d.Events, d.Arguments, err = tables.LabelRows(&d.Gold.Annotation, o); err != nil {
			return nil, fmt.Errorf("%s: %w", d.Gold.At, err)
		}
	}
	for _, p := range d.Passes {
		if err := d.addPass(p, o); err != nil {
			return nil, fmt.Errorf("pass of %s: %w", p.Annotator, err)
		}
	}
	return d, nil
}

func (d *Entry) addPass(p *dataset.Pass, o *schema.Ontology) error {
	mentions, events, arguments, err := tables.LabelRows(p.Annotation, o)
	for i := range mentions {
		d.PassMentions = append(d.PassMentions, tables.PassMentionRow{Annotator: p.Annotator, MentionRow: mentions[i]})
	}
	for i := range events {
		d.PassEvents = append(d.PassEvents, tables.PassEventRow{Annotator: p.Annotator, EventRow: events[i]})
	}
	for i := range arguments {
		d.PassArguments = append(d.PassArguments, tables.PassArgumentRow{Annotator: p.Annotator, ArgumentRow: arguments[i]})
	}
	return err
}
