package tables

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"slices"
	"strconv"

	"github.com/parquet-go/parquet-go"
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

	file    io.Closer
	pq      *parquet.File
	name    string
	columns [4]int // leaves: id, doc_id, tokens, tags; -1 for none
	depth   [4]int // greatest definition level
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
	t = &TokenFile{Column: tag, file: file, pq: pq, name: name}
	for i, column := range []string{"id", "doc_id", token, tag} {
		t.columns[i], t.depth[i] = leafOf(pq.Schema(), column)
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

// leafOf is the one leaf below a column of the top and its greatest definition
// level; -1 where there is none or more than one.
func leafOf(s *parquet.Schema, column string) (leaf, depth int) {
	leaf = -1
	for _, path := range s.Columns() {
		if path[0] != column {
			continue
		}
		l, ok := s.Lookup(path...)
		if !ok || leaf >= 0 {
			return -1, 0
		}
		leaf, depth = l.ColumnIndex, l.MaxDefinitionLevel
	}
	return leaf, depth
}

// Close closes the file.
func (t *TokenFile) Close() error { return t.file.Close() }

// Rows streams the rows in file order; an error ends the stream.
func (t *TokenFile) Rows() iter.Seq2[TokenRow, error] {
	return func(yield func(TokenRow, error) bool) {
		n := 0
		buffer := make([]parquet.Row, 64)
		for _, group := range t.pq.RowGroups() {
			rows := group.Rows()
			for {
				k, err := readRows(rows, buffer)
				for _, r := range buffer[:k] {
					n++
					row, bad := t.row(r)
					if bad != nil {
						bad = fmt.Errorf("%s: row %d: %w", t.name, n, bad)
					}
					if !yield(row, bad) || bad != nil {
						rows.Close()
						return
					}
				}
				if errors.Is(err, io.EOF) {
					break
				}
				if err == nil && k == 0 {
					err = io.ErrNoProgress
				}
				if err != nil {
					rows.Close()
					yield(TokenRow{}, fmt.Errorf("%s: row %d: not readable: %w", t.name, n+1, err))
					return
				}
			}
			if err := rows.Close(); err != nil {
				yield(TokenRow{}, fmt.Errorf("%s: %w", t.name, err))
				return
			}
		}
	}
}

// readRows is ReadRows with a panic of the library as an error.
func readRows(rows parquet.Rows, buffer []parquet.Row) (n int, err error) {
	defer recoverAs(&err, "not readable")
	return rows.ReadRows(buffer)
}

func (t *TokenFile) row(values parquet.Row) (TokenRow, error) {
	row := TokenRow{Tokens: []string{}}
	for _, v := range values {
		i := slices.Index(t.columns[:], v.Column())
		if i < 0 {
			continue
		}
		if v.IsNull() {
			if i >= 2 && v.DefinitionLevel() == t.depth[i]-1 && (v.RepetitionLevel() > 0 || t.depth[i] > 2) {
				return row, errors.New("found null in a list of tokens or tags, expected a value")
			}
			continue
		}
		switch {
		case i == 0:
			row.ID = v.String()
		case i == 1:
			row.DocID = v.String()
		case i == 2 && v.Kind() == parquet.ByteArray:
			row.Tokens = append(row.Tokens, v.String())
		case i == 3 && v.Kind() == parquet.ByteArray:
			row.Tags = append(row.Tags, v.String())
		case i == 3 && (v.Kind() == parquet.Int32 || v.Kind() == parquet.Int64):
			row.Numbers = append(row.Numbers, number64(v))
		default:
			return row, fmt.Errorf("found values of the kind %s, expected strings for tokens, strings or whole numbers for tags", v.Kind())
		}
	}
	return row, nil
}

func number64(v parquet.Value) int64 {
	if v.Kind() == parquet.Int32 {
		return int64(v.Int32())
	}
	return v.Int64()
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
