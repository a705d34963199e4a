package formats

import (
	"errors"
	"fmt"
	"html"
	"io/fs"
	"iter"
	"regexp"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/schema"
)

// ACE Program Format, of ACE 2004 and 2005: one article a file NAME.apf.xml, its
// text beside it in NAME.sgm.
//
//	<source_file><document DOCID="…">
//	 <entity ID TYPE><entity_mention ID TYPE><extent><charseq START END>TEXT</charseq></extent><head>…</head></entity_mention></entity>
//	 <value ID TYPE><value_mention ID>…  <timex2 ID VAL><timex2_mention ID>…
//	 <event ID TYPE SUBTYPE …><event_mention ID><anchor>…</anchor><event_mention_argument REFID ROLE>…
//
// START and END count Unicode code points of the .sgm without its tags, the last
// one included; charseq is the surface, which proves them. Whether "&amp;" counts
// as one character is what fits the surfaces. Without the .sgm the article's text
// is taken.
//
// The entity's ID is the actor_id of its mentions, the mention's TYPE (NAM, NOM,
// PRO) the level, METONYMY_MENTION the metonym. Values and times are mentions of
// their TYPE, and TIMEX2. An event's type is its SUBTYPE, as the ontology ace2005
// has it, its ID the hopper_id. Relations, subtypes, classes, MODALITY, POLARITY,
// GENERICITY, TENSE and VAL are counted as left out.
func init() {
	labels.Register(labels.Format{
		Name: "apf", Aliases: []string{"ace"}, Title: "ACE 2004 and 2005: APF XML beside its .sgm", Unit: "unicode_code_point, inclusive end",
		Layout: labels.FilePerArticle, Extensions: []string{".xml"},
		Notes:  "Read only. The text stands in the .sgm beside the file.",
		Detect: func(_ string, head []byte) bool { return xmlRoot(head) == "source_file" },
		Read:   readAPF,
	})
}

var xmlStart = regexp.MustCompile(`<([A-Za-z_][\w.-]*)[\s/>]`)

// xmlRoot is the name of the first element in the head of an XML file.
func xmlRoot(head []byte) string {
	text := strings.TrimSpace(strings.TrimPrefix(string(head), textfile.BOM))
	if !strings.HasPrefix(text, "<") {
		return ""
	}
	for strings.HasPrefix(text, "<?") || strings.HasPrefix(text, "<!") {
		end := ">"
		if strings.HasPrefix(text, "<!--") {
			end = "-->"
		}
		_, rest, _ := strings.Cut(text, end)
		text = strings.TrimSpace(rest)
	}
	if m := xmlStart.FindStringSubmatchIndex(text); m != nil && m[0] == 0 {
		return text[m[2]:m[3]]
	}
	return ""
}

// eachXML reads the XML files of a source, those with the ending where there
// are any in a folder.
func eachXML(src labels.Source, opt labels.ReadOptions, ending string, yield func(*labels.Document, error) bool, read func(file string, root *xmlElement) (*labels.Document, error)) {
	files, err := src.Files(".xml")
	if err != nil {
		yield(nil, err)
		return
	}
	some := false
	for _, f := range files {
		some = some || strings.HasSuffix(f, ending)
	}
	for _, file := range files {
		if some && !strings.HasSuffix(file, ending) {
			continue // the article itself, or something else
		}
		root, err := readXMLTree(src, file, opt)
		var d *labels.Document
		if err == nil {
			d, err = read(file, root)
		}
		if !yield(d, err) || err != nil && !labels.IsRecordError(err) {
			return
		}
	}
}

func readAPF(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		eachXML(src, opt, ".apf.xml", yield, func(file string, root *xmlElement) (*labels.Document, error) {
			r := apfReader{opt: opt, file: src.Display(file), g: &graph.Graph{}, mentions: map[string]int{}}
			document := root.first("document")
			if root.name != "source_file" || document == nil {
				return nil, r.bad(root, "document", "none", "<source_file><document DOCID=…>")
			}
			if r.docID = document.attr["DOCID"]; r.docID == "" {
				r.docID = textfile.DocID(file, ".apf.xml", ".xml")
			}
			if err := r.document(document); err != nil {
				return nil, err
			}
			text, err := textfile.Read(src, strings.TrimSuffix(strings.TrimSuffix(file, ".xml"), ".apf")+".sgm", opt)
			at := labels.Position{File: r.file, Line: 1}
			switch {
			case errors.Is(err, fs.ErrNotExist):
				return settledIn(r.g, r.docID, at, opt, articleText(opt, r.docID, r.file)...)
			case err != nil:
				return nil, err
			}
			plain := sgmlTag.ReplaceAllString(text, "")
			return settledIn(r.g, r.docID, at, opt, plain, html.UnescapeString(plain))
		})
	}
}

var sgmlTag = regexp.MustCompile(`<[^>]*>`)

// articleText is the text of the article of an id, or nothing.
func articleText(opt labels.ReadOptions, docID, file string) []string {
	if _, x := opt.Article(labels.Clue{DocID: docID, File: file}); x != nil {
		return []string{x.Text()}
	}
	return nil
}

// apfReader reads one file.
type apfReader struct {
	opt      labels.ReadOptions
	file     string
	docID    string
	g        *graph.Graph
	mentions map[string]int // node by ID
}

func (r *apfReader) at(e *xmlElement) labels.Position {
	return labels.Position{File: r.file, Line: e.line}
}

