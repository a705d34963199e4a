package formats

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/schema"
)

// WebAnno TSV 3.3, also written by INCEpTION: one article a file, one token a
// line, its columns divided by tabs.
//
//	#FORMAT=WebAnno TSV 3.3
//	#T_SP=LAYER|FEATURE|…                      a layer of spans; ROLE_LAYER:FEATURE_LINK|TARGET are a slot's two columns
//	#T_RL=LAYER|FEATURE|…|BT_BASE              a layer of relations between spans of BASE
//	#Text=SENTENCE
//	1-2	BEGIN-END	TOKEN	CELL	…            sentence and number of the token; 1-2.1 is a part of it
//	CELL = "_" | VALUE {"|" VALUE}             no annotation, or stacked ones
//	VALUE = ("*" | FEATURE)["[" ID "]"]        * is no value; lines with the same ID are one annotation
//
// BEGIN and END are [BEGIN,END) in UTF-16 code units of the text. In values
// \ [ ] | _ -> ; tab, line break and * are escaped by a backslash. A slot's
// first column lists roles, its second the targets' first tokens with their
// IDs, both divided by ";". A relation stands at its target; the BT column has
// the first token of its source and "[SOURCE_TARGET]", 0 for no ID.
//
// Three layers are written: webanno.custom.Mention and webanno.custom.Event
// with a feature for each field and slots for what belongs to them, and
// webanno.custom.Part for heads, cues and bare arguments. Modes, contexts and
// auxiliaries are divided by ";". Every annotation has an ID. Tokens are cut
// where spans begin and end. Read is every layer, or those with the endings of
// [labels.ReadOptions.Types], except for tokens, parts of speech and syntax, and
// chains. A layer that ends in Event makes events, one in Mention mentions,
// any other one what the label in the feature value, type or label says;
// relations and slots from events are arguments.
func init() {
	labels.Register(labels.Format{
		Name: "webanno", Title: "WebAnno TSV 3.3 (WebAnno, INCEpTION)", Unit: "utf16_code_unit", Layout: labels.FilePerArticle, Extensions: []string{".tsv"},
		Notes:        "Carries everything but discontinuous spans, the confidence of arguments, and spans that begin or end with white space. Chains are not read.",
		Detect:       func(_ string, head []byte) bool { return bytes.HasPrefix(head, []byte("#FORMAT=WebAnno TSV 3")) },
		DetectFolder: func(src labels.Source) bool { return isProject(src, "#FORMAT=WebAnno TSV 3", ".tsv") },
		Read:         readWebAnno, Write: writeWebAnno, Setup: inceptionSetup,
	})
}

// The layers that are written.
const (
	webannoMention = "webanno.custom.Mention"
	webannoEvent   = "webanno.custom.Event"
	webannoPart    = "webanno.custom.Part"
	webannoAny     = "uima.tcas.Annotation"
)

// webannoFeatures are the features of each layer, by kind of node.
var webannoFeatures = map[string][]string{
	webannoMention: slices.Concat([]string{"mention_id", "type"}, graph.MentionAttributes, []string{"confidence"}),
	webannoEvent:   slices.Concat([]string{"event_id", "type"}, graph.EventAttributes, []string{"confidence"}),
	webannoPart:    slices.Concat([]string{"label"}, graph.ArgumentAttributes),
}

// webannoLists are the features with several values.
var webannoLists = []string{"modes", "contexts", "auxiliaries"}

func webannoLayer(kind graph.NodeKind) string {
	switch kind {
	case graph.MentionNode:
		return webannoMention
	case graph.EventNode:
		return webannoEvent
	}
	return webannoPart
}

