package formats

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/schema"
)

// biocWritten is an article as a document of one passage. breaks reports
// characters that the form has not.
func biocWritten(d *labels.Document, opt labels.WriteOptions, breaks func(rune) bool) (*biocDocument, error) {
	x, err := graph.Text(opt, d.DocID)
	if err != nil {
		return nil, err
	}
	if i := strings.IndexFunc(x.Text(), breaks); i >= 0 {
		return nil, fmt.Errorf("document %q: its text has %q, which XML cannot hold", d.DocID, []rune(x.Text()[i:])[0])
	}
	if strings.ContainsFunc(d.DocID, breaks) {
		return nil, fmt.Errorf("doc_id %q: found a character that XML cannot hold", d.DocID)
	}
	g, err := graph.New(opt, d, x, graph.Holds{Attributes: graph.Attributes, Confidence: true, Fragments: true, Arcs: true, Ids: true})
	if err != nil {
		return nil, err
	}
	g.KeepAttributes(func(_ *graph.Node, a graph.Attribute) bool {
		return !(slices.Contains(webannoLists, a.Name) && strings.Contains(a.Value, ";")) && !strings.ContainsFunc(a.Value, breaks)
	})
	g.Keep(nil, func(a *graph.Arc) bool { return !strings.ContainsFunc(a.Label, breaks) })
	p := biocPassage{Type: "BioCPassage", Infons: biocInfons{}, Text: x.Text(), Sentences: []biocPassage{}, Annotations: []biocAnnotation{}, Relations: []biocRelation{}}
	for i := range g.Nodes {
		n := &g.Nodes[i]
		if strings.ContainsFunc(n.Type, breaks) {
			g.Lose(n.Owner, "type")
			n.Type = ""
		}
		if strings.ContainsFunc(n.ID, breaks) {
			if n.Kind <= graph.EventNode {
				g.Lose(n.Owner, n.Field+"_id")
			}
			n.ID = "n" + strconv.Itoa(i+1) + "-" + graph.MadeID(n.Kind, i+1)
		}
		p.Annotations = append(p.Annotations, biocNodeOf(n, x))
	}
	events := map[int]*biocRelation{}
	var order []int
	for _, a := range g.Arcs {
		if events[a.From] == nil {
			order = append(order, a.From)
			events[a.From] = &biocRelation{ID: jsontext.Text("R" + strconv.Itoa(len(order))), Infons: biocInfons{"type": g.Nodes[a.From].Label()},
				Nodes: []biocNode{{jsontext.Text(g.Nodes[a.From].ID), "trigger"}}}
		}
		events[a.From].Nodes = append(events[a.From].Nodes, biocNode{jsontext.Text(g.Nodes[a.To].ID), a.Label})
	}
	for _, from := range order {
		p.Relations = append(p.Relations, *events[from])
	}
	return &biocDocument{Type: "BioCDocument", ID: jsontext.Text(d.DocID), Infons: biocInfons{}, Passages: []biocPassage{p}, Annotations: []biocAnnotation{}, Relations: []biocRelation{}}, nil
}

// biocNodeOf is a node as an annotation.
func biocNodeOf(n *graph.Node, x *schema.Index) biocAnnotation {
	a := biocAnnotation{ID: jsontext.Text(n.ID), Infons: biocInfons{"type": n.Label()}}
	var pieces []string
	for _, s := range nodePieces(n) {
		text, _ := x.Slice(s)
		pieces = append(pieces, text)
		a.Locations = append(a.Locations, biocLocation{s.Start, s.Len()})
	}
	a.Text = strings.Join(pieces, " ")
	for _, v := range n.Attributes {
		name := v.Name
		if name == "actor_id" {
			name = "identifier"
		}
		if before, has := a.Infons[name]; has {
			v.Value = before + ";" + v.Value
		}
		a.Infons[name] = v.Value
	}
	if n.Confidence != nil {
		a.Infons["confidence"] = strconv.FormatFloat(*n.Confidence, 'g', -1, 64)
	}
	return a
}

func writeBioCJSON(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	return out.WriteFile("", func(w io.Writer) error {
		before := `{"bioctype":"BioCCollection","source":"","date":"","key":"","version":"1.0","infons":{},"documents":[` + "\n"
		for d := range docs {
			doc, err := biocWritten(d, opt, func(rune) bool { return false })
			if err != nil {
				return err
			}
			b, err := jsontext.Marshal(doc)
			if err != nil {
				return err
			}
			if _, err := fmt.Fprintf(w, "%s%s", before, b[:len(b)-1]); err != nil {
				return err
			}
			before = ",\n"
		}
		if before != ",\n" {
			if _, err := io.WriteString(w, before); err != nil {
				return err
			}
		}
		_, err := io.WriteString(w, "\n]}\n")
		return err
	})
}

func writeBioCXML(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	return out.WriteFile("", func(w io.Writer) error {
		if _, err := io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?>`+"\n<collection><source></source><date></date><key></key>\n"); err != nil {
			return err
		}
		for d := range docs {
			doc, err := biocWritten(d, opt, xmiBreaks)
			if err != nil {
				return err
			}
			if _, err := io.WriteString(w, doc.xml()); err != nil {
				return err
			}
		}
		_, err := io.WriteString(w, "</collection>\n")
		return err
	})
}

// xml is a document of one passage as XML.
func (d *biocDocument) xml() string {
	var b strings.Builder
	infons := func(m biocInfons) {
		for _, k := range sortedKeys(m) {
			fmt.Fprintf(&b, `<infon key="%s">%s</infon>`, xmlValue(k), xmlValue(m[k]))
		}
	}
	p := d.Passages[0]
	fmt.Fprintf(&b, "<document><id>%s</id>\n<passage><offset>0</offset><text>%s</text>\n", xmlValue(string(d.ID)), xmlValue(p.Text))
	for _, a := range p.Annotations {
		fmt.Fprintf(&b, `<annotation id="%s">`, xmlValue(string(a.ID)))
		infons(a.Infons)
		for _, l := range a.Locations {
			fmt.Fprintf(&b, `<location offset="%d" length="%d"/>`, l.Offset, l.Length)
		}
		fmt.Fprintf(&b, "<text>%s</text></annotation>\n", xmlValue(a.Text))
	}
	for _, r := range p.Relations {
		fmt.Fprintf(&b, `<relation id="%s">`, xmlValue(string(r.ID)))
		infons(r.Infons)
		for _, n := range r.Nodes {
			fmt.Fprintf(&b, `<node refid="%s" role="%s"/>`, xmlValue(string(n.RefID)), xmlValue(n.Role))
		}
		b.WriteString("</relation>\n")
	}
	b.WriteString("</passage></document>\n")
	return b.String()
}
