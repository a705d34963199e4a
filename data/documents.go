package data

import (
	"cmp"
	"errors"
	"fmt"
	"iter"

	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// document is everything that the tables say of one article, sorted.
type document struct {
	source *schema.Article
	gold   *labels.Document // nil when not labelled
	passes []*Pass

	article   *ArticleRow
	mentions  []MentionRow
	events    []EventRow
	arguments []ArgumentRow

	passMentions  []PassMentionRow
	passEvents    []PassEventRow
	passArguments []PassArgumentRow
}

// An UnknownArticleError says that there are labels for an article that is not
// there.
type UnknownArticleError struct {
	DocID     string
	Annotator string // of a pass; "" for the labels themselves
}

func (e *UnknownArticleError) Error() string {
	if e.Annotator != "" {
		return fmt.Sprintf("article %s, which annotator %s labelled, is not there", e.DocID, e.Annotator)
	}
	return fmt.Sprintf("article %s, which has labels, is not there", e.DocID)
}

// documents streams the rows of a dataset, article by article in ascending
// order of doc_id, from a merge join of its streams. Errors of the dataset's
// own streams go to report: where it returns nil the stream goes on without
// the bad record, else with that error as the last item.
func documents(ds Dataset, report func(error) error) iter.Seq2[*document, error] {
	return func(yield func(*document, error) bool) {
		gold := newJoined(reported(labelsOf(ds), report), func(d *labels.Document) string { return d.DocID },
			func(d *labels.Document) error { return &UnknownArticleError{DocID: d.DocID} })
		defer gold.stop()
		passes := newJoined(reported(ds.Passes(), report), func(p *Pass) string { return p.Annotation.DocID },
			func(p *Pass) error { return &UnknownArticleError{DocID: p.Annotation.DocID, Annotator: p.Annotator} })
		defer passes.stop()
		last := ""
		for a, err := range reported(ds.Articles(), report) {
			if err == nil && a.DocID <= last {
				err = &OrderError{Table: TableArticles, Row: a.DocID, After: last}
			}
			var d *document
			if err == nil {
				last = a.DocID
				d, err = newDocument(a, gold, passes)
			}
			if !yield(d, err) || err != nil {
				return
			}
		}
		if err := cmp.Or(gold.end(), passes.end()); err != nil {
			yield(nil, err)
		}
	}
}

// placed is a dataset that knows where its labels stand.
type placed interface {
	LabelFiles() iter.Seq2[*labels.Document, error]
	ActorFile() iter.Seq2[*labels.ActorRow, error]
}

// labelsOf is the gold labels with their places where the dataset knows them.
func labelsOf(ds Dataset) iter.Seq2[*labels.Document, error] {
	if c, ok := ds.(placed); ok {
		return c.LabelFiles()
	}
	return converted(ds.Annotations(), func(a *schema.Annotation) *labels.Document {
		return &labels.Document{Annotation: *a, At: labels.Position{File: a.DocID}}
	})
}

// actorsOf is the whole table of actors in key order: actors are few. Errors
// of single actors come joined.
func actorsOf(ds Dataset) ([]*labels.ActorRow, error) {
	stream := converted(ds.Actors(), func(a *schema.Actor) *labels.ActorRow {
		return &labels.ActorRow{Actor: *a, At: labels.Position{File: TableActors}}
	})
	if c, ok := ds.(placed); ok {
		stream = c.ActorFile()
	}
	var rows []*labels.ActorRow
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

func newDocument(a *schema.Article, gold *joined[labels.Document], passes *joined[Pass]) (*document, error) {
	d := &document{source: a}
	files, err := gold.take(a.DocID)
	if err != nil {
		return nil, err
	}
	if len(files) > 1 {
		return nil, fmt.Errorf("article %s has %d label files, expected one", a.DocID, len(files))
	}
	if d.passes, err = passes.take(a.DocID); err != nil {
		return nil, err
	}
	if d.article, err = NewArticleRow(a); err != nil {
		return nil, err
	}
	d.article.Labelled = len(files) == 1
	if d.article.Labelled {
		d.gold = files[0]
		if d.mentions, d.events, d.arguments, err = labelRows(&d.gold.Annotation); err != nil {
			return nil, fmt.Errorf("%s: %w", d.gold.At, err)
		}
	}
	for _, p := range d.passes {
		if err := d.addPass(p); err != nil {
			return nil, fmt.Errorf("pass of %s: %w", p.Annotator, err)
		}
	}
	return d, nil
}

func (d *document) addPass(p *Pass) error {
	mentions, events, arguments, err := labelRows(p.Annotation)
	for i := range mentions {
		d.passMentions = append(d.passMentions, *newPassMentionRow(p.Annotator, &mentions[i]))
	}
	for i := range events {
		d.passEvents = append(d.passEvents, *newPassEventRow(p.Annotator, &events[i]))
	}
	for i := range arguments {
		d.passArguments = append(d.passArguments, *newPassArgumentRow(p.Annotator, &arguments[i]))
	}
	return err
}
