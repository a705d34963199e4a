package formats

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/schema"
)

// DyGIE++ (SciERC, ACE-event): one article a line.
//
//	{"doc_key", "sentences": [[TOKEN]], "ner": [[[first, last, type]]], "relations": [[[…]]],
//	 "clusters": [[[first, last]]], "events": [[[[trigger, type], [first, last, role] …]]]}
//
// ner, relations and events have a list for each sentence. Numbers count tokens of
// the whole article, the last one included; a trigger is one token, and two
// numbers before the type are read as first and last. A model's output has
// predicted_ner and so on, with scores behind the label: where a file has both,
// the predicted ones are read. Scores that are no logits, the first of the two,
// are the confidence.
//
// A cluster is an actor DOC_ID:NUMBER; its spans that ner does not have are
// mentions without a type. Arguments are the mention of their span, else the bare
// span. Relations are counted as left out. Tokens are found in the article's
// text, and joined by spaces without it.
func init() {
	labels.Register(labels.Format{
		Name: "dygie", Aliases: []string{"dygiepp"}, Title: "DyGIE++: tokens, ner, clusters and events, an article a line", Unit: "token",
		Layout: labels.OneFile, Extensions: []string{".jsonl", ".json"},
		Notes: "Carries types, actors as clusters, events with triggers of one word and their arguments. No ids, heads, attributes, confidence or discontinuous spans; " +
			"no events as arguments.",
		Detect: func(_ string, head []byte) bool {
			keys := jsontext.TopKeys(head)
			return keys["sentences"] && (keys["doc_key"] || keys["ner"] || keys["predicted_ner"]) && !keys["evt_triggers"] && !keys["ent_spans"]
		},
		Read: readDyGIE, Write: writeDyGIE,
	})
}

type dygieRecord struct {
	DocKey            jsontext.Text         `json:"doc_key"`
	DocID             jsontext.Text         `json:"doc_id"` // as some name it
	Sentences         [][]string            `json:"sentences"`
	NER               [][][]json.RawMessage `json:"ner"`
	PredictedNER      [][][]json.RawMessage `json:"predicted_ner"`
	Clusters          [][][]int             `json:"clusters"`
	PredictedClusters [][][]int             `json:"predicted_clusters"`
	Events            [][][]json.RawMessage `json:"events"`
	PredictedEvents   [][][]json.RawMessage `json:"predicted_events"`
	Relations         [][]json.RawMessage   `json:"relations"`
	PredictedRelation [][]json.RawMessage   `json:"predicted_relations"`
}

func readDyGIE(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		jsontext.EachRecord(src, opt, []string{".jsonl", ".json"}, func(r jsontext.Record, err error) bool {
			var d *labels.Document
			if err == nil {
				d, err = parseDyGIE(r, opt)
			}
			return yield(d, err)
		})
	}
}

// dygieKeys are what is read, and the name of the data that a model was made for.
var dygieKeys = strings.Fields("doc_key doc_id dataset sentences ner predicted_ner clusters predicted_clusters events predicted_events relations predicted_relations")

// dygieReader reads one article.
type dygieReader struct {
	r      jsontext.Record
	docID  string
	opt    labels.ReadOptions
	g      *graph.Graph
	places []schema.Span
	first  map[schema.Span]int // the first mention of a span
}

func parseDyGIE(r jsontext.Record, opt labels.ReadOptions) (*labels.Document, error) {
	var rec dygieRecord
	if err := r.Decode(&rec); err != nil {
		return nil, err
	}
	if rec.PredictedNER != nil || rec.PredictedEvents != nil || rec.PredictedClusters != nil || rec.PredictedRelation != nil {
		if rec.NER != nil || rec.Events != nil || rec.Clusters != nil || rec.Relations != nil {
			opt.Remark(r.At, "gold and predictions stand side by side: what is predicted is read")
		}
		rec.NER, rec.Events, rec.Clusters, rec.Relations = rec.PredictedNER, rec.PredictedEvents, rec.PredictedClusters, rec.PredictedRelation
	}
	x, docID, places, err := placeSentences(r, r.DocID(string(rec.DocKey), string(rec.DocID)), rec.Sentences, opt)
	if err != nil {
		return nil, err
	}
	leaveTopKeys(opt, r, docID, "key", dygieKeys...)
	d := dygieReader{r: r, docID: docID, opt: opt, g: &graph.Graph{}, places: places, first: map[schema.Span]int{}}
	for i, list := range rec.NER {
		for k, item := range list {
			if err := d.mention(fmt.Sprintf("ner[%d][%d]", i, k), item); err != nil {
				return nil, err
			}
		}
	}
	if err := d.clusters(rec.Clusters); err != nil {
		return nil, err
	}
	for i, list := range rec.Events {
		for k, item := range list {
			if err := d.event(fmt.Sprintf("events[%d][%d]", i, k), item); err != nil {
				return nil, err
			}
		}
	}
	for i, list := range rec.Relations {
		for range list {
			opt.LeaveOut(r.At, "relation between mentions", fmt.Sprintf("in sentence %d of %s", i, docID))
		}
	}
	doc, err := d.g.Document(docID, r.At, opt)
	if err == nil {
		err = d.g.Confidences(docID, r.At)
	}
	if err != nil {
		return nil, err
	}
	offsets.Carry(opt, doc, x)
	return doc, nil
}

