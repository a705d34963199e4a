package predictions

import (
	"bytes"
	"io"
	"io/fs"
	"iter"

	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

func init() {
	labels.Register(labels.Format{
		Name:       "parquet",
		Title:      "Parquet tables: a release, or mentions, events and arguments with confidence",
		Unit:       schema.OffsetUnit,
		Layout:     labels.FilePerArticle, // a folder of tables
		Extensions: []string{".parquet"},
		Notes: "Carries everything. A folder with any of mentions.parquet, events.parquet, arguments.parquet and documents.parquet, " +
			"or TABLE/*.parquet; rows in ascending order of doc_id. Only doc_id and a span or its text are needed. " +
			"The articles' texts are not read with it: whether the surfaces fit is checked by what reads both.",
		Detect:       isParquet,
		Confirm:      func(src labels.Source, file string) bool { return !isTokens(src, file) },
		DetectFolder: detectTables,
		Read:         readParquet,
		Write:        writeParquet,
	})
}

func isParquet(_ string, head []byte) bool { return bytes.HasPrefix(head, []byte("PAR1")) }

// detectTables reports whether a folder holds tables of annotations.
func detectTables(src labels.Source) bool {
	folder, err := fs.Sub(src.FS, src.Path)
	if err != nil {
		return false
	}
	for table := range tables.PredictionSchemas {
		for _, pattern := range tablePatterns(table) {
			names, err := fs.Glob(folder, pattern)
			if err == nil && len(names) > 0 {
				return true
			}
		}
	}
	return false
}

func readParquet(src labels.Source, _ labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		p, err := Open(src)
		if err != nil {
			yield(nil, err)
			return
		}
		for d, err := range p.Documents(release.ReadOptions{}) {
			if !yield(d, err) {
				return
			}
		}
	}
}

// writeParquet writes the four files. The documents must come in ascending
// order of doc_id, each once; else it is an [tables.OrderError].
func writeParquet(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	meta := tables.Metadata{Name: "predictions"}
	return out.WriteFile("mentions.parquet", func(m io.Writer) error {
		return out.WriteFile("events.parquet", func(e io.Writer) error {
			return out.WriteFile("arguments.parquet", func(a io.Writer) error {
				return out.WriteFile("documents.parquet", func(d io.Writer) error {
					w := predictionWriter{
						tables.WriterOf(m, tables.PredictedMentions, meta), tables.WriterOf(e, tables.PredictedEvents, meta),
						tables.WriterOf(a, tables.PredictedArguments, meta), tables.WriterOf(d, tables.PredictedDocuments, meta),
					}
					err := w.writeAll(docs, opt)
					for _, end := range []func() error{w.mentions.Close, w.events.Close, w.arguments.Close, w.documents.Close} {
						if closed := end(); err == nil {
							err = closed
						}
					}
					return err
				})
			})
		})
	})
}

type predictionWriter struct {
	mentions  *tables.Writer[tables.MentionRow]
	events    *tables.Writer[tables.EventRow]
	arguments *tables.Writer[tables.ArgumentRow]
	documents *tables.Writer[tables.PredictedDocumentRow]
}

func (w *predictionWriter) writeAll(docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	last := ""
	for d := range docs {
		if d.DocID <= last { // "" too
			return &tables.OrderError{Table: tables.TableDocuments, Row: d.DocID, After: last}
		}
		last = d.DocID
		rows, err := newPredictionRows(d, opt.Lost)
		if err != nil {
			return err
		}
		if err := w.documents.Write(&tables.PredictedDocumentRow{DocID: d.DocID, Error: d.Error}); err != nil {
			return err
		}
		if err := writeRows(w.mentions, rows.mentions); err != nil {
			return err
		}
		if err := writeRows(w.events, rows.events); err != nil {
			return err
		}
		if err := writeRows(w.arguments, rows.arguments); err != nil {
			return err
		}
	}
	return nil
}

func writeRows[T any](w *tables.Writer[T], rows []T) error {
	for i := range rows {
		if err := w.Write(&rows[i]); err != nil {
			return err
		}
	}
	return nil
}
