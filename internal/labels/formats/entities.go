package formats

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/schema"
)

// Entities of Python pipelines as JSON, an article a line or an element of a
// list:
//
//	{"doc_id" or "id", "text"?, "entities": [ENTITY]}
//	ENTITY = [start, end, label]
//	       | {"start", "end", "label", "text"?, "score"?}                  GLiNER
//	       | {"start", "end", "entity_group" or "entity", "word", "score"} transformers' token-classification pipeline
//	       | {"start_pos", "end_pos", "text", "labels": [{"value", "confidence"}]}   flair
//	       | {"start_char", "end_char", "type", "text"}                    stanza
//
// Offsets are [start,end) in Unicode code points of the text, as Python counts;
// surfaces prove them, "word" apart, which a tokenizer has changed. A pipeline
// without aggregation gives the pieces of words, "entity" B-PER and I-PER with
// "index": pieces are joined. Entities whose start or end is null, as slow
// tokenizers give them, have their surface only. Without a text it is the
// article's.
//
// A .json file that is a list of entities is what a pipeline gives for one text;
// the article is named by the file. Written are [start, end, label], the training
// data of spaCy and of most scripts: of overlapping mentions the outermost, since
// spaCy refuses others (E103).
func init() {
	labels.Register(labels.Format{
		Name: "entities", Aliases: []string{"pipeline"}, Title: "entities of GLiNER, transformers, flair, stanza; training data {text, entities}", Unit: schema.OffsetUnit,
		Layout: labels.OneFile, Extensions: []string{".jsonl", ".json"},
		Notes: "Carries the types and places of mentions, confidence on reading only: of overlapping ones the outermost is written. No events are written; " +
			"labels that are event types are read as events.",
		Detect: func(_ string, head []byte) bool { return isEntities(jsontext.TopKeys(head), head) }, Read: readEntities, Write: writeEntities,
	})
}

// entityKeys are the names of a field of an entity, the best first.
var entityKeys = map[string][]string{
	"start": {"start", "start_pos", "start_char"}, "end": {"end", "end_pos", "end_char"},
	"label": {"label", "entity_group", "type", "entity"}, "text": {"text", "word"}, "score": {"score", "confidence"},
}

// isEntities reports whether the head of a JSON file is of this format, and not
// of doccano, whose entities have start_offset and stand beside relations.
func isEntities(keys map[string]bool, head []byte) bool {
	if keys["entities"] {
		return !isDoccano(keys, head) && !keys["tokens"] && !keys["events"]
	}
	has := func(field string) bool {
		return slices.ContainsFunc(entityKeys[field], func(k string) bool { return keys[k] })
	}
	return has("start") && has("end") && (has("label") || keys["labels"]) && has("text") && !keys["doc_id"]
}

// entity is one entity of any form.
type entity struct {
	start, end  *int32
	label, text string
	score       *float64
	piece       int // its number among the pieces of words, 0 for a whole entity
	exact       bool
}

func readEntities(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		var list []json.RawMessage // entities of the file, where it is nothing else
		var first jsontext.Record
		going := true
		flush := func() bool {
			if list == nil {
				return true
			}
			r, entities := first, list
			list, first.Number = nil, 0
			r.Number = 1
			return yield(entityDocument(r, r.DocID(), nil, entities, opt))
		}
		jsontext.EachRecord(src, opt, []string{".jsonl", ".json"}, func(r jsontext.Record, err error) bool {
			var rec struct {
				ID       jsontext.Text     `json:"id"`
				DocID    jsontext.Text     `json:"doc_id"`
				Text     *string           `json:"text"`
				Entities []json.RawMessage `json:"entities"`
			}
			if list != nil && first.File != r.File {
				if going = flush(); !going {
					return false
				}
			}
			if err == nil && !jsontext.TopKeys([]byte(r.Text))["entities"] && isEntities(jsontext.TopKeys([]byte(r.Text)), nil) {
				if jsontext.IsJSONL(r.File) {
					e := r.Problem("", "record", "an entity of no article", `{"doc_id", "entities": […]}, a line an article`)
					going = yield(nil, e)
					return going
				}
				if list == nil {
					first = r
				}
				list = append(list, json.RawMessage(r.Text))
				return true
			}
			if err == nil {
				err = r.Decode(&rec)
			}
			if err == nil && rec.Entities == nil {
				err = r.Problem(string(rec.DocID), "entities", "none", "a list, [] for no entities")
			}
			var d *labels.Document
			if err == nil {
				docID := r.DocID(string(rec.DocID), string(rec.ID))
				leaveTopKeys(opt, r, docID, "key", "id", "doc_id", "text", "entities")
				d, err = entityDocument(r, docID, rec.Text, rec.Entities, opt)
			}
			going = yield(d, err)
			return going
		})
		if going {
			flush()
		}
	}
}

