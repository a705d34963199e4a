package formats

import (
	"iter"
	"strconv"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
)

// OneIE and TextEE JSON lines: one window (a sentence or more) of an article a
// line.
//
//	{"doc_id", "wnd_id" or "sent_id", "tokens": [TOKEN],
//	 "entity_mentions": [{"id", "text", "entity_type", "mention_type", "start", "end"}],
//	 "relation_mentions": [{"id", "relation_type", "arguments": [{"entity_id", "role"}]}],
//	 "event_mentions": [{"id", "event_type", "trigger": {"text", "start", "end"}, "arguments": [{"entity_id", "text", "role"}]}]}
//
// start and end are [start,end) in tokens of the window. The windows of an
// article stand together and are merged. Tokens are found in the article's
// text; without it they are joined by spaces. Surfaces prove the tokens, white
// space apart.
//
// mention_type is the level; heads are relations HEAD; cues, sources and bare
// spans are arguments. An article is written as one window, its tokens cut
// where spans begin and end.
func init() {
	labels.Register(labels.Format{
		Name: "oneie", Title: "OneIE and TextEE: tokens, entity and event mentions, one window a line", Unit: "token",
		Layout: labels.OneFile, Extensions: []string{".json", ".jsonl"},
		Notes: "Carries ids, types, levels, arguments, heads and cues. No actors, attributes, confidence, discontinuous spans or events as arguments.",
		Detect: func(_ string, head []byte) bool {
			keys := jsontext.TopKeys(head)
			return keys["entity_mentions"] || keys["event_mentions"] || keys["tokens"] && keys["doc_id"] && (keys["wnd_id"] || keys["sent_id"]) && !keys["text"]
		},
		Read: readOneIE, Write: writeOneIE,
	})
}

type oneieWindow struct {
	DocID     string          `json:"doc_id"`
	WndID     jsontext.Text   `json:"wnd_id"`
	SentID    jsontext.Text   `json:"sent_id,omitempty"`
	Tokens    []string        `json:"tokens"`
	Entities  []oneieEntity   `json:"entity_mentions"`
	Relations []oneieRelation `json:"relation_mentions"`
	Events    []oneieEvent    `json:"event_mentions"`
}

