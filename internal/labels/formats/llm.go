package formats

import (
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/schema"
)

// Answers of language models: text with JSON in it, bare or in a fence of
// Markdown, one article a file (.md, .txt; the file names the article) or a line:
//
//	{"doc_id" or "id", "response" (or "output", "completion", "content", "answer"): "… ```json … ``` …"}
//
// The JSON is one of
//
//	{"entities": [ITEM], "events": [ITEM]}     "mentions" stands for entities
//	[ITEM]
//	{TYPE: [surface or ITEM]}
//	ITEM = {"text", "type", …}                 "name", "mention", "trigger", "surface"; "label", "entity_type", "category"
//
// A surface is looked for in the article; offsets of models are not believed
// and not read. Of several blocks the first that is JSON counts. An event's
// "arguments" are [{"role", "text"}] or {role: surface or [surface]}. Fields
// that an annotation has are read, others counted as left out.
func init() {
	labels.Register(labels.Format{
		Name: "llm", Title: "answers of language models: JSON in text, fenced or not", Unit: "surface",
		Layout: labels.FilePerArticle, Extensions: []string{".md", ".jsonl", ".txt"},
		Notes:  "Read only. Spans have no offsets and are placed by their surfaces. In a file of JSON that is nothing but the answer, name the format with --from.",
		Detect: detectLLM, Read: readLLM,
	})
}

// answerKeys are the names of the field that has a model's answer.
var answerKeys = []string{"response", "output", "completion", "content", "answer"}

func detectLLM(name string, head []byte) bool {
	if keys := jsontext.TopKeys(head); len(keys) > 0 {
		return !keys["text"] && !keys["tokens"] && !keys["mentions"] && !keys["events"] && !keys["entities"] && slices.ContainsFunc(answerKeys, func(k string) bool { return keys[k] })
	}
	if jsontext.IsJSONL(name) {
		return false
	}
	for _, block := range fencedBlocks(string(head)) {
		if block = strings.TrimSpace(block); strings.HasPrefix(block, "{") || strings.HasPrefix(block, "[") {
			return true
		}
	}
	return false
}

func readLLM(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		files, err := src.Files(".md", ".txt", ".jsonl", ".ndjson", ".json")
		if err != nil {
			yield(nil, err)
			return
		}
		for _, file := range files {
			if !readAnswers(src, file, opt, yield) {
				return
			}
		}
	}
}

func readAnswers(src labels.Source, file string, opt labels.ReadOptions, yield func(*labels.Document, error) bool) bool {
	if !jsontext.IsJSONL(file) {
		text, err := textfile.Read(src, file, opt)
		at := labels.Position{File: src.Display(file), Line: 1}
		if err == nil {
			if bad := textfile.NotUTF8(text, at, "text"); bad != nil {
				err = bad
			}
		}
		if err != nil {
			return yield(nil, err) && labels.IsRecordError(err)
		}
		return yield(parseAnswer(jsontext.Record{At: at, File: file, Number: 1}, textfile.DocID(file, ".md", ".txt", ".json"), text, opt))
	}
	one := labels.Source{FS: src.FS, Path: file, Name: src.Display(file)}
	going := true
	jsontext.EachRecord(one, opt, nil, func(r jsontext.Record, err error) bool {
		var fields map[string]json.RawMessage
		var ids struct {
			ID    jsontext.Text `json:"id"`
			DocID jsontext.Text `json:"doc_id"`
		}
		if err == nil {
			err = r.Decode(&fields)
		}
		if err == nil {
			err = r.Decode(&ids)
		}
		var d *labels.Document
		if err == nil {
			i := slices.IndexFunc(answerKeys, func(k string) bool { return fields[k] != nil })
			docID := r.DocID(string(ids.DocID), string(ids.ID))
			switch answer := ""; {
			case i < 0:
				err = r.Problem(docID, "record", "no answer", strings.Join(answerKeys, ", ")+" with the model's text")
			case json.Unmarshal(fields[answerKeys[i]], &answer) == nil:
				d, err = parseAnswer(r, docID, answer, opt)
			default: // the JSON itself, and no text
				d, err = parseAnswer(r, docID, string(fields[answerKeys[i]]), opt)
			}
		}
		going = yield(d, err)
		return going
	})
	return going
}

