package formats

import (
	"bytes"
	"fmt"
	"iter"
	"math"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/schema"
)

// webannoColumn is one column after the third.
type webannoColumn struct {
	layer  int    // place in the list of layers
	name   string // of the feature; of a slot's targets, their layer; "" for a placeholder or a relation's source
	role   bool   // the roles of a slot
	target bool   // the targets of the slot in the column before
	base   string // the source of a relation: the layer of its ends
}

type webannoKind struct {
	name     string
	relation bool
	chain    bool
	wanted   bool
}

// webannoSpan is an annotation. It is made at its first token.
type webannoSpan struct {
	layer    int
	unit     string
	from, to int32
	features []graph.Attribute
	slots    []webannoLink
	at       labels.Position
	id       string // "" for none
	place    int    // of its node, -1 for none
}

// webannoLink is a slot, or a relation.
type webannoLink struct {
	label        string
	unit, id     string // of a slot's target, of a relation's source
	toUnit, toID string // of a relation's target
	base         string
	relation     bool
	at           labels.Position
}

type webannoReader struct {
	opt       labels.ReadOptions
	docID     string
	at        labels.Position
	layers    []webannoKind
	columns   []webannoColumn
	body      bool     // the header is over
	sentence  []string // lines whose first token is still to come
	sentences []webannoToken
	tokens    []webannoToken
	other     [2]bool // tokens do not have the length in UTF-16 units, in code points
	spans     []*webannoSpan
	byID      map[string]*webannoSpan
	byUnit    map[string][]*webannoSpan
	relations []webannoLink
}

// webannoToken is a token, or the text of a sentence, which has no end.
type webannoToken struct {
	text     string
	from, to int32
	at       labels.Position
}

func readWebAnno(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		files, err := projectFiles(src, opt, ".tsv")
		if err != nil {
			yield(nil, err)
			return
		}
		for _, file := range files {
			docID := file.docID
			if docID == "" {
				docID = textfile.DocID(file.path, ".tsv")
			}
			r := webannoReader{opt: opt, docID: docID, at: labels.Position{File: src.Display(file.path), Line: 1},
				byID: map[string]*webannoSpan{}, byUnit: map[string][]*webannoSpan{}}
			bad, going := false, true
			if !textfile.EachLine(src, file.path, opt, func(l textfile.Line, err error) bool {
				if err == nil {
					err = r.line(l)
				}
				if err == nil {
					return true
				}
				bad = true
				going = yield(nil, err) && labels.IsRecordError(err)
				return false // what follows hangs on the line
			}) && (!bad || !going) {
				return
			}
			if bad {
				continue
			}
			d, err := r.document()
			if !yield(d, err) {
				return
			}
		}
	}
}

func (r *webannoReader) bad(at labels.Position, what, found, expected string) *labels.RecordError {
	return &labels.RecordError{At: at, DocID: r.docID, What: what, Found: found, Expected: expected}
}

func (r *webannoReader) line(l textfile.Line) error {
	switch {
	case l.At.Line == 1:
		if !strings.HasPrefix(l.Text, "#FORMAT=WebAnno TSV 3") {
			return r.bad(l.At, "format", strconv.Quote(l.Text[:min(len(l.Text), 40)]), "#FORMAT=WebAnno TSV 3.3")
		}
	case !r.body && strings.HasPrefix(l.Text, "#T_"):
		return r.layer(l)
	case strings.HasPrefix(l.Text, "#Text="):
		r.body = true
		r.sentence = append(r.sentence, unescapeWebAnno(strings.TrimPrefix(l.Text, "#Text=")))
	case strings.TrimSpace(l.Text) == "" || strings.HasPrefix(l.Text, "#"):
	default:
		return r.token(l)
	}
	return nil
}

// layer reads the declaration of a layer.
func (r *webannoReader) layer(l textfile.Line) error {
	kind, rest, _ := strings.Cut(l.Text, "=")
	parts := strings.Split(rest, "|")
	layer := webannoKind{name: parts[0], relation: kind == "#T_RL", chain: kind == "#T_CH"}
	layer.wanted = !layer.chain && (layer.relation || wanted(r.opt, layer.name))
	if kind != "#T_SP" && !layer.relation && !layer.chain || layer.name == "" {
		return r.bad(l.At, "layer", strconv.Quote(l.Text), "#T_SP, #T_RL or #T_CH and a name")
	}
	r.layers = append(r.layers, layer)
	at := len(r.layers) - 1
	if len(parts) == 1 {
		parts = append(parts, "")
	}
	for i, p := range parts[1:] {
		c := webannoColumn{layer: at, name: p}
		switch {
		case strings.HasPrefix(p, "ROLE_"):
			c.name, c.role = "", true
		case i > 0 && r.columns[len(r.columns)-1].role && r.columns[len(r.columns)-1].layer == at:
			c.name, c.target = p, true
		case layer.relation && strings.HasPrefix(p, "BT_"):
			c.name, c.base = "", strings.TrimPrefix(p, "BT_")
		}
		r.columns = append(r.columns, c)
	}
	return nil
}