type oneieEntity struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Type  string `json:"entity_type"`
	Level string `json:"mention_type,omitempty"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

type oneieRelation struct {
	ID        string          `json:"id"`
	Type      string          `json:"relation_type"`
	Arguments []oneieArgument `json:"arguments"`
}

type oneieEvent struct {
	ID        string          `json:"id"`
	Type      string          `json:"event_type"`
	Trigger   oneieTrigger    `json:"trigger"`
	Arguments []oneieArgument `json:"arguments"`
}

type oneieTrigger struct {
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

type oneieArgument struct {
	EntityID string `json:"entity_id"`
	Text     string `json:"text"`
	Role     string `json:"role"`
}

func (w *oneieWindow) id() string {
	if w.WndID != "" {
		return string(w.WndID)
	}
	return string(w.SentID)
}

// oneieArticle is the windows of one article.
type oneieArticle struct {
	windows []oneieWindow
	records []jsontext.Record
}

func readOneIE(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		var a oneieArticle
		done := map[string]bool{}
		flush := func() bool {
			if len(a.windows) == 0 {
				return true
			}
			done[a.windows[0].DocID] = true
			d, err := a.document(opt)
			a = oneieArticle{}
			return yield(d, err)
		}
		going := true
		jsontext.EachRecord(src, opt, []string{".json", ".jsonl"}, func(r jsontext.Record, err error) bool {
			var w oneieWindow
			if err == nil {
				err = r.Decode(&w)
			}
			if err == nil {
				if w.DocID = r.DocID(w.DocID); done[w.DocID] {
					err = r.Problem(w.DocID, "doc_id", "a window after windows of another article", "the windows of an article together")
				}
			}
			if err != nil {
				going = yield(nil, err)
				return going
			}
			if len(a.windows) > 0 && a.windows[0].DocID != w.DocID {
				going = flush()
			}
			a.windows, a.records = append(a.windows, w), append(a.records, r)
			return going
		})
		if going {
			flush()
		}
	}
}

// document merges the windows.
func (a *oneieArticle) document(opt labels.ReadOptions) (*labels.Document, error) {
	docID := a.windows[0].DocID
	tokens := make([][]string, len(a.windows))
	ids := map[string]bool{}
	twice := false // ids are counted anew in each window
	for i, w := range a.windows {
		tokens[i] = w.Tokens
		for _, e := range w.Entities {
			twice = twice || ids["m"+e.ID]
			ids["m"+e.ID] = true
		}
		for _, e := range w.Events {
			twice = twice || ids["e"+e.ID]
			ids["e"+e.ID] = true
		}
	}
	docID = segment.Find(opt, docID, a.records[0].At.File, tokens)
	placed, bad, err := segment.PlaceTokens(opt, docID, tokens)
	if err != nil {
		return nil, a.records[bad].Problem(docID, "tokens of "+a.windows[bad].id(), err.Error(), "the tokens in the order of the article's text")
	}
	for _, t := range placed.Respelt {
		opt.Remark(a.records[t[0]].At, segment.Respelling)
	}
	g := &graph.Graph{}
	for i := range a.windows {
		w := oneieReader{r: a.records[i], w: &a.windows[i], docID: docID, g: g, x: placed.Index, ontology: opt.Ontology, tokens: placed.Tokens[i], places: map[string]int{}}
		if twice {
			w.prefix = a.windows[i].id() + "-"
		}
		if err := w.read(opt); err != nil {
			return nil, err
		}
	}
	d, err := g.Document(docID, a.records[0].At, opt)
	if err != nil {
		return nil, err
	}
	offsets.Carry(opt, d, placed.Index)
	noteChanged(d, placed)
	return d, nil
}

func writeOneIE(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	return jsontext.WriteLines(out, docs, func(d *labels.Document) (any, error) {
		x, err := graph.Text(opt, d.DocID)
		if err != nil {
			return nil, err
		}
		g, err := graph.New(opt, d, x, graph.Holds{Attributes: []string{"level"}, Arcs: true, Ids: true})
		if err != nil {
			return nil, err
		}
		tokens := segment.Tokens(x, g.Spans())
		g.Keep(func(n *graph.Node) bool { _, _, ok := segment.TokenRange(tokens, n.Span); return ok },
			func(a *graph.Arc) bool { return g.Nodes[a.To].Kind != graph.EventNode })
		w := oneieWindow{DocID: d.DocID, WndID: jsontext.Text(d.DocID + "-0"), Tokens: []string{}, Entities: []oneieEntity{}, Relations: []oneieRelation{}, Events: []oneieEvent{}}
		for _, t := range tokens {
			surface, _ := x.Slice(t)
			w.Tokens = append(w.Tokens, surface)
		}
		event := map[int]int{}
		for i := range g.Nodes {
			n := &g.Nodes[i]
			from, to, _ := segment.TokenRange(tokens, n.Span)
			if n.Kind == graph.EventNode {
				event[i] = len(w.Events)
				w.Events = append(w.Events, oneieEvent{n.ID, n.Type, oneieTrigger{n.Text, from, to}, []oneieArgument{}})
				continue
			}
			w.Entities = append(w.Entities, oneieEntity{n.ID, n.Text, n.Label(), n.Attribute("level"), from, to})
		}
		for i, a := range g.Arcs {
			source, target := &g.Nodes[a.From], &g.Nodes[a.To]
			arg := oneieArgument{target.ID, target.Text, a.Label}
			if source.Kind == graph.EventNode {
				e := &w.Events[event[a.From]]
				e.Arguments = append(e.Arguments, arg)
				continue
			}
			arg.Role = "Arg-2"
			w.Relations = append(w.Relations, oneieRelation{"r" + strconv.Itoa(i+1), a.Label, []oneieArgument{{source.ID, source.Text, "Arg-1"}, arg}})
		}
		return w, nil
	})
}
