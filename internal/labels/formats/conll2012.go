package formats

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/schema"
)

// CoNLL-2012 coreference: one token a line, its columns divided by spaces, an
// empty line after a sentence, an article or a part of one between two marks.
//
//	#begin document (DOC_ID); part 000
//	DOC_ID PART NUMBER TOKEN … COREF
//	#end document
//	COREF = "-" | mark {"|" mark}      mark = "(" CHAIN | CHAIN ")" | "(" CHAIN ")"
//
// A chain's spans nest: a closing mark ends the span of its chain that began
// last. There are no offsets. Tokens are found in the article's text; without
// it they are joined by spaces. Every span becomes a mention whose actor_id is
// DOC_ID:CHAIN, since articles count their chains anew; chains of a later part
// have the part before them, "DOC_ID:1.3".
//
// Mentions with an actor are written. Chains are numbers: actor ids that are not
// DOC_ID:NUMBER are written as their own number, or numbered in the order of
// their first mention, and reported as lost.
func init() {
	labels.Register(labels.Format{
		Name: "conll2012", Title: "CoNLL-2012: coreference chains in the last column", Unit: "token",
		Layout: labels.OneFile, Extensions: []string{".conll", ".v4_gold_conll", ".v4_auto_conll"},
		Notes:  noLevels + "Carries places of mentions and which have one referent. No types, events or anything else; no mentions without an actor; of crossing mentions of one actor the first.",
		Detect: func(_ string, head []byte) bool { return bytes.Contains(head, []byte("#begin document ")) },
		Read:   readCoNLL2012, Write: writeCoNLL2012,
	})
}

// coref2012Reader collects one part.
type coref2012Reader struct {
	conllReader
	inside bool
	part   string
	spans  []corefSpan
	stack  map[string][]int // open spans by chain
}

// corefSpan is a span of tokens [from, to) of one sentence.
type corefSpan struct {
	sentence, from, to int
	chain              string
	at                 labels.Position
}

func readCoNLL2012(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		files, err := src.Files(".conll", ".v4_gold_conll", ".v4_auto_conll", ".txt")
		if err != nil {
			yield(nil, err)
			return
		}
		for _, file := range files {
			c := coref2012Reader{conllReader: conllReader{opt: opt, yield: yield, file: file}, stack: map[string][]int{}}
			if !textfile.EachLine(src, file, opt, c.line) || !c.flush() {
				return
			}
		}
	}
}

func (c *coref2012Reader) fail(at labels.Position, what, found, expected string) bool {
	c.bad = true
	return c.yield(nil, &labels.RecordError{At: at, DocID: c.docID, What: what, Found: found, Expected: expected})
}

func (c *coref2012Reader) line(l textfile.Line, err error) bool {
	switch {
	case err != nil:
		c.bad = true
		return c.yield(nil, err) && labels.IsRecordError(err)
	case strings.HasPrefix(l.Text, "#begin document"):
		return c.begin(l)
	case strings.HasPrefix(l.Text, "#end document"):
		ok := c.closed(l.At)
		c.inside, c.open = false, false
		return ok
	case strings.TrimSpace(l.Text) == "":
		ok := c.closed(l.At)
		c.open = false
		return ok
	case !c.inside:
		return c.fail(l.At, "line", strconv.Quote(l.Text[:min(len(l.Text), 40)]), "#begin document (DOC_ID); part NUMBER")
	}
	columns := conllColumns(l.Text)
	if len(columns) < 5 {
		return c.fail(l.At, "line", fmt.Sprintf("%d columns", len(columns)), "document, part, number, token and more, the last of them coreference")
	}
	if !c.open {
		c.open = true
		c.sentences, c.lines = append(c.sentences, nil), append(c.lines, nil)
	}
	k := len(c.sentences) - 1
	c.sentences[k], c.lines[k] = append(c.sentences[k], columns[3]), append(c.lines[k], l.At)
	return c.marks(columns[len(columns)-1], k, l.At)
}

