package ingest

import "iter"

func init() {
	register(Source{
		Name:       "text",
		Extensions: []string{".txt"},
		Doc:        "plain text in UTF-8, one paragraph a line",
		Records:    true,
		Read:       readTextFile,
	})
}

// readTextFile gives the one article of a text file, by its record where it
// has one.
func readTextFile(f File, o Options) iter.Seq2[Item, error] {
	return one(f, o, func(raw []byte) (*Document, error) {
		if f.Record == nil {
			return ReadText(f.Name, raw)
		}
		return readPrepared(f, raw)
	})
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
