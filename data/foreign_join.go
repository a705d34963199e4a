package data

import (
	"fmt"
	"io/fs"

	"github.com/parquet-go/parquet-go"

	"github.com/mizan-corpus/mizan/schema"
)

// predictionSchemas are the columns of the tables of predictions.
var predictionSchemas = map[string]*parquet.Schema{
	TableMentions: predictedMentions.schema, TableEvents: predictedEvents.schema,
	TableArguments: predictedArguments.schema, TableDocuments: predictedDocuments.schema,
}

// guessTable is the table of predictions whose columns a file has.
func guessTable(fsys fs.FS, path string) (string, error) {
	f, pq, err := openParquet(fsys, path)
	if err != nil {
		return TableMentions, err
	}
	defer f.Close()
	table := TableMentions
	for _, column := range pq.Root().Columns() {
		switch column.Name() {
		case "role":
			return TableArguments, nil
		case "event_id", "realis", "cameo", "modes":
			table = TableEvents
		}
	}
	return table, nil
}

// tablePath is a file of a table, in the file system and for people.
type tablePath struct{ path, name string }

// documentItem is what the table documents says of an article.
type documentItem struct{ failed string }

func decodeDocuments(g *group, n int, b *batch[documentItem], _ bool) {
	g.strings(n, "error", func(i int, v string) { b.items[i].failed = v })
}

// foreignJoin starts to read the files of a table of predictions: its items
// where they are wanted, else only doc_id, and nothing where the articles are
// listed elsewhere.
func foreignJoin[T any](fsys fs.FS, files []tablePath, table string, wanted, listed bool, decode decoder[T], text bool) *batchJoin[T] {
	j := &batchJoin[T]{table: table, name: true}
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
			return openForeign(fsys, f.path, f.name, table, predictionSchemas[table])
		})
	}
	j.stream = streamFiles(open, table, decode, text)
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
	case *argumentItem:
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
