package formats

import (
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/schema"
)

// xmiTypeSystem is the file that describes the types that are written.
const xmiTypeSystem = "TypeSystem.xml"

func writeXMI(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	some := false
	for d := range docs {
		text, err := appendXMI(d, opt)
		if err != nil {
			return err
		}
		if err := out.WriteFile(d.DocID+".xmi", func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		}); err != nil {
			return err
		}
		some = true
	}
	if !some {
		return nil
	}
	return out.WriteFile(xmiTypeSystem, func(w io.Writer) error {
		_, err := io.WriteString(w, typeSystem())
		return err
	})
}

// xmiWriter writes one article.
type xmiWriter struct {
	*graph.Graph
	b       strings.Builder
	x       *schema.Index
	id      int // the last one given
	members []string
	links   []string
}

// xmiBreaks reports whether XML 1.0 has no such character.
func xmiBreaks(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == '\uFFFE' || r == '\uFFFF'
}

func appendXMI(d *labels.Document, opt labels.WriteOptions) (string, error) {
	x, err := graph.Text(opt, d.DocID)
	if err != nil {
		return "", err
	}
	if i := strings.IndexFunc(x.Text(), xmiBreaks); i >= 0 {
		return "", fmt.Errorf("document %q: its text has %q, which XML cannot hold", d.DocID, []rune(x.Text()[i:])[0])
	}
	g, err := graph.New(opt, d, x, graph.Holds{Attributes: graph.Attributes, Confidence: true, Arcs: true, Ids: true})
	if err != nil {
		return "", err
	}
	g.KeepAttributes(func(_ *graph.Node, a graph.Attribute) bool {
		return !(slices.Contains(webannoLists, a.Name) && strings.Contains(a.Value, ";")) && !strings.ContainsFunc(a.Value, xmiBreaks)
	})
	w := xmiWriter{Graph: g, x: x, id: 1}
	w.b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" +
		`<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:meta="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore"` +
		` xmlns:segmentation="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0">` + "\n" +
		`<cas:NULL xmi:id="0"/>` + "\n")
	w.annotation("meta:DocumentMetaData", schema.Span{End: x.Len()}, [2]string{"documentId", d.DocID})
	w.segmentation()
	first := w.id
	w.id += len(g.Nodes)
	arcs := map[int][]*graph.Arc{}
	for i := range g.Arcs {
		arcs[g.Arcs[i].From] = append(arcs[g.Arcs[i].From], &g.Arcs[i])
	}
	for i := range g.Nodes {
		w.node(i, first, arcs[i])
	}
	for _, l := range w.links {
		w.b.WriteString(l)
	}
	fmt.Fprintf(&w.b, `<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text/plain" sofaString="%s"/>`+"\n", xmlValue(x.Text()))
	fmt.Fprintf(&w.b, `<cas:View sofa="1" members="%s"/>`+"\n</xmi:XMI>\n", strings.Join(w.members, " "))
	return w.b.String(), nil
}

// segmentation writes tokens and sentences, which INCEpTION shows texts by.
func (w *xmiWriter) segmentation() {
	tokens := segment.Tokens(w.x, w.Spans())
	for _, s := range segment.Sentences(w.x, tokens, w.Spans()) {
		w.annotation("segmentation:Sentence", schema.Span{Start: tokens[s[0]].Start, End: tokens[s[1]-1].End})
		for _, t := range tokens[s[0]:s[1]] {
			w.annotation("segmentation:Token", t)
		}
	}
}

// annotation writes an element with the next id.
func (w *xmiWriter) annotation(name string, s schema.Span, features ...[2]string) {
	w.id++
	w.element(w.id, name, s, features)
}

func (w *xmiWriter) element(id int, name string, s schema.Span, features [][2]string) {
	begin, _ := w.x.UTF16(s.Start)
	end, _ := w.x.UTF16(s.End)
	fmt.Fprintf(&w.b, `<%s xmi:id="%d" sofa="1" begin="%d" end="%d"`, name, id, begin, end)
	for _, f := range features {
		fmt.Fprintf(&w.b, ` %s="%s"`, f[0], xmlValue(f[1]))
	}
	w.b.WriteString("/>\n")
	w.members = append(w.members, strconv.Itoa(id))
}

