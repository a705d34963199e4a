package tables

import (
	"fmt"
	"io/fs"

	"github.com/parquet-go/parquet-go"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/schema"
)

// PredictionSchemas are the columns of the tables of predictions.
var PredictionSchemas = map[string]*parquet.Schema{
	dataset.TableMentions: PredictedMentions.schema, dataset.TableEvents: PredictedEvents.schema,
	dataset.TableArguments: PredictedArguments.schema, TableDocuments: PredictedDocuments.schema,
}

// GuessTable is the table of predictions whose columns a file has.
func GuessTable(fsys fs.FS, path string) (string, error) {
	f, pq, err := openParquet(fsys, path)
	if err != nil {
		return dataset.TableMentions, err
	}
	defer f.Close()
	table := dataset.TableMentions
	for _, column := range pq.Root().Columns() {
		switch column.Name() {
		case "role":
			return dataset.TableArguments, nil
		case "event_id", "realis", "cameo", "modes":
			table = dataset.TableEvents
		}
	}
	return table, nil
}

// TablePath is a file of a table, in the file system and for people.
type TablePath struct{ Path, Name string }

// DocumentItem is what the table documents says of an article.
type DocumentItem struct{ Failed string }

func DecodeDocuments(g *group, n int, b *batch[DocumentItem], _ bool) {
	g.strings(n, "error", func(i int, v string) { b.items[i].Failed = v })
}

// ForeignJoin starts to read the files of a table of predictions: its items
// where they are wanted, else only doc_id, and nothing where the articles are
// listed elsewhere.
func ForeignJoin[T any](fsys fs.FS, files []TablePath, table string, wanted, listed bool, decode decoder[T], text bool) *BatchJoin[T] {
	j := &BatchJoin[T]{Table: table, name: true}
	if !wanted && listed {
		return j
	}
	if !wanted {
		j.drop = true
		decode = func(*group, int, *batch[T], bool) {}
	} else {
		decode = checked(table, decode)
	}
	var open []func() (*tableFile, error)
	for _, f := range files {
		open = append(open, func() (*tableFile, error) {
			return openForeign(fsys, f.Path, f.Name, table, PredictionSchemas[table])
		})
	}
	j.Stream = streamFiles(open, table, decode, text)
	return j
}

// checked is the decoder and then a check of the spans of the rows it read.
func checked[T any](table string, decode decoder[T]) decoder[T] {
	return func(g *group, n int, b *batch[T], text bool) {
		decode(g, n, b, text)
		for i := range b.items {
			if g.err != nil {
				return
			}
			if column, s := badSpan(&b.items[i]); column != "" {
				g.fail(column, &valueError{i, fmt.Sprintf("[%d,%d)", s.Start, s.End), "0 <= start < end"})
			}
		}
	}
}

// badSpan is the first span of a row that is there and not well formed.
func badSpan[T any](item *T) (column string, s schema.Span) {
	bad := func(s schema.Span) bool { return s != schema.NoSpan && !s.Valid() }
	switch x := any(item).(type) {
	case *schema.Mention:
		switch {
		case bad(x.Span):
			return "start", x.Span
		case bad(x.Head):
			return "head_start", x.Head
		}
		return badFragment(x.Fragments)
	case *schema.Event:
		switch {
		case bad(x.Span):
			return "start", x.Span
		case bad(x.Cue):
			return "cue_start", x.Cue
		}
		return badFragment(x.Fragments)
	case *ArgumentItem:
		if bad(x.Span) {
			return "start", x.Span
		}
	}
	return "", schema.NoSpan
}

func badFragment(list []schema.Span) (string, schema.Span) {
	for _, s := range list {
		if !s.Valid() {
			return "fragments", s
		}
	}
	return "", schema.NoSpan
}
