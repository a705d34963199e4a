package formats

import (
	"bytes"
	"fmt"
	"iter"
	"regexp"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
)

// CoNLL-U with the coreference of CorefUD: ten columns divided by tabs, a word a
// line, an empty line after a sentence, mentions as brackets in the MISC column.
//
//	# newdoc id = DOC_ID
//	# global.Entity = eid-etype-head-other
//	NUMBER FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC
//	MISC  = attribute {"|" attribute}       attribute = "Entity=" mark {mark}
//	mark  = "(" fields | ID ")" | "(" fields ")"      fields = field {"-" field}, as global.Entity names them
//
// The id of the entity (eid) is the actor_id, etype the type, head the number
// of the head word in its mention. A discontinuous mention is opened as
// ID[1/2], ID[2/2]. A closing mark ends the mention of its entity that began
// last. Bridging, split antecedents and attributes of other layers are no labels
// and counted as left out, and so are mentions of nothing but empty nodes.
//
// There are no offsets. Tokens are found in the article's text; without it they
// are joined as SpaceAfter and SpacesAfter say. Of a multiword token (3-4) the
// text has the token: a word in it is its part where the words' forms make up
// the token's, else the whole token. The older GRP of Georgetown corpora is
// scoped to its document, as udapi does.
//
// Mentions are written as words cut where spans begin and end, without lemmas,
// parts of speech or syntax ("_"). What CorefUD has no field for goes into
// "other" as name:value (id, level, metonym, confidence; headwords, the first
// and last word of a head of several; orig_etype, as in udapi, where the type is
// not that of the entity's first mention; noactor and nohead, where eid and head
// stand only because they must). In eid, etype and other, characters with a
// meaning of their own are written %XX.
func init() {
	labels.Register(labels.Format{
		Name: "conllu", Aliases: []string{"corefud"}, Title: "CoNLL-U with CorefUD's Entity: mentions, types and coreference", Unit: "token",
		Layout: labels.OneFile, Extensions: []string{".conllu"},
		Notes: "Carries mentions with types, heads, actors (entities), fragments, ids and attributes. No events. Of crossing mentions of one actor the first. " +
			"Words are those of Unicode text segmentation, without lemmas or syntax.",
		Detect: detectCoNLLU, Read: readCoNLLU, Write: writeCoNLLU,
	})
}

var (
	conlluID   = regexp.MustCompile(`^[0-9]+([-.][0-9]+)?$`)
	conlluPart = regexp.MustCompile(`^([^\[]+)\[([0-9]+)/([0-9]+)\]$`)
)

func detectCoNLLU(_ string, head []byte) bool {
	lines := bytes.Split(bytes.TrimPrefix(head, []byte(textfile.BOM)), []byte("\n"))
	if len(head) == labels.HeadSize {
		lines = lines[:len(lines)-1] // cut off
	}
	words, header := 0, false
	for _, l := range lines {
		line := strings.TrimRight(string(l), "\r")
		if line == "" || line[0] == '#' {
			header = header || strings.HasPrefix(line, "# global.Entity")
			continue
		}
		columns := strings.Split(line, "\t")
		if len(columns) != 10 || !conlluID.MatchString(columns[0]) {
			return false
		}
		words++
	}
	return words > 0 || header
}

// conlluReader collects one article.
type conlluReader struct {
	opt    labels.ReadOptions
	yield  func(*labels.Document, error) bool
	file   string
	number int      // of the article in the file
	fields []string // of global.Entity, of the whole file

	docID     string
	started   bool
	bad       bool
	at        labels.Position
	tokens    [][]string // by sentence
	lines     [][]labels.Position
	after     [][]string // what stands behind each token
	words     []conlluWord
	mentions  []*conlluMention
	open      map[string][]*conlluMention // by id as the closing mark has it
	pieces    map[string][]*conlluMention // discontinuous ones that are not whole, by entity
	inside    bool                        // the last sentence goes on
	multiword int                         // last word of the multiword token, 0 outside
	from      int                         // first word of it
}

// conlluWord is a syntactic word or an empty node.
type conlluWord struct {
	sentence, token int
	part            [2]int // code points of the token's form, [0,0) for all
	form            string
	empty           bool
}

// conlluMention is a mention with ranges of words, ends included.
type conlluMention struct {
	at           labels.Position
	eid, etype   string
	head         int // from 1, 0 for none
	parts        [][2]int
	other        map[string]string
	index, total int // of the part that was opened last, of a discontinuous one
}

func readCoNLLU(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		files, err := src.Files(".conllu", ".conll", ".txt")
		if err != nil {
			yield(nil, err)
			return
		}
		for _, file := range files {
			c := conlluReader{opt: opt, yield: yield, file: file}
			c.reset()
			if !textfile.EachLine(src, file, opt, c.line) || !c.flush() {
				return
			}
			if c.fields == nil && c.number > 0 {
				opt.Remark(labels.Position{File: src.Display(file)}, "no mentions are in the file: no MISC column has Entity=")
			}
		}
	}
}

func (c *conlluReader) reset() {
	*c = conlluReader{opt: c.opt, yield: c.yield, file: c.file, number: c.number, fields: c.fields,
		open: map[string][]*conlluMention{}, pieces: map[string][]*conlluMention{}}
}

