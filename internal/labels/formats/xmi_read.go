package formats

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"path"
	"slices"
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

func readXMI(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		files, err := projectFiles(src, opt, ".xmi", ".xml")
		if err != nil {
			yield(nil, err)
			return
		}
		for _, file := range files {
			d, err := parseXMI(src, file, opt)
			if errors.Is(err, errTypeSystem) {
				continue
			}
			if !yield(d, err) || err != nil && !labels.IsRecordError(err) {
				return
			}
		}
	}
}

// errTypeSystem says that a file describes types and has no annotations.
var errTypeSystem = errors.New("a type system")

// xmiReader collects one file; annotations may stand before their Sofa.
type xmiReader struct {
	opt   labels.ReadOptions
	at    labels.Position
	docID string
	named bool // the folder says the doc_id
	sofas []xmiSofa
	items []xmiItem
	links map[string]xmiLink
	words []schema.Span // of tokens

	depth int
	open  bool             // the element is the last of the items
	text  *strings.Builder // of an element inside an element: one value of a feature
}

type xmiSofa struct{ id, name, text string }

// xmiItem is an annotation, or a relation between two.
type xmiItem struct {
	id, sofa, name string
	features       []graph.Attribute
	span           schema.Span
	from, to       string // of a relation
	at             labels.Position
	wanted         bool
}

// xmiLink is an element of a slot.
type xmiLink struct{ role, target string }

func parseXMI(src labels.Source, file projectFile, opt labels.ReadOptions) (*labels.Document, error) {
	f, err := src.Open(file.path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	limit := opt.RecordLimit()
	limited := &io.LimitedReader{R: f, N: int64(limit) + 1}
	input := &failing{r: limited}
	dec := xml.NewDecoder(input)
	r := xmiReader{opt: opt, at: labels.Position{File: src.Display(file.path), Line: 1}, docID: file.docID, named: file.docID != "", links: map[string]xmiLink{}}
	if !r.named {
		r.docID = textfile.DocID(file.path, ".xmi", ".xml")
	}
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
		if err := r.token(token, line); err != nil {
			return err
		}
	}
}

func (r *xmiReader) token(token xml.Token, line int) error {
	switch e := token.(type) {
	case xml.StartElement:
		r.depth++
		switch {
		case r.depth > jsontext.MaxDepth:
			return r.bad(line, "XML", fmt.Sprintf("nesting deeper than %d", jsontext.MaxDepth), "")
		case r.depth == 1 && e.Name.Local == "typeSystemDescription":
			return errTypeSystem
		case r.depth == 2:
			n := len(r.items)
			err := r.element(e, line)
			r.open = len(r.items) > n
			return err
		case r.depth == 3:
			r.text = &strings.Builder{}
		}
	case xml.CharData:
		if r.text != nil {
			r.text.Write(e)
		}
	case xml.EndElement:
		if r.depth--; r.depth == 2 && r.text != nil {
			if n := len(r.items); r.open { // one of the values of a list
				r.items[n-1].features = append(r.items[n-1].features, graph.Attribute{Name: e.Name.Local, Value: r.text.String()})
			}
			r.text = nil
		}
	}
	return nil
}

// typeName is the full name of the type that an element stands for: the
// namespace http:///a/b/c.ecore and the name X make a.b.c.X.
func typeName(name xml.Name) string {
	space, ok := strings.CutPrefix(name.Space, "http:///")
	if space, ok2 := strings.CutSuffix(space, ".ecore"); ok && ok2 {
		return strings.ReplaceAll(space, "/", ".") + "." + name.Local
	}
	return name.Local
}

func (r *xmiReader) element(e xml.StartElement, line int) error {
	item := xmiItem{name: typeName(e.Name), at: labels.Position{File: r.at.File, Line: line}}
	feature := make(map[string]string, len(e.Attr))
	for _, a := range e.Attr {
		switch {
		case !utf8.ValidString(a.Value):
			return r.bad(line, a.Name.Local, "invalid UTF-8", "UTF-8")
		case a.Name.Space != "" && a.Name.Local == "id":
			item.id = a.Value
		case a.Name.Space == "":
			if feature[a.Name.Local] = a.Value; !slices.Contains(xmiOwn, a.Name.Local) {
				item.features = append(item.features, graph.Attribute{Name: a.Name.Local, Value: a.Value})
			}
		}
	}
	return r.structure(item, feature, e.Name.Local, line)
}

// structure takes a feature structure of any form: the text, the document's
// name, an element of a slot, an annotation or a relation. local is its type's name
// without the package.
func (r *xmiReader) structure(item xmiItem, feature map[string]string, local string, line int) error {
	item.sofa, item.from, item.to = feature["sofa"], feature["Governor"], feature["Dependent"]
	_, begins := feature["begin"]
	_, ends := feature["end"]
	switch {
	case local == "Sofa":
		r.sofas = append(r.sofas, xmiSofa{item.id, feature["sofaID"], feature["sofaString"]})
		return nil
	case local == "DocumentMetaData":
		r.name(feature)
		return nil
	case !begins && !ends:
		if target := feature["target"]; target != "" {
			r.links[item.id] = xmiLink{feature["role"], target}
		} else if !hasPrefix(item.name, builtIn...) && !isSegmentation(item.name) {
			r.opt.LeaveOut(item.at, "structure of the type "+item.name, "")
		}
		return nil
	}
	begin, err1 := strconv.ParseInt(feature["begin"], 10, 32)
	end, err2 := strconv.ParseInt(feature["end"], 10, 32)
	token := strings.HasSuffix(item.name, "Token")
	item.wanted = wanted(r.opt, item.name)
	if !token && !item.wanted {
		if !isSegmentation(item.name) {
			r.opt.LeaveOut(item.at, "annotation of the type "+item.name, "")
		}
		return nil
	}
	if err1 != nil || err2 != nil || begin < 0 || end < begin || end == math.MaxInt32 {
		return r.bad(line, local, fmt.Sprintf("begin=%q end=%q", feature["begin"], feature["end"]), "0 ≤ begin < end")
	}
	item.span = schema.Span{Start: int32(begin), End: int32(end)}
	if token && begin < end {
		r.words = append(r.words, item.span)
	}
	if item.wanted {
		r.items = append(r.items, item)
	}
	return nil
}

// xmiOwn are the attributes of an element that are no features of a label.
var xmiOwn = []string{"sofa", "begin", "end", "Governor", "Dependent"}

// name takes the doc_id from what the file says of its document.
func (r *xmiReader) name(feature map[string]string) {
	title := feature["documentTitle"]
	switch {
	case r.named:
	case title != "" && path.Base(feature["documentUri"]) == title:
		r.docID = documentName(title)
	case feature["documentId"] != "":
		r.docID = feature["documentId"]
	}
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
	g, err := r.graph(sofa.id)
	if err != nil {
		return nil, err
	}
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
