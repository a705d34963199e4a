package labels

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// Layout says how a format spreads articles over files.
type Layout int

// The layouts.
const (
	OneFile        Layout = iota // all articles in one file
	FilePerArticle               // a folder with one file (or more) an article
)

// Format is one annotation format. A format is one file of Go that calls
// [Register] from its init function; nothing else has to change.
type Format struct {
	Name       string   // as given to --from and --to: lower case, e.g. "jsonl"
	Aliases    []string // other names for it
	Title      string   // one line for listings
	Unit       string   // unit of its offsets as written, e.g. [schema.OffsetUnit]
	Layout     Layout   // how Write spreads articles over files
	Extensions []string // of its files, with the dot
	Notes      string   // what it cannot carry, and other warnings, in plain sentences

	// WholeWords says that Write heeds [WriteOptions].WholeWords.
	WholeWords bool

	// Detect reports whether a file with this base name and first bytes (at
	// most [HeadSize]) is in the format. nil: never detected.
	Detect func(name string, head []byte) bool

	// DetectFolder reports whether a folder as a whole is in the format. nil:
	// its files decide.
	DetectFolder func(src Source) bool

	// Read yields the documents of a file or folder in order. A bad record
	// is a (nil, *RecordError) item; any other error is I/O and the last item.
	Read func(src Source, opt ReadOptions) iter.Seq2[*Document, error]

	// Write writes the documents in the given order. nil: import only.
	Write func(out Output, docs iter.Seq[*Document], opt WriteOptions) error
}

// DefaultMaxRecord is the greatest size of one record unless ReadOptions says
// otherwise: 64 MiB.
const DefaultMaxRecord = 64 << 20

// ReadOptions is what a reader may need besides the file.
type ReadOptions struct {
	// Text finds the canonical text of an article; it returns nil for an
	// unknown one. nil when no texts are at hand: formats that count in
	// tokens or lines then refuse their records.
	Text func(docID string) *schema.Index

	// MaxRecord limits the bytes of one record (a line, a file);
	// 0 is [DefaultMaxRecord]. A longer one is an error item.
	MaxRecord int

	// Unit of the offsets, where the user states it; nil leaves it to the
	// format and the surfaces.
	Unit *Unit

	// Types lists endings of the names of the annotation types that are read
	// from formats whose files hold many kinds (xmi, webanno); nil is the
	// format's own choice.
	Types []string

	// Warn takes remarks that are no errors. nil drops them.
	Warn func(at Position, remark string)
}

func (o ReadOptions) recordLimit() int {
	if o.MaxRecord > 0 {
		return o.MaxRecord
	}
	return DefaultMaxRecord
}

func (o ReadOptions) remark(at Position, remark string) {
	if o.Warn != nil {
		o.Warn(at, remark)
	}
}

// WriteOptions is what a writer may need besides the documents.
type WriteOptions struct {
	// Text finds the canonical text of an article, for formats that carry it.
	Text func(docID string) *schema.Index

	// Lost is told what the format could not carry: the article, the
	// mention or event id ("" for the article as a whole) and the field.
	// nil drops it.
	Lost func(docID, id, field string)

	// WholeWords keeps the words of formats that tag tokens whole: a span that
	// begins or ends inside a word, as a name after a proclitic does, is
	// widened to the word, and its "span" is lost. Otherwise words are cut there.
	WholeWords bool
}

var (
	formats = map[string]*Format{}
	aliases = map[string]string{} // other names → name
)

// Register adds a format to the table. It panics when the name is empty or
// taken or there is no reader: all mistakes of the program, not of its input.
func Register(f Format) {
	if f.Name == "" || f.Read == nil {
		panic("labels: format without name or reader")
	}
	if formats[f.Name] != nil || aliases[f.Name] != "" {
		panic("labels: format " + f.Name + " registered twice")
	}
	formats[f.Name] = &f
	for _, name := range f.Aliases {
		if aliases[name] != "" || formats[name] != nil {
			panic("labels: format name " + name + " registered twice")
		}
		aliases[name] = f.Name
	}
}

// All lists the registered formats by name.
func All() []*Format {
	list := make([]*Format, 0, len(formats))
	for _, f := range formats {
		list = append(list, f)
	}
	slices.SortFunc(list, func(a, b *Format) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// Lookup finds a format by its name or an alias, or returns an [UnknownFormatError].
func Lookup(name string) (*Format, error) {
	if f := formats[name]; f != nil {
		return f, nil
	}
	if f := formats[aliases[name]]; f != nil {
		return f, nil
	}
	err := &UnknownFormatError{Name: name, Known: formatNames()}
	if near := schema.Near(strings.ToLower(name), err.Known, 1); len(near) > 0 {
		err.Nearest = near[0]
	}
	return nil, err
}

func formatNames() []string {
	var names []string
	for _, f := range All() {
		names = append(names, f.Name)
	}
	return names
}

// ReadAll collects a stream. Bad records do not stop it: they come back joined
// in the error, beside the documents that could be read.
func ReadAll(docs iter.Seq2[*Document, error]) ([]*Document, error) {
	var list []*Document
	var errs []error
	for d, err := range docs {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		list = append(list, d)
	}
	return list, errors.Join(errs...)
}

// HeadSize is how much of a file [Format.Detect] sees, in bytes: enough to see
// past the text of most articles, which many formats put first.
const HeadSize = 1 << 16

// DetectFormat finds the one format that claims the source. A folder that no
// format claims as a whole is decided by its first file that any claims.
func DetectFormat(src Source) (*Format, error) {
	files, err := src.Files()
	if err != nil {
		return nil, err
	}
	if len(files) != 1 || files[0] != src.Path {
		for _, f := range All() {
			if f.DetectFolder != nil && f.DetectFolder(src) {
				return f, nil
			}
		}
	}
	for _, name := range files {
		head, err := src.Head(name, HeadSize)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		var claims []string
		for _, f := range All() {
			if f.Detect != nil && f.Detect(path.Base(name), head) {
				claims = append(claims, f.Name)
			}
		}
		switch len(claims) {
		case 0:
			continue
		case 1:
			return formats[claims[0]], nil
		}
		return nil, &DetectError{Name: src.Display(name), Claims: claims}
	}
	return nil, &DetectError{Name: src.Display(src.Path)}
}

// DetectError is a source whose format cannot be told.
type DetectError struct {
	Name   string
	Claims []string // the formats that it could be; none when nothing fits
}

func (e *DetectError) Error() string {
	if len(e.Claims) == 0 {
		return fmt.Sprintf("%s: no known annotation format fits", e.Name)
	}
	return fmt.Sprintf("%s: could be any of the formats %s", e.Name, strings.Join(e.Claims, ", "))
}

// Hint says how to name the format.
func (e *DetectError) Hint() string {
	return "name the format with --from; known formats: " + strings.Join(formatNames(), ", ")
}
