package formats

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path"
	"strconv"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/schema"
)

// TokenRow is one row of a dataset for token classification: tokens and as many
// tags, in the order of the text.
type TokenRow struct {
	DocID        string
	Part         bool // rows of this doc_id that follow belong to the same article
	Tokens, Tags []string
	At           labels.Position
}

// TokenDocuments reads rows as articles.
func TokenDocuments(rows iter.Seq2[TokenRow, error], opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		var article []TokenRow
		done := map[string]bool{}
		flush := func() bool {
			if len(article) == 0 {
				return true
			}
			done[article[0].DocID] = true
			list := article
			article = nil
			return yield(tokenDocument(list, opt))
		}
		for row, err := range rows {
			if err == nil && len(row.Tags) != len(row.Tokens) {
				err = &labels.RecordError{At: row.At, DocID: row.DocID, What: "tags", Found: fmt.Sprintf("%d tags of %d tokens", len(row.Tags), len(row.Tokens)), Expected: "as many"}
			}
			if err != nil {
				if !yield(nil, err) {
					return
				}
				continue
			}
			if len(article) > 0 && !(row.Part && article[0].Part && article[0].DocID == row.DocID) && !flush() {
				return
			}
			if row.Part && done[row.DocID] {
				e := &labels.RecordError{At: row.At, DocID: row.DocID, What: "doc_id", Found: "a row after rows of another article", Expected: "the rows of an article together"}
				if !yield(nil, e) {
					return
				}
				continue
			}
			article = append(article, row)
		}
		flush()
	}
}

func tokenDocument(rows []TokenRow, opt labels.ReadOptions) (*labels.Document, error) {
	docID, at := rows[0].DocID, rows[0].At
	sentences := make([][]string, len(rows))
	for i, r := range rows {
		sentences[i] = r.Tokens
	}
	docID = segment.Find(opt, docID, at.File, sentences)
	x, places, bad, err := segment.Place(opt, docID, sentences)
	if err != nil {
		var e *segment.Error
		if errors.As(err, &e) {
			return nil, &labels.RecordError{At: rows[bad].At, DocID: docID, What: fmt.Sprintf("tokens[%d]", e.Token), Found: strconv.Quote(rows[bad].Tokens[e.Token]), Expected: fmt.Sprintf("%q as in the article", e.Found)}
		}
		return nil, err
	}
	plain, err := tagsArePlain(rows)
	if err != nil {
		return nil, err
	}
	g := &graph.Graph{}
	for i, r := range rows {
		for _, run := range tagRuns(r.Tags, plain) {
			n := graph.Node{At: r.At, Span: schema.Span{Start: places[i][run.from].Start, End: places[i][run.to-1].End}}
			if n.Kind, n.Type = graph.ParseLabel(opt.Ontology, run.typ); n.Kind == graph.EventNode {
				n.Kind, n.Type = graph.MentionNode, run.typ
			}
			g.Nodes = append(g.Nodes, n)
		}
	}
	d, err := g.Document(docID, at, opt)
	if err != nil {
		return nil, err
	}
	offsets.Carry(opt, d, x)
	return d, nil
}

// tagsArePlain reports whether the tags of an article are names of types without
// B- and I-. Some of both are an error.
func tagsArePlain(rows []TokenRow) (bool, error) {
	bare, prefixed := -1, false
	bareTag, at := "", labels.Position{}
	for _, r := range rows {
		for i, tag := range r.Tags {
			if _, _, ok := conllTag(tag); !ok && bare < 0 {
				bare, bareTag, at = i, tag, r.At
			} else if ok && tag != "O" {
				prefixed = true
			}
		}
	}
	if bare >= 0 && (prefixed || bareTag == "") {
		return false, &labels.RecordError{At: at, DocID: rows[0].DocID, What: fmt.Sprintf("tags[%d]", bare), Found: strconv.Quote(bareTag), Expected: "O, or B-TYPE, I-TYPE, E-TYPE or S-TYPE as the other tags"}
	}
	return bare >= 0, nil
}

