package predictions

import (
	"fmt"
	"io"
	"io/fs"
	"iter"

	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/formats"
)

// Parquet for token classification, as datasets' to_parquet writes it and the
// Hub keeps it: a row a sentence or article with the columns tokens and ner_tags,
// whose ClassLabel stands in the file. The format huggingface of package formats
// says what rows mean. A single file, or those of a folder in the order of their
// names.
func init() {
	labels.Register(labels.Format{
		Name: "hf-parquet", Title: "Hugging Face token classification in Parquet: tokens, and ner_tags as a ClassLabel", Unit: "token",
		Layout: labels.OneFile, Extensions: []string{".parquet"},
		Notes:      "Carries the types and places of mentions that do not overlap: of those that do, the outermost. Nothing else.",
		WholeWords: true, Detect: isParquet, Confirm: isTokens, Read: readTokens, Write: writeTokens,
	})
}

// isTokens reports whether a Parquet file is rows for token classification and no
// table of annotations.
func isTokens(src labels.Source, file string) bool {
	if info, err := fs.Stat(src.FS, file); err != nil || !info.Mode().IsRegular() {
		return false // a stream is read once
	}
	f, err := tables.OpenTokens(src.FS, file, src.Display(file), formats.TokenColumns, formats.TagColumns)
	if err != nil || f == nil {
		return false
	}
	f.Close()
	return true
}

func readTokens(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return formats.TokenDocuments(func(yield func(formats.TokenRow, error) bool) {
		info, err := src.Stat()
		if err == nil && !info.IsDir() && !info.Mode().IsRegular() {
			err = ErrStream
		}
		var files []string
		if err == nil {
			files, err = src.Files(".parquet")
		}
		if err != nil {
			yield(formats.TokenRow{}, err)
			return
		}
		for _, file := range files {
			if !readTokenFile(src, file, opt, yield) {
				return
			}
		}
	}, opt)
}

func readTokenFile(src labels.Source, file string, opt labels.ReadOptions, yield func(formats.TokenRow, error) bool) bool {
	at := labels.Position{File: src.Display(file)}
	t, err := tables.OpenTokens(src.FS, file, at.File, formats.TokenColumns, formats.TagColumns)
	if err != nil {
		yield(formats.TokenRow{}, err)
		return false
	}
	if t == nil {
		yield(formats.TokenRow{}, fmt.Errorf("%s: found no columns for token classification, expected tokens and ner_tags", at.File))
		return false
	}
	defer t.Close()
	for _, column := range t.Others {
		opt.LeaveOut(at, fmt.Sprintf("column %q", column), "")
	}
	names := formats.ClassNames(t.Feature)
	n := 0
	for r, err := range t.Rows() {
		if err != nil {
			yield(formats.TokenRow{}, err)
			return false
		}
		n++
		row := formats.TokenRow{DocID: r.DocID, Part: r.DocID != "", Tokens: r.Tokens, Tags: r.Tags, At: labels.Position{File: at.File, Line: n}} // a row is a line
		if row.DocID == "" {
			row.DocID = formats.RowID(file, n, r.ID)
		}
		for i, number := range r.Numbers {
			tag, err := formats.ClassName(names, number)
			if err != nil {
				e := &labels.RecordError{At: row.At, DocID: row.DocID, What: fmt.Sprintf("%s[%d]", t.Column, i), Found: fmt.Sprint(number), Expected: err.Error()}
				if !yield(formats.TokenRow{}, e) {
					return false
				}
				row.Tokens = nil
				break
			}
			row.Tags = append(row.Tags, tag)
		}
		if row.Tokens != nil && !yield(row, nil) {
			return false
		}
	}
	return true
}

func writeTokens(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	return out.WriteFile("", func(w io.Writer) error {
		t := tables.NewTokenWriter(w)
		for d := range docs {
			rows, err := formats.TokenRows(d, opt)
			if err != nil {
				return err
			}
			for i, r := range rows {
				if err := t.Write(d.DocID, i, r.Tokens, r.Tags); err != nil {
					return err
				}
			}
		}
		return t.Close()
	})
}