// fencedBlocks are the blocks between lines of ```.
func fencedBlocks(text string) []string {
	var blocks []string
	parts := strings.Split(text, "```")
	for i := 1; i < len(parts); i += 2 {
		block := parts[i]
		if head, rest, ok := strings.Cut(block, "\n"); ok && !strings.ContainsAny(head, "{[") {
			block = rest // the language's name
		}
		blocks = append(blocks, block)
	}
	return blocks
}

// answerJSON is the JSON of an answer, and how many more blocks have some: the
// first fenced block that is JSON, else the whole, else what stands between the
// first bracket and the last.
func answerJSON(text string) (string, int) {
	valid := func(s string) bool { return s != "" && (s[0] == '{' || s[0] == '[') && json.Valid([]byte(s)) }
	first, more := "", 0
	for _, block := range fencedBlocks(text) {
		if block = strings.TrimSpace(block); valid(block) && first == "" {
			first = block
		} else if valid(block) {
			more++
		}
	}
	if first != "" {
		return first, more
	}
	if text = strings.TrimSpace(text); valid(text) {
		return text, 0
	}
	if i, j := strings.IndexAny(text, "{["), strings.LastIndexAny(text, "}]"); i >= 0 && i < j && valid(text[i:j+1]) {
		return text[i : j+1], 0
	}
	return "", 0
}

func parseAnswer(r jsontext.Record, docID, text string, opt labels.ReadOptions) (*labels.Document, error) {
	answer, more := answerJSON(text)
	if answer == "" {
		return nil, r.Problem(docID, "answer", strconv.Quote(shortened([]byte(text), 40)), "JSON, bare or in a ``` fence")
	}
	for range more {
		opt.LeaveOut(r.At, "second block of JSON in an answer", "of "+docID)
	}
	var value any
	if err := json.Unmarshal([]byte(answer), &value); err != nil {
		return nil, r.Problem(docID, "answer", err.Error(), "JSON")
	}
	a := answerReader{r: r, docID: docID, opt: opt, g: &graph.Graph{}}
	if err := a.top(value); err != nil {
		return nil, err
	}
	d, err := a.g.Document(docID, r.At, opt)
	if err != nil {
		return nil, err
	}
	return d, nil
}

// answerReader reads the JSON of one answer.
type answerReader struct {
	r     jsontext.Record
	docID string
	opt   labels.ReadOptions
	g     *graph.Graph
}

// The names of an item's fields, the best first.
var (
	surfaceKeys = []string{"text", "surface", "mention", "name", "entity", "trigger", "word", "span"}
	typeKeys    = []string{"type", "label", "entity_type", "event_type", "category", "class"}
	listKeys    = map[string]graph.NodeKind{"entities": graph.MentionNode, "mentions": graph.MentionNode, "named_entities": graph.MentionNode, "events": graph.EventNode}
)

func (a *answerReader) top(value any) error {
	switch v := value.(type) {
	case []any:
		return a.items("answer", v, graph.MentionNode, "")
	case map[string]any:
		known := false
		for _, key := range slices.Sorted(maps.Keys(v)) {
			kind, is := listKeys[key]
			list, isList := v[key].([]any)
			if groups, ok := v[key].(map[string]any); is && ok { // {"entities": {TYPE: […]}}
				if err := a.top(groups); err != nil {
					return err
				}
				known = true
			} else if is && isList {
				if err := a.items(key, list, kind, ""); err != nil {
					return err
				}
				known = true
			}
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			list, isList := v[key].([]any)
			switch _, is := listKeys[key]; {
			case is:
			case known || !isList:
				a.opt.LeaveOut(a.r.At, fmt.Sprintf("field %q of an answer", key), "of "+a.docID)
			default:
				if err := a.items(key, list, graph.MentionNode, key); err != nil {
					return err
				}
			}
		}
		return nil
	}
	return a.r.Problem(a.docID, "answer", fmt.Sprintf("%T", value), "a list or an object")
}

