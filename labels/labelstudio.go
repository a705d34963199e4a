package labels

import (
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/mizan-corpus/mizan/schema"
)

// Label Studio JSON: a list of tasks, or one task a line.
//
//	task   = {"id", "data": {"text": …, "doc_id": …}, "annotations": [set], "predictions": [set]}
//	set    = {"result": [item], "score"?, "was_cancelled"?}
//	item   = labels | choices | relation
//	labels = {"id", "type": "labels", "from_name": "label", "to_name": "text", "value": {"start", "end", "text", "labels": [label]}, "score"?}
//	choices, textarea = a value of the region with the same id: from_name is the field, e.g. "level"
//	relation = {"type": "relation", "from_id", "to_id", "direction", "labels": [label]}
//
// Offsets of regions count Unicode code points, [start,end), of data.text.
// The project itself does not say so, and its editor has been seen to count
// UTF-16 code units; the surfaces in "text" decide. The first annotation that
// was not cancelled is read, else the first prediction.
func init() {
	Register(Format{
		Name: "labelstudio", Title: "Label Studio: tasks with regions and relations",
		Unit: schema.OffsetUnit, Layout: OneFile, Extensions: []string{".json", ".jsonl"},
		Notes: "Carries everything but discontinuous spans and the confidence of heads and cues. Of several annotations of a task the first is read. " +
			"Labels that are event types become events, see the prefixes mention:, event:, argument:.",
		Detect: func(_ string, head []byte) bool {
			keys := topKeys(head)
			return keys["data"] && (keys["annotations"] || keys["predictions"]) || keys["annotations"] && keys["file_upload"]
		},
		Read: readLabelStudio, Write: writeLabelStudio,
	})
}

type lsTask struct {
	ID          jsonText                   `json:"id,omitempty"`
	Data        map[string]json.RawMessage `json:"data"`
	Annotations []lsSet                    `json:"annotations"`
	Predictions []lsSet                    `json:"predictions,omitempty"`
}

type lsSet struct {
	Cancelled bool     `json:"was_cancelled,omitempty"`
	Result    []lsItem `json:"result"`
}

type lsItem struct {
	ID        string   `json:"id,omitempty"`
	FromName  string   `json:"from_name,omitempty"`
	ToName    string   `json:"to_name,omitempty"`
	Type      string   `json:"type"`
	Value     *lsValue `json:"value,omitempty"`
	FromID    string   `json:"from_id,omitempty"`
	ToID      string   `json:"to_id,omitempty"`
	Direction string   `json:"direction,omitempty"`
	Labels    []string `json:"labels,omitempty"`
	Score     *float64 `json:"score,omitempty"`
}

type lsValue struct {
	Start   *int32     `json:"start,omitempty"`
	End     *int32     `json:"end,omitempty"`
	Text    stringList `json:"text,omitempty"`
	Labels  []string   `json:"labels,omitempty"`
	Choices []string   `json:"choices,omitempty"`
}

// stringList is a string or a list of strings.
type stringList []string

func (l *stringList) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*l = stringList{one}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(l))
}

func readLabelStudio(src Source, opt ReadOptions) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		eachJSON(src, opt, []string{".json", ".jsonl"}, func(r jsonRecord, err error) bool {
			var d *Document
			if err == nil {
				d, err = parseLabelStudio(r, opt)
			}
			return yield(d, err)
		})
	}
}