// begin starts a part; one of the same article goes on with it.
func (c *coref2012Reader) begin(l textfile.Line) bool {
	rest := strings.TrimSpace(strings.TrimPrefix(l.Text, "#begin document"))
	i := strings.LastIndexByte(rest, ')')
	if !strings.HasPrefix(rest, "(") || i < 2 {
		return c.fail(l.At, "line", strconv.Quote(l.Text), "#begin document (DOC_ID); part NUMBER")
	}
	docID := rest[1:i]
	part := strings.TrimLeft(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(strings.TrimPrefix(rest[i+1:], ";")), "part")), "0")
	if docID != c.docID && !c.flush() {
		return false
	}
	if c.docID == "" {
		c.at = l.At
	}
	c.docID, c.part, c.inside, c.open = docID, part, true, false
	return true
}

// marks reads a cell of the coreference column.
func (c *coref2012Reader) marks(cell string, sentence int, at labels.Position) bool {
	if cell == "-" || cell == "_" || cell == "*" {
		return true
	}
	token := len(c.sentences[sentence]) - 1
	for _, mark := range strings.Split(cell, "|") {
		chain, opens := strings.CutPrefix(mark, "(")
		chain, closes := strings.CutSuffix(chain, ")")
		if chain == "" || !opens && !closes || strings.ContainsAny(chain, "()") {
			return c.fail(at, "coreference", strconv.Quote(cell), "-, or marks (CHAIN, CHAIN) and (CHAIN) divided by |")
		}
		if opens {
			c.stack[chain] = append(c.stack[chain], len(c.spans))
			name := chain
			if c.part != "" {
				name = c.part + "." + chain
			}
			c.spans = append(c.spans, corefSpan{sentence: sentence, from: token, chain: name, at: at})
		}
		if closes {
			open := c.stack[chain]
			if len(open) == 0 {
				return c.fail(at, "coreference", strconv.Quote(mark)+", which closes nothing", "("+chain+" before it in the sentence")
			}
			c.spans[open[len(open)-1]].to = token + 1
			c.stack[chain] = open[:len(open)-1]
		}
	}
	return true
}

// closed checks at the end of a sentence that every span has ended.
func (c *coref2012Reader) closed(at labels.Position) bool {
	open := -1
	for _, list := range c.stack {
		if len(list) > 0 && (open < 0 || list[0] < open) {
			open = list[0]
		}
	}
	clear(c.stack)
	if open < 0 || c.bad {
		return true
	}
	return c.fail(c.spans[open].at, "coreference", "a span of the chain "+c.spans[open].chain+" without an end", "its end in the same sentence")
}

func (c *coref2012Reader) flush() bool {
	going := c.closed(c.at)
	if going && c.docID != "" && !c.bad {
		going = c.yield(c.document())
	}
	c.docID, c.at, c.sentences, c.lines, c.bad, c.spans, c.inside = "", labels.Position{}, nil, nil, false, nil, false
	return going
}

func (c *coref2012Reader) document() (*labels.Document, error) {
	placed, err := c.place(c.sentences)
	if err != nil {
		return nil, err
	}
	places := placed.Tokens
	g, typ := &graph.Graph{}, graph.SoleType(c.opt.Ontology)
	for _, s := range c.spans {
		g.Nodes = append(g.Nodes, graph.Node{At: s.at, Type: typ, Attributes: []graph.Attribute{{Name: "actor_id", Value: ownChain(c.docID, s.chain)}},
			Span: schema.Span{Start: places[s.sentence][s.from].Start, End: places[s.sentence][s.to-1].End}})
	}
	slices.SortStableFunc(g.Nodes, func(a, b graph.Node) int { return a.Span.Compare(b.Span) })
	d, err := g.Document(c.docID, c.at, c.opt)
	if err != nil {
		return nil, err
	}
	offsets.Carry(c.opt, d, placed.Index)
	noteChanged(d, placed)
	return d, nil
}

func writeCoNLL2012(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	return out.WriteFile("", func(w io.Writer) error {
		for d := range docs {
			text, err := appendCoNLL2012(d, opt)
			if err != nil {
				return err
			}
			if _, err := io.WriteString(w, text); err != nil {
				return err
			}
		}
		return nil
	})
}

// ownChain is the actor of a chain whose name is of its article alone.
func ownChain(docID, chain string) string { return docID + ":" + chain }