// node writes a mention, an event or a part; first is the id before those of
// the nodes.
func (w *xmiWriter) node(i, first int, arcs []*graph.Arc) {
	n := &w.Nodes[i]
	if n.Kind <= graph.EventNode && strings.ContainsFunc(n.ID, xmiBreaks) {
		w.Lose(n.Owner, n.Field+"_id")
		n.ID = graph.MadeID(n.Kind, i+1)
	}
	if strings.ContainsFunc(n.Type, xmiBreaks) {
		w.Lose(n.Owner, "type")
		n.Type = ""
	}
	layer := webannoLayer(n.Kind)
	var features [][2]string
	for _, f := range webannoFeatures[layer] {
		if v := webannoFeature(n, f); v != "" {
			features = append(features, [2]string{f, v})
		}
	}
	var slots []string
	for _, a := range arcs {
		if strings.ContainsFunc(a.Label, xmiBreaks) {
			w.Lose(a.Owner, a.Field)
			continue
		}
		w.id++
		slots = append(slots, strconv.Itoa(w.id))
		link, _ := webannoSlot(layer)
		w.links = append(w.links, fmt.Sprintf(`<custom:%s xmi:id="%d" role="%s" target="%d"/>`+"\n",
			strings.TrimPrefix(link, "webanno.custom."), w.id, xmlValue(a.Label), first+1+a.To))
	}
	if len(slots) > 0 {
		_, feature := webannoSlot(layer)
		features = append(features, [2]string{feature, strings.Join(slots, " ")})
	}
	w.element(first+1+i, "custom:"+strings.TrimPrefix(layer, "webanno.custom."), n.Span, features)
}

// webannoSlot is the type of the links of a layer and the feature that lists them.
func webannoSlot(layer string) (link, feature string) {
	if layer == webannoMention {
		return layer + "PartsLink", "parts"
	}
	return layer + "ArgumentsLink", "arguments"
}

// xmlValue is a text as the value of an attribute.
func xmlValue(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder takes all
	return b.String()
}

// typeSystem describes the types that are written.
func typeSystem() string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">` + "\n<types>\n")
	describe := func(name, super string, features ...[3]string) {
		fmt.Fprintf(&b, "<typeDescription><name>%s</name><description/><supertypeName>%s</supertypeName><features>\n", name, super)
		for _, f := range features {
			fmt.Fprintf(&b, "<featureDescription><name>%s</name><description/><rangeTypeName>%s</rangeTypeName>", f[0], f[1])
			if f[2] != "" {
				fmt.Fprintf(&b, "<elementType>%s</elementType><multipleReferencesAllowed>false</multipleReferencesAllowed>", f[2])
			}
			b.WriteString("</featureDescription>\n")
		}
		b.WriteString("</features></typeDescription>\n")
	}
	const segmentation = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type."
	describe("de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData", "uima.tcas.DocumentAnnotation", [3]string{"documentId", "uima.cas.String"})
	describe(segmentation+"Sentence", webannoAny)
	describe(segmentation+"Token", webannoAny)
	for _, layer := range []string{webannoMention, webannoEvent, webannoPart} {
		var features [][3]string
		for _, f := range webannoFeatures[layer] {
			kind := "uima.cas.String"
			if f == "confidence" {
				kind = "uima.cas.Double"
			}
			features = append(features, [3]string{f, kind})
		}
		if layer != webannoPart {
			link, feature := webannoSlot(layer)
			target := webannoAny
			if layer == webannoMention {
				target = webannoPart
			}
			describe(link, "uima.cas.TOP", [3]string{"role", "uima.cas.String"}, [3]string{"target", target})
			features = append(features, [3]string{feature, "uima.cas.FSArray", link})
		}
		describe(layer, webannoAny, features...)
	}
	b.WriteString("</types>\n</typeSystemDescription>\n")
	return b.String()
}
