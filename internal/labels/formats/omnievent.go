package formats

import (
	"fmt"
	"iter"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/schema"
)

// OmniEvent's unified format: a sentence or article a line.
//
//	{"id", "text", "events": [{"type", "triggers": [{"id", "trigger_word", "position": [start, end],
//	   "arguments": [{"role", "mentions": [{"mention_id", "mention", "position"}]}]}]}],
//	 "entities": [{"type", "mentions": [{"mention_id", "mention", "position"}]}], "negative_triggers": […]}
//
// position is [start,end) in Unicode code points of text. Triggers of one event
// have one hopper_id, mentions of one entity one actor_id: its place in the list.
// An argument is the mention with its mention_id, else with its span, else the
// bare span. Of several mentions of an argument each is one. Negative triggers
// are no labels.
func init() {
	labels.Register(labels.Format{
		Name: "omnievent", Title: "OmniEvent's unified format: events with triggers and arguments", Unit: schema.OffsetUnit,
		Layout: labels.OneFile, Extensions: []string{".jsonl", ".json"},
		Notes: "Read only. A line is an article of its own.",
		Detect: func(_ string, head []byte) bool {
			keys := jsontext.TopKeys(head)
			return keys["text"] && keys["events"] && (keys["negative_triggers"] || keys["entities"])
		},
		Read: readOmniEvent,
	})
}

type omniMention struct {
	ID       string   `json:"mention_id"`
	Text     string   `json:"mention"`
	Position []*int32 `json:"position"`
}

type omniRecord struct {
	ID     jsontext.Text `json:"id"`
	Text   *string       `json:"text"`
	Events []struct {
		Type     string `json:"type"`
		Triggers []struct {
			ID        string   `json:"id"`
			Word      string   `json:"trigger_word"`
			Position  []*int32 `json:"position"`
			Arguments []struct {
				Role     string        `json:"role"`
				Mentions []omniMention `json:"mentions"`
			} `json:"arguments"`
		} `json:"triggers"`
	} `json:"events"`
	Entities []struct {
		Type     string        `json:"type"`
		Mentions []omniMention `json:"mentions"`
	} `json:"entities"`
}

func readOmniEvent(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		jsontext.EachRecord(src, opt, []string{".jsonl", ".json"}, func(r jsontext.Record, err error) bool {
			var d *labels.Document
			if err == nil {
				d, err = parseOmniEvent(r, opt)
			}
			return yield(d, err)
		})
	}
}

// omniReader reads one record.
type omniReader struct {
	r      jsontext.Record
	docID  string
	g      *graph.Graph
	byID   map[string]int
	bySpan map[schema.Span]int
}

func parseOmniEvent(r jsontext.Record, opt labels.ReadOptions) (*labels.Document, error) {
	var rec omniRecord
	if err := r.Decode(&rec); err != nil {
		return nil, err
	}
	o := omniReader{r: r, docID: r.DocID(string(rec.ID)), g: &graph.Graph{}, byID: map[string]int{}, bySpan: map[schema.Span]int{}}
	if rec.Text == nil {
		return nil, r.Problem(o.docID, "text", "none", "the sentence's text")
	}
	leaveTopKeys(opt, r, o.docID, "key", "id", "text", "events", "entities", "negative_triggers")
	for i, e := range rec.Entities {
		if len(e.Mentions) == 0 {
			opt.LeaveOut(r.At, "entity without mentions", e.Type)
		}
		for k, m := range e.Mentions {
			n := graph.Node{ID: m.ID, Type: e.Type, Attributes: []graph.Attribute{{Name: "actor_id", Value: ownChain(o.docID, fmt.Sprint(i))}}}
			at, err := o.add(fmt.Sprintf("entities[%d].mentions[%d]", i, k), n, m.Text, m.Position)
			if err != nil {
				return nil, err
			}
			o.byID[m.ID] = at
			if _, twice := o.bySpan[o.g.Nodes[at].Span]; !twice {
				o.bySpan[o.g.Nodes[at].Span] = at
			}
		}
	}
	for i, e := range rec.Events {
		if len(e.Triggers) == 0 {
			opt.LeaveOut(r.At, "event without triggers", e.Type)
		}
		for k, t := range e.Triggers {
			what := fmt.Sprintf("events[%d].triggers[%d]", i, k)
			n := graph.Node{Kind: graph.EventNode, ID: t.ID, Type: e.Type, Attributes: []graph.Attribute{{Name: "hopper_id", Value: ownChain(o.docID, fmt.Sprint(i))}}}
			trigger, err := o.add(what, n, t.Word, t.Position)
			if err != nil {
				return nil, err
			}
			for j, a := range t.Arguments {
				for l, m := range a.Mentions {
					if err := o.argument(fmt.Sprintf("%s.arguments[%d].mentions[%d]", what, j, l), trigger, a.Role, m); err != nil {
						return nil, err
					}
				}
			}
		}
	}
	d, err := o.g.Document(o.docID, r.At, opt)
	if err == nil {
		err = offsets.Settle(opt, d, *rec.Text, labels.CodePoints)
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}

func (o *omniReader) add(what string, n graph.Node, text string, at []*int32) (int, error) {
	if len(at) != 2 {
		return 0, o.r.Problem(o.docID, what+".position", fmt.Sprintf("%d numbers", len(at)), "[start, end]")
	}
	var err error
	if n.Span, err = o.r.Span(o.docID, what+".position", at[0], at[1]); err != nil {
		return 0, err
	}
	n.Text, n.At = text, o.r.At
	o.g.Nodes = append(o.g.Nodes, n)
	return len(o.g.Nodes) - 1, nil
}

func (o *omniReader) argument(what string, trigger int, role string, m omniMention) error {
	to, known := o.byID[m.ID]
	if !known || m.ID == "" {
		known = false
		if len(m.Position) == 2 && m.Position[0] != nil && m.Position[1] != nil {
			to, known = o.bySpan[schema.Span{Start: *m.Position[0], End: *m.Position[1]}]
		}
	}
	if !known {
		var err error
		if to, err = o.add(what, graph.Node{Kind: graph.ArgumentNode, Type: role}, m.Text, m.Position); err != nil {
			return err
		}
	}
	o.g.Arcs = append(o.g.Arcs, graph.Arc{From: trigger, To: to, Label: role, At: o.r.At})
	return nil
}