func (r *apfReader) bad(e *xmlElement, what, found, expected string) error {
	return &labels.RecordError{At: r.at(e), DocID: r.docID, What: what, Found: found, Expected: expected}
}

func (r *apfReader) document(document *xmlElement) error {
	for _, e := range document.children {
		var err error
		switch e.name {
		case "entity":
			err = r.entity(e)
		case "value", "timex2":
			err = r.value(e)
		}
		if err != nil {
			return err
		}
	}
	for _, e := range document.children {
		switch e.name {
		case "event":
			if err := r.event(e); err != nil {
				return err
			}
		case "relation":
			r.opt.LeaveOut(r.at(e), "relation "+e.attr["TYPE"], e.attr["ID"])
		}
	}
	return nil
}

// leave counts attributes that no label has.
func (r *apfReader) leave(e *xmlElement, names ...string) {
	for _, name := range names {
		if v := e.attr[name]; v != "" {
			r.opt.LeaveOut(r.at(e), fmt.Sprintf("attribute %q", name), v+" of "+e.attr["ID"])
		}
	}
}

// charseq is the place and surface of an extent, a head or an anchor.
func (r *apfReader) charseq(e *xmlElement, part string) (schema.Span, string, error) {
	c := e.first(part, "charseq")
	if c == nil {
		return schema.NoSpan, "", r.bad(e, e.name+" "+e.attr["ID"], "no "+part, "<"+part+"><charseq START END>")
	}
	text := c.content()
	if c.attr["START"] == "" && c.attr["END"] == "" && text != "" {
		return schema.NoSpan, text, nil
	}
	start, err1 := strconv.ParseInt(c.attr["START"], 10, 32)
	end, err2 := strconv.ParseInt(c.attr["END"], 10, 32)
	if err1 != nil || err2 != nil || start < 0 || end < start || end >= 1<<31-2 {
		return schema.NoSpan, "", r.bad(c, "charseq of "+e.attr["ID"], fmt.Sprintf("START=%q END=%q", c.attr["START"], c.attr["END"]), "0 ≤ START ≤ END")
	}
	return schema.Span{Start: int32(start), End: int32(end) + 1}, text, nil
}

func (r *apfReader) add(e *xmlElement, part string, n graph.Node) error {
	var err error
	if n.Span, n.Text, err = r.charseq(e, part); err != nil {
		return err
	}
	n.ID, n.At = e.attr["ID"], r.at(e)
	r.mentions[n.ID] = len(r.g.Nodes)
	r.g.Nodes = append(r.g.Nodes, n)
	return nil
}

func (r *apfReader) entity(e *xmlElement) error {
	r.leave(e, "SUBTYPE", "CLASS")
	for _, m := range e.all("entity_mention") {
		n := graph.Node{Type: e.attr["TYPE"]}
		if id := e.attr["ID"]; id != "" {
			n.Attributes = append(n.Attributes, graph.Attribute{Name: "actor_id", Value: id})
		}
		if level := m.attr["TYPE"]; level != "" {
			n.Attributes = append(n.Attributes, graph.Attribute{Name: "level", Value: level})
		}
		if m.attr["METONYMY_MENTION"] == "TRUE" {
			n.Attributes = append(n.Attributes, graph.Attribute{Name: "metonym", Value: "true"})
		}
		r.leave(m, "ROLE")
		at := len(r.g.Nodes)
		if err := r.add(m, "extent", n); err != nil {
			return err
		}
		if m.first("head") == nil {
			continue
		}
		head, text, err := r.charseq(m, "head")
		if err != nil {
			return err
		}
		if head.IsSet() {
			r.g.Arcs = append(r.g.Arcs, graph.Arc{From: at, To: len(r.g.Nodes), Label: graph.ArcHead, At: r.at(m)})
			r.g.Nodes = append(r.g.Nodes, graph.Node{Kind: graph.HeadNode, Span: head, Text: text, At: r.at(m)})
		}
	}
	return nil
}

// value reads values and times.
func (r *apfReader) value(e *xmlElement) error {
	typ := e.attr["TYPE"]
	if e.name == "timex2" {
		typ = "TIMEX2"
	}
	r.leave(e, "SUBTYPE", "VAL", "MOD", "ANCHOR_VAL", "ANCHOR_DIR", "SET", "NON_SPECIFIC")
	for _, m := range e.all(e.name + "_mention") {
		if err := r.add(m, "extent", graph.Node{Type: typ}); err != nil {
			return err
		}
	}
	return nil
}

func (r *apfReader) event(e *xmlElement) error {
	r.leave(e, "MODALITY", "POLARITY", "GENERICITY", "TENSE")
	typ := e.attr["SUBTYPE"]
	if typ == "" {
		typ = e.attr["TYPE"]
	}
	for _, m := range e.all("event_mention") {
		n := graph.Node{Kind: graph.EventNode, Type: typ}
		if id := e.attr["ID"]; id != "" {
			n.Attributes = []graph.Attribute{{Name: "hopper_id", Value: id}}
		}
		trigger := len(r.g.Nodes)
		if err := r.add(m, "anchor", n); err != nil {
			return err
		}
		for _, a := range m.all("event_mention_argument") {
			to, known := r.mentions[a.attr["REFID"]]
			if !known {
				return r.bad(a, "REFID of an argument of "+m.attr["ID"], strconv.Quote(a.attr["REFID"]), "the ID of a mention")
			}
			r.g.Arcs = append(r.g.Arcs, graph.Arc{From: trigger, To: to, Label: a.attr["ROLE"], At: r.at(a)})
		}
	}
	return nil
}
