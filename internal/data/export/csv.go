package export

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/describe"
	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/internal/data/walk"
	"github.com/mizan-corpus/mizan/internal/field"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

func init() {
	register(Form{
		Name: "csv", Title: "one CSV file a table: null is an empty field, a list is JSON",
		Layout: labels.FilePerArticle, Write: func(ctx context.Context, ds dataset.Dataset, to Target) error { return exportCSV(ctx, ds, to, false) },
	})
	register(Form{
		Name: GuardedCSV, Title: "csv with a ' before text that a spreadsheet would run as a formula",
		Layout: labels.FilePerArticle, Write: func(ctx context.Context, ds dataset.Dataset, to Target) error { return exportCSV(ctx, ds, to, true) },
	})
}

// GuardedCSV is the form of CSV files for spreadsheets.
const GuardedCSV = "csv-guarded"

// exportCSV writes a CSV file a table (RFC 4180, UTF-8, line feeds, a header)
// and a datapackage.json with their columns, keys, references and hashes. An
// empty field is null: no column has an empty string. A list is JSON, so that an
// empty list is [] and a null one an empty field; dates are ISO 8601, booleans
// true and false. The tables of passes are there when the dataset has passes.
// Guarded, a text that a spreadsheet takes for a formula has a quote ' before it, and
// so has one that begins with a quote: one leading quote off gives the text.
func exportCSV(ctx context.Context, ds dataset.Dataset, to Target, guarded bool) error {
	out, err := to.folder()
	if err != nil {
		return err
	}
	passes, err := hasPasses(ds)
	if err != nil {
		return err
	}
	present := dataset.Tables
	if !passes {
		present = present[:5]
	}
	names := make([]string, len(present))
	for i, t := range present {
		names[i] = t + ".csv"
	}
	sums := make([]fileSum, len(present))
	c := csvTables{writers: map[string]*csv.Writer{}, guarded: guarded, nils: new(int64)}
	err = writeTogether(out, names, func(files []io.Writer) error {
		for i, t := range present {
			sums[i].hash = sha256.New()
			c.writers[t] = csv.NewWriter(io.MultiWriter(files[i], &sums[i]))
			var header []string
			for _, column := range field.TableByName(t).Columns {
				header = append(header, column.Name)
			}
			if err := c.writers[t].Write(header); err != nil {
				return err
			}
		}
		if err := c.writeAll(ctx, ds); err != nil {
			return err
		}
		for _, t := range present {
			c.writers[t].Flush()
			if err := c.writers[t].Error(); err != nil {
				return fmt.Errorf("%s.csv: %w", t, err)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return describeCSV(ds, out, present, names, sums, *c.nils)
}

// fileSum is the length and the SHA-256 of what was written to it.
type fileSum struct {
	bytes int64
	hash  hash.Hash
}

func (s *fileSum) Write(p []byte) (int, error) {
	s.bytes += int64(len(p))
	return s.hash.Write(p)
}

// describeCSV writes the files' datapackage.json; nils is the mentions of clusters
// outside the table of actors.
func describeCSV(ds dataset.Dataset, out labels.Output, present, names []string, sums []fileSum, nils int64) error {
	id, err := ds.Identity()
	if err != nil {
		return err
	}
	m := &dataset.Manifest{Identity: id, NILActors: nils}
	switch x := ds.(type) {
	case interface{ About() *dataset.About }:
		m.About = x.About()
	case interface{ Meta() dataset.Meta }:
		meta := x.Meta()
		m.About = &meta.About
	}
	for i, t := range present {
		rows := int64(0)
		if t == dataset.TableActors {
			if rows, err = countActors(ds); err != nil {
				return err
			}
		}
		m.Tables = append(m.Tables, dataset.TableInfo{Name: t, Rows: rows})
		m.Files = append(m.Files, dataset.FileInfo{Path: names[i], Table: t, Bytes: sums[i].bytes, SHA256: hex.EncodeToString(sums[i].hash.Sum(nil))})
	}
	o, err := ds.Ontology()
	if err != nil {
		return err
	}
	content, err := describe.TablePackage(m, o, "csv", "text/csv")
	if err != nil {
		return err
	}
	return out.WriteFile("datapackage.json", func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// csvTables is the writers by table.
type csvTables struct {
	writers map[string]*csv.Writer
	guarded bool
	nils    *int64 // mentions of clusters outside the table of actors
}

func (c csvTables) writeAll(ctx context.Context, ds dataset.Dataset) error {
	for d, err := range strictDocuments(ctx, ds) {
		if err != nil {
			return err
		}
		if err := c.write(d); err != nil {
			return err
		}
	}
	for a, err := range ds.Actors() {
		if err != nil {
			return err
		}
		if err := csvRow(c, dataset.TableActors, a); err != nil {
			return err
		}
	}
	return nil
}

func (c csvTables) write(d *walk.Entry) error {
	for i := range d.Mentions {
		if schema.IsNIL(d.Mentions[i].ActorID) {
			*c.nils++
		}
	}
	for _, err := range []error{
		csvRow(c, dataset.TableArticles, d.Article),
		csvRows(c, dataset.TableMentions, d.Mentions),
		csvRows(c, dataset.TableEvents, d.Events),
		csvRows(c, dataset.TableArguments, d.Arguments),
		csvRows(c, dataset.TablePassMentions, d.PassMentions),
		csvRows(c, dataset.TablePassEvents, d.PassEvents),
		csvRows(c, dataset.TablePassArguments, d.PassArguments),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

func csvRows[T tables.Row](c csvTables, table string, rows []T) error {
	for i := range rows {
		if err := csvRow(c, table, &rows[i]); err != nil {
			return err
		}
	}
	return nil
}

func csvRow[T tables.Row](c csvTables, table string, row *T) error {
	fields := tables.TableOf[T]().Fields
	record := make([]string, len(fields))
	for i := range fields {
		var err error
		if record[i], err = csvCell(&fields[i], row); err != nil {
			return err
		}
		if s := record[i]; c.guarded && fields[i].Kind == field.Text && s != "" && strings.ContainsRune("=+-@\t\r\n'", rune(s[0])) {
			record[i] = "'" + s
		}
	}
	return c.writers[table].Write(record)
}

// csvCell is the text of a value, "" for null.
func csvCell[T any](f *field.Field[T], row *T) (string, error) {
	nullable := f.Has(field.Nullable)
	switch f.Kind {
	case field.Text, field.Date:
		return *f.Text(row), nil
	case field.Start, field.End:
		if nullable && !f.Span(row).IsSet() {
			return "", nil
		}
		return strconv.FormatInt(int64(*f.Offset(row)), 10), nil
	case field.Whole:
		return strconv.FormatInt(int64(*f.Whole(row)), 10), nil
	case field.Flag:
		return strconv.FormatBool(*f.Flag(row)), nil
	case field.Maybe:
		if v := *f.Maybe(row); v != nil {
			return strconv.FormatBool(*v), nil
		}
		return "", nil
	case field.Texts:
		return jsonCell(*f.Texts(row), nullable, func(s string) string { return s })
	case field.Spans:
		return jsonCell(*f.Spans(row), nullable, func(s schema.Span) jsonSpan { return jsonSpan(s) })
	case field.Segments:
		return jsonCell(*f.Segments(row), nullable, func(s schema.RawSegment) jsonSegment { return jsonSegment(s) })
	}
	return "", fmt.Errorf("cannot write the column %s as CSV", f.Name)
}

type jsonSegment struct {
	Start    int32 `json:"start"`
	RawStart int32 `json:"raw_start"`
	Length   int32 `json:"length"`
}

// jsonCell is a list as compact JSON; a nullable one without elements is null.
func jsonCell[E, J any](list []E, nullable bool, convert func(E) J) (string, error) {
	if nullable && len(list) == 0 {
		return "", nil
	}
	elements := make([]J, len(list))
	for i, e := range list {
		elements[i] = convert(e)
	}
	b, err := appendJSONLine(nil, elements)
	return strings.TrimSuffix(string(b), "\n"), err
}

func countActors(ds dataset.Dataset) (rows int64, err error) {
	for _, err := range ds.Actors() {
		if err != nil {
			return 0, err
		}
		rows++
	}
	return rows, nil
}