func (c *conlluReader) fail(at labels.Position, what, found, expected string) bool {
	c.bad = true
	return c.yield(nil, &labels.RecordError{At: at, DocID: c.docID, What: what, Found: found, Expected: expected})
}

func (c *conlluReader) line(l textfile.Line, err error) bool {
	switch {
	case err != nil:
		c.bad = true
		return c.yield(nil, err) && labels.IsRecordError(err)
	case strings.TrimSpace(l.Text) == "":
		c.inside, c.multiword = false, 0
		return true
	case strings.HasPrefix(l.Text, "#"):
		return c.comment(l)
	}
	columns := strings.Split(l.Text, "\t")
	if len(columns) != 10 || !conlluID.MatchString(columns[0]) {
		return c.fail(l.At, "line", fmt.Sprintf("%d columns, the first %.20q", len(columns), columns[0]), "ten columns divided by tabs, the first a number such as 3, 3-4 or 3.1")
	}
	if columns[1] == "" {
		return c.fail(l.At, "FORM", "none", "the word")
	}
	if !c.started {
		c.started, c.at = true, l.At
	}
	if !c.inside {
		c.inside = true
		c.tokens, c.lines, c.after = append(c.tokens, nil), append(c.lines, nil), append(c.after, nil)
	}
	return c.word(l, columns)
}

// comment reads what a comment says of documents, paragraphs and fields.
func (c *conlluReader) comment(l textfile.Line) bool {
	key, value, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(l.Text, "#")), "=")
	value = strings.TrimSpace(value)
	switch key = strings.TrimSpace(key); key {
	case "newdoc", "newdoc id":
		if !c.flush() {
			return false
		}
		c.docID, c.started, c.at = value, true, l.At
	case "newpar", "newpar id":
		if k := len(c.after) - 1; k >= 0 && len(c.after[k]) > 0 && !c.inside {
			if end := &c.after[k][len(c.after[k])-1]; *end == " " {
				*end = "\n"
			}
		}
	case "global.Entity":
		c.fields = strings.Split(value, "-")
		for _, f := range c.fields {
			if f == "eid" || f == "GRP" {
				return true
			}
		}
		return c.fail(l.At, "global.Entity", strconv.Quote(value), "fields with eid among them, such as eid-etype-head-other")
	}
	return true
}

// word reads one line of ten columns.
func (c *conlluReader) word(l textfile.Line, columns []string) bool {
	k, form := len(c.tokens)-1, columns[1]
	first, last, multi := strings.Cut(columns[0], "-")
	token := func() {
		c.tokens[k], c.lines[k] = append(c.tokens[k], form), append(c.lines[k], l.At)
		c.after[k] = append(c.after[k], conlluSpaces(columns[9]))
	}
	number, _ := strconv.Atoi(first)
	switch {
	case multi:
		end, err := strconv.Atoi(last)
		if err != nil || end < number {
			return c.fail(l.At, "ID", strconv.Quote(columns[0]), "a range of word numbers")
		}
		c.multiword, c.from = end, len(c.words)
		token()
		return true
	case strings.Contains(columns[0], "."):
		c.words = append(c.words, conlluWord{sentence: k, empty: true})
	case c.multiword > 0 && number <= c.multiword:
		c.words = append(c.words, conlluWord{sentence: k, token: len(c.tokens[k]) - 1, form: form})
		if number == c.multiword {
			c.divide(c.tokens[k][len(c.tokens[k])-1])
		}
	default:
		c.multiword = 0
		token()
		c.words = append(c.words, conlluWord{sentence: k, token: len(c.tokens[k]) - 1})
	}
	for _, attribute := range strings.Split(columns[9], "|") {
		name, value, _ := strings.Cut(attribute, "=")
		switch name {
		case "Entity":
			if !c.marks(value, l.At) {
				return false
			}
		case "Bridge", "SplitAnte", "Split":
			for _, link := range strings.Split(value, ",") {
				c.opt.LeaveOut(l.At, name, link)
			}
		case "ClusterId":
			return c.fail(l.At, "MISC", "ClusterId, of CorefUD before 1.0", "Entity; udapy read.OldCorefUD write.Conllu converts it")
		}
	}
	return true
}

// divide gives the words of a multiword token their parts of its form, if they
// make it up.
func (c *conlluReader) divide(form string) {
	var all strings.Builder
	for _, w := range c.words[c.from:] {
		all.WriteString(w.form)
	}
	if all.String() != form {
		return
	}
	at := 0
	for i := c.from; i < len(c.words); i++ {
		if w := &c.words[i]; !w.empty {
			w.part = [2]int{at, at + len([]rune(w.form))}
			at = w.part[1]
		}
	}
}

// conlluSpaces is what stands behind a token by its MISC column.
func conlluSpaces(misc string) string {
	after := " "
	for _, attribute := range strings.Split(misc, "|") {
		name, value, _ := strings.Cut(attribute, "=")
		switch {
		case name == "SpaceAfter" && value == "No":
			after = ""
		case name == "SpacesAfter":
			return conlluEscapes.Replace(value)
		}
	}
	return after
}

// conlluEscapes are those of UDPipe's SpacesAfter.
var conlluEscapes = strings.NewReplacer(`\s`, " ", `\t`, "\t", `\r`, "\r", `\n`, "\n", `\p`, "|", `\\`, `\`)
