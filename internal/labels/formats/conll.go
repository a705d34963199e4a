package formats

import (
	"bytes"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
)

// CoNLL columns: one token a line, its columns divided by tabs or spaces, an
// empty line after a sentence.
//
//	line = TOKEN … TAG | "-DOCSTART- DOC_ID …" | "# doc_id = DOC_ID" | "# newdoc id = DOC_ID" | "# …=…"
//	TAG  = "O" | PREFIX "-" TYPE     PREFIX one of B I E S, or L U M as BILOU and BMES call E, S and I
//
// IOB1, IOB2, IOE1, IOE2, BIOES, BILOU and BMES are all decoded by the rules of
// conlleval: a span begins at B and S, and where the tag before it was O, E or
// S or had another type; it ends likewise.
//
// There are no offsets. Tokens are found in the article's text; without it
// they are joined by spaces. Tags are flat: of overlapping mentions the
// outermost is written, in IOB2. Tokens are words; they are cut where mentions
// begin and end, as after a proclitic, or left whole and the mentions widened to
// them (WriteOptions.WholeWords).
func init() {
	labels.Register(labels.Format{
		Name: "conll", Aliases: []string{"iob2"}, Title: "CoNLL columns: a token and its tag a line (IOB1, IOB2, IOE, BIOES)", Unit: "token",
		Layout: labels.OneFile, Extensions: []string{".conll", ".bio", ".iob", ".iob2", ".tsv", ".txt"},
		Notes: "Carries the types and places of mentions that do not overlap: of those that do, the outermost. Nothing else. Written in IOB2, over the words of Unicode text segmentation (UAX #29): cut where a mention begins or ends inside, or whole with --proclitics keep.", WholeWords: true,
		Detect: detectCoNLL, Read: readCoNLL, Write: writeCoNLL,
	})
}

func detectCoNLL(_ string, head []byte) bool {
	lines := bytes.Split(bytes.TrimPrefix(head, []byte(textfile.BOM)), []byte("\n"))
	if len(head) == labels.HeadSize {
		lines = lines[:len(lines)-1] // cut off
	}
	tokens := 0
	for _, l := range lines {
		line := strings.TrimRight(string(l), "\r")
		if _, special := conllDoc(line); special || strings.TrimSpace(line) == "" {
			continue
		}
		columns := conllColumns(line)
		_, _, ok := conllTag(columns[len(columns)-1])
		if len(columns) < 2 || !ok {
			return false
		}
		tokens++
	}
	return tokens > 0
}

// conllDoc reports whether a line is no token, and the doc_id if it names one.
func conllDoc(line string) (docID string, special bool) {
	if rest, ok := strings.CutPrefix(line, "-DOCSTART-"); ok {
		id, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
		id, _, _ = strings.Cut(id, "\t")
		if id == "O" || id == "-X-" || id == "_" {
			id = ""
		}
		return strings.Trim(id, "()"), true
	}
	if key, value, ok := strings.Cut(line, "="); ok && strings.HasPrefix(line, "# ") {
		switch strings.TrimSpace(key[2:]) {
		case "doc_id", "newdoc id":
			return strings.TrimSpace(value), true
		}
		return "", true
	}
	return "", false
}

func conllColumns(line string) []string {
	if strings.Contains(line, "\t") {
		return strings.Split(strings.TrimRight(line, "\t"), "\t")
	}
	return strings.Fields(line)
}

// conllTag reads a tag into one of the letters O B I E S and a type.
func conllTag(tag string) (prefix byte, typ string, ok bool) {
	if tag == "O" {
		return 'O', "", true
	}
	if len(tag) < 2 || tag[1] != '-' {
		return 0, "", false
	}
	i := strings.IndexByte("BIESLUM", tag[0])
	if i < 0 {
		return 0, "", false
	}
	return "BIESESI"[i], tag[2:], true
}

// conllReader collects one article.
type conllReader struct {
	opt       labels.ReadOptions
	yield     func(*labels.Document, error) bool
	file      string
	number    int // of the article in the file
	docID     string
	at        labels.Position
	sentences [][]string
	lines     [][]labels.Position
	tags      [][]string
	open      bool // the last sentence goes on
	bad       bool
}

