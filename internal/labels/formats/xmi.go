package formats

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/schema"
)

// UIMA CAS XMI: one article a file, the text in a Sofa and every annotation an
// element whose namespace and name are its type.
//
//	<cas:Sofa xmi:id="1" sofaID="_InitialView" sofaString="TEXT"/>
//	<type:NamedEntity xmi:id="2" sofa="1" begin="7" end="12" value="PER" identifier="ACTOR"/>
//
// begin and end are [begin,end) in UTF-16 code units of the Sofa's text, as
// Java counts. There are no surfaces: where the text has characters that code
// points count differently, and spans or tokens begin or end with white space
// in UTF-16 units but never in code points, the file is refused unless the unit
// is stated. Annotations are read whose type's name has one of the endings
// of [labels.ReadOptions.Types]. The label is the first of the features value, label,
// category, type and entityType, else the type's name; identifier or id is the
// actor_id, confidence or score the confidence where it is from 0 to 1. A type
// that ends in Event or EventMention makes events, any other one what its label
// says. The doc_id is the documentId of DocumentMetaData, else the file's name.
// Of several views the one that is named _InitialView, else the first with a
// text, is read. Import only.
func init() {
	labels.Register(labels.Format{
		Name: "xmi", Title: "UIMA CAS XMI, read only", Unit: "utf16_code_unit", Layout: labels.FilePerArticle, Extensions: []string{".xmi", ".xml"},
		Notes: "Reads types, places, actors and confidence of entities, mentions and events. Links between annotations are not read.",
		Detect: func(_ string, head []byte) bool {
			return strings.Contains(string(head), "<xmi:XMI") || strings.Contains(string(head), "http://www.omg.org/XMI")
		},
		Read: readXMI,
	})
}

func readXMI(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		files, err := src.Files(".xmi", ".xml")
		if err != nil {
			yield(nil, err)
			return
		}
		for _, file := range files {
			d, err := parseXMI(src, file, opt)
			if !yield(d, err) || err != nil && !labels.IsRecordError(err) {
				return
			}
		}
	}
}

// xmiReader collects one file; annotations may stand before their Sofa.
type xmiReader struct {
	opt   labels.ReadOptions
	at    labels.Position
	docID string
	sofas []xmiSofa
	nodes map[string][]graph.Node // by Sofa
	words []schema.Span           // of tokens
	skips skips
}

type xmiSofa struct{ id, name, text string }

func parseXMI(src labels.Source, file string, opt labels.ReadOptions) (*labels.Document, error) {
	f, err := src.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	limit := opt.RecordLimit()
	limited := &io.LimitedReader{R: f, N: int64(limit) + 1}
	input := &failing{r: limited}
	dec := xml.NewDecoder(input)
	r := xmiReader{opt: opt, at: labels.Position{File: src.Display(file), Line: 1}, docID: textfile.DocID(file, ".xmi", ".xml"), nodes: map[string][]graph.Node{}, skips: skips{}}
	err = r.elements(dec)
	switch {
	case input.err != nil:
		return nil, input.err
	case limited.N == 0:
		return nil, textfile.TooLong(r.at, limit)
	case err != nil:
		return nil, err
	}
	return r.document()
}

// failing keeps the I/O error of a reader apart from errors of syntax.
type failing struct {
	r   io.Reader
	err error
}

func (f *failing) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if err != nil && err != io.EOF {
		f.err = err
	}
	return n, err
}

func (r *xmiReader) bad(line int, what, found, expected string) *labels.RecordError {
	return &labels.RecordError{At: labels.Position{File: r.at.File, Line: line}, DocID: r.docID, What: what, Found: found, Expected: expected}
}

// elements reads the file element by element, in bounded depth. Go's decoder
// knows no entities but XML's own five, so none can grow.
func (r *xmiReader) elements(dec *xml.Decoder) error {
	depth := 0
	for {
		token, err := dec.Token()
		line, _ := dec.InputPos()
		var syntax *xml.SyntaxError
		switch {
		case err == io.EOF:
			return nil
		case errors.As(err, &syntax):
			return r.bad(syntax.Line, "XML", syntax.Msg, "well-formed XML in UTF-8")
		case err != nil:
			return r.bad(line, "XML", err.Error(), "well-formed XML in UTF-8")
		}
		switch e := token.(type) {
		case xml.StartElement:
			if depth++; depth > jsontext.MaxDepth {
				return r.bad(line, "XML", fmt.Sprintf("nesting deeper than %d", jsontext.MaxDepth), "")
			}
			if depth == 2 {
				if err := r.element(e, line); err != nil {
					return err
				}
			}
		case xml.EndElement:
			depth--
		}
	}
}

