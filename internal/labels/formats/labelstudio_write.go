package formats

import (
	"encoding/json"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/schema"
)

func writeLabelStudio(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	return out.WriteFile("", func(w io.Writer) error {
		separator := "[\n"
		for d := range docs {
			b, err := appendLabelStudio([]byte(separator), d, opt)
			if err != nil {
				return err
			}
			if _, err := w.Write(b); err != nil {
				return err
			}
			separator = ",\n"
		}
		if separator == "[\n" {
			separator = "["
		} else {
			separator = ""
		}
		_, err := io.WriteString(w, separator+"]\n")
		return err
	})
}

// lsLines writes line breaks as the editor does in the surfaces of regions.
var lsLines = strings.NewReplacer("\n", `\n`, "\r", `\n`)

func appendLabelStudio(b []byte, d *labels.Document, opt labels.WriteOptions) ([]byte, error) {
	x, err := graph.Text(opt, d.DocID)
	if err != nil {
		return nil, err
	}
	task := lsTask{Data: map[string]json.RawMessage{}}
	for key, value := range map[string]string{"doc_id": d.DocID, "text": x.Text()} {
		v, err := jsontext.Marshal(value)
		if err != nil {
			return nil, err
		}
		task.Data[key] = v
	}
	if !d.Unlabelled {
		items, err := lsItemsOf(d, x, opt)
		if err != nil {
			return nil, err
		}
		task.Annotations = []lsSet{{Result: items}}
	}
	line, err := jsontext.Marshal(task)
	return append(b, line[:max(0, len(line)-1)]...), err
}

func lsItemsOf(d *labels.Document, x *schema.Index, opt labels.WriteOptions) (lsItems, error) {
	g, err := graph.New(opt, d, x, graph.Holds{Attributes: graph.Attributes, Confidence: true, ArcConfidence: true, Arcs: true, Ids: true})
	if err != nil {
		return nil, err
	}
	items := lsItems{}
	for i := range g.Nodes {
		n := &g.Nodes[i]
		value := func() *lsValue { return &lsValue{Start: lsOffset{at: &n.Span.Start}, End: lsOffset{at: &n.Span.End}} }
		v := value()
		v.Text, v.Labels = lsTexts{list: []string{lsLines.Replace(n.Text)}}, oneOrMore[string]{n.Label()}
		items = append(items, lsItem{ID: n.ID, FromName: "label", ToName: "text", Type: "labels", Score: n.Confidence, Value: v})
		for k, a := range n.Attributes {
			if k > 0 && n.Attributes[k-1].Name == a.Name {
				last := items[len(items)-1].Value
				last.Choices = append(last.Choices, a.Value)
				continue
			}
			v := value()
			item := lsItem{ID: n.ID, FromName: a.Name, ToName: "text", Type: "choices", Value: v}
			if isTyped(opt.Ontology, a.Name) {
				item.Type, v.Text.list = "textarea", []string{a.Value}
			} else {
				v.Choices = oneOrMore[string]{a.Value}
			}
			items = append(items, item)
		}
	}
	for _, a := range g.Arcs {
		items = append(items, lsItem{Type: "relation", FromID: g.Nodes[a.From].ID, ToID: g.Nodes[a.To].ID, Direction: "right",
			Labels: []string{a.Label}, Score: a.Confidence})
	}
	return items, nil
}

// isTyped reports whether the values of a field are typed, and not chosen.
func isTyped(o *schema.Ontology, name string) bool {
	return fieldValues(o, name) == nil && !slices.Contains(webannoLists, name)
}
