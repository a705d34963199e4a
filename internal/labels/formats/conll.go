package formats

import (
	"bytes"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
)

// CoNLL columns: one token a line, its columns divided by tabs or spaces, an
// empty line after a sentence.
//
//	line = [NUMBER] TOKEN … TAG | "-DOCSTART- DOC_ID …" | "# doc_id = DOC_ID" | "# newdoc id = DOC_ID" | "# …=…" | "#" TAB …
//	TAG  = "O" | PREFIX "-" TYPE     PREFIX one of B I E S, or L U M as BILOU and BMES call E, S and I
//
// IOB1, IOB2, IOE1, IOE2, BIOES, BILOU and BMES are all decoded by the rules of
// conlleval: a span begins at B and S, and where the tag before it was O, E or
// S or had another type; it ends likewise.
//
// Nested mentions stand in one column with bars between their tags
// (B-ORG|B-GPE), in which a tag I or E goes on a span of its type, or they have a column of tags a level (GermEval 2014, LitBank): where all
// columns behind the token are tags, all are read, but for those of chunks. The
// token is in the first column, or in the second where the first counts the tokens
// of each sentence. [labels.ReadOptions.Columns] says otherwise.
//
// There are no offsets. Tokens are found in the article's text, if need be without
// the escapes of treebanks and normalised; without the text they are joined by
// spaces. Tags that are written are flat: of overlapping mentions the
// outermost is written, in IOB2. Tokens are words; they are cut where mentions
// begin and end, as after a proclitic, or left whole and the mentions widened to
// them (WriteOptions.WholeWords).
func init() {
	labels.Register(labels.Format{
		Name: "conll", Aliases: []string{"iob2"}, Title: "CoNLL columns: a token and its tag a line (IOB1, IOB2, IOE, BIOES)", Unit: "token",
		Layout: labels.OneFile, Extensions: []string{".conll", ".bio", ".iob", ".iob2", ".tsv", ".txt"},
		Notes: noLevels + "Nested columns of tags are read (--columns names them). Carries the types and places of mentions that do not overlap: of those that do, the outermost. Nothing else. Written in IOB2, over the words of Unicode text segmentation (UAX #29): cut where a mention begins or ends inside, or whole with --proclitics keep.", WholeWords: true,
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
	if rest, ok := strings.CutPrefix(line, "#\t"); ok { // GermEval's source of a sentence
		columns := strings.Split(rest, "\t")
		_, _, tag := conllTag(columns[len(columns)-1])
		return "", !tag
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

// conllPart is one of the tags of a token.
type conllPart struct {
	prefix byte
	typ    string
}

// conllTags are the tags of a cell: one, or several with bars between them; nil
// where it is none.
func conllTags(cell string) []conllPart {
	prefix, typ, ok := conllTag(cell)
	if !ok {
		return nil
	}
	if !strings.Contains(typ, "|") && prefix != 'O' || cell == "O" {
		return []conllPart{{prefix, typ}}
	}
	var parts []conllPart
	for part := range strings.SplitSeq(cell, "|") {
		p, t, ok := conllTag(part)
		if !ok { // a bar inside a type
			return []conllPart{{prefix, typ}}
		}
		parts = append(parts, conllPart{p, t})
	}
	return parts
}

// conllReader collects one article.
type conllReader struct {
	opt       labels.ReadOptions
	yield     func(*labels.Document, error) bool
	file      string
	number    int // of the article in the file
	docID     string
	at        labels.Position
	sentences [][]string // of CoNLL-2012
	rows      [][][]string
	lines     [][]labels.Position
	types     []string // of the nodes made so far, as their tags have them
	open      bool     // the last sentence goes on
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
	if n := c.opt.Columns; len(n) > 0 && slices.Max(n) > len(columns) {
		c.bad = true
		return c.yield(nil, &labels.RecordError{At: l.At, DocID: c.docID, What: "line", Found: fmt.Sprintf("%d columns", len(columns)), Expected: fmt.Sprintf("the %d that --columns names", slices.Max(n))})
	}
	if _, _, ok := conllTag(tag); (!ok || len(columns) < 2) && len(c.opt.Columns) == 0 {
		c.bad = true
		return c.yield(nil, &labels.RecordError{At: l.At, DocID: c.docID, What: "tag", Found: strconv.Quote(tag), Expected: "O, or B-TYPE, I-TYPE, E-TYPE or S-TYPE in the last of two or more columns"})
	}
	if !c.open {
		c.open = true
		c.rows, c.lines = append(c.rows, nil), append(c.lines, nil)
	}
	if c.at.File == "" {
		c.at = l.At
	}
	k := len(c.rows) - 1
	c.rows[k], c.lines[k] = append(c.rows[k], columns), append(c.lines[k], l.At)
	return true
}

// flush yields the article read so far, if there is one.
func (c *conllReader) flush() bool {
	going := true
	if c.docID != "" || len(c.rows) > 0 {
		c.number++
		if c.docID == "" {
			c.docID = numberedID(c.file, c.number, ".conll", ".bio", ".iob", ".iob2", ".tsv", ".txt")
		}
		if !c.bad {
			going = c.yield(c.document())
		}
	}
	c.docID, c.at, c.rows, c.lines, c.bad, c.open = "", labels.Position{}, nil, nil, false, false
	return going
}

// tokenError says which token is not where the text has it.
func tokenError(err error, docID string, tokens []string, lines []labels.Position) error {
	e, ok := err.(*segment.Error)
	if !ok {
		return err
	}
	return &labels.RecordError{At: lines[e.Token], DocID: docID, What: "token", Found: strconv.Quote(tokens[e.Token]), Expected: fmt.Sprintf("%q as in the article", e.Found)}
}
