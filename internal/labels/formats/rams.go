package formats

import (
	"encoding/json"
	"fmt"
	"iter"
	"regexp"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/schema"
)

// RAMS 1.0 (Roles Across Multiple Sentences): one window of five sentences a line,
// an article of its own.
//
//	{"doc_key", "sentences": [[TOKEN]], "evt_triggers": [[first, last, [[type, score]]]],
//	 "ent_spans": [[first, last, [[role, score]]]], "gold_evt_links": [[[first, last], [first, last], role]], …}
//
// Numbers count tokens of the window, the last one included. Links give each
// trigger its arguments, which are bare spans; roles are "evt089arg02victim" and
// read without the "evt089arg02" before the name. A span that no link reaches is
// left out, and said. Tokens are found in the article's text, and joined by
// spaces without it.
func init() {
	labels.Register(labels.Format{
		Name: "rams", Title: "RAMS: events and their arguments across sentences", Unit: "token",
		Layout: labels.OneFile, Extensions: []string{".jsonlines", ".jsonl"},
		Notes: "Read only. Arguments are bare spans.",
		Detect: func(_ string, head []byte) bool {
			keys := jsontext.TopKeys(head)
			return keys["sentences"] && (keys["evt_triggers"] || keys["ent_spans"])
		},
		Read: readRAMS,
	})
}

var ramsRole = regexp.MustCompile(`^evt[0-9]+arg[0-9]+`)

// ramsSpan is [first, last, [[label, score]]].
type ramsSpan struct {
	first, last int
	label       string
	more        int // labels behind the first
}

func (s *ramsSpan) UnmarshalJSON(b []byte) error {
	var parts []json.RawMessage
	var list [][]json.RawMessage
	err := json.Unmarshal(b, &parts)
	if err == nil && len(parts) != 3 {
		err = fmt.Errorf("found %d parts, expected [first, last, [[label, score]]]", len(parts))
	}
	for i, into := range []any{&s.first, &s.last, &list} {
		if err == nil {
			err = json.Unmarshal(parts[i], into)
		}
	}
	if err == nil && len(list) > 0 && len(list[0]) > 0 {
		err = json.Unmarshal(list[0][0], &s.label)
		s.more = len(list) - 1
	}
	return err
}

type ramsRecord struct {
	DocKey    jsontext.Text       `json:"doc_key"`
	Sentences [][]string          `json:"sentences"`
	Triggers  []ramsSpan          `json:"evt_triggers"`
	Entities  []ramsSpan          `json:"ent_spans"`
	Links     [][]json.RawMessage `json:"gold_evt_links"`
}

func readRAMS(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		jsontext.EachRecord(src, opt, []string{".jsonlines", ".jsonl", ".json"}, func(r jsontext.Record, err error) bool {
			var d *labels.Document
			if err == nil {
				d, err = parseRAMS(r, opt)
			}
			return yield(d, err)
		})
	}
}

func parseRAMS(r jsontext.Record, opt labels.ReadOptions) (*labels.Document, error) {
	var rec ramsRecord
	if err := r.Decode(&rec); err != nil {
		return nil, err
	}
	x, docID, places, err := placeSentences(r, r.DocID(string(rec.DocKey)), rec.Sentences, opt)
	if err != nil {
		return nil, err
	}
	leaveTopKeys(opt, r, docID, "key", "doc_key", "language_id", "split", "sentences", "evt_triggers", "ent_spans", "gold_evt_links")
	g := &graph.Graph{}
	triggers, linked := map[[2]int]int{}, map[[2]int]bool{}
	for i, t := range rec.Triggers {
		what := fmt.Sprintf("evt_triggers[%d]", i)
		span, err := tokenSpan(r, docID, what, places, t.first, t.last)
		if err != nil {
			return nil, err
		}
		for range t.more {
			opt.LeaveOut(r.At, "second type of an event", "of "+docID)
		}
		triggers[[2]int{t.first, t.last}] = len(g.Nodes)
		g.Nodes = append(g.Nodes, graph.Node{Kind: graph.EventNode, Type: t.label, Span: span, At: r.At})
	}
	for i, link := range rec.Links {
		what := fmt.Sprintf("gold_evt_links[%d]", i)
		var from, to [2]int
		var role string
		if len(link) != 3 || json.Unmarshal(link[0], &from) != nil || json.Unmarshal(link[1], &to) != nil || json.Unmarshal(link[2], &role) != nil {
			return nil, r.Problem(docID, what, "another value", "[[first, last], [first, last], role]")
		}
		trigger, known := triggers[from]
		if !known {
			return nil, r.Problem(docID, what, fmt.Sprintf("the trigger %v", from), "the first and last token of one of evt_triggers")
		}
		span, err := tokenSpan(r, docID, what, places, to[0], to[1])
		if err != nil {
			return nil, err
		}
		linked[to] = true
		role = role[len(ramsRole.FindString(role)):]
		g.Arcs = append(g.Arcs, graph.Arc{From: trigger, To: len(g.Nodes), Label: role, At: r.At})
		g.Nodes = append(g.Nodes, graph.Node{Kind: graph.ArgumentNode, Type: role, Span: span, At: r.At})
	}
	for _, e := range rec.Entities {
		if !linked[[2]int{e.first, e.last}] {
			opt.LeaveOut(r.At, "span that no event links to", fmt.Sprintf("tokens %d to %d of %s", e.first, e.last, docID))
		}
	}
	return carried(g, docID, r, opt, x)
}

// carried is the document of a graph whose spans stand in x.
func carried(g *graph.Graph, docID string, r jsontext.Record, opt labels.ReadOptions, x *schema.Index) (*labels.Document, error) {
	d, err := g.Document(docID, r.At, opt)
	if err != nil {
		return nil, err
	}
	offsets.Carry(opt, d, x)
	return d, nil
}
