package tables

import (
	"io/fs"

	"github.com/parquet-go/parquet-go"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/field"
	"github.com/mizan-corpus/mizan/schema"
)

// PredictionSchemas are the columns of the tables of predictions.
var PredictionSchemas = map[string]func() *parquet.Schema{
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
	mentions, events := field.TableByName(dataset.TableMentions), field.TableByName(dataset.TableEvents)
	for _, column := range pq.Root().Columns() {
		name := column.Name()
		switch {
		case name == needed[dataset.TableArguments][2]:
			return dataset.TableArguments, nil
		case events.Column(name) != nil && mentions.Column(name) == nil:
			table = dataset.TableEvents
		}
	}
	return table, nil
}

// TablePath is a file of a table, in the file system and for people.
type TablePath struct{ Path, Name string }

// ForeignJoin starts to read the files of a table of predictions: its items
// where they are wanted, else only doc_id, and nothing where the articles are
// listed elsewhere.
func ForeignJoin[T any](fsys fs.FS, files []TablePath, table string, wanted, listed bool, decode Decoder[T], text bool) *BatchJoin[T] {
	j := &BatchJoin[T]{Table: table, name: true}
	if !wanted && listed {
		return j
	}
	if !wanted {
		j.drop = true
		decode.wanted = nil
	}
	decode.checked = true
	var open []func() (*tableFile, error)
	for _, f := range files {
		open = append(open, func() (*tableFile, error) {
			return openForeign(fsys, f.Path, f.Name, table, PredictionSchemas[table]())
		})
	}
	j.Stream = streamFiles(open, table, decode, text)
	return j
}

// spanFields is the fields that hold a span or several.
func spanFields[T any](fields []field.Field[T]) []field.Field[T] {
	var spans []field.Field[T]
	for _, f := range fields {
		if f.Kind == field.Start || f.Kind == field.Spans {
			spans = append(spans, f)
		}
	}
	return spans
}

// badSpan is the first span of an item that is not well formed, or, of a release, is
// null and may not be.
func badSpan[T any](fields []field.Field[T], item *T, released bool) (column string, s schema.Span) {
	for i := range fields {
		switch f := &fields[i]; f.Kind {
		case field.Start:
			if s := *f.Span(item); !s.Valid() && (s != schema.NoSpan || released && !f.Has(field.Nullable)) {
				return f.Name, s
			}
		case field.Spans:
			for _, s := range *f.Spans(item) {
				if !s.Valid() {
					return f.Name, s
				}
			}
		}
	}
	return "", schema.NoSpan
}
