package formats

import (
	"fmt"
	"iter"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/schema"
)

// MAVEN, MAVEN-ERE and MAVEN-Arg: one article a line.
//
//	{"id", "title", "content": [{"sentence", "tokens": [TOKEN]}] or "tokens": [[TOKEN]] or "document": text,
//	 "events": [{"id", "type", "mention": [{"id", "trigger_word", "sent_id", "offset": [start, end]}],
//	             "argument": {role: [{"entity_id"} or {"content", "offset"}]}}],
//	 "entities": [{"id", "type", "mention": [{"id", "mention", "offset" or "position": [start, end]}]}],
//	 "TIMEX": [{"id", "type", "mention", "sent_id", "offset"}]}
//
// offset is [start,end) in tokens of the sentence sent_id, and, where the article
// is a "document" (MAVEN-Arg), in Unicode code points of that. The event's id is
// the hopper_id of its mentions, the entity's id its mentions' actor_id. An event's
// arguments are its first mention's; an entity as argument is the mention of it
// that is nearest to the trigger. An article without events and entities
// (the test part has only candidates) is not labelled. Relations between events
// are counted as left out; negative triggers are no labels.
func init() {
	labels.Register(labels.Format{
		Name: "maven", Title: "MAVEN, MAVEN-ERE and MAVEN-Arg: events as their mentions, an article a line", Unit: "token",
		Layout: labels.OneFile, Extensions: []string{".jsonl"},
		Notes: "Read only. Ids of events become hopper ids, ids of entities actor ids.",
		Detect: func(_ string, head []byte) bool {
			keys := jsontext.TopKeys(head)
			return keys["id"] && (keys["content"] && (keys["title"] || keys["events"]) || keys["document"] && keys["events"] || keys["tokens"] && keys["sentences"] && keys["events"])
		},
		Read: readMAVEN,
	})
}

type mavenRecord struct {
	ID      jsontext.Text `json:"id"`
	Content []struct {
		Tokens []string `json:"tokens"`
	} `json:"content"`
	Tokens   [][]string   `json:"tokens"`
	Document *string      `json:"document"`
	Events   []mavenEvent `json:"events"`
	Entities []mavenEvent `json:"entities"`
	Times    []mavenSpan  `json:"TIMEX"`

	Temporal    map[string][]any `json:"temporal_relations"`
	Causal      map[string][]any `json:"causal_relations"`
	Subevents   []any            `json:"subevent_relations"`
	Coreference []any            `json:"coreference_relations"`
}

// mavenEvent is an event or an entity.
type mavenEvent struct {
	ID        string                     `json:"id"`
	Type      string                     `json:"type"`
	Mentions  []mavenSpan                `json:"mention"`
	Arguments map[string][]mavenArgument `json:"argument"`
}

type mavenSpan struct {
	ID       string   `json:"id"`
	Type     string   `json:"type"`
	Trigger  string   `json:"trigger_word"`
	Mention  string   `json:"mention"`
	Sentence int      `json:"sent_id"`
	Offset   []*int32 `json:"offset"`
	Position []*int32 `json:"position"`
}

type mavenArgument struct {
	EntityID string   `json:"entity_id"`
	Content  string   `json:"content"`
	Offset   []*int32 `json:"offset"`
}

func readMAVEN(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		jsontext.EachRecord(src, opt, []string{".jsonl", ".json"}, func(r jsontext.Record, err error) bool {
			var d *labels.Document
			if err == nil {
				d, err = parseMAVEN(r, opt)
			}
			return d == nil && err == nil || yield(d, err)
		})
	}
}

// mavenKeys are what is read; the title stands in the text too, and negative
// triggers, candidates and the sentences beside their tokens say nothing more.
var mavenKeys = strings.Fields("id title content tokens sentences document events entities TIMEX negative_triggers candidates " +
	"temporal_relations causal_relations subevent_relations coreference_relations")

// mavenReader reads one article.
type mavenReader struct {
	r        jsontext.Record
	docID    string
	opt      labels.ReadOptions
	g        *graph.Graph
	x        *schema.Index
	places   [][]schema.Span // of tokens by sentence; nil where offsets are code points
	entities map[string][]int
}

func parseMAVEN(r jsontext.Record, opt labels.ReadOptions) (*labels.Document, error) {
	var rec mavenRecord
	if err := r.Decode(&rec); err != nil {
		return nil, err
	}
	m := mavenReader{r: r, docID: r.DocID(string(rec.ID)), opt: opt, g: &graph.Graph{}, entities: map[string][]int{}}
	if rec.Events == nil && rec.Entities == nil && rec.Times == nil {
		opt.NotLabelled(r.At, m.docID, "it has no events, only candidates or nothing")
		return nil, nil
	}
	if err := m.text(&rec); err != nil {
		return nil, err
	}
	leaveTopKeys(opt, r, m.docID, "key", mavenKeys...)
	for i, e := range rec.Entities {
		if len(e.Mentions) == 0 {
			opt.LeaveOut(r.At, "entity without mentions", strings.TrimSpace(e.Type+" "+e.ID))
		}
		for k, s := range e.Mentions {
			n := graph.Node{ID: s.ID, Type: e.Type, Attributes: []graph.Attribute{{Name: "actor_id", Value: ownChain(m.docID, e.ID)}}}
			at, err := m.add(fmt.Sprintf("entities[%d].mention[%d]", i, k), n, s)
			if err != nil {
				return nil, err
			}
			m.entities[e.ID] = append(m.entities[e.ID], at)
		}
	}
	for i, s := range rec.Times {
		if _, err := m.add(fmt.Sprintf("TIMEX[%d]", i), graph.Node{ID: s.ID, Type: s.Type}, s); err != nil {
			return nil, err
		}
	}
	for i, e := range rec.Events {
		if err := m.event(fmt.Sprintf("events[%d]", i), e); err != nil {
			return nil, err
		}
	}
	m.relations(&rec)
	d, err := m.g.Document(m.docID, r.At, opt)
	switch {
	case err != nil:
		return nil, err
	case rec.Document != nil:
		if err := offsets.Settle(opt, d, *rec.Document, labels.CodePoints); err != nil {
			return nil, err
		}
	default:
		offsets.Carry(opt, d, m.x)
	}
	return d, nil
}

