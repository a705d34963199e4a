package labels

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
)

// readFiles yields the documents of label files, a folder of them or one.
func readFiles(src Source, opt ReadOptions) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		files, err := Folder(src).Files()
		if err != nil {
			yield(nil, err)
			return
		}
		for _, file := range files {
			text, err := readWhole(src, file, opt)
			if err != nil {
				if !yield(nil, err) || !IsRecordError(err) {
					return
				}
				continue
			}
			d, err := ParseJSON(text, Position{File: src.Display(file), Line: 1}, true)
			if !yieldParsed(d, err, yield) {
				return
			}
		}
	}
}

// writeFiles writes label files, one a document.
func writeFiles(out Output, docs iter.Seq[*Document], _ WriteOptions) error {
	var b []byte
	for d := range docs {
		var err error
		if b, err = AppendJSON(b[:0], d); err != nil {
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

// readLines yields the documents of lines of JSON, of a file or of the shards of
// a folder in the order of their names.
func readLines(src Source, opt ReadOptions) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
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

func readLinesOf(src Source, file string, opt ReadOptions, yield func(*Document, error) bool) bool {
	f, err := src.Open(file)
	if err != nil {
		yield(nil, err)
		return false
	}
	defer f.Close()
	lines := NewLineReader(f, opt.recordLimit())
	at := Position{File: src.Display(file)}
	for {
		text, err := lines.Next()
		at.Line++
		switch {
		case err == io.EOF:
			return true
		case errors.Is(err, ErrLongLine):
			if !yield(nil, tooLong(at, opt.recordLimit())) {
				return false
			}
			continue
		case err != nil:
			yield(nil, err)
			return false
		}
		if at.Line == 1 {
			if rest, found := bytes.CutPrefix(text, []byte(bom)); found {
				opt.remark(at, "byte order mark skipped")
				text = rest
			}
		}
		if len(bytes.TrimSpace(text)) == 0 {
			continue
		}
		d, err := ParseJSON(string(text), at, false)
		if !yieldParsed(d, err, yield) {
			return false
		}
	}
}

// writeLines writes one line a document.
func writeLines(out Output, docs iter.Seq[*Document], _ WriteOptions) error {
	return out.WriteFile("", func(w io.Writer) error {
		var b []byte
		for d := range docs {
			var err error
			if b, err = AppendJSONL(b[:0], d); err != nil {
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
func yieldParsed(d *Document, err error, yield func(*Document, error) bool) bool {
	var problems RecordErrors
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