// items reads a list of surfaces or objects; typ is their type where they have
// none.
func (a *answerReader) items(what string, list []any, kind graph.NodeKind, typ string) error {
	for i, value := range list {
		if surface, ok := value.(string); ok {
			value = map[string]any{"text": surface}
		}
		fields, ok := value.(map[string]any)
		if !ok {
			return a.r.Problem(a.docID, fmt.Sprintf("%s[%d]", what, i), shortened([]byte(fmt.Sprint(value)), 40), "a surface, or an object with text and type")
		}
		n := graph.Node{Kind: kind, Span: schema.NoSpan, Type: typ, At: a.r.At}
		n.Text = takeString(fields, surfaceKeys)
		if n.Text == "" {
			return a.r.Problem(a.docID, fmt.Sprintf("%s[%d]", what, i), "no text", "the words of the article, as "+strings.Join(surfaceKeys[:3], ", "))
		}
		if t := takeString(fields, typeKeys); t != "" {
			n.Type = t
		}
		if parsed, plain := graph.ParseLabel(a.opt.Ontology, n.Type); kind == graph.MentionNode && parsed == graph.EventNode {
			n.Kind, n.Type = parsed, plain
		}
		at := len(a.g.Nodes)
		a.g.Nodes = append(a.g.Nodes, n)
		if err := a.rest(at, fields); err != nil {
			return err
		}
	}
	return nil
}

// takeString takes the first of the fields that is a string.
func takeString(fields map[string]any, keys []string) string {
	for _, k := range keys {
		if s, ok := fields[k].(string); ok {
			delete(fields, k)
			return s
		}
	}
	return ""
}

// rest reads what an item has besides its surface and type.
func (a *answerReader) rest(at int, fields map[string]any) error {
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		value := fields[key]
		n := &a.g.Nodes[at]
		switch key {
		case "start", "end", "offset", "offsets", "start_char", "end_char": // not believed
		case "confidence", "score":
			if c, ok := value.(float64); ok && c >= 0 && c <= 1 {
				n.Confidence = &c
			} else if value != nil {
				return a.r.Problem(a.docID, key+" of "+strconv.Quote(n.Text), fmt.Sprint(value), "a number from 0 to 1")
			}
		case "arguments", "participants", "roles":
			a.arguments(at, value)
		case "id", "mention_id", "event_id":
			n.ID = fmt.Sprint(value)
		default:
			if n.Kind == graph.MentionNode && slices.Contains(graph.MentionAttributes, key) || n.Kind == graph.EventNode && slices.Contains(graph.EventAttributes, key) {
				n.Attributes = append(n.Attributes, plainAttribute(key, value)...)
			} else if value != nil {
				a.opt.LeaveOut(a.r.At, fmt.Sprintf("attribute %q", key), "of "+n.Text)
			}
		}
	}
	return nil
}

// arguments reads those of an event, in either form.
func (a *answerReader) arguments(at int, value any) {
	add := func(role string, filler any) {
		text, _ := filler.(string)
		if fields, ok := filler.(map[string]any); ok {
			text = takeString(fields, surfaceKeys)
		}
		if text == "" || a.g.Nodes[at].Kind != graph.EventNode {
			a.opt.LeaveOut(a.r.At, "argument", fmt.Sprintf("%s of %s", role, a.g.Nodes[at].Text))
			return
		}
		a.g.Arcs = append(a.g.Arcs, graph.Arc{From: at, To: len(a.g.Nodes), Label: role, At: a.r.At})
		a.g.Nodes = append(a.g.Nodes, graph.Node{Kind: graph.ArgumentNode, Type: role, Text: text, Span: schema.NoSpan, At: a.r.At})
	}
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			fields, _ := item.(map[string]any)
			role, _ := fields["role"].(string)
			delete(fields, "role")
			add(role, item)
		}
	case map[string]any:
		for _, role := range slices.Sorted(maps.Keys(v)) {
			list, ok := v[role].([]any)
			if !ok {
				list = []any{v[role]}
			}
			for _, filler := range list {
				add(role, filler)
			}
		}
	}
}