// entityDocument is an article with its entities.
func entityDocument(r jsontext.Record, docID string, text *string, list []json.RawMessage, opt labels.ReadOptions) (*labels.Document, error) {
	g := &graph.Graph{}
	var last entity
	for i, raw := range list {
		what := fmt.Sprintf("entities[%d]", i)
		e, err := parseEntity(r, docID, what, raw, opt)
		if err != nil {
			return nil, err
		}
		if e.piece > 0 && last.piece == e.piece-1 && last.piece > 0 && last.label == e.label && raw[0] == '{' && continues(raw) {
			n := &g.Nodes[len(g.Nodes)-1]
			if e.end != nil && n.Span.IsSet() {
				n.Span.End = *e.end
			}
			last = e
			continue
		}
		last = e
		n := graph.Node{Confidence: e.score, Span: schema.NoSpan}
		n.Kind, n.Type = graph.ParseLabel(opt.Ontology, e.label)
		if e.start != nil && e.end != nil {
			if n.Span, err = r.Span(docID, what, e.start, e.end); err != nil {
				return nil, err
			}
		}
		if e.exact || !n.Span.IsSet() {
			n.Text = e.text
		}
		if !n.Span.IsSet() && n.Text == "" {
			return nil, r.Problem(docID, what, "no start, end or text", "offsets or the surface")
		}
		g.Nodes = append(g.Nodes, n)
	}
	d, err := g.Document(docID, r.At, opt)
	if err == nil {
		err = g.Confidences(docID, r.At)
	}
	if err == nil && text != nil {
		err = offsets.Settle(opt, d, *text, labels.CodePoints)
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}

// continues reports whether the piece of a word goes on with the mention before.
func continues(raw json.RawMessage) bool {
	var e struct {
		Entity string `json:"entity"`
	}
	_ = json.Unmarshal(raw, &e) // parsed before
	prefix, _, ok := conllTag(e.Entity)
	return ok && prefix != 'B' && prefix != 'S'
}

func parseEntity(r jsontext.Record, docID, what string, raw json.RawMessage, opt labels.ReadOptions) (entity, error) {
	bad := func() (entity, error) {
		return entity{}, r.Problem(docID, what, shortened(raw, 60), `[start, end, label], or an object with start, end and label`)
	}
	var e entity
	if raw[0] == '[' {
		var parts []json.RawMessage
		if json.Unmarshal(raw, &parts) != nil || len(parts) != 3 || json.Unmarshal(parts[0], &e.start) != nil ||
			json.Unmarshal(parts[1], &e.end) != nil || json.Unmarshal(parts[2], &e.label) != nil {
			return bad()
		}
		return e, nil
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil || fields == nil {
		return bad()
	}
	var failed bool
	take := func(field string, into any) string {
		for _, key := range entityKeys[field] {
			if v, has := fields[key]; has {
				failed = failed || json.Unmarshal(v, into) != nil
				delete(fields, key)
				return key
			}
		}
		return ""
	}
	take("start", &e.start)
	take("end", &e.end)
	take("score", &e.score)
	e.exact = take("text", &e.text) == "text"
	if labels, has := fields["labels"]; has {
		failed = failed || !e.flairLabels(r, labels, opt)
		delete(fields, "labels")
	} else if key := take("label", &e.label); key == "" {
		return bad()
	} else if key == "entity" {
		if _, typ, ok := conllTag(e.label); ok && typ != "" {
			e.label = typ
			failed = failed || json.Unmarshal(cmpRaw(fields["index"]), &e.piece) != nil
		}
	}
	delete(fields, "index")
	if failed {
		return bad()
	}
	for _, key := range sortedKeys(fields) {
		if !slices.Contains(entityKeys["text"], key) {
			opt.LeaveOut(r.At, fmt.Sprintf("attribute %q of an entity", key), "of "+docID)
		}
	}
	return e, nil
}

// flairLabels takes the first of flair's labels.
func (e *entity) flairLabels(r jsontext.Record, raw json.RawMessage, opt labels.ReadOptions) bool {
	var list []struct {
		Value      string   `json:"value"`
		Confidence *float64 `json:"confidence"`
	}
	if json.Unmarshal(raw, &list) != nil || len(list) == 0 {
		return false
	}
	e.label, e.score = list[0].Value, list[0].Confidence
	for _, more := range list[1:] {
		opt.LeaveOut(r.At, "second label of an entity", strconv.Quote(more.Value))
	}
	return true
}

// cmpRaw is the value, or 0 where there is none.
func cmpRaw(v json.RawMessage) json.RawMessage {
	if v == nil {
		return json.RawMessage("0")
	}
	return v
}

// entitiesRecord is an article as it is written.
type entitiesRecord struct {
	DocID    string   `json:"doc_id"`
	Text     string   `json:"text"`
	Entities [][3]any `json:"entities"`
}

// loseID says that the id of the k-th mention that is written, from 0, is not the
// one that it gets on reading.
func loseID(g *graph.Graph, n *graph.Node, k int) {
	if n.Owner != graph.MadeID(graph.MentionNode, k+1) && n.Owner != "" {
		g.Lose(n.Owner, "mention_id")
	}
}

func writeEntities(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	return jsontext.WriteLines(out, docs, func(d *labels.Document) (any, error) {
		x, err := graph.Text(opt, d.DocID)
		if err != nil {
			return nil, err
		}
		g, err := graph.New(opt, d, x, graph.Holds{NoEvents: true, Ids: true})
		if err != nil {
			return nil, err
		}
		keep := map[*graph.Node]bool{}
		for _, i := range outermost(g) {
			keep[&g.Nodes[i]] = true
		}
		g.Keep(func(n *graph.Node) bool { return keep[n] }, nil)
		rec := entitiesRecord{DocID: d.DocID, Text: x.Text(), Entities: [][3]any{}}
		for k, i := range outermost(g) {
			n := &g.Nodes[i]
			loseID(g, n, k)
			rec.Entities = append(rec.Entities, [3]any{n.Span.Start, n.Span.End, n.Label()})
		}
		return rec, nil
	})
}
