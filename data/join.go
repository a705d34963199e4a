package data

import (
	"cmp"
	"fmt"
	"iter"

	"github.com/mizan-corpus/mizan/schema"
)

// Parts names the parts of annotations that a reader needs; what it does not
// need is not read.
type Parts int

// The parts. Arguments hang on events, so PartArguments includes PartEvents.
const (
	PartMentions Parts = 1 << iota
	PartEvents
	partArguments
	PartArguments = partArguments | PartEvents
	AllParts      = PartMentions | PartArguments
)

// ReadOptions narrows what is read of a release.
type ReadOptions struct {
	Parts  Parts  // 0 means AllParts
	Split  string // "" means all splits
	NoText bool   // leave out the surface texts, which scoring by offsets does not need

	// SpansOnly leaves out of mentions all but span and type (and surface text,
	// unless NoText is set).
	SpansOnly bool
}

func (o ReadOptions) decodeMentions() decoder[schema.Mention] {
	if o.SpansOnly {
		return decodeSpans
	}
	return decodeMentions
}

// articleHead is the part of an article that a reader of labels needs.
type articleHead struct {
	DocID    string `parquet:"doc_id"`
	Labelled bool   `parquet:"labelled"`
}

var articleHeads = newTable(table[articleHead]{
	name:    TableArticles,
	compare: func(a, b *articleHead) int { return cmp.Compare(a.DocID, b.DocID) },
	key:     func(r *articleHead) string { return r.DocID },
})

// A ReferenceError says that a row refers to something that is not there.
type ReferenceError struct {
	Table, Row, Column string
	Missing            string // what is referred to
}

func (e *ReferenceError) Error() string {
	return fmt.Sprintf("table %s, row %s, column %s: refers to %s, which is not there", e.Table, e.Row, e.Column, e.Missing)
}

// Annotations streams the gold labels of the labelled articles in ascending
// order of doc_id.
func (r *Release) Annotations() iter.Seq2[*schema.Annotation, error] {
	return r.AnnotationsOf(ReadOptions{})
}

// AnnotationsOf is [Release.Annotations] with a choice of parts and split. It
// is a merge join of the tables, which are in one order, so that memory is
// bounded by some thousand labels and those of one article. Only the columns of
// the wanted parts are read. Rows of an article that is not there or not
// labelled are a [ReferenceError].
func (r *Release) AnnotationsOf(opt ReadOptions) iter.Seq2[*schema.Annotation, error] {
	if opt.Parts == 0 {
		opt.Parts = AllParts
	}
	var streams []iter.Seq2[*schema.Annotation, error]
	for _, split := range r.manifest.Splits {
		if opt.Split == "" || opt.Split == split {
			streams = append(streams, r.splitAnnotations(split, opt))
		}
	}
	return merge(streams, func(a, b *schema.Annotation) int { return cmp.Compare(a.DocID, b.DocID) })
}

func (r *Release) splitAnnotations(split string, opt ReadOptions) iter.Seq2[*schema.Annotation, error] {
	files := func(table string) []FileInfo { return r.manifest.TableFiles(table)[split] }
	return func(yield func(*schema.Annotation, error) bool) {
		j := &labelJoin{
			mentions:  &batchJoin[schema.Mention]{table: TableMentions},
			events:    &batchJoin[schema.Event]{table: TableEvents},
			arguments: &batchJoin[argumentItem]{table: TableArguments},
		}
		if opt.Parts&PartMentions != 0 {
			j.mentions.stream = streamBatches[MentionRow](r.fsys, files(TableMentions), opt.decodeMentions(), !opt.NoText)
		}
		if opt.Parts&PartEvents != 0 {
			j.events.stream = streamBatches[EventRow](r.fsys, files(TableEvents), decodeEvents, !opt.NoText)
		}
		if opt.Parts&partArguments != 0 {
			j.arguments.stream = streamBatches[ArgumentRow](r.fsys, files(TableArguments), decodeArguments, !opt.NoText)
		}
		defer j.stop()
		for head, err := range chain(r.fsys, files(TableArticles), articleHeads) {
			if err == nil && !head.Labelled {
				continue
			}
			var a *schema.Annotation
			if err == nil {
				a, err = j.annotation(head.DocID)
			}
			if !yield(a, err) || err != nil {
				return
			}
		}
		if err := cmp.Or(j.mentions.end(), j.events.end(), j.arguments.end()); err != nil {
			yield(nil, err)
		}
	}
}

// labelJoin is the label tables of one split in a merge join with its articles.
type labelJoin struct {
	mentions  *batchJoin[schema.Mention]
	events    *batchJoin[schema.Event]
	arguments *batchJoin[argumentItem]
}

func (j *labelJoin) annotation(docID string) (*schema.Annotation, error) {
	mentions, err := j.mentions.take(docID)
	if err != nil {
		return nil, err
	}
	events, err := j.events.take(docID)
	if err != nil {
		return nil, err
	}
	arguments, err := j.arguments.take(docID)
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
			return nil, &ReferenceError{Table: TableArguments, Row: "of article " + docID, Column: "event_id", Missing: "event " + arguments[i].eventID}
		}
		events[k].Arguments = append(events[k].Arguments, arguments[i].Argument)
	}
	return a, nil
}

func (j *labelJoin) stop() {
	j.mentions.stop()
	j.events.stop()
	j.arguments.stop()
}

// assemble makes the annotation of one article of its rows.
func assemble(docID string, mentions []*MentionRow, events []*EventRow, arguments []*ArgumentRow) (*schema.Annotation, error) {
	a := &schema.Annotation{DocID: docID}
	if len(mentions) > 0 {
		a.Mentions = make([]schema.Mention, len(mentions))
	}
	for i, m := range mentions {
		a.Mentions[i] = m.Mention()
	}
	if len(events) > 0 {
		a.Events = make([]schema.Event, len(events))
	}
	at := make(map[string]int, len(events))
	for i, e := range events {
		a.Events[i] = e.Event()
		at[e.EventID] = i
	}
	for _, arg := range arguments {
		i, ok := at[arg.EventID]
		if !ok {
			return nil, &ReferenceError{Table: TableArguments, Row: argumentKey(arg), Column: "event_id", Missing: "event " + arg.EventID}
		}
		a.Events[i].Arguments = append(a.Events[i].Arguments, arg.Argument())
	}
	return a, nil
}
