package tables

import (
	"fmt"
	"strings"
	"sync"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/schema"
)

// A ReferenceError says that a row refers to something that is not there.
type ReferenceError struct {
	Table, Row, Column string
	Missing            string // what is referred to
}

func (e *ReferenceError) Error() string {
	return fmt.Sprintf("table %s, row %s, column %s: refers to %s, which is not there", e.Table, e.Row, e.Column, e.Missing)
}

// ArticleHeads is the part of the articles that a reader of labels needs.
var ArticleHeads = ArticlesTable.Only("doc_id", "labelled", "not_labelled")

// ArticleTexts is the articles without their raw form.
var ArticleTexts = sync.OnceValue(func() *Table[ArticleRow] { return ArticlesTable.Without("raw", "raw_map") })

// LabelJoin is the label tables of one split in a merge join with its articles.
type LabelJoin struct {
	Mentions  *BatchJoin[schema.Mention]
	Events    *BatchJoin[schema.Event]
	Arguments *BatchJoin[ArgumentItem]
}

func (j *LabelJoin) Annotation(docID string) (*schema.Annotation, error) {
	mentions, err := j.Mentions.Take(docID)
	if err != nil {
		return nil, err
	}
	events, err := j.Events.Take(docID)
	if err != nil {
		return nil, err
	}
	arguments, err := j.Arguments.Take(docID)
	if err != nil {
		return nil, err
	}
	a := &schema.Annotation{DocID: docID, Mentions: mentions, Events: events}
	at := make(map[string]int, len(events))
	for i := range events {
		at[events[i].ID] = i
	}
	for i := range arguments {
		k, ok := at[arguments[i].eventID]
		if !ok {
			return nil, &ReferenceError{Table: dataset.TableArguments, Row: "of article " + docID, Column: "event_id", Missing: "event " + arguments[i].eventID}
		}
		events[k].Arguments = append(events[k].Arguments, arguments[i].Argument)
	}
	return a, nil
}

func (j *LabelJoin) Stop() {
	j.Mentions.Stop()
	j.Events.Stop()
	j.Arguments.Stop()
}

// Assemble makes the annotation of one article of its rows.
func Assemble(docID string, mentions []*MentionRow, events []*EventRow, arguments []*ArgumentRow) (*schema.Annotation, error) {
	a := &schema.Annotation{DocID: docID}
	if len(mentions) > 0 {
		a.Mentions = make([]schema.Mention, len(mentions))
	}
	for i, m := range mentions {
		a.Mentions[i] = m.Mention
	}
	if len(events) > 0 {
		a.Events = make([]schema.Event, len(events))
	}
	at := make(map[string]int, len(events))
	for i, e := range events {
		a.Events[i] = e.Event
		at[e.ID] = i
	}
	for _, arg := range arguments {
		i, ok := at[arg.EventID]
		if !ok {
			return nil, &ReferenceError{Table: dataset.TableArguments, Row: ArgumentKey(arg), Column: "event_id", Missing: "event " + arg.EventID}
		}
		a.Events[i].Arguments = append(a.Events[i].Arguments, arg.Argument)
	}
	return a, nil
}

// OrphanRow is the error for a row whose article is not there or not labelled.
func OrphanRow[T any](t *Table[T], key func(*T) string) func(*T) error {
	return func(row *T) error {
		docID, _, _ := strings.Cut(key(row), "\x00")
		return &ReferenceError{Table: t.Name, Row: t.Key(row), Column: "doc_id", Missing: "labelled article " + docID}
	}
}
