package answers

import (
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// Answer is what an answer says.
type Answer struct {
	Shape  string // one of [Shapes]
	DocID  string // where it names the article by doc_id
	FileID string // where it names it by that or another key, as in a file
	Error  string // instead of anything else
	Items  []Item
	Text   *string    // the text that it carries, to which its offsets refer
	Tokens [][]string // of tokens and tags
	Tags   [][]string
}

// The shapes.
const (
	Auto        = "auto"        // whatever fits
	Native      = "mizan"       // the toolkit's own form
	HF          = "hf"          // a token-classification pipeline of Transformers
	SpaCy       = "spacy"       // Doc.to_json
	GLiNER      = "gliner"      // predict_entities
	LangExtract = "langextract" // an AnnotatedDocument
	Tokens      = "tokens"      // tokens and IOB tags
	List        = "list"        // texts, pairs, or texts by type
)

// Shapes are the names of the shapes, for --answer.
func Shapes() []string { return []string{Auto, GLiNER, HF, LangExtract, List, Native, SpaCy, Tokens} }

var (
	idKeys   = []string{"doc_id", "document_id", "docid", "id"}
	tagKeys  = []string{"tags", "ner_tags", "labels", "iob", "bio", "iob_tags", "ner", "predictions", "tag"}
	listKeys = []string{"mentions", "entities", "ents", "extractions", "spans", "items", "named_entities", "predictions", "results", "actors"}
	wrappers = []string{"result", "results", "output", "outputs", "answer", "annotation", "annotations", "data", "response", "prediction", "predictions", "json", "ner", "labels", "entities", "mentions"}
)

// Parse reads an answer in any of the shapes, or in the one that is asked for. It is
// read where that is possible without a guess; else the [Error] names what was found.
func Parse(text, shape string, o *schema.Ontology) (*Answer, error) {
	r := reader{shape: shape, types: typesOf(o)}
	v, err := find(text, r.grade)
	if err != nil {
		return nil, err
	}
	return r.read(v, 0)
}

// typesOf are the types of an ontology, in small letters.
func typesOf(o *schema.Ontology) []string {
	var all []string
	if o != nil {
		for _, t := range o.MentionTypes {
			all = append(all, strings.ToLower(t.Code.Code))
		}
		for _, t := range o.EventTypes {
			all = append(all, strings.ToLower(t.Code.Code))
		}
	}
	return all
}

type reader struct {
	shape string
	types []string
}

// grade says how good a reading of a value is: 0 for none, 1 for texts alone, 2 for
// a list of objects, 3 for an object.
func (r reader) grade(v any) int {
	a, err := r.read(v, 0)
	if err != nil {
		return 0
	}
	switch v := v.(type) {
	case object:
		return 3
	case list:
		for _, e := range v {
			if _, is := e.(object); is {
				return 2
			}
		}
		if len(a.Items) == 0 && len(a.Tokens) == 0 {
			return 0 // [] in prose says nothing
		}
	}
	return 1
}

// read reads a value.
func (r reader) read(v any, depth int) (*Answer, error) {
	if depth > 4 {
		return nil, &Error{Found: "an answer wrapped too often", Expected: "mentions", JSON: true}
	}
	switch v := v.(type) {
	case object:
		return r.object(v, depth)
	case list:
		return r.list(v, depth)
	}
	return nil, &Error{Found: kindOf(v), Expected: "one JSON object", JSON: true}
}

func (r reader) object(o object, depth int) (*Answer, error) {
	a := &Answer{DocID: o.text("doc_id"), FileID: o.text(idKeys...)}
	if t, ok := o.values["text"].(string); ok {
		a.Text = &t
	}
	if _, mentions := o.first(listKeys); !mentions && o.text("error") != "" {
		a.Error, a.Text = o.text("error"), nil
		return a, nil
	}
	_, tokens := o.values["tokens"].(list)
	tags, tagged := o.first(tagKeys)
	if _, isList := tags.(list); tokens && tagged && isList && (r.shape == Auto || r.shape == Tokens) {
		return r.tokens(a, o.values["tokens"].(list), tags.(list))
	}
	if err := beside(o); err != nil {
		return nil, err
	}
	for _, key := range listKeys {
		if l, ok := o.values[key].(list); ok && len(l) == 0 && o.fuller(key) {
			continue
		}
		switch v := o.values[key].(type) {
		case list:
			return r.keyed(a, o, key, v)
		case object:
			if items, ok := grouped(v); ok {
				a.Items, a.Shape = items, List
				return r.allowed(a)
			}
		}
	}
	for _, key := range wrappers {
		if inner, ok := o.values[key]; ok && inner != nil {
			if s, is := inner.(string); is {
				return r.inString(a, s, depth)
			}
			got, err := r.read(inner, depth+1)
			return a.names(got), err
		}
	}
	if items, ok := r.bare(o); ok {
		a.Items, a.Shape, a.Text = items, List, nil
		return r.allowed(a)
	}
	if it, err := item(o); err == nil && it.Type != "" && depth == 0 { // a single mention
		a.Items, a.Shape, a.Text = []Item{it}, List, nil
		return r.allowed(a)
	}
	return nil, &Error{Found: "an object with " + keysOf(o), Expected: `the keys "mentions" and "events"` + like(o, listKeys), JSON: true}
}

// inString reads an answer that stands in a string, as a model wrote it.
func (r reader) inString(a *Answer, text string, depth int) (*Answer, error) {
	v, err := find(text, r.grade)
	if err != nil {
		return nil, err
	}
	got, err := r.read(v, depth+1)
	return a.names(got), err
}

// names gives an answer that stands inside a the ids of a, where it has none.
func (a *Answer) names(inner *Answer) *Answer {
	if inner != nil && inner.FileID == "" {
		inner.DocID, inner.FileID = a.DocID, a.FileID
	}
	return inner
}

// keyed reads an object that has a list of mentions under a key.
func (r reader) keyed(a *Answer, o object, key string, l list) (*Answer, error) {
	var err error
	a.Shape = List
	switch {
	case key == "extractions":
		a.Shape = LangExtract
	case key == "ents":
		a.Shape = SpaCy
	}
	if a.Items, err = items(l); err != nil {
		return nil, err
	}
	if a.Shape != SpaCy && a.Shape != LangExtract {
		a.Shape = shapeOf(a.Items, l)
	}
	a.Items = joined(a.Items)
	return r.allowed(a)
}

// list reads a list: of mentions, of pairs of tokens and tags, of one answer, or of sentences.
func (r reader) list(l list, depth int) (*Answer, error) {
	if len(l) == 1 {
		if inner, ok := l[0].(object); ok {
			if _, err := item(inner); err != nil {
				return r.read(inner, depth+1)
			}
			if _, wraps := inner.first(listKeys); wraps {
				return r.read(inner, depth+1)
			}
		}
		if inner, ok := l[0].(list); ok && (len(inner) == 0 || !isPair(inner)) {
			return r.read(inner, depth+1)
		}
	}
	if tokens, tags, ok := pairs(l); ok && (r.shape == Auto || r.shape == Tokens) {
		return r.allowed(&Answer{Shape: Tokens, Tokens: [][]string{tokens}, Tags: [][]string{tags}})
	}
	got, err := items(l)
	if err != nil {
		return nil, err
	}
	return r.allowed(&Answer{Shape: shapeOf(got, l), Items: joined(got)})
}

// isPair reports whether a list is a mention and no list of mentions.
func isPair(l list) bool {
	_, err := itemOfList(l)
	return err == nil
}

// pairs reads a list of [token, tag].
func pairs(l list) (tokens, tags []string, ok bool) {
	begins := false
	for _, v := range l {
		p, is := v.(list)
		if !is || len(p) != 2 {
			return nil, nil, false
		}
		token, ok1 := p[0].(string)
		tag, ok2 := p[1].(string)
		if !ok1 || !ok2 || !tagged(tag) {
			return nil, nil, false
		}
		begins = true
		tokens, tags = append(tokens, token), append(tags, tag)
	}
	return tokens, tags, begins
}

// tokens reads tokens and tags beside each other: of a text, or of its sentences.
func (r reader) tokens(a *Answer, tokens, tags list) (*Answer, error) {
	a.Shape = Tokens
	add := func(tokens, tags list) error {
		if len(tokens) != len(tags) {
			return &Error{Found: plural(len(tokens), "token") + " and " + plural(len(tags), "tag"), Expected: "as many of both", JSON: true}
		}
		var words, marks []string
		for i := range tokens {
			word, ok1 := tokens[i].(string)
			mark, ok2 := tags[i].(string)
			if !ok1 || !ok2 || !tagged(mark) {
				return &Error{Found: "a tag that is " + kindOf(tags[i]), Expected: "O, B-TYPE, I-TYPE, E-TYPE or S-TYPE", JSON: true}
			}
			words, marks = append(words, word), append(marks, mark)
		}
		a.Tokens, a.Tags = append(a.Tokens, words), append(a.Tags, marks)
		return nil
	}
	if len(tokens) > 0 {
		if _, nested := tokens[0].(list); nested {
			for i := range tokens {
				s, ok1 := tokens[i].(list)
				if i >= len(tags) || !ok1 {
					return nil, &Error{Found: "sentences without tags", Expected: "a list of tags a sentence", JSON: true}
				}
				t, _ := tags[i].(list)
				if err := add(s, t); err != nil {
					return nil, err
				}
			}
			return a, nil
		}
	}
	if err := add(tokens, tags); err != nil {
		return nil, err
	}
	return a, nil
}

// bare reads an object whose keys are types, with lists of texts, or whose keys are
// texts, with their types. The types must be the ontology's, or there is no telling.
func (r reader) bare(o object) ([]Item, bool) {
	known := func(s string) bool { return slices.Contains(r.types, strings.ToLower(s)) }
	if slices.ContainsFunc(o.keys, known) {
		if items, ok := grouped(o); ok {
			return items, true
		}
	}
	var out []Item
	for _, k := range o.keys {
		typ, ok := o.values[k].(string)
		if !ok || !known(typ) {
			return nil, false
		}
		out = append(out, Item{Text: k, Type: typ, Span: schema.NoSpan, index: -1})
	}
	return out, len(out) > 0
}

// allowed refuses an answer of another shape than was asked for.
func (r reader) allowed(a *Answer) (*Answer, error) {
	if r.shape == Auto || r.shape == a.Shape || a.Shape == List && r.shape != Native && r.shape != Tokens || len(a.Items) == 0 && len(a.Tokens) == 0 {
		return a, nil
	}
	return nil, &Error{Found: "an answer of the shape " + a.Shape, Expected: r.shape, JSON: true}
}

// shapeOf tells a list of mentions by its keys.
func shapeOf(items []Item, l list) string {
	for i, v := range l {
		o, ok := v.(object)
		if !ok {
			return List
		}
		_, group := o.values["entity_group"]
		_, word := o.values["word"]
		switch {
		case group || word && items[i].Type != "":
			return HF
		case items[i].Span.IsSet() && items[i].Text != "" && items[i].Confidence != nil:
			return GLiNER
		}
	}
	return List
}