// token reads a line of a token or a part of one.
func (r *webannoReader) token(l textfile.Line) error {
	fields := strings.Split(strings.TrimSuffix(l.Text, "\t"), "\t")
	if len(fields) < 3+len(r.columns) {
		return r.bad(l.At, "line", fmt.Sprintf("%d columns", len(fields)), fmt.Sprintf("3 and the %d of the layers", len(r.columns)))
	}
	from, to, _ := strings.Cut(fields[1], "-")
	begin, err1 := strconv.ParseInt(from, 10, 32)
	end, err2 := strconv.ParseInt(to, 10, 32)
	if err1 != nil || err2 != nil || begin < 0 || end < begin || end == math.MaxInt32 {
		return r.bad(l.At, "offsets", strconv.Quote(fields[1]), "BEGIN-END")
	}
	t := webannoToken{text: fields[2], from: int32(begin), to: int32(end), at: l.At}
	if r.sentence != nil { // the first token of a sentence tells where it begins
		r.sentences = append(r.sentences, webannoToken{text: strings.Join(r.sentence, "\n") + "\n", from: t.from, at: l.At})
		r.sentence = nil
	}
	r.other[0] = r.other[0] || lengthIn(labels.UTF16Units, t.text) != int(t.to-t.from)
	r.other[1] = r.other[1] || lengthIn(labels.CodePoints, t.text) != int(t.to-t.from)
	r.tokens = append(r.tokens, t)
	for i := 0; i < len(r.columns); {
		n := i + 1
		for n < len(r.columns) && r.columns[n].layer == r.columns[i].layer {
			n++
		}
		if err := r.cells(fields[0], t, r.columns[i:n], fields[3+i:3+n]); err != nil {
			return err
		}
		i = n
	}
	return nil
}

// build puts the sentences together, with spaces where the file does not say
// what stands between them.
func (r *webannoReader) build(unit labels.Unit) (string, error) {
	var text []byte
	length := 0
	for _, s := range r.sentences {
		gap := int(s.from) - length
		if gap == -1 && len(text) > 0 { // nothing between: the line break was ours
			text = text[:len(text)-1]
			gap = 0
		}
		if gap < 0 || len(text)+gap+len(s.text) > r.opt.RecordLimit() {
			return "", r.bad(s.at, "offsets", strconv.Itoa(int(s.from)), fmt.Sprintf("a sentence that begins at %d or soon after", length))
		}
		text = append(append(text, bytes.Repeat([]byte(" "), gap)...), s.text...)
		length = int(s.from) + lengthIn(unit, s.text)
	}
	return string(text), nil
}

func (r *webannoReader) document() (*labels.Document, error) {
	unit := labels.UTF16Units
	if r.other[0] && !r.other[1] {
		unit = labels.CodePoints
		r.opt.Remark(r.at, fmt.Sprintf("offsets count %s, not %s as the format has it", labels.CodePoints, labels.UTF16Units))
	}
	// Between sentences the file says nothing: the article's text, where its
	// tokens are these, is better than the one put together.
	var x *schema.Index
	if r.docID, x = r.opt.Article(labels.Clue{DocID: r.docID, File: r.at.File}); x != nil && r.misplaced(x, unit) == nil {
		return r.finish(x, unit)
	}
	text, err := r.build(unit)
	if err != nil {
		return nil, err
	}
	x = schema.NewIndex(text)
	if t := r.misplaced(x, unit); t != nil {
		span, _ := unit.Convert(x, schema.Span{Start: t.from, End: t.to})
		got, _ := x.Slice(span)
		return nil, r.bad(t.at, fmt.Sprintf("token at [%d,%d)", t.from, t.to), strconv.Quote(got), strconv.Quote(t.text))
	}
	return r.finish(x, unit)
}

// misplaced is the first token that the text does not have at its place.
func (r *webannoReader) misplaced(x *schema.Index, unit labels.Unit) *webannoToken {
	for i := range r.tokens {
		t := &r.tokens[i]
		if t.from == t.to && t.text == "" {
			continue
		}
		span, ok := unit.Convert(x, schema.Span{Start: t.from, End: t.to})
		if got, _ := x.Slice(span); !ok || got != t.text {
			return t
		}
	}
	return nil
}

func (r *webannoReader) finish(x *schema.Index, unit labels.Unit) (*labels.Document, error) {
	g, err := r.graph()
	if err != nil {
		return nil, err
	}
	d, err := g.Document(r.docID, r.at, r.opt)
	if err == nil {
		err = offsets.Settle(r.opt, d, x.Text(), unit)
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}