func writeWebAnno(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	for d := range docs {
		text, err := appendWebAnno(d, opt)
		if err != nil {
			return err
		}
		if err := out.WriteFile(d.DocID+".tsv", func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

// webannoWriter writes one article.
type webannoWriter struct {
	*graph.Graph
	b      strings.Builder
	layers []string
	first  []string // by node, its first token's number
	arcs   map[int][]*graph.Arc
}

func appendWebAnno(d *labels.Document, opt labels.WriteOptions) (string, error) {
	x, err := graph.Text(opt, d.DocID)
	if err != nil {
		return "", err
	}
	g, err := graph.New(opt, d, x, graph.Holds{Attributes: graph.Attributes, Confidence: true, Arcs: true, Ids: true})
	if err != nil {
		return "", err
	}
	g.KeepAttributes(func(_ *graph.Node, a graph.Attribute) bool {
		return !slices.Contains(webannoLists, a.Name) || !strings.Contains(a.Value, ";")
	})
	tokens := segment.Tokens(x, g.Spans())
	g.Keep(func(n *graph.Node) bool { _, _, ok := segment.TokenRange(tokens, n.Span); return ok }, nil)
	w := webannoWriter{Graph: g, layers: []string{webannoMention, webannoEvent, webannoPart}, first: make([]string, len(g.Nodes)), arcs: map[int][]*graph.Arc{}}
	for i := range g.Arcs {
		w.arcs[g.Arcs[i].From] = append(w.arcs[g.Arcs[i].From], &g.Arcs[i])
	}
	at := make([][]int, len(tokens)) // nodes at each token
	begins := make([][]int, len(tokens))
	for i := range g.Nodes {
		from, to, _ := segment.TokenRange(tokens, g.Nodes[i].Span)
		begins[from] = append(begins[from], i)
		for t := from; t < to; t++ {
			at[t] = append(at[t], i)
		}
	}
	parts := segment.Sentences(x, tokens, g.Spans())
	for k, s := range parts {
		for t := s[0]; t < s[1]; t++ {
			for _, i := range begins[t] {
				w.first[i] = fmt.Sprintf("%d-%d", k+1, t-s[0]+1)
			}
		}
	}
	w.header()
	for k, s := range parts {
		sentence, _ := x.Slice(schema.Span{Start: tokens[s[0]].Start, End: tokens[s[1]-1].End})
		for _, line := range strings.Split(sentence, "\n") {
			w.b.WriteString("#Text=" + webannoText.Replace(line) + "\n")
		}
		for t := s[0]; t < s[1]; t++ {
			from, _ := x.UTF16(tokens[t].Start)
			to, _ := x.UTF16(tokens[t].End)
			surface, _ := x.Slice(tokens[t])
			fmt.Fprintf(&w.b, "%d-%d\t%d-%d\t%s\t", k+1, t-s[0]+1, from, to, surface)
			for _, layer := range w.layers {
				w.cells(layer, at[t])
			}
			w.b.WriteByte('\n')
		}
		w.b.WriteByte('\n')
	}
	return w.b.String(), nil
}

// webannoText escapes the text of a sentence.
var webannoText = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\f", `\f`, "\r", `\r`, "\b", `\b`)

// webannoValue escapes a feature's value.
var webannoValue = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "|", `\|`, "_", `\_`, "->", `\->`, ";", `\;`, "\t", `\t`, "\n", `\n`, "\r", `\r`, "*", `\*`)

func (w *webannoWriter) header() {
	w.b.WriteString("#FORMAT=WebAnno TSV 3.3\n")
	for _, layer := range w.layers {
		w.b.WriteString("#T_SP=" + layer + "|" + strings.Join(webannoFeatures[layer], "|"))
		switch layer {
		case webannoMention:
			w.b.WriteString("|ROLE_" + layer + ":parts_" + layer + "PartsLink|" + webannoPart)
		case webannoEvent:
			w.b.WriteString("|ROLE_" + layer + ":arguments_" + layer + "ArgumentsLink|" + webannoAny)
		}
		w.b.WriteByte('\n')
	}
	w.b.WriteString("\n\n")
}

// cells writes the columns of one layer at one token.
func (w *webannoWriter) cells(layer string, at []int) {
	var here []int
	for _, i := range at {
		if webannoLayer(w.Nodes[i].Kind) == layer {
			here = append(here, i)
		}
	}
	column := func(value func(i int) string) {
		if len(here) == 0 {
			w.b.WriteString("_\t")
			return
		}
		for k, i := range here {
			if k > 0 {
				w.b.WriteByte('|')
			}
			w.b.WriteString(value(i))
		}
		w.b.WriteByte('\t')
	}
	for _, feature := range webannoFeatures[layer] {
		column(func(i int) string {
			value := "*"
			if v := webannoFeature(&w.Nodes[i], feature); v != "" {
				value = webannoValue.Replace(v)
			}
			return fmt.Sprintf("%s[%d]", value, i+1)
		})
	}
	if layer == webannoPart {
		return
	}
	column(func(i int) string { return w.slots(i, true) + fmt.Sprintf("[%d]", i+1) })
	column(func(i int) string { return w.slots(i, false) })
}

// webannoFeature is a node's value of a feature, "" for none.
func webannoFeature(n *graph.Node, name string) string {
	switch name {
	case "mention_id", "event_id":
		return n.ID
	case "type":
		return n.Type
	case "label":
		return n.Label()
	case "confidence":
		if n.Confidence == nil {
			return ""
		}
		return strconv.FormatFloat(*n.Confidence, 'g', -1, 64)
	}
	var values []string
	for _, a := range n.Attributes {
		if a.Name == name {
			values = append(values, a.Value)
		}
	}
	return strings.Join(values, ";")
}

// slots lists the roles or the targets of a node's arcs.
func (w *webannoWriter) slots(i int, roles bool) string {
	var list []string
	for _, a := range w.arcs[i] {
		if roles {
			list = append(list, webannoValue.Replace(a.Label))
		} else {
			list = append(list, fmt.Sprintf("%s[%d]", w.first[a.To], a.To+1))
		}
	}
	if len(list) == 0 {
		return "_"
	}
	return strings.Join(list, ";")
}

// lengthIn is the length of a text in UTF-16 code units, or else in code points.
func lengthIn(unit labels.Unit, text string) int {
	n := 0
	for _, r := range text {
		if unit == labels.UTF16Units {
			n += utf16.RuneLen(r)
		} else {
			n++
		}
	}
	return n
}
