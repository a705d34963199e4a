package ingest

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/prepared"
)

// DefaultMaxBytes is the default of [Options.MaxBytes]: 16 MiB, hundreds of
// times the longest article.
const DefaultMaxBytes = 16 << 20

// maxMaxBytes keeps every offset of an article inside int32.
const maxMaxBytes = 1 << 30

// Options are the settings of reading; the zero value is usable.
type Options struct {
	// MaxBytes is the most bytes one article's raw text may have; 0 means
	// DefaultMaxBytes, and more than 1 GiB means 1 GiB.
	MaxBytes int64
	// Columns says which columns of JSON Lines and CSV hold what.
	Columns Columns
	// TextReader says how plain texts are read.
	TextReader document.TextReader
	// DocIDs says how doc_ids are made of file names.
	DocIDs DocIDs
	// Sketch asks for [document.Document.Sketch].
	Sketch bool
	// Warn is called with what concerns a folder or a file of many articles
	// rather than one article; nil drops it.
	Warn func(document.Note)
	// Progress is called now and then with how much was read; nil for nobody.
	Progress func(Progress)
	// Context ends the reading with its error; nil never does.
	Context context.Context
}

// Progress is how far reading has come.
type Progress struct {
	Articles int   // read so far, bad ones included
	Bytes    int64 // of the files, as they are on disk
	Total    int64 // bytes of all files
}

func (o Options) maxBytes() int64 {
	if o.MaxBytes <= 0 {
		return DefaultMaxBytes
	}
	return min(o.MaxBytes, maxMaxBytes)
}

// File is one opened file.
type File struct {
	Name   string // as messages name it; the base name is the article's source file
	ID     string // a valid doc_id made of the name: that of the article, or what those of many begin with
	Size   int64  // bytes, as the file system says, or -1; it may be wrong
	Reader io.Reader
	File   fs.File             // the file itself, compressed where its name says so; nil where there is none
	Record *prepared.Record    // the hand-verified record beside it, nil when there is none
	Note   func(document.Note) // takes what is to be said of the whole file
}

// Item is an article that is read from its file but not made yet: the work that
// is left, for any goroutine.
type Item func() (*document.Document, error)

// Source reads one kind of file. A source is one file of this package, which
// registers it.
type Source struct {
	Name       string   // e.g. "text"
	Extensions []string // lower case, with the dot
	Doc        string   // one line
	Records    bool     // a file may have a hand-verified record beside it
	Many       bool     // a file may have many articles, with ids of their own
	// Read gives the file's articles, one at a time. A bad article is an item
	// that fails, and reading goes on after it; an error of the stream itself
	// ends the file. Both become a [document.FileError].
	Read func(f File, o Options) iter.Seq2[Item, error]
}

var sources = map[string]*Source{} // by extension

// register adds a source. It panics on an extension that is taken.
func register(s Source) {
	for _, e := range s.Extensions {
		if sources[e] != nil {
			panic(fmt.Sprintf("ingest: extension %s is registered by %s and %s", e, sources[e].Name, s.Name))
		}
		sources[e] = &s
	}
}

// Sources lists the kinds of file that are read, sorted by name.
func Sources() []Source {
	seen := map[string]bool{}
	var out []Source
	for _, s := range sources {
		if !seen[s.Name] {
			seen[s.Name] = true
			out = append(out, *s)
		}
	}
	slices.SortFunc(out, func(a, b Source) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// one is the stream of a file that is one article.
func one(f File, o Options, read func(raw []byte) (*document.Document, error)) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		raw, err := readLimited(f.Reader, f.Size, o.maxBytes())
		if err != nil {
			yield(nil, err)
			return
		}
		yield(func() (*document.Document, error) {
			d, err := read(raw)
			if err == nil {
				d.Article.DocID = f.ID
			}
			return d, err
		}, nil)
	}
}

// readLimited reads the file whole if it has at most limit bytes. A file whose
// size is known to be over the limit is not read at all.
func readLimited(r io.Reader, size, limit int64) ([]byte, error) {
	if size > limit {
		return nil, &document.TooLargeError{Size: size, Limit: limit}
	}
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(b)) > limit {
		return nil, &document.TooLargeError{Size: int64(len(b)), Limit: limit}
	}
	return b, nil
}
