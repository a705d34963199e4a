package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/mizan-corpus/mizan/internal/data/ingest"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/pipeline"
)

// ArticleFlags say where articles are and how they are read.
type ArticleFlags struct {
	paths   []string
	columns []string
	docIDs  string
	text    string
	most    int64 // bytes of an article
}

// ArticlesHelp tells what --articles takes.
const ArticlesHelp = `--articles takes a folder, a file, a pattern such as 'pages/**/*.html', or @FILE
with one of these a line; it may be given several times. A file's ending says
how it is read, also with .gz, .bz2, .xz or .zst behind it:

`

// Add adds the flags to a command. Without --articles it uses what base says.
func (f *ArticleFlags) Add(fl *pflag.FlagSet, base string) {
	fl.StringArrayVar(&f.paths, "articles", nil, "folder, file, pattern or @FILE of articles (repeatable; default: "+base+")")
	f.AddReading(fl)
}

// AddReading adds the flags that say how articles are read.
func (f *ArticleFlags) AddReading(fl *pflag.FlagSet) {
	fl.StringSliceVar(&f.columns, "columns", nil, "columns of JSON Lines and CSV: text=COLUMN,title=COLUMN,… (default: by their usual names)")
	fl.StringVar(&f.docIDs, "doc-ids", string(ingest.DocIDsByName), `make doc_ids of a file's name, or with "path" of its folders too`)
	fl.StringVar(&f.text, "text-reader", string(document.TextAuto), `read plain texts as "article", every line of them, as the dump of a "page", or "auto"`)
	fl.Int64Var(&f.most, "max-bytes", ingest.DefaultMaxBytes, "most bytes of one article; a longer one is left out")
}

// SourceList tells the kinds of file that are read.
func SourceList() string {
	var b strings.Builder
	for _, x := range ingest.Sources() {
		fmt.Fprintf(&b, "  %-24s %s\n", strings.Join(x.Extensions, " "), x.Doc)
	}
	return b.String()
}

// Read is what the flags say.
func (f *ArticleFlags) Read(c *cobra.Command) (pipeline.Articles, error) {
	wrong := func(flag string, err error) error {
		return Usage(fmt.Errorf("--%s: %w", flag, err), c.CommandPath()+" --help")
	}
	columns, err := ingest.ParseColumns(f.columns)
	if err != nil {
		return pipeline.Articles{}, wrong("columns", err)
	}
	ids, err := ingest.ParseDocIDs(f.docIDs)
	if err != nil {
		return pipeline.Articles{}, wrong("doc-ids", err)
	}
	text, err := document.ParseTextReader(f.text)
	if err != nil {
		return pipeline.Articles{}, wrong("text-reader", err)
	}
	if f.most < 1 {
		return pipeline.Articles{}, wrong("max-bytes", fmt.Errorf("found %d, expected 1 or more", f.most))
	}
	return pipeline.Articles{Paths: f.paths, Columns: columns, DocIDs: ids, Text: text, MaxBytes: f.most}, nil
}

// AddProclitics adds the flag for words that a mention begins or ends in.
func AddProclitics(c *cobra.Command, value *string) {
	c.Flags().StringVar(value, "proclitics", "", "for iob2: split cuts a word where a mention begins or ends in it (default), keep leaves it whole and widens the mention")
}
