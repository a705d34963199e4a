// Package native reads and writes labels in the form of this project: label
// files, one JSON object an article; lines of predictions, the same object; the
// table of actors; and the folder that holds them.
package native

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
)

// ReadFiles yields the documents of label files, a folder of them or one.
func ReadFiles(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		files, err := Folder(src).Files()
		if err != nil {
			yield(nil, err)
			return
		}
		for _, file := range files {
			text, err := textfile.Read(src, file, opt)
			if err != nil {
				if !yield(nil, err) || !labels.IsRecordError(err) {
					return
				}
				continue
			}
			d, err := Parse(text, labels.Position{File: src.Display(file), Line: 1}, true)
			if !yieldParsed(d, err, yield) {
				return
			}
		}
	}
}

// WriteFiles writes label files, one a document.
func WriteFiles(out labels.Output, docs iter.Seq[*labels.Document], _ labels.WriteOptions) error {
	var b []byte
	for d := range docs {
		var err error
		if b, err = AppendFile(b[:0], d); err != nil {
			return err
		}
		name := d.DocID + ".json"
		if name == ActorsFile {
			return fmt.Errorf("doc_id %q: its file would be the table of actors", d.DocID)
		}
		if err := out.WriteFile(name, func(w io.Writer) error {
			_, err := w.Write(b)
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// ReadLines yields the documents of lines of JSON, of a file or of the shards of
// a folder in the order of their names.
func ReadLines(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		files, err := src.Files(".jsonl", ".ndjson")
		if err != nil {
			yield(nil, err)
			return
		}
		for _, file := range files {
			if !readLinesOf(src, file, opt, yield) {
				return
			}
		}
	}
}

func readLinesOf(src labels.Source, file string, opt labels.ReadOptions, yield func(*labels.Document, error) bool) bool {
	f, err := src.Open(file)
	if err != nil {
		yield(nil, err)
		return false
	}
	defer f.Close()
	lines := textfile.NewLineReader(f, opt.RecordLimit())
	at := labels.Position{File: src.Display(file)}
	for {
		text, err := lines.Next()
		at.Line++
		switch {
		case err == io.EOF:
			return true
		case errors.Is(err, textfile.ErrLongLine):
			if !yield(nil, textfile.TooLong(at, opt.RecordLimit())) {
				return false
			}
			continue
		case err != nil:
			yield(nil, err)
			return false
		}
		if at.Line == 1 {
			if rest, found := bytes.CutPrefix(text, []byte(textfile.BOM)); found {
				opt.Remark(at, "byte order mark skipped")
				text = rest
			}
		}
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		d, err := Parse(string(text), at, false)
		if !yieldParsed(d, err, yield) {
			return false
		}
	}
}

// WriteLines writes one line a document.
func WriteLines(out labels.Output, docs iter.Seq[*labels.Document], _ labels.WriteOptions) error {
	return out.WriteFile("", func(w io.Writer) error {
		var b []byte
		for d := range docs {
			var err error
			if b, err = AppendLine(b[:0], d); err != nil {
				return err
			}
			if _, err := w.Write(b); err != nil {
				return err
			}
		}
		return nil
	})
}

// yieldParsed passes on a document, or every problem of it as an item.
func yieldParsed(d *labels.Document, err error, yield func(*labels.Document, error) bool) bool {
	var problems labels.RecordErrors
	if errors.As(err, &problems) {
		for _, p := range problems {
			if !yield(nil, p) {
				return false
			}
		}
		return true
	}
	return yield(d, err)
}
