package labels

import (
	"errors"
	"iter"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/suggest"
	"github.com/mizan-corpus/mizan/schema"
)

// Layout says how a format spreads articles over files.
type Layout int

// The layouts.
const (
	OneFile        Layout = iota // all articles in one file
	FilePerArticle               // a folder with one file (or more) an article
)

// Format is one annotation format. A format is one file of Go in labels/formats
// that calls [Register] from its init function; nothing else has to change.
type Format struct {
	Name       string   // as given to --from and --to: lower case, e.g. "jsonl"
	Aliases    []string // other names for it
	Title      string   // one line for listings
	Unit       string   // unit of its offsets as written, e.g. [schema.OffsetUnit]
	Layout     Layout   // how Write spreads articles over files
	Extensions []string // of its files, with the dot
	Notes      string   // what it cannot carry, and other warnings, in plain sentences

	// Regions says that the format carries the regions that are not labelled.
	Regions bool

	// WholeWords says that Write heeds [WriteOptions].WholeWords.
	WholeWords bool

	// Detect reports whether a file with this base name and first bytes (at
	// most [HeadSize]) is in the format. nil: never detected.
	Detect func(name string, head []byte) bool

	// Confirm is asked about a file that Detect claims where its first bytes do
	// not tell. nil: they do.
	Confirm func(src Source, file string) bool

	// Near reports whether a file that nothing claims looks like one of the format
	// with a fault. nil: no file does.
	Near func(name string, head []byte) bool

	// DetectFolder reports whether a folder as a whole is in the format. nil:
	// its files decide.
	DetectFolder func(src Source) bool

	// Read yields the documents of a file or folder in order. A bad record
	// is a (nil, *RecordError) item; any other error is I/O and the last item.
	Read func(src Source, opt ReadOptions) iter.Seq2[*Document, error]

	// Write writes the documents in the given order. nil: import only.
	Write func(out Output, docs iter.Seq[*Document], opt WriteOptions) error

	// Setup is the files that set up the tool for an ontology: what may be
	// labelled in it. nil: the format is of no tool that people label in.
	Setup func(o *schema.Ontology) []SetupFile
}

// SetupFile is a file that a tool is set up with. In a format with one file its
// name is an ending of that file's.
type SetupFile struct{ Name, Content string }

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
	if near := suggest.Near(strings.ToLower(name), err.Known, 1); len(near) > 0 {
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
