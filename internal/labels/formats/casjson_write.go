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
	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/schema"
)

// casFields is an object of JSON; its keys are written in their order, % before
// @ before letters.
type casFields map[string]any

// casFile is a file in the order in which it is read.
type casFile struct {
	Types      casFields   `json:"%TYPES"`
	Structures []casFields `json:"%FEATURE_STRUCTURES"`
	Views      casFields   `json:"%VIEWS"`
}

func writeCASJSON(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	for d := range docs {
		cas, err := casOf(d, opt)
		if err != nil {
			return err
		}
		b, err := jsontext.Marshal(cas)
		if err != nil {
			return fmt.Errorf("document %q: %w", d.DocID, err)
		}
		if err := out.WriteFile(d.DocID+".json", func(w io.Writer) error {
			_, err := w.Write(b)
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// casWriter writes one article.
type casWriter struct {
	*graph.Graph
	x       *schema.Index
	list    []casFields
	members []int
}

func casOf(d *labels.Document, opt labels.WriteOptions) (*casFile, error) {
	x, err := graph.Text(opt, d.DocID)
	if err != nil {
		return nil, err
	}
	g, err := graph.New(opt, d, x, graph.Holds{Attributes: graph.Attributes, Confidence: true, Arcs: true, Ids: true})
	if err != nil {
		return nil, err
	}
	g.KeepAttributes(func(_ *graph.Node, a graph.Attribute) bool {
		return !slices.Contains(webannoLists, a.Name) || !strings.Contains(a.Value, ";")
	})
	w := casWriter{Graph: g, x: x}
	w.list = append(w.list, casFields{"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text/plain", "sofaString": x.Text()})
	w.annotation("de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData", schema.Span{End: x.Len()}, casFields{"documentId": d.DocID})
	tokens := segment.Tokens(x, g.Spans())
	for _, s := range segment.Sentences(x, tokens, g.Spans()) {
		w.annotation(casSegmentation+"Sentence", schema.Span{Start: tokens[s[0]].Start, End: tokens[s[1]-1].End}, nil)
		for _, t := range tokens[s[0]:s[1]] {
			w.annotation(casSegmentation+"Token", t, nil)
		}
	}
	first := len(w.list) + 1
	for i := range g.Nodes {
		w.node(&g.Nodes[i])
	}
	w.links(first)
	return &casFile{casTypes(), w.list, casFields{"_InitialView": casFields{"%SOFA": 1, "%MEMBERS": w.members}}}, nil
}

const casSegmentation = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type."

// annotation adds a structure with a span.
func (w *casWriter) annotation(name string, s schema.Span, features casFields) {
	begin, _ := w.x.UTF16(s.Start)
	end, _ := w.x.UTF16(s.End)
	f := casFields{"%ID": len(w.list) + 1, "%TYPE": name, "@sofa": 1, "begin": begin, "end": end}
	for k, v := range features {
		f[k] = v
	}
	w.members = append(w.members, len(w.list)+1)
	w.list = append(w.list, f)
}

func (w *casWriter) node(n *graph.Node) {
	layer := webannoLayer(n.Kind)
	features := casFields{}
	for _, name := range webannoFeatures[layer] {
		v := webannoFeature(n, name)
		if number, err := strconv.ParseFloat(v, 64); name == "confidence" && err == nil {
			features[name] = number
		} else if v != "" {
			features[name] = v
		}
	}
	w.annotation(layer, n.Span, features)
}

// links adds the arguments of each node and the array that lists them; first is
// the id of the first node.
func (w *casWriter) links(first int) {
	slots := map[int][]int{}
	for _, a := range w.Arcs {
		link, _ := webannoSlot(webannoLayer(w.Nodes[a.From].Kind))
		id := len(w.list) + 1
		w.list = append(w.list, casFields{"%ID": id, "%TYPE": link, "role": a.Label, "@target": first + a.To})
		slots[a.From] = append(slots[a.From], id)
	}
	for i := range w.Nodes {
		if len(slots[i]) == 0 {
			continue
		}
		_, feature := webannoSlot(webannoLayer(w.Nodes[i].Kind))
		id := len(w.list) + 1
		w.list = append(w.list, casFields{"%ID": id, "%TYPE": "uima.cas.FSArray", "%ELEMENTS": slots[i]})
		w.list[first+i-1]["@"+feature] = id
	}
}

// casTypes describes the types that are written.
func casTypes() casFields {
	types := casFields{}
	describe := func(name, super string, features ...[2]string) {
		t := casFields{"%NAME": name, "%SUPER_TYPE": super}
		for _, f := range features {
			t[f[0]] = casFields{"%NAME": f[0], "%RANGE": f[1]}
		}
		types[name] = t
	}
	describe("de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData", "uima.tcas.DocumentAnnotation", [2]string{"documentId", "uima.cas.String"})
	describe(casSegmentation+"Sentence", webannoAny)
	describe(casSegmentation+"Token", webannoAny)
	for _, layer := range []string{webannoMention, webannoEvent, webannoPart} {
		var features [][2]string
		for _, f := range webannoFeatures[layer] {
			kind := "uima.cas.String"
			if f == "confidence" {
				kind = "uima.cas.Double"
			}
			features = append(features, [2]string{f, kind})
		}
		if layer != webannoPart {
			link, feature := webannoSlot(layer)
			target := webannoAny
			if layer == webannoMention {
				target = webannoPart
			}
			describe(link, "uima.cas.TOP", [2]string{"role", "uima.cas.String"}, [2]string{"target", target})
			features = append(features, [2]string{feature, link + "[]"})
		}
		describe(layer, webannoAny, features...)
	}
	return types
}