// tagRun is a mention of tokens [from, to).
type tagRun struct {
	from, to int
	typ      string
}

// tagRuns decodes the tags of a sentence by the rules of conlleval, and plain
// ones by runs of one name.
func tagRuns(tags []string, plain bool) []tagRun {
	var runs []tagRun
	before, last := byte('O'), ""
	for i, tag := range tags {
		prefix, typ, ok := conllTag(tag)
		if plain && !ok {
			prefix, typ = 'I', tag
		}
		if prefix != 'O' {
			if prefix == 'B' || prefix == 'S' || before == 'O' || before == 'E' || before == 'S' || typ != last {
				runs = append(runs, tagRun{i, i, typ})
			}
			runs[len(runs)-1].to = i + 1
		}
		before, last = prefix, typ
	}
	return runs
}

// TokenRows is an article as rows, a sentence each; an article without words is
// a row without tokens.
func TokenRows(d *labels.Document, opt labels.WriteOptions) ([]TokenRow, error) {
	sentences, err := tagSentences(d, opt)
	if err != nil {
		return nil, err
	}
	rows := []TokenRow{}
	for _, s := range sentences {
		rows = append(rows, TokenRow{DocID: d.DocID, Part: true, Tokens: s.tokens, Tags: s.tags})
	}
	if len(rows) == 0 {
		rows = []TokenRow{{DocID: d.DocID, Part: true, Tokens: []string{}, Tags: []string{}}}
	}
	return rows, nil
}

// RowID names the article of a row without doc_id: its id, else the file's name
// with the row's number where it is not the first.
func RowID(file string, number int, id string) string {
	return cmp.Or(id, numberedID(file, number, ".parquet", ".jsonl", ".json"))
}

// classNames finds the names of a column's ClassLabel.
type classNames struct {
	src   labels.Source
	known map[string][]string // by folder and column
}

// of is the names in dataset_info.json in the folder of the file, nil for none.
func (c *classNames) of(file, column string, opt labels.ReadOptions) ([]string, error) {
	name := path.Join(path.Dir(file), "dataset_info.json")
	key := name + "\x00" + column
	if list, known := c.known[key]; known {
		return list, nil
	}
	text, err := textfile.Read(c.src, name, opt)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, err
	}
	var info struct {
		Features map[string]json.RawMessage `json:"features"`
	}
	_ = json.Unmarshal([]byte(text), &info) // another file of that name has no features
	if c.known == nil {
		c.known = map[string][]string{}
	}
	c.known[key] = ClassNames(info.Features[column])
	return c.known[key], nil
}

// ClassNames are the names of the ClassLabel in the description of a column,
// {"feature": {"names": […], "_type": "ClassLabel"}, "_type": "List"} or deeper.
func ClassNames(feature json.RawMessage) []string {
	for range 8 { // lists of lists
		var f struct {
			Names   []string        `json:"names"`
			Feature json.RawMessage `json:"feature"`
		}
		if json.Unmarshal(feature, &f) != nil || f.Names != nil {
			return f.Names
		}
		feature = f.Feature
	}
	return nil
}

// ClassName is the name of a number; the error says what was expected.
func ClassName(names []string, number int64) (string, error) {
	switch {
	case names == nil:
		return "", errors.New("names of the numbers: a ClassLabel in dataset_info.json beside the file, or in the Parquet file")
	case number < 0 || number >= int64(len(names)):
		return "", fmt.Errorf("a number from 0 to %d, as the column has %d names", len(names)-1, len(names))
	}
	return names[number], nil
}

// writeRows writes values that are not one an article, a line each. failed is
// an error that ended the values.
func writeRows[T any](out labels.Output, rows iter.Seq[T], failed *error) error {
	return out.WriteFile("", func(w io.Writer) error {
		for row := range rows {
			b, err := jsontext.Marshal(row)
			if err != nil {
				return err
			}
			if _, err := w.Write(b); err != nil {
				return err
			}
		}
		return *failed
	})
}
