package formats

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/schema"
)

// place finds tokens in the article's text and says which are not its own.
func (c *conllReader) place(sentences [][]string) (segment.Placed, error) {
	c.docID = segment.Find(c.opt, c.docID, c.at.File, sentences)
	placed, bad, err := segment.PlaceTokens(c.opt, c.docID, sentences)
	if err != nil {
		return placed, tokenError(err, c.docID, sentences[bad], c.lines[bad])
	}
	for _, t := range placed.Respelt {
		c.opt.Remark(c.lines[t[0]][t[1]], segment.Respelling)
	}
	return placed, nil
}

func (c *conllReader) document() (*labels.Document, error) {
	token, columns := c.columns()
	sentences := make([][]string, len(c.rows))
	for i, rows := range c.rows {
		for _, row := range rows {
			sentences[i] = append(sentences[i], row[token])
		}
	}
	placed, err := c.place(sentences)
	if err != nil {
		return nil, err
	}
	g := &graph.Graph{}
	c.types = c.types[:0]
	for _, column := range columns {
		for i := range c.rows {
			if err := c.decode(g, i, column, placed); err != nil {
				return nil, err
			}
		}
	}
	if len(columns) > 1 {
		slices.SortStableFunc(g.Nodes, func(a, b graph.Node) int { return a.Span.Compare(b.Span) })
	}
	d, err := g.Document(c.docID, c.at, c.opt)
	if err != nil {
		return nil, err
	}
	offsets.Carry(c.opt, d, placed.Index)
	noteChanged(d, placed)
	return d, nil
}

// noteChanged counts the tokens that were found by folding.
func noteChanged(d *labels.Document, placed segment.Placed) {
	if n := len(placed.Respelt); n > 0 {
		d.Hints = &labels.Hints{Tokens: n}
	}
}

// decode makes nodes of one column of tags of a sentence.
func (c *conllReader) decode(g *graph.Graph, sentence, column int, placed segment.Placed) error {
	var open, still []int // nodes that the next token may go on
	for j, row := range c.rows[sentence] {
		at := c.lines[sentence][j]
		tag := cell(row, column)
		tags := conllTags(tag)
		if tags == nil {
			return &labels.RecordError{At: at, DocID: c.docID, What: fmt.Sprintf("tag in column %d", column+1), Found: strconv.Quote(tag), Expected: "O, or B-TYPE, I-TYPE, E-TYPE or S-TYPE"}
		}
		still = still[:0]
		for _, t := range tags {
			if t.prefix == 'O' {
				continue
			}
			k := -1
			if t.prefix == 'I' || t.prefix == 'E' {
				k = slices.IndexFunc(open, func(n int) bool { return c.types[n] == t.typ })
			}
			if k >= 0 {
				n := open[k]
				open = slices.Delete(open, k, k+1)
				g.Nodes[n].Span.End = placed.Tokens[sentence][j].End
				k = n
			} else {
				k = len(g.Nodes)
				g.Nodes = append(g.Nodes, c.node(t.typ, placed.Tokens[sentence][j], at))
				c.types = append(c.types, t.typ)
			}
			if t.prefix == 'B' || t.prefix == 'I' {
				still = append(still, k)
			}
		}
		open, still = still, open
	}
	return nil
}

// node is a mention of a type as its tag has it.
func (c *conllReader) node(typ string, span schema.Span, at labels.Position) graph.Node {
	n := graph.Node{Span: span, At: at}
	if n.Kind, n.Type = graph.ParseLabel(c.opt.Ontology, typ); n.Kind == graph.EventNode {
		n.Kind, n.Type = graph.MentionNode, typ
	}
	return n
}

// lastColumn stands for the last column of every line, of which lines may have
// unlike numbers.
const lastColumn = -1

func cell(row []string, column int) string {
	if column == lastColumn {
		column = len(row) - 1
	}
	return row[column]
}

// columns is the one of the token and those of the tags, from 0.
func (c *conllReader) columns() (token int, tags []int) {
	if n := c.opt.Columns; len(n) > 0 {
		for _, k := range n[1:] {
			tags = append(tags, k-1)
		}
		return n[0] - 1, tags
	}
	width := -1
	for _, rows := range c.rows {
		for _, row := range rows {
			if width < 0 {
				width = len(row)
			}
			if len(row) != width {
				return 0, []int{lastColumn}
			}
		}
	}
	if width > 2 && c.counted() {
		token = 1
	}
	all := true
	for k := token + 1; k < width-1; k++ {
		switch kind := c.kind(k); {
		case kind == noTags:
			all = false
		case kind == someTags:
			tags = append(tags, k)
		}
	}
	if !all && len(tags) > 0 {
		for _, k := range tags {
			c.opt.LeaveOut(c.at, fmt.Sprintf("tags in column %d, which --columns can name", k+1), c.docID)
		}
		tags = nil
	}
	return token, append(tags, lastColumn)
}

// counted reports whether the first column counts the tokens of each sentence.
func (c *conllReader) counted() bool {
	for _, rows := range c.rows {
		for j, row := range rows {
			if row[0] != strconv.Itoa(j+1) {
				return false
			}
		}
	}
	return true
}

// What a column has.
const (
	noTags = iota
	chunks // tags of chunks, which are grammar, or none but O
	someTags
)

// chunkTypes are those of CoNLL-2000.
var chunkTypes = strings.Fields("ADJP ADVP CONJP INTJ LST NP PP PRT SBAR UCP VP")

func (c *conllReader) kind(column int) int {
	kind := chunks
	for _, rows := range c.rows {
		for _, row := range rows {
			prefix, typ, ok := conllTag(row[column])
			if !ok {
				return noTags
			}
			if prefix != 'O' && !slices.Contains(chunkTypes, typ) {
				kind = someTags
			}
		}
	}
	return kind
}
