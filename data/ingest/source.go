package ingest

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
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
	// Warn is called with what concerns the folder rather than one article,
	// before the first article; nil drops it.
	Warn func(Note)
}

func (o Options) maxBytes() int64 {
	if o.MaxBytes <= 0 {
		return DefaultMaxBytes
	}
	return min(o.MaxBytes, maxMaxBytes)
}

// File is one opened file of a folder.
type File struct {
	Name   string // inside the folder
	Size   int64  // bytes, as the file system says; it may be wrong
	Reader io.Reader
	Record *Record // the hand-verified record beside it, nil when there is none
}

// Source reads one kind of file. A source is one file of this package, which
// registers it.
type Source struct {
	Name       string   // e.g. "text"
	Extensions []string // lower case, with the dot
	Doc        string   // one line
	// Read gives the file's articles, one at a time. A bad article is an item
	// with an error, and reading goes on after it.
	Read func(f File, o Options) iter.Seq2[*Document, error]
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

// readLimited reads the file whole if it has at most limit bytes. A file whose
// size is known to be over the limit is not read at all.
func readLimited(r io.Reader, size, limit int64) ([]byte, error) {
	if size > limit {
		return nil, &TooLargeError{Size: size, Limit: limit}
	}
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(b)) > limit {
		return nil, &TooLargeError{Size: int64(len(b)), Limit: limit}
	}
	return b, nil
}
