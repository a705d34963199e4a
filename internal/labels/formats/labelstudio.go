package formats

import (
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
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
	labels.Register(labels.Format{
		Name: "labelstudio", Title: "Label Studio: tasks with regions and relations",
		Unit: schema.OffsetUnit, Layout: labels.OneFile, Extensions: []string{".json", ".jsonl"},
		Notes: "Carries everything but discontinuous spans and the confidence of heads and cues. Of several annotations of a task the first is read. " +
			"Labels that are event types become events, see the prefixes mention:, event:, argument:.",
		Detect: func(_ string, head []byte) bool {
			keys := jsontext.TopKeys(head)
			return keys["data"] && (keys["annotations"] || keys["predictions"]) || keys["annotations"] && keys["file_upload"]
		},
		Read: readLabelStudio, Write: writeLabelStudio,
	})
}

type lsTask struct {
	ID          jsontext.Text              `json:"id,omitempty"`
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

func readLabelStudio(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		jsontext.EachRecord(src, opt, []string{".json", ".jsonl"}, func(r jsontext.Record, err error) bool {
			var d *labels.Document
			if err == nil {
				d, err = parseLabelStudio(r, opt)
			}
			return yield(d, err)
		})
	}
}

func parseLabelStudio(r jsontext.Record, opt labels.ReadOptions) (*labels.Document, error) {
	var task lsTask
	if err := r.Decode(&task); err != nil {
		return nil, err
	}
	str := func(key string) (s string) {
		_ = json.Unmarshal(task.Data[key], (*jsontext.Text)(&s))
		return s
	}
	docID := r.DocID(str("doc_id"), string(task.ID))
	text := str("text")
	if text == "" {
		return nil, r.Problem(docID, "data.text", "none", "the article's text")
	}
	sets := slices.DeleteFunc(slices.Clone(task.Annotations), func(s lsSet) bool { return s.Cancelled })
	if len(sets) > 1 {
		opt.Remark(r.At, fmt.Sprintf("%d annotations of one task; the first is read", len(sets)))
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
	d, err := g.Document(docID, r.At, opt)
	if err == nil {
		err = offsets.Settle(opt, d, text, labels.CodePoints)
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}

// lsGraph collects what the items of a result say.
type lsGraph struct {
	graph.Graph
	r      jsontext.Record
	opt    labels.ReadOptions
	docID  string
	places map[string]int // of regions by id
}

func labelStudioGraph(r jsontext.Record, docID string, items []lsItem, opt labels.ReadOptions) (*graph.Graph, error) {
	g := &lsGraph{r: r, opt: opt, docID: docID, places: map[string]int{}}
	for i := range items {
		if items[i].region() && items[i].Value != nil {
			if err := g.region(i, &items[i]); err != nil {
				return nil, err
			}
		}
	}
	for i := range items {
		item := &items[i]
		switch _, known := g.places[item.ID]; {
		case item.region():
		case item.Type == "relation":
			if err := g.relation(i, item); err != nil {
				return nil, err
			}
		case item.Value != nil && known && item.ID != "" && (item.Type == "choices" || item.Type == "textarea"):
			g.attributes(item)
		default:
			opt.Remark(r.At, fmt.Sprintf("result[%d] of the type %q left out", i, item.Type))
		}
	}
	return &g.Graph, g.Confidences(docID, r.At)
}

func (i *lsItem) region() bool { return i.Type == "labels" || i.Type == "hypertextlabels" }

// region adds a node a label.
func (g *lsGraph) region(i int, item *lsItem) error {
	v := item.Value
	span, err := g.r.Span(g.docID, fmt.Sprintf("result[%d].value", i), v.Start, v.End)
	if err != nil {
		return err
	}
	labels := v.Labels
	if len(labels) == 0 {
		labels = []string{""}
	}
	for k, label := range labels {
		kind, typ := graph.ParseLabel(g.opt.Ontology, label)
		n := graph.Node{Kind: kind, Type: typ, Span: span, Confidence: item.Score}
		if len(v.Text) > 0 {
			n.Text = v.Text[0]
		}
		if k == 0 {
			n.ID = item.ID
			switch first, twice := g.places[item.ID]; {
			case !twice:
				g.places[item.ID] = len(g.Nodes)
			case g.Nodes[first].Span != span: // one region may stand under several controls
				return g.r.Problem(g.docID, fmt.Sprintf("result[%d].id", i), strconv.Quote(item.ID)+" at "+span.String(), "an id that no region elsewhere has")
			}
		}
		g.Nodes = append(g.Nodes, n)
	}
	return nil
}

// relation adds an arc a label.
func (g *lsGraph) relation(i int, item *lsItem) error {
	from, ok1 := g.places[item.FromID]
	to, ok2 := g.places[item.ToID]
	if !ok1 || !ok2 {
		return g.r.Problem(g.docID, fmt.Sprintf("result[%d]", i), fmt.Sprintf("a relation from %q to %q", item.FromID, item.ToID), "ids of regions")
	}
	if item.Direction == "left" {
		from, to = to, from
	}
	labels := item.Labels
	if len(labels) == 0 {
		labels = []string{graph.KindPrefixes[graph.ArgumentNode]}
	}
	for _, label := range labels {
		g.Arcs = append(g.Arcs, graph.Arc{From: from, To: to, Label: label, Confidence: item.Score})
	}
	return nil
}

// attributes adds what was chosen or written beside a region.
func (g *lsGraph) attributes(item *lsItem) {
	n := &g.Nodes[g.places[item.ID]]
	for _, value := range append(item.Value.Choices, item.Value.Text...) {
		if item.Type == "textarea" || slices.Contains(item.Value.Choices, value) {
			n.Attributes = append(n.Attributes, graph.Attribute{Name: item.FromName, Value: value})
		}
	}
}

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

func appendLabelStudio(b []byte, d *labels.Document, opt labels.WriteOptions) ([]byte, error) {
	x, err := graph.Text(opt, d.DocID)
	if err != nil {
		return nil, err
	}
	g, err := graph.New(opt, d, x, graph.Holds{Attributes: graph.Attributes, Confidence: true, ArcConfidence: true, Arcs: true, Ids: true})
	if err != nil {
		return nil, err
	}
	items := []lsItem{}
	for i := range g.Nodes {
		n := &g.Nodes[i]
		items = append(items, lsItem{ID: n.ID, FromName: "label", ToName: "text", Type: "labels", Score: n.Confidence,
			Value: &lsValue{Start: &n.Span.Start, End: &n.Span.End, Text: stringList{n.Text}, Labels: []string{n.Label()}}})
		for k, a := range n.Attributes {
			if k > 0 && n.Attributes[k-1].Name == a.Name {
				last := items[len(items)-1].Value
				last.Choices = append(last.Choices, a.Value)
				continue
			}
			items = append(items, lsItem{ID: n.ID, FromName: a.Name, ToName: "text", Type: "choices",
				Value: &lsValue{Start: &n.Span.Start, End: &n.Span.End, Choices: []string{a.Value}}})
		}
	}
	for _, a := range g.Arcs {
		items = append(items, lsItem{Type: "relation", FromID: g.Nodes[a.From].ID, ToID: g.Nodes[a.To].ID, Direction: "right",
			Labels: []string{a.Label}, Score: a.Confidence})
	}
	data := map[string]json.RawMessage{}
	for key, value := range map[string]string{"doc_id": d.DocID, "text": x.Text()} {
		v, err := jsontext.Marshal(value)
		if err != nil {
			return nil, err
		}
		data[key] = v
	}
	line, err := jsontext.Marshal(lsTask{Data: data, Annotations: []lsSet{{Result: items}}})
	return append(b, line[:max(0, len(line)-1)]...), err
}
