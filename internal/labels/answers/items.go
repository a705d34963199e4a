package answers

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/suggest"
	"github.com/mizan-corpus/mizan/schema"
)

// Item is one mention of an answer.
type Item struct {
	ID, Text, Type, Level, Head, Actor string
	Before, After                      string      // the words around it
	Span                               schema.Span // NoSpan where the answer has none
	Confidence                         *float64
	Status                             string // LangExtract's alignment status
	index                              int    // of its token, for pieces of words; -1
	piece                              bool   // Text is what a tokenizer made of the words
}

// The keys by which well-known tools and models call the parts of a mention, in
// the order in which they are looked for.
var (
	textKeys   = []string{"text", "word", "surface", "name", "mention", "phrase", "span_text", "entity_text", "extraction_text", "entity_name", "value", "string", "token"}
	typeKeys   = []string{"type", "label", "entity_group", "entity_type", "category", "tag", "class", "extraction_class", "ner", "label_", "ent_type", "ner_type", "tag_name", "kind"}
	startKeys  = []string{"start", "start_offset", "begin", "start_char", "start_pos", "startOffset", "start_index", "beginOffset", "BeginOffset", "offset", "startIndex"}
	endKeys    = []string{"end", "end_offset", "end_char", "end_pos", "endOffset", "end_index", "EndOffset", "stop", "endIndex"}
	scoreKeys  = []string{"confidence", "score", "probability", "prob", "confidenceScore"}
	beforeKeys = []string{"before", "left", "context_before", "left_context"}
	afterKeys  = []string{"after", "right", "context_after", "right_context"}
	spanKeys   = []string{"char_interval", "span", "offsets", "position", "char_span", "indices"}
)

// first is the first of the keys that an object has with a value.
func (o object) first(keys []string) (any, bool) {
	for _, k := range keys {
		if v, ok := o.values[k]; ok && v != nil {
			return v, true
		}
	}
	return nil, false
}

func (o object) text(keys ...string) string {
	v, _ := o.first(keys)
	s, _ := v.(string)
	return s
}

// item reads one mention; what says what is wrong with it.
func item(v any) (Item, error) {
	it := Item{Span: schema.NoSpan, index: -1}
	o, ok := v.(object)
	if !ok {
		return itemOfList(v)
	}
	it.Text, it.Type = o.text(textKeys...), o.text(typeKeys...)
	_, hasText := o.first(textKeys)
	if entity, ok := o.values["entity"].(string); ok { // the type beside a word, else the text
		switch {
		case it.Text == "" && (it.Type != "" || !tagged(entity)):
			it.Text, hasText = entity, true
		case it.Type == "":
			it.Type = entity
		}
	}
	it.ID, it.Level, it.Head, it.Actor = o.text("id", "mention_id"), o.text("level"), o.text("head"), o.text("actor", "actor_id", "kb_id")
	it.Before, it.After, it.Status = o.text(beforeKeys...), o.text(afterKeys...), o.text("alignment_status")
	if n, ok := o.values["index"].(float64); ok {
		it.index = int(n)
	}
	_, it.piece = o.values["word"]
	if f, ok := o.first(scoreKeys); ok {
		if c, ok := f.(float64); ok && c >= 0 && c <= 1 {
			it.Confidence = &c
		}
	}
	var given bool
	if it.Span, given = o.span(); !given && !hasText {
		return it, &Error{Found: "an item with " + keysOf(o), Expected: "a text, or start and end", JSON: true}
	}
	return it, nil
}

// span is where an item says it is, in whatever form.
func (o object) span() (schema.Span, bool) {
	if v, ok := o.first(spanKeys); ok {
		switch v := v.(type) {
		case object:
			return v.span()
		case list:
			if len(v) == 2 {
				return spanOf(v[0], v[1])
			}
		}
	}
	start, _ := o.first(startKeys)
	if end, ok := o.first(endKeys); ok {
		return spanOf(start, end)
	}
	if n, ok := o.values["length"].(float64); ok {
		if at, ok := start.(float64); ok {
			return spanOf(at, at+n)
		}
	}
	return schema.NoSpan, false
}

func spanOf(start, end any) (schema.Span, bool) {
	a, ok1 := start.(float64)
	b, ok2 := end.(float64)
	if !ok1 || !ok2 || a != math.Trunc(a) || b != math.Trunc(b) || a < 0 || a > math.MaxInt32 || b < 0 || b > math.MaxInt32 {
		return schema.NoSpan, false
	}
	return schema.Span{Start: int32(a), End: int32(b)}, true
}

// itemOfList reads a mention that is a string, [text, type] or [start, end, type].
func itemOfList(v any) (Item, error) {
	it := Item{Span: schema.NoSpan, index: -1}
	switch v := v.(type) {
	case string:
		it.Text = v
		return it, nil
	case list:
		if len(v) == 3 {
			typ, isType := v[2].(string)
			if span, ok := spanOf(v[0], v[1]); ok && isType {
				it.Span, it.Type = span, typ
				return it, nil
			}
		}
		if len(v) == 2 {
			text, ok1 := v[0].(string)
			typ, ok2 := v[1].(string)
			if ok1 && ok2 {
				it.Text, it.Type = text, typ
				return it, nil
			}
		}
	}
	return it, &Error{Found: "an item that is " + kindOf(v), Expected: "an object, a text, [text, type] or [start, end, type]", JSON: true}
}

// items reads a list of mentions.
func items(l list) ([]Item, error) {
	out := make([]Item, 0, len(l))
	for i, v := range l {
		it, err := item(v)
		if err != nil {
			e := err.(*Error)
			e.Found = fmt.Sprintf("item %d: %s", i+1, e.Found)
			return nil, e
		}
		out = append(out, it)
	}
	return out, nil
}

// grouped reads mentions by type: {"PER": ["…", …]}, as GLiNER2 and many prompts
// have it; the items may be texts or objects.
func grouped(o object) ([]Item, bool) {
	var out []Item
	for _, typ := range o.keys {
		l, ok := o.values[typ].(list)
		if !ok {
			return nil, false
		}
		part, err := items(l)
		if err != nil {
			return nil, false
		}
		for i := range part {
			if part[i].Type == "" {
				part[i].Type = typ
			}
		}
		out = append(out, part...)
	}
	return out, len(o.keys) > 0
}

// keysOf names an object's keys for a message.
func keysOf(o object) string {
	if len(o.keys) == 0 {
		return "no keys"
	}
	var names []string
	for _, k := range o.keys[:min(len(o.keys), 6)] {
		names = append(names, fmt.Sprintf("%q", k))
	}
	if len(o.keys) > 6 {
		names = append(names, "…")
	}
	return "the keys " + strings.Join(names, ", ")
}

func kindOf(v any) string {
	switch v := v.(type) {
	case object:
		return "an object with " + keysOf(v)
	case list:
		return "a list"
	case string:
		return "a text"
	case float64:
		return "a number"
	case bool:
		return "true or false"
	}
	return "null"
}

// like is the known key nearest to one of an object's, for a hint.
func like(o object, known []string) string {
	for _, k := range o.keys {
		if near := suggest.Near(k, known, 1); len(near) > 0 && !slices.Contains(known, k) {
			return fmt.Sprintf("; did you mean %q for %q?", near[0], k)
		}
	}
	return ""
}
