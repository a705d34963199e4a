package data

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"strings"

	"github.com/parquet-go/parquet-go"

	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// Predictions is annotations in Parquet tables: a release, or tables of
// predictions that any program wrote. Nothing is kept in memory but the names
// of the files; it is safe for concurrent use.
type Predictions struct {
	name    string // as messages name it
	release *Release
	fsys    fs.FS
	files   map[string][]tablePath // by table
}

// tablePath is a file of a table, in the file system and for people.
type tablePath struct{ path, name string }

// ErrNoTables says that a folder has no table of annotations.
var ErrNoTables = errors.New("no Parquet table of annotations: expected mentions.parquet, events.parquet or arguments.parquet")

// ErrStream says that Parquet was to be read from a stream.
var ErrStream = errors.New("Parquet is read from a file or folder, not from a stream") //lint:ignore ST1005 a name

// predictionSchemas are the columns of the tables of predictions.
var predictionSchemas = map[string]*parquet.Schema{
	TableMentions: predictedMentions.schema, TableEvents: predictedEvents.schema,
	TableArguments: predictedArguments.schema, TableDocuments: predictedDocuments.schema,
}

// OpenPredictions finds the tables of a folder or takes a single file. A folder
// is a release, or holds any of the tables mentions, events, arguments and
// documents, each as TABLE.parquet, or as the files TABLE/*.parquet or
// data/TABLE/*.parquet in the order of their names. A single file is the table
// that it is named after, else the one that its columns tell. Rows must be in
// ascending order of doc_id; every other column may be missing or null as long
// as a span or its text is there.
func OpenPredictions(src labels.Source) (*Predictions, error) {
	info, err := fs.Stat(src.FS, src.Path)
	if err != nil {
		return nil, err
	}
	p := &Predictions{name: src.Display(src.Path), fsys: src.FS, files: map[string][]tablePath{}}
	if info.Mode().IsRegular() {
		table, err := p.tableOf(src.Path)
		p.files[table] = []tablePath{{src.Path, p.name}}
		return p, err
	}
	if !info.IsDir() {
		return nil, ErrStream
	}
	folder, err := fs.Sub(src.FS, src.Path)
	if err != nil {
		return nil, err
	}
	if _, err := fs.Stat(folder, ManifestFile); err == nil {
		if p.release, err = OpenFS(folder); err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
		return p, nil
	}
	for table := range predictionSchemas {
		for _, pattern := range tablePatterns(table) {
			names, err := fs.Glob(folder, pattern) // sorted, as folders are read
			if err != nil {
				return nil, err
			}
			for _, name := range names {
				full := path.Join(src.Path, name)
				p.files[table] = append(p.files[table], tablePath{full, src.Display(full)})
			}
			if len(names) > 0 {
				break
			}
		}
	}
	if len(p.files) == 0 {
		return nil, fmt.Errorf("%s: %w", p.name, ErrNoTables)
	}
	return p, nil
}

// tablePatterns are the places of a table in a folder; the first that is there
// counts.
func tablePatterns(table string) []string {
	return []string{table + ".parquet", table + "/*.parquet", "data/" + table + "/*.parquet"}
}

// tableOf is the table that a single file holds.
func (p *Predictions) tableOf(file string) (string, error) {
	base := strings.TrimSuffix(path.Base(file), path.Ext(file))
	if predictionSchemas[base] != nil {
		return base, nil
	}
	f, pq, err := openParquet(p.fsys, file)
	if err != nil {
		return TableMentions, renamed(err, file, p.name)
	}
	defer f.Close()
	table := TableMentions
	for _, column := range pq.Root().Columns() {
		switch column.Name() {
		case "role":
			return TableArguments, nil
		case "event_id", "realis", "cameo", "modes":
			table = TableEvents
		}
	}
	return table, nil
}

// documentItem is what the table documents says of an article.
type documentItem struct{ failed string }

func decodeDocuments(g *group, n int, b *batch[documentItem], _ bool) {
	g.strings(n, "error", func(i int, v string) { b.items[i].failed = v })
}

