package predictions

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/internal/labels"
)

// Predictions is annotations in Parquet tables: a release, or tables of
// predictions that any program wrote. Nothing is kept in memory but the names
// of the files; it is safe for concurrent use.
type Predictions struct {
	name    string // as messages name it
	release *release.Release
	fsys    fs.FS
	files   map[string][]tables.TablePath // by table
}

// ErrNoTables says that a folder has no table of annotations.
var ErrNoTables = errors.New("no Parquet table of annotations: expected mentions.parquet, events.parquet or arguments.parquet")

// ErrStream says that Parquet was to be read from a stream.
var ErrStream = errors.New("Parquet is read from a file or folder, not from a stream") //lint:ignore ST1005 a name

// Open finds the tables of a folder or takes a single file. A folder
// is a release, or holds any of the tables mentions, events, arguments and
// documents, each as TABLE.parquet, or as the files TABLE/*.parquet or
// data/TABLE/*.parquet in the order of their names. A single file is the table
// that it is named after, else the one that its columns tell. Rows must be in
// ascending order of doc_id; every other column may be missing or null as long
// as a span or its text is there.
func Open(src labels.Source) (*Predictions, error) {
	info, err := fs.Stat(src.FS, src.Path)
	if err != nil {
		return nil, err
	}
	p := &Predictions{name: src.Display(src.Path), fsys: src.FS, files: map[string][]tables.TablePath{}}
	if info.Mode().IsRegular() {
		table, err := p.tableOf(src.Path)
		p.files[table] = []tables.TablePath{{Path: src.Path, Name: p.name}}
		return p, err
	}
	if !info.IsDir() {
		return nil, ErrStream
	}
	folder, err := fs.Sub(src.FS, src.Path)
	if err != nil {
		return nil, err
	}
	if _, err := fs.Stat(folder, dataset.ManifestFile); err == nil {
		if p.release, err = release.OpenFS(folder); err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
		return p, nil
	}
	for table := range tables.PredictionSchemas {
		for _, pattern := range tablePatterns(table) {
			names, err := fs.Glob(folder, pattern) // sorted, as folders are read
			if err != nil {
				return nil, err
			}
			for _, name := range names {
				full := path.Join(src.Path, name)
				p.files[table] = append(p.files[table], tables.TablePath{Path: full, Name: src.Display(full)})
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

// TableOf is the table that a single file holds.
func (p *Predictions) tableOf(file string) (string, error) {
	base := strings.TrimSuffix(path.Base(file), path.Ext(file))
	if tables.PredictionSchemas[base] != nil {
		return base, nil
	}
	table, err := tables.GuessTable(p.fsys, file)
	return table, tables.Renamed(err, file, p.name)
}

// Documents streams the annotations in ascending order of doc_id, in bounded
// memory. Of opt, Split is for releases only. An error is the last item: an
// [tables.OrderError] where the rows are not in order, a [tables.SchemaError], a
// [tables.ColumnError] or a [tables.ReferenceError].
func (p *Predictions) Documents(opt release.ReadOptions) iter.Seq2[*labels.Document, error] {
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
		opt.Parts = release.AllParts
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
	tables.LabelJoin
	documents *tables.BatchJoin[tables.PredictedDocumentRow]
}

// join starts to read what the options ask for. Of the other tables only
// doc_id is read, and that only where no table lists the articles.
func (p *Predictions) join(opt release.ReadOptions) *predictionJoin {
	listed := len(p.files[tables.TableDocuments]) > 0
	return &predictionJoin{
		LabelJoin: tables.LabelJoin{
			Mentions:  tables.ForeignJoin(p.fsys, p.files[dataset.TableMentions], dataset.TableMentions, opt.Parts.Has(release.PartMentions), listed, tables.MentionDecoder(opt.SpansOnly), !opt.NoText),
			Events:    tables.ForeignJoin(p.fsys, p.files[dataset.TableEvents], dataset.TableEvents, opt.Parts.Has(release.PartEvents), listed, tables.DecodeEvents, !opt.NoText),
			Arguments: tables.ForeignJoin(p.fsys, p.files[dataset.TableArguments], dataset.TableArguments, opt.Parts.Has(release.PartArguments), true, tables.DecodeArguments, !opt.NoText),
		},
		documents: tables.ForeignJoin(p.fsys, p.files[tables.TableDocuments], tables.TableDocuments, listed, true, tables.DecodeDocuments, true),
	}
}

// least is the least doc_id ahead; one that does not follow last is out of order.
func (j *predictionJoin) least(last string) (string, bool, error) {
	least, found := "", false
	var err error
	for _, peek := range []func(last string) (string, bool, error){j.Mentions.Peek, j.Events.Peek, j.Arguments.Peek, j.documents.Peek} {
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
	items, err := j.documents.Take(docID)
	if err != nil {
		return nil, err
	}
	for _, item := range items {
		d.Error = cmp.Or(d.Error, item.Error)
	}
	a, err := j.Annotation(docID)
	if err != nil {
		return nil, err
	}
	d.Annotation = *a
	return d, nil
}

func (j *predictionJoin) stop() {
	j.LabelJoin.Stop()
	j.documents.Stop()
}
