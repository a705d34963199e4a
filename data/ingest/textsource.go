package ingest

import "iter"

func init() {
	register(Source{
		Name:       "text",
		Extensions: []string{".txt"},
		Doc:        "plain text in UTF-8, one article a file, one paragraph a line",
		Read:       readTextFile,
	})
}

// readTextFile gives the one article of a text file, by its record where it
// has one.
func readTextFile(f File, o Options) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		raw, err := readLimited(f.Reader, f.Size, o.maxBytes())
		if err != nil {
			yield(nil, ioError(f.Name, err))
			return
		}
		var d *Document
		if f.Record == nil {
			d, err = ReadText(f.Name, raw)
		} else {
			d, err = readPrepared(f, raw)
		}
		if err != nil {
			yield(nil, asFileError(f.Name, err))
			return
		}
		yield(d, nil)
	}
}

func readPrepared(f File, raw []byte) (*Document, error) {
	if len(raw) == 0 {
		return nil, &FileError{File: f.Name, Err: ErrEmpty}
	}
	a, err := f.Record.Article(f.Name, raw)
	if err != nil {
		return nil, err
	}
	notes := noteBOM(a.Raw)
	for i := range notes {
		notes[i].File = f.Name
	}
	return &Document{Article: a, Notes: notes, Prepared: true}, nil
}
