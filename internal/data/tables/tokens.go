package tables

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"

	"github.com/mizan-corpus/mizan/internal/data/tables/pages"
)

// TokenRow is a row of a Parquet file for token classification. Its tags are
// strings or numbers, never both.
type TokenRow struct {
	ID, DocID    string
	Tokens, Tags []string
	Numbers      []int64
}

// TokenFile is an open file of rows for token classification, as Hugging Face
// datasets writes them.
type TokenFile struct {
	Column  string          // of the tags
	Others  []string        // columns that are not read
	Feature json.RawMessage // what the file says of that column, nil for nothing

	file      io.Closer
	pq        *parquet.File
	name      string
	tokens    string // their column
	id, docID string // columns, "" for none
}

// HuggingFaceKey is where datasets puts the features of a table.
const HuggingFaceKey = "huggingface"

// OpenTokens opens a file that has one of the columns tokens and one of the
// columns tags, the first that is there; nil says that it has not.
func OpenTokens(fsys fs.FS, path, name string, tokens, tags []string) (t *TokenFile, err error) {
	file, pq, err := openParquet(fsys, path)
	if err != nil {
		return nil, Renamed(err, path, name)
	}
	defer func() {
		if t == nil {
			file.Close()
		}
	}()
	defer recoverAs(&err, name+": not a readable Parquet file")
	first := func(list []string) string {
		i := slices.IndexFunc(list, func(c string) bool { return pq.Root().Column(c) != nil })
		if i < 0 {
			return ""
		}
		return list[i]
	}
	token, tag := first(tokens), first(tags)
	if token == "" || tag == "" {
		return nil, nil
	}
	t = &TokenFile{Column: tag, file: file, pq: pq, name: name, tokens: token}
	for column, at := range map[string]*string{"id": &t.id, "doc_id": &t.docID} {
		if c := pq.Root().Column(column); c != nil && slices.Contains([]string{"string", "integer"}, kindOf(c)) {
			*at = column
		}
	}
	for _, c := range pq.Root().Columns() {
		if name := c.Name(); !slices.Contains([]string{"id", "doc_id", token, tag}, name) {
			t.Others = append(t.Others, name)
		}
	}
	if text, ok := pq.Lookup(HuggingFaceKey); ok {
		var h struct {
			Info struct {
				Features map[string]json.RawMessage `json:"features"`
			} `json:"info"`
		}
		if json.Unmarshal([]byte(text), &h) == nil {
			t.Feature = h.Info.Features[tag]
		}
	}
	return t, nil
}

// Close closes the file.
func (t *TokenFile) Close() error { return t.file.Close() }

// Rows streams the rows in file order; an error ends the stream.
func (t *TokenFile) Rows() iter.Seq2[TokenRow, error] {
	return func(yield func(TokenRow, error) bool) {
		first := 1
		if err := t.checkKinds(); err != nil && t.pq.NumRows() > 0 {
			yield(TokenRow{}, fmt.Errorf("%s: row 1: %w", t.name, err))
			return
		}
		for _, row := range t.pq.RowGroups() {
			g := newGroup(t.pq, row)
			more := t.group(g, row.NumRows(), &first, yield)
			g.close()
			if !more {
				return
			}
		}
	}
}

// checkKinds asks for lists of strings, and of strings or whole numbers.
func (t *TokenFile) checkKinds() (err error) {
	defer recoverAs(&err, "not readable")
	for _, column := range []string{t.tokens, t.Column} {
		kind := kindOf(t.pq.Root().Column(column))
		element := strings.TrimPrefix(strings.TrimPrefix(kind, "list of "), "repeated ")
		if element == kind || element != "string" && (element != "integer" || column == t.tokens) {
			return fmt.Errorf("found values of the kind %s in %s, expected lists of strings for tokens, of strings or whole numbers for tags", kind, column)
		}
	}
	return nil
}

// group yields the rows of a row group, whose first has the number first, from 1; false
// says to go no further.
func (t *TokenFile) group(g *group, n int64, first *int, yield func(TokenRow, error) bool) bool {
	const atOnce = 64
	for ; n > 0; n -= atOnce {
		rows := make([]TokenRow, min(n, atOnce))
		bad, err := t.read(g, rows)
		if err != nil {
			yield(TokenRow{}, fmt.Errorf("%s: row %d: not readable: %w", t.name, *first, err))
			return false
		}
		for i, r := range rows {
			if i == bad {
				err = fmt.Errorf("%s: row %d: found null in a list of tokens or tags, expected a value", t.name, *first+i)
			}
			if !yield(r, err) || err != nil {
				return false
			}
		}
		*first += len(rows)
	}
	return true
}