// placeSentences finds the tokens of an article's sentences, as one row.
func placeSentences(r jsontext.Record, docID string, sentences [][]string, opt labels.ReadOptions) (*schema.Index, string, []schema.Span, error) {
	if sentences == nil {
		return nil, "", nil, r.Problem(docID, "sentences", "none", "lists of tokens")
	}
	docID = segment.Find(opt, docID, r.At.File, sentences)
	x, places, bad, err := segment.Place(opt, docID, sentences)
	if err != nil {
		return nil, "", nil, r.Problem(docID, fmt.Sprintf("sentences[%d]", bad), err.Error(), "the tokens in the order of the article's text")
	}
	return x, docID, slices.Concat(places...), nil
}

// numbers takes the leading numbers of an item and the label behind them, and
// the first score behind that.
func (d *dygieReader) numbers(what string, item []json.RawMessage) (span schema.Span, label string, score *float64, err error) {
	var at []int
	for len(at) < len(item) && len(at) < 2 {
		n := 0
		if json.Unmarshal(item[len(at)], &n) != nil {
			break
		}
		at = append(at, n)
	}
	if len(at) == 0 || len(at) == len(item) || json.Unmarshal(item[len(at)], &label) != nil {
		raw, _ := json.Marshal(item)
		return span, "", nil, d.r.Problem(d.docID, what, shortened(raw, 60), "[first, last, label]")
	}
	if len(item) > len(at)+2 { // a raw score and a softmax score
		var s float64
		if json.Unmarshal(item[len(at)+2], &s) == nil && s >= 0 && s <= 1 {
			score = &s
		}
	}
	span, err = tokenSpan(d.r, d.docID, what, d.places, at[0], at[len(at)-1])
	return span, label, score, err
}

func (d *dygieReader) mention(what string, item []json.RawMessage) error {
	span, label, score, err := d.numbers(what, item)
	if err != nil {
		return err
	}
	n := graph.Node{Span: span, Confidence: score, At: d.r.At}
	if n.Kind, n.Type = graph.ParseLabel(d.opt.Ontology, label); n.Kind == graph.EventNode {
		n.Kind, n.Type = graph.MentionNode, label
	}
	d.add(n)
	return nil
}

func (d *dygieReader) add(n graph.Node) int {
	if _, twice := d.first[n.Span]; !twice {
		d.first[n.Span] = len(d.g.Nodes)
	}
	d.g.Nodes = append(d.g.Nodes, n)
	return len(d.g.Nodes) - 1
}

func (d *dygieReader) clusters(list [][][]int) error {
	for i, cluster := range list {
		for k, at := range cluster {
			what := fmt.Sprintf("clusters[%d][%d]", i, k)
			if len(at) != 2 {
				return d.r.Problem(d.docID, what, fmt.Sprint(at), "[first, last]")
			}
			span, err := tokenSpan(d.r, d.docID, what, d.places, at[0], at[1])
			if err != nil {
				return err
			}
			actor := graph.Attribute{Name: "actor_id", Value: ownChain(d.docID, fmt.Sprint(i))}
			node, known := d.first[span]
			if !known {
				node = d.add(graph.Node{Span: span, At: d.r.At})
			}
			if len(d.g.Nodes[node].Attributes) > 0 {
				d.opt.LeaveOut(d.r.At, "second cluster of a span", what+" of "+d.docID)
				continue
			}
			d.g.Nodes[node].Attributes = append(d.g.Nodes[node].Attributes, actor)
		}
	}
	return nil
}

func (d *dygieReader) event(what string, items []json.RawMessage) error {
	trigger := -1
	for i, raw := range items {
		what := fmt.Sprintf("%s[%d]", what, i)
		var item []json.RawMessage
		if err := json.Unmarshal(raw, &item); err != nil {
			return d.r.Problem(d.docID, what, shortened(raw, 60), "[trigger, type] or [first, last, role]")
		}
		span, label, score, err := d.numbers(what, item)
		if err != nil {
			return err
		}
		if i == 0 {
			trigger = len(d.g.Nodes)
			d.g.Nodes = append(d.g.Nodes, graph.Node{Kind: graph.EventNode, Type: label, Span: span, Confidence: score, At: d.r.At})
			continue
		}
		to, known := d.first[span]
		if !known {
			to = len(d.g.Nodes)
			d.g.Nodes = append(d.g.Nodes, graph.Node{Kind: graph.ArgumentNode, Type: label, Span: span, At: d.r.At})
		}
		d.g.Arcs = append(d.g.Arcs, graph.Arc{From: trigger, To: to, Label: label, Confidence: score, At: d.r.At})
	}
	return nil
}