func (r *xmiReader) element(e xml.StartElement, line int) error {
	feature, err := r.features(e, line)
	if err != nil {
		return err
	}
	if e.Name.Local == "Sofa" {
		r.sofas = append(r.sofas, xmiSofa{feature["xmi:id"], feature["sofaID"], feature["sofaString"]})
		return nil
	}
	if e.Name.Local == "DocumentMetaData" && feature["documentId"] != "" {
		r.docID = feature["documentId"]
	}
	_, begins := feature["begin"]
	_, ends := feature["end"]
	if !begins && !ends {
		return nil
	}
	token := strings.HasSuffix(e.Name.Local, "Token")
	if !token && !wanted(r.opt, e.Name.Local) {
		r.skips.remark(r.opt, labels.Position{File: r.at.File, Line: line}, e.Name.Local)
		return nil
	}
	begin, err1 := strconv.ParseInt(feature["begin"], 10, 32)
	end, err2 := strconv.ParseInt(feature["end"], 10, 32)
	if err1 != nil || err2 != nil || begin < 0 || end <= begin || end == math.MaxInt32 {
		return r.bad(line, e.Name.Local, fmt.Sprintf("begin=%q end=%q", feature["begin"], feature["end"]), "0 ≤ begin < end")
	}
	n := graph.Node{At: labels.Position{File: r.at.File, Line: line}, Span: schema.Span{Start: int32(begin), End: int32(end)}}
	if token {
		r.words = append(r.words, n.Span)
	}
	if !wanted(r.opt, e.Name.Local) {
		return nil
	}
	r.describe(&n, e.Name.Local, feature)
	r.nodes[feature["sofa"]] = append(r.nodes[feature["sofa"]], n)
	return nil
}

// features are the attributes of an element by name, its id as "xmi:id".
func (r *xmiReader) features(e xml.StartElement, line int) (map[string]string, error) {
	feature := make(map[string]string, len(e.Attr))
	for _, a := range e.Attr {
		if !utf8.ValidString(a.Value) {
			return nil, r.bad(line, a.Name.Local, "invalid UTF-8", "UTF-8")
		}
		if a.Name.Space == "" || a.Name.Local == "id" && feature["xmi:id"] == "" {
			name := a.Name.Local
			if a.Name.Space != "" {
				name = "xmi:id"
			}
			feature[name] = a.Value
		}
	}
	return feature, nil
}

// describe sets kind, type, actor and confidence of an annotation.
func (r *xmiReader) describe(n *graph.Node, typeName string, feature map[string]string) {
	label := first(feature, "value", "label", "category", "type", "entityType")
	if n.Kind, n.Type = graph.ParseLabel(r.opt.Ontology, label); isEventType(typeName) {
		n.Kind, n.Type = graph.EventNode, strings.TrimPrefix(label, graph.KindPrefixes[graph.EventNode])
	} else if label == "" {
		n.Kind, n.Type = graph.MentionNode, typeName
	}
	if actor := first(feature, "identifier", "id"); actor != "" && n.Kind == graph.MentionNode {
		n.Attributes = []graph.Attribute{{Name: "actor_id", Value: actor}}
	}
	if v, err := strconv.ParseFloat(first(feature, "confidence", "score"), 64); err == nil && v >= 0 && v <= 1 {
		n.Confidence = &v
	}
}

// first is the first feature of these that is not empty.
func first(feature map[string]string, names ...string) string {
	for _, name := range names {
		if v := feature[name]; v != "" {
			return v
		}
	}
	return ""
}

func (r *xmiReader) document() (*labels.Document, error) {
	var sofa *xmiSofa
	for i := range r.sofas {
		s := &r.sofas[i]
		if s.text != "" && (sofa == nil || s.name == "_InitialView" && sofa.name != "_InitialView") {
			sofa = s
		}
	}
	if sofa == nil {
		return nil, r.bad(1, "Sofa", "none with a text", "a Sofa with a sofaString")
	}
	for id, nodes := range r.nodes {
		if id != sofa.id && len(nodes) > 0 {
			r.opt.Remark(r.at, "annotations of other views left out")
			break
		}
	}
	g := &graph.Graph{Nodes: r.nodes[sofa.id]}
	x := schema.NewIndex(sofa.text)
	spans := append(g.Spans(), r.words...)
	if r.opt.Unit == nil && offsets.Ragged(x, labels.UTF16Units, spans) && !offsets.Ragged(x, labels.CodePoints, spans) {
		e := r.bad(1, "offsets", "spans that begin or end with white space in UTF-16 code units and never in Unicode code points", "UTF-16 code units")
		e.Advice = "the file seems to count code points; dataset convert --unit code-points states it"
		return nil, e
	}
	d, err := g.Document(r.docID, r.at, r.opt)
	if err == nil {
		err = offsets.Settle(r.opt, d, sofa.text, labels.UTF16Units)
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}
