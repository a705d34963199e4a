package labels

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"path/filepath"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// ActorsFile is the name of the table of actors in a folder of label files.
const ActorsFile = "actors.json"

func init() {
	Register(Format{
		Name:       "json",
		Title:      "native label files: one JSON object an article, indented",
		Unit:       schema.OffsetUnit,
		Layout:     FilePerArticle,
		Extensions: []string{".json"},
		Notes:      "Carries everything. In a folder, " + ActorsFile + " is the table of actors and not read as labels.",
		Detect: func(name string, head []byte) bool {
			head = bytes.TrimPrefix(head, []byte(bom))
			first, _, more := bytes.Cut(bytes.TrimSpace(head), []byte("\n"))
			native := bytes.HasPrefix(first, []byte("{")) && bytes.Contains(head, []byte(`"doc_id"`))
			oneLine := more && bytes.HasSuffix(bytes.TrimSpace(first), []byte("}"))
			return native && !isForeignJSON(head) && !oneLine && !isJSONL(name) && (strings.EqualFold(filepath.Ext(name), ".json") || more)
		},
		Read:  readJSON,
		Write: writeJSON,
	})
}

const bom = "\uFEFF"

func readJSON(src Source, opt ReadOptions) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		files, err := src.Files(".json")
		if err != nil {
			yield(nil, err)
			return
		}
		for _, file := range files {
			if path.Base(file) == ActorsFile && file != src.Path {
				continue
			}
			at := Position{File: src.Display(file), Line: 1}
			text, err := readWhole(src, file, opt)
			if err != nil {
				if !yield(nil, err) || !isRecordError(err) {
					return
				}
				continue
			}
			d, err := ParseJSON(text, at, true)
			if !yieldParsed(d, err, yield) {
				return
			}
		}
	}
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

func isRecordError(err error) bool {
	var e *RecordError
	return errors.As(err, &e)
}

// readWhole reads a file up to the size limit and takes a byte order mark off.
func readWhole(src Source, file string, opt ReadOptions) (string, error) {
	f, err := src.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	limit := opt.recordLimit()
	var b strings.Builder
	n, err := io.Copy(&b, io.LimitReader(f, int64(limit)+1))
	at := Position{File: src.Display(file), Line: 1}
	switch {
	case err != nil:
		return "", err
	case n > int64(limit):
		return "", tooLong(at, limit)
	}
	text, found := strings.CutPrefix(b.String(), bom)
	if found {
		opt.remark(at, "byte order mark skipped")
	}
	return text, nil
}

func tooLong(at Position, limit int) *RecordError {
	return &RecordError{At: at, What: "record", Found: fmt.Sprintf("more than %d bytes", limit),
		Expected: "at most that", Advice: "split it, or raise the limit on records"}
}

func writeJSON(out Output, docs iter.Seq[*Document], _ WriteOptions) error {
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