// Documents streams the annotations in ascending order of doc_id, in bounded
// memory. Of opt, Split is for releases only. An error is the last item: an
// [OrderError] where the rows are not in order, a [SchemaError], a
// [ColumnError] or a [ReferenceError].
func (p *Predictions) Documents(opt ReadOptions) iter.Seq2[*labels.Document, error] {
	at := labels.Position{File: p.name}
	if p.release != nil {
		return func(yield func(*labels.Document, error) bool) {
			for a, err := range p.release.AnnotationsOf(opt) {
				var d *labels.Document
				if err != nil {
					err = fmt.Errorf("%s: %w", p.name, err)
				} else {
					d = &labels.Document{Annotation: *a, At: at}
				}
				if !yield(d, err) {
					return
				}
			}
		}
	}
	if opt.Parts == 0 {
		opt.Parts = AllParts
	}
	return func(yield func(*labels.Document, error) bool) {
		j := p.join(opt)
		defer j.stop()
		last := ""
		for {
			docID, ok, err := j.least(last)
			if err == nil && !ok {
				return
			}
			var d *labels.Document
			if err == nil {
				d, err = j.document(docID)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			last, d.At = docID, at
			if !yield(d, nil) {
				return
			}
		}
	}
}

// predictionJoin is the tables of predictions in a merge join.
type predictionJoin struct {
	labelJoin
	documents *batchJoin[documentItem]
}

// join starts to read what the options ask for. Of the other tables only
// doc_id is read, and that only where no table lists the articles.
func (p *Predictions) join(opt ReadOptions) *predictionJoin {
	listed := len(p.files[TableDocuments]) > 0
	return &predictionJoin{
		labelJoin: labelJoin{
			mentions:  part(p, TableMentions, opt.Parts&PartMentions != 0, listed, opt.decodeMentions(), !opt.NoText),
			events:    part(p, TableEvents, opt.Parts&PartEvents != 0, listed, decodeEvents, !opt.NoText),
			arguments: part(p, TableArguments, opt.Parts&partArguments != 0, true, decodeArguments, !opt.NoText),
		},
		documents: part(p, TableDocuments, listed, true, decodeDocuments, false),
	}
}

func part[T any](p *Predictions, table string, wanted, listed bool, decode decoder[T], text bool) *batchJoin[T] {
	j := &batchJoin[T]{table: table, name: true}
	if !wanted && listed {
		return j
	}
	if !wanted {
		j.drop = true
		decode = func(*group, int, *batch[T], bool) {}
	} else {
		decode = checked(table, decode)
	}
	var open []func() (*tableFile, error)
	for _, f := range p.files[table] {
		open = append(open, func() (*tableFile, error) {
			return openForeign(p.fsys, f.path, f.name, table, predictionSchemas[table])
		})
	}
	j.stream = streamFiles(open, table, decode, text)
	return j
}

// least is the least doc_id ahead; one that does not follow last is out of order.
func (j *predictionJoin) least(last string) (string, bool, error) {
	least, found := "", false
	var err error
	for _, peek := range []func(last string) (string, bool, error){j.mentions.peek, j.events.peek, j.arguments.peek, j.documents.peek} {
		docID, ok, e := peek(last)
		if err == nil {
			err = e
		}
		if ok && (!found || docID < least) {
			least, found = docID, true
		}
	}
	return least, found, err
}

func (j *predictionJoin) document(docID string) (*labels.Document, error) {
	d := &labels.Document{}
	items, err := j.documents.take(docID)
	if err != nil {
		return nil, err
	}
	for _, item := range items {
		d.Error = cmpOr(d.Error, item.failed)
	}
	a, err := j.annotation(docID)
	if err != nil {
		return nil, err
	}
	d.Annotation = *a
	return d, nil
}

func (j *predictionJoin) stop() {
	j.labelJoin.stop()
	j.documents.stop()
}

// checked is the decoder and then a check of the spans of the rows it read.
func checked[T any](table string, decode decoder[T]) decoder[T] {
	return func(g *group, n int, b *batch[T], text bool) {
		decode(g, n, b, text)
		for i := range b.items {
			if g.err != nil {
				return
			}
			if column, s := badSpan(&b.items[i]); column != "" {
				g.fail(column, &valueError{i, fmt.Sprintf("[%d,%d)", s.Start, s.End), "0 <= start < end"})
			}
		}
	}
}

// badSpan is the first span of a row that is there and not well formed.
func badSpan[T any](item *T) (column string, s schema.Span) {
	bad := func(s schema.Span) bool { return s != schema.NoSpan && !s.Valid() }
	switch x := any(item).(type) {
	case *schema.Mention:
		switch {
		case bad(x.Span):
			return "start", x.Span
		case bad(x.Head):
			return "head_start", x.Head
		}
		return badFragment(x.Fragments)
	case *schema.Event:
		switch {
		case bad(x.Span):
			return "start", x.Span
		case bad(x.Cue):
			return "cue_start", x.Cue
		}
		return badFragment(x.Fragments)
	case *argumentItem:
		if bad(x.Span) {
			return "start", x.Span
		}
	}
	return "", schema.NoSpan
}

func badFragment(list []schema.Span) (string, schema.Span) {
	for _, s := range list {
		if !s.Valid() {
			return "fragments", s
		}
	}
	return "", schema.NoSpan
}