func parseLabelStudio(r jsonRecord, opt ReadOptions) (*Document, error) {
	var task lsTask
	if err := r.decode(&task); err != nil {
		return nil, err
	}
	str := func(key string) (s string) {
		_ = json.Unmarshal(task.Data[key], (*jsonText)(&s))
		return s
	}
	docID := r.docID(str("doc_id"), string(task.ID))
	text := str("text")
	if text == "" {
		return nil, r.problem(docID, "data.text", "none", "the article's text")
	}
	sets := slices.DeleteFunc(slices.Clone(task.Annotations), func(s lsSet) bool { return s.Cancelled })
	if len(sets) > 1 {
		opt.remark(r.at, fmt.Sprintf("%d annotations of one task; the first is read", len(sets)))
	}
	if len(sets) == 0 {
		sets = task.Predictions
	}
	if len(sets) == 0 {
		sets = []lsSet{{}}
	}
	g, err := labelStudioGraph(r, docID, sets[0].Result, opt)
	if err != nil {
		return nil, err
	}
	d, err := g.document(docID, r.at, opt)
	if err == nil {
		err = settle(opt, d, text, CodePoints)
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}

func labelStudioGraph(r jsonRecord, docID string, items []lsItem, opt ReadOptions) (*graph, error) {
	g := &graph{}
	places := map[string]int{}
	for i, item := range items {
		v := item.Value
		if (item.Type != "labels" && item.Type != "hypertextlabels") || v == nil {
			continue
		}
		span, err := r.span(docID, fmt.Sprintf("result[%d].value", i), v.Start, v.End)
		if err != nil {
			return nil, err
		}
		labels := v.Labels
		if len(labels) == 0 {
			labels = []string{""}
		}
		for k, label := range labels { // a region with several labels is several
			kind, typ := parseLabel(label)
			n := node{kind: kind, typ: typ, span: span, confidence: item.Score}
			if len(v.Text) > 0 {
				n.text = v.Text[0]
			}
			if k == 0 {
				n.id = item.ID
				if _, twice := places[item.ID]; !twice {
					places[item.ID] = len(g.nodes)
				}
			}
			g.nodes = append(g.nodes, n)
		}
	}
	for i, item := range items {
		switch at, known := places[item.ID]; {
		case item.Type == "labels" || item.Type == "hypertextlabels":
		case item.Type == "relation":
			from, ok1 := places[item.FromID]
			to, ok2 := places[item.ToID]
			if !ok1 || !ok2 {
				return nil, r.problem(docID, fmt.Sprintf("result[%d]", i), fmt.Sprintf("a relation from %q to %q", item.FromID, item.ToID), "ids of regions")
			}
			if item.Direction == "left" {
				from, to = to, from
			}
			labels := item.Labels
			if len(labels) == 0 {
				labels = []string{kindPrefixes[argumentNode]}
			}
			for _, label := range labels {
				g.arcs = append(g.arcs, arc{from: from, to: to, label: label, confidence: item.Score})
			}
		case item.Value != nil && known && item.ID != "" && (item.Type == "choices" || item.Type == "textarea"):
			for _, value := range append(item.Value.Choices, item.Value.Text...) {
				if item.Type == "textarea" || slices.Contains(item.Value.Choices, value) {
					g.nodes[at].attributes = append(g.nodes[at].attributes, attribute{name: item.FromName, value: value})
				}
			}
		default:
			opt.remark(r.at, fmt.Sprintf("result[%d] of the type %q left out", i, item.Type))
		}
	}
	return g, g.confidences(docID, r.at)
}

func writeLabelStudio(out Output, docs iter.Seq[*Document], opt WriteOptions) error {
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

func appendLabelStudio(b []byte, d *Document, opt WriteOptions) ([]byte, error) {
	x, err := articleText(opt, d.DocID)
	if err != nil {
		return nil, err
	}
	g, err := newGraph(opt, d, x, holds{attributes: allAttributes, confidence: true, arcConfidence: true, arcs: true, ids: true})
	if err != nil {
		return nil, err
	}
	items := []lsItem{}
	for i := range g.nodes {
		n := &g.nodes[i]
		items = append(items, lsItem{ID: n.id, FromName: "label", ToName: "text", Type: "labels", Score: n.confidence,
			Value: &lsValue{Start: &n.span.Start, End: &n.span.End, Text: stringList{n.text}, Labels: []string{n.label()}}})
		for k, a := range n.attributes {
			if k > 0 && n.attributes[k-1].name == a.name {
				last := items[len(items)-1].Value
				last.Choices = append(last.Choices, a.value)
				continue
			}
			items = append(items, lsItem{ID: n.id, FromName: a.name, ToName: "text", Type: "choices",
				Value: &lsValue{Start: &n.span.Start, End: &n.span.End, Choices: []string{a.value}}})
		}
	}
	for _, a := range g.arcs {
		items = append(items, lsItem{Type: "relation", FromID: g.nodes[a.from].id, ToID: g.nodes[a.to].id, Direction: "right",
			Labels: []string{a.label}, Score: a.confidence})
	}
	data := map[string]json.RawMessage{}
	for key, value := range map[string]string{"doc_id": d.DocID, "text": x.Text()} {
		v, err := marshalJSON(value)
		if err != nil {
			return nil, err
		}
		data[key] = v
	}
	line, err := marshalJSON(lsTask{Data: data, Annotations: []lsSet{{Result: items}}})
	return append(b, line[:max(0, len(line)-1)]...), err
}
