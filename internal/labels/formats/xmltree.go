package formats

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/schema"
)

// xmlElement is an element of a file that is read as a whole. A run of
// characters is a child without a name.
type xmlElement struct {
	name     string
	attr     map[string]string
	text     string
	children []*xmlElement
	line     int
}

// readXMLTree reads a file of bounded size and depth, in UTF-8 whatever it says.
// Go's decoder knows no entities but XML's own five, so none can grow. The error
// is a [labels.RecordError], or of the file.
func readXMLTree(src labels.Source, file string, opt labels.ReadOptions) (*xmlElement, error) {
	text, err := textfile.Read(src, file, opt)
	if err != nil {
		return nil, err
	}
	at := labels.Position{File: src.Display(file), Line: 1}
	if bad := textfile.NotUTF8(text, at, "XML"); bad != nil {
		return nil, bad
	}
	if i := strings.IndexByte(text, 0); i >= 0 {
		at.Line += strings.Count(text[:i], "\n")
		return nil, &labels.RecordError{At: at, What: "XML", Found: "the byte 0x00", Expected: "text", Advice: "the file may be cut, or no text at all"}
	}
	dec := xml.NewDecoder(strings.NewReader(text))
	dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	return xmlTree(dec, at)
}

func xmlTree(dec *xml.Decoder, at labels.Position) (*xmlElement, error) {
	var open []*xmlElement
	var root *xmlElement
	bad := func(line int, found string) error {
		at.Line = line
		return &labels.RecordError{At: at, What: "XML", Found: found, Expected: "well-formed XML in UTF-8"}
	}
	for {
		token, err := dec.Token()
		line, _ := dec.InputPos()
		var syntax *xml.SyntaxError
		switch {
		case err == io.EOF && root != nil:
			return root, nil
		case err == io.EOF:
			return nil, bad(line, "no element")
		case errors.As(err, &syntax):
			return nil, bad(syntax.Line, syntax.Msg)
		case err != nil:
			return nil, bad(line, err.Error())
		}
		switch t := token.(type) {
		case xml.StartElement:
			e := &xmlElement{name: t.Name.Local, attr: make(map[string]string, len(t.Attr)), line: line}
			for _, a := range t.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			if len(open) >= jsontext.MaxDepth {
				return nil, bad(line, fmt.Sprintf("nesting deeper than %d", jsontext.MaxDepth))
			}
			if len(open) > 0 {
				last := open[len(open)-1]
				last.children = append(last.children, e)
			} else if root == nil {
				root = e
			} else {
				return nil, bad(line, "a second root element")
			}
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				last := open[len(open)-1]
				last.children = append(last.children, &xmlElement{text: string(t), line: line})
			}
		}
	}
}

// all are the children of a name.
func (e *xmlElement) all(name string) []*xmlElement {
	var list []*xmlElement
	if e != nil {
		for _, c := range e.children {
			if c.name == name {
				list = append(list, c)
			}
		}
	}
	return list
}

// first is the first element that the path of names leads to, nil for none.
func (e *xmlElement) first(path ...string) *xmlElement {
	for _, name := range path {
		list := e.all(name)
		if len(list) == 0 {
			return nil
		}
		e = list[0]
	}
	return e
}

// content is the characters of an element and of those inside it.
func (e *xmlElement) content() string {
	if e == nil {
		return ""
	}
	if e.name == "" {
		return e.text
	}
	if len(e.children) == 1 {
		return e.children[0].content()
	}
	var b strings.Builder
	for _, c := range e.children {
		b.WriteString(c.content())
	}
	return b.String()
}

// settledIn is the document of a graph whose offsets count code points of one of
// the texts: of that in which the most surfaces stand. Surfaces that differ in
// white space alone are those of the text. Without any text offsets and
// surfaces stay as they are.
func settledIn(g *graph.Graph, docID string, at labels.Position, opt labels.ReadOptions, texts ...string) (*labels.Document, error) {
	best, bestN := "", -1
	for _, text := range texts {
		x := schema.NewIndex(text)
		n := 0
		for i := range g.Nodes {
			if standsAt(&g.Nodes[i], x) {
				n++
			}
		}
		if n > bestN {
			best, bestN = text, n
		}
	}
	if bestN >= 0 {
		x := schema.NewIndex(best)
		for i := range g.Nodes {
			if n := &g.Nodes[i]; n.Span.IsSet() && standsAt(n, x) {
				n.Text = ""
			}
		}
	}
	d, err := g.Document(docID, at, opt)
	if err == nil && bestN >= 0 {
		err = offsets.Settle(opt, d, best, labels.CodePoints)
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}

// standsAt reports whether a node's surface is at its place, white space apart.
func standsAt(n *graph.Node, x *schema.Index) bool {
	got, ok := x.Slice(n.Span)
	return ok && (got == n.Text || unspaced(got) == unspaced(n.Text))
}
