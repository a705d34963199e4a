package formats

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/schema"
)

// GATE XML: one article a file, its text with numbered nodes in it and sets of
// annotations between nodes.
//
//	<GateDocument><TextWithNodes><Node id="0"/>TEXT<Node id="5"/>…</TextWithNodes>
//	 <AnnotationSet Name="…"?><Annotation Id Type StartNode EndNode><Feature><Name>…</Name><Value>…</Value></Feature>…
//
// A node's place in the text is the place, in Unicode code points; its number,
// which counts UTF-16 code units in Java, is only its name.
//
// A set is what one annotator or program did. Read is the one that
// [labels.ReadOptions].Annotator names, else that without a name if it has
// labels, else the first that has. Types of segmentation and grammar, look-ups
// and the set "Original markups" are no labels; --types names others. The type is
// the label, an event where the ontology has it; features that a mention or event
// has are read, "inst" and "identifier" as the actor_id, others counted as left out.
func init() {
	labels.Register(labels.Format{
		Name: "gate", Title: "GATE XML: a text with nodes and sets of annotations", Unit: "node",
		Layout: labels.FilePerArticle, Extensions: []string{".xml"},
		Notes:  "Read only. One set of annotations is read.",
		Detect: func(_ string, head []byte) bool { return xmlRoot(head) == "GateDocument" },
		Read:   readGATE,
	})
}

// gateNoLabels are types of annotations of GATE's own pipelines that are none.
var gateNoLabels = []string{"Token", "SpaceToken", "Sentence", "Split", "Lookup", "paragraph", "Document"}

func readGATE(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		eachXML(src, opt, ".xml", yield, func(file string, root *xmlElement) (*labels.Document, error) {
			g := gateReader{apfReader{opt: opt, file: src.Display(file), docID: textfile.DocID(file, ".xml"), g: &graph.Graph{}}, map[string]int32{}}
			if root.name != "GateDocument" || root.first("TextWithNodes") == nil {
				return nil, g.bad(root, "XML", "<"+root.name+">", "<GateDocument> with <TextWithNodes>")
			}
			text := g.text(root.first("TextWithNodes"))
			if err := g.annotations(g.chosen(root.all("AnnotationSet"))); err != nil {
				return nil, err
			}
			d, err := g.g.Document(g.docID, labels.Position{File: g.file, Line: 1}, opt)
			own := opt
			own.Unit = nil // nodes have no unit
			if err == nil {
				err = offsets.Settle(own, d, text, labels.CodePoints)
			}
			if err != nil {
				return nil, err
			}
			return d, nil
		})
	}
}

// gateReader reads one file.
type gateReader struct {
	apfReader
	nodes map[string]int32 // code point that a node stands before
}

// text takes the nodes out of the text.
func (g *gateReader) text(e *xmlElement) string {
	var b strings.Builder
	at := int32(0)
	for _, c := range e.children {
		if c.name == "Node" {
			g.nodes[c.attr["id"]] = at
			continue
		}
		content := c.content()
		b.WriteString(content)
		at += int32(utf8.RuneCountInString(content))
	}
	return b.String()
}

func (g *gateReader) label(a *xmlElement) bool {
	typ := a.attr["Type"]
	if g.opt.Types != nil {
		return hasSuffix(typ, g.opt.Types...)
	}
	return !slices.Contains(gateNoLabels, typ)
}

// chosen is the set that is read; the others are said.
func (g *gateReader) chosen(sets []*xmlElement) *xmlElement {
	has := func(s *xmlElement) bool {
		return s.attr["Name"] != "Original markups" && slices.ContainsFunc(s.all("Annotation"), g.label)
	}
	var best *xmlElement
	for _, s := range sets {
		name := s.attr["Name"]
		switch {
		case g.opt.Annotator != "":
			if name == g.opt.Annotator {
				best = s
			}
		case has(s) && (best == nil || name == "" && best.attr["Name"] != ""):
			best = s
		}
	}
	for _, s := range sets {
		if s != best && has(s) {
			g.opt.LeaveOut(g.at(s), "set of annotations of the name "+strconv.Quote(s.attr["Name"]), fmt.Sprintf("with %d", len(s.all("Annotation"))))
		}
	}
	return best
}

func (g *gateReader) annotations(set *xmlElement) error {
	for _, a := range set.all("Annotation") {
		if !g.label(a) {
			continue
		}
		what := "annotation " + a.attr["Id"]
		start, ok1 := g.nodes[a.attr["StartNode"]]
		end, ok2 := g.nodes[a.attr["EndNode"]]
		switch {
		case !ok1 || !ok2 || end < start:
			return g.bad(a, what, fmt.Sprintf("StartNode=%q EndNode=%q", a.attr["StartNode"], a.attr["EndNode"]), "two nodes of the text in their order")
		case start == end:
			g.opt.LeaveOut(g.at(a), "annotation without text", a.attr["Type"]+" "+a.attr["Id"])
			continue
		}
		n := graph.Node{Span: schema.Span{Start: start, End: end}, At: g.at(a)}
		n.Kind, n.Type = graph.ParseLabel(g.opt.Ontology, a.attr["Type"])
		if id := a.attr["Id"]; id != "" && n.Kind <= graph.EventNode {
			n.ID = map[graph.NodeKind]string{graph.MentionNode: "m", graph.EventNode: "e"}[n.Kind] + id
		}
		for _, f := range a.all("Feature") {
			name, value := textOf(f, "Name"), textOf(f, "Value")
			if name == "inst" || name == "identifier" {
				name = "actor_id"
			}
			if value != "" {
				n.Attributes = append(n.Attributes, graph.Attribute{Name: name, Value: value})
			}
		}
		g.g.Nodes = append(g.g.Nodes, n)
	}
	return nil
}