// text finds the tokens, or takes the text that the record carries.
func (m *mavenReader) text(rec *mavenRecord) error {
	if rec.Document != nil {
		return nil
	}
	sentences := rec.Tokens
	for _, s := range rec.Content {
		sentences = append(sentences, s.Tokens)
	}
	x, docID, flat, err := placeSentences(m.r, m.docID, sentences, m.opt)
	if err != nil {
		return err
	}
	m.x, m.docID, m.places = x, docID, make([][]schema.Span, len(sentences))
	for i, s := range sentences {
		m.places[i], flat = flat[:len(s)], flat[len(s):]
	}
	return nil
}

func (m *mavenReader) add(what string, n graph.Node, s mavenSpan) (int, error) {
	at := s.Offset
	if at == nil {
		at = s.Position
	}
	span, err := m.span(what, s.Sentence, at)
	if err != nil {
		return 0, err
	}
	if n.Span, n.At = span, m.r.At; m.places == nil {
		n.Text = s.Trigger + s.Mention // proves the offsets
	} else if got, _ := m.x.Slice(span); s.Trigger+s.Mention != "" && unspaced(got) != unspaced(s.Trigger+s.Mention) {
		return 0, m.r.Problem(m.docID, what, strconv.Quote(got), strconv.Quote(s.Trigger+s.Mention))
	}
	m.g.Nodes = append(m.g.Nodes, n)
	return len(m.g.Nodes) - 1, nil
}

// span is [start,end) in tokens of a sentence, or in code points.
func (m *mavenReader) span(what string, sentence int, at []*int32) (schema.Span, error) {
	if len(at) != 2 {
		return schema.NoSpan, m.r.Problem(m.docID, what+".offset", fmt.Sprintf("%d numbers", len(at)), "[start, end]")
	}
	s, err := m.r.Span(m.docID, what+".offset", at[0], at[1])
	if err != nil || m.places == nil {
		return s, err
	}
	if sentence < 0 || sentence >= len(m.places) || int(s.End) > len(m.places[sentence]) {
		return schema.NoSpan, m.r.Problem(m.docID, what+".offset", fmt.Sprintf("tokens %s of sentence %d", s, sentence), "tokens of one of the sentences")
	}
	tokens := m.places[sentence]
	return schema.Span{Start: tokens[s.Start].Start, End: tokens[s.End-1].End}, nil
}

func (m *mavenReader) event(what string, e mavenEvent) error {
	first := len(m.g.Nodes)
	if len(e.Mentions) == 0 && len(e.Arguments) == 0 {
		m.opt.LeaveOut(m.r.At, "event without mentions", strings.TrimSpace(e.Type+" "+e.ID))
	}
	for k, s := range e.Mentions {
		n := graph.Node{Kind: graph.EventNode, ID: s.ID, Type: e.Type}
		if e.ID != "" {
			n.Attributes = []graph.Attribute{{Name: "hopper_id", Value: ownChain(m.docID, e.ID)}}
		}
		if _, err := m.add(fmt.Sprintf("%s.mention[%d]", what, k), n, s); err != nil {
			return err
		}
	}
	for _, role := range sortedKeys(e.Arguments) {
		for k, a := range e.Arguments[role] {
			what := fmt.Sprintf("%s.argument.%s[%d]", what, role, k)
			if len(e.Mentions) == 0 {
				return m.r.Problem(m.docID, what, "an argument of an event without mentions", "a trigger")
			}
			to, err := m.filler(what, role, first, a)
			if err != nil {
				return err
			}
			m.g.Arcs = append(m.g.Arcs, graph.Arc{From: first, To: to, Label: role, At: m.r.At})
		}
	}
	return nil
}

// filler is the node of an argument: the nearest mention of its entity, or a
// bare span.
func (m *mavenReader) filler(what, role string, trigger int, a mavenArgument) (int, error) {
	if a.EntityID == "" {
		return m.add(what, graph.Node{Kind: graph.ArgumentNode, Type: role}, mavenSpan{Mention: a.Content, Offset: a.Offset})
	}
	best := -1
	for _, at := range m.entities[a.EntityID] {
		if best < 0 || m.distance(trigger, at) < m.distance(trigger, best) {
			best = at
		}
	}
	if best < 0 {
		return 0, m.r.Problem(m.docID, what+".entity_id", strconv.Quote(a.EntityID), "the id of one of the entities")
	}
	return best, nil
}

func (m *mavenReader) distance(a, b int) int32 {
	x, y := m.g.Nodes[a].Span, m.g.Nodes[b].Span
	return max(x.Start-y.End, y.Start-x.End, 0)
}

// relations says what stands between events.
func (m *mavenReader) relations(rec *mavenRecord) {
	leave := func(kind string, n int) {
		for range n {
			m.opt.LeaveOut(m.r.At, kind+" relation between events", "of "+m.docID)
		}
	}
	for _, k := range sortedKeys(rec.Temporal) {
		leave("temporal", len(rec.Temporal[k]))
	}
	for _, k := range sortedKeys(rec.Causal) {
		leave("causal", len(rec.Causal[k]))
	}
	leave("subevent", len(rec.Subevents))
	leave("coreference", len(rec.Coreference))
}