func readCoNLL(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		files, err := src.Files(".conll", ".bio", ".iob", ".iob2", ".tsv", ".txt")
		if err != nil {
			yield(nil, err)
			return
		}
		for _, file := range files {
			c := conllReader{opt: opt, yield: yield, file: file}
			if !textfile.EachLine(src, file, opt, c.line) || !c.flush() {
				return
			}
		}
	}
}

func (c *conllReader) line(l textfile.Line, err error) bool {
	if err != nil {
		c.bad = true
		return c.yield(nil, err) && labels.IsRecordError(err)
	}
	if docID, special := conllDoc(l.Text); special {
		c.open = false
		if docID != "" || strings.HasPrefix(l.Text, "-DOCSTART-") {
			if !c.flush() {
				return false
			}
			c.docID, c.at = docID, l.At
		}
		return true
	}
	if strings.TrimSpace(l.Text) == "" {
		c.open = false
		return true
	}
	columns := conllColumns(l.Text)
	tag := columns[len(columns)-1]
	if _, _, ok := conllTag(tag); !ok || len(columns) < 2 {
		c.bad = true
		return c.yield(nil, &labels.RecordError{At: l.At, DocID: c.docID, What: "tag", Found: strconv.Quote(tag), Expected: "O, or B-TYPE, I-TYPE, E-TYPE or S-TYPE in the last of two or more columns"})
	}
	if !c.open {
		c.open = true
		c.sentences, c.tags, c.lines = append(c.sentences, nil), append(c.tags, nil), append(c.lines, nil)
	}
	if c.at.File == "" {
		c.at = l.At
	}
	k := len(c.sentences) - 1
	c.sentences[k], c.tags[k], c.lines[k] = append(c.sentences[k], columns[0]), append(c.tags[k], tag), append(c.lines[k], l.At)
	return true
}

// flush yields the article read so far, if there is one.
func (c *conllReader) flush() bool {
	going := true
	if c.docID != "" || len(c.sentences) > 0 {
		c.number++
		if c.docID == "" {
			c.docID = jsontext.Record{File: c.file, Number: c.number}.DocID()
			c.docID = textfile.DocID(c.docID, ".conll", ".bio", ".iob", ".iob2", ".tsv", ".txt")
		}
		if !c.bad {
			going = c.yield(c.document())
		}
	}
	c.docID, c.at, c.sentences, c.tags, c.lines, c.bad, c.open = "", labels.Position{}, nil, nil, nil, false, false
	return going
}

func (c *conllReader) document() (*labels.Document, error) {
	c.docID = segment.Find(c.opt, c.docID, c.at.File, c.sentences)
	x, places, bad, err := segment.Place(c.opt, c.docID, c.sentences)
	if err != nil {
		return nil, tokenError(err, c.docID, c.sentences[bad], c.lines[bad])
	}
	g := &graph.Graph{}
	for i, tags := range c.tags {
		before, last := byte('O'), ""
		for j, tag := range tags {
			prefix, typ, _ := conllTag(tag)
			if prefix != 'O' {
				begins := prefix == 'B' || prefix == 'S' || before == 'O' || before == 'E' || before == 'S' || typ != last
				if begins {
					n := graph.Node{Span: places[i][j], At: c.lines[i][j]}
					if n.Kind, n.Type = graph.ParseLabel(c.opt.Ontology, typ); n.Kind == graph.EventNode {
						n.Kind, n.Type = graph.MentionNode, typ
					}
					g.Nodes = append(g.Nodes, n)
				}
				g.Nodes[len(g.Nodes)-1].Span.End = places[i][j].End
			}
			before, last = prefix, typ
		}
	}
	d, err := g.Document(c.docID, c.at, c.opt)
	if err != nil {
		return nil, err
	}
	offsets.Carry(c.opt, d, x)
	return d, nil
}

// tokenError says which token is not where the text has it.
func tokenError(err error, docID string, tokens []string, lines []labels.Position) error {
	e, ok := err.(*segment.Error)
	if !ok {
		return err
	}
	return &labels.RecordError{At: lines[e.Token], DocID: docID, What: "token", Found: strconv.Quote(tokens[e.Token]), Expected: fmt.Sprintf("%q as in the article", e.Found)}
}