// read reads the next rows of a group. bad is the first with a null in a list, or -1.
func (t *TokenFile) read(g *group, rows []TokenRow) (bad int, err error) {
	defer recoverAs(&err, "not readable")
	g.made, g.shown, bad = 0, 0, -1
	for i := range rows {
		rows[i].Tokens = []string{}
	}
	g.names(len(rows), t.id, func(i int, v string) { rows[i].ID = v })
	g.names(len(rows), t.docID, func(i int, v string) { rows[i].DocID = v })
	elements := func(column string, add func(row *TokenRow, c *pages.Chunk, value int)) {
		c := g.list(column, "")
		if g.err != nil {
			return
		}
		g.err = c.each(len(rows), func(row, value int) {
			switch {
			case value >= 0:
				add(&rows[row], c.Chunk, value)
				if len(c.Texts) > 0 {
					g.shown += int64(len(c.Texts[value]))
				}
			case bad < 0 || row < bad:
				bad = row
			}
		})
		if g.err == nil {
			g.err = checkShown(column, g.shown)
		}
	}
	elements(t.tokens, func(r *TokenRow, c *pages.Chunk, value int) { r.Tokens = append(r.Tokens, c.Texts[value]) })
	elements(t.Column, func(r *TokenRow, c *pages.Chunk, value int) {
		switch {
		case len(c.Texts) > 0:
			r.Tags = append(r.Tags, c.Texts[value])
		case len(c.Ints) > 0:
			r.Numbers = append(r.Numbers, int64(c.Ints[value]))
		default:
			r.Numbers = append(r.Numbers, c.Longs[value])
		}
	})
	return bad, g.err
}

// names reads a column of strings or whole numbers as strings; "" is no column.
func (g *group) names(n int, column string, set func(row int, v string)) {
	if column == "" || g.err != nil {
		return
	}
	c := g.column(column)
	if g.err != nil {
		return
	}
	g.err = c.each(n, func(row, value, count int) {
		for i := value; i < value+count; i++ {
			switch {
			case len(c.Texts) > 0:
				set(row+i-value, c.Texts[i])
			case len(c.Ints) > 0:
				set(row+i-value, strconv.Itoa(int(c.Ints[i])))
			default:
				set(row+i-value, strconv.FormatInt(c.Longs[i], 10))
			}
		}
	})
}

// tokenColumns are the columns as they are written. Everything is optional,
// elements too: datasets takes a ClassLabel only where the column is nullable as
// its own are, and numbers without names otherwise.
type tokenColumns struct {
	ID     *string   `parquet:"id,optional"`
	DocID  *string   `parquet:"doc_id,optional"`
	Tokens []*string `parquet:"tokens,optional,list"`
	Tags   []*int64  `parquet:"ner_tags,optional,list"`
}

// TokenWriter writes rows with their tags as a ClassLabel: numbers whose names
// stand in the file. Tags are numbered as they come, O first, B- and I- of a type
// together.
type TokenWriter struct {
	out    *parquet.GenericWriter[tokenColumns]
	names  []string
	number map[string]int64
}

// NewTokenWriter starts a file. Nothing is complete before Close.
func NewTokenWriter(w io.Writer) *TokenWriter {
	return &TokenWriter{names: []string{"O"}, number: map[string]int64{"O": 0},
		out: parquet.NewGenericWriter[tokenColumns](w, &parquet.WriterConfig{CreatedBy: createdBy, Compression: zstdCodec},
			parquet.DataPageVersion(2), parquet.DataPageStatistics(false), parquet.MaxRowsPerRowGroup(16384))}
}

// Write adds the sentence of that number in an article.
func (w *TokenWriter) Write(docID string, sentence int, tokens, tags []string) error {
	row := parquet.Row{stringValue(docID+"-"+strconv.Itoa(sentence)).Level(0, 1, 0), stringValue(docID).Level(0, 1, 1)}
	row = appendElements(row, 2, len(tokens), func(i int) parquet.Value { return stringValue(tokens[i]) })
	for _, tag := range tags {
		if _, known := w.number[tag]; !known {
			for _, name := range []string{"B-" + tag[2:], "I-" + tag[2:]} {
				w.number[name] = int64(len(w.names))
				w.names = append(w.names, name)
			}
		}
	}
	row = appendElements(row, 3, len(tags), func(i int) parquet.Value { return parquet.Int64Value(w.number[tags[i]]) })
	_, err := w.out.WriteRows([]parquet.Row{row})
	return err
}

// appendElements appends a list, which may be empty and is not null.
func appendElements(row parquet.Row, column, n int, element func(int) parquet.Value) parquet.Row {
	if n == 0 {
		return append(row, parquet.Value{}.Level(0, 1, column))
	}
	for i := range n {
		row = append(row, element(i).Level(btoi(i > 0), 3, column))
	}
	return row
}

// Close completes the file.
func (w *TokenWriter) Close() error {
	type feature map[string]any
	value := func(dtype string) feature { return feature{"dtype": dtype, "_type": "Value"} }
	list := func(f feature) feature { return feature{"feature": f, "_type": "List"} }
	b, err := json.Marshal(feature{"info": feature{"features": feature{"id": value("string"), "doc_id": value("string"),
		"tokens": list(value("string")), "ner_tags": list(feature{"names": w.names, "_type": "ClassLabel"})}}})
	if err != nil {
		return err
	}
	w.out.SetKeyValueMetadata(HuggingFaceKey, string(b))
	return w.out.Close()
}
