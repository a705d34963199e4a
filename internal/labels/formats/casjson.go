package formats

import (
	"bytes"
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
)

// UIMA CAS JSON 0.4, as INCEpTION, DKPro and cassis write it: one article a file.
//
//	{"%TYPES": {…}, "%FEATURE_STRUCTURES": [STRUCTURE], "%VIEWS": {…}}
//	STRUCTURE = {"%ID", "%TYPE": "uima.cas.Sofa", "sofaID", "sofaString": TEXT}
//	          | {"%ID", "%TYPE", "@sofa", "begin", "end", feature: value, "@"feature: ID}
//	          | {"%ID", "%TYPE": "uima.cas.FSArray", "%ELEMENTS": [ID]}
//
// The structures may be an object of ID: STRUCTURE too, UIMA's FS_AS_OBJECT.
//
// begin and end are [begin,end) in UTF-16 code units of the Sofa's text. What
// types, features and links mean is said at the format xmi (xmi.go), which has the
// same content; "@feature" refers to a structure, or to an array of them. Written
// are the layers of webanno, with tokens, sentences and the types.
func init() {
	labels.Register(labels.Format{
		Name: "casjson", Aliases: []string{"cas-json"}, Title: "UIMA CAS JSON (INCEpTION, DKPro, cassis)", Unit: "utf16_code_unit", Layout: labels.FilePerArticle, Extensions: []string{".json"},
		Notes: "Carries everything but discontinuous spans and the confidence of arguments. Read is every type of annotation but segmentation and grammar, " +
			"or those that --types names by the end of their names.",
		Detect: func(_ string, head []byte) bool {
			keys := jsontext.TopKeys(head)
			return keys["%TYPES"] || keys["%FEATURE_STRUCTURES"]
		},
		DetectFolder: func(src labels.Source) bool { return isProject(src, `"%TYPES"`, ".json") },
		Read:         readCASJSON, Write: writeCASJSON,
	})
}

func readCASJSON(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		files, err := projectFiles(src, opt, ".json")
		if err != nil {
			yield(nil, err)
			return
		}
		for _, file := range files {
			if d, err := parseCASJSON(src, file, opt); !yield(d, err) || err != nil && !labels.IsRecordError(err) {
				return
			}
		}
	}
}

func parseCASJSON(src labels.Source, file projectFile, opt labels.ReadOptions) (*labels.Document, error) {
	one := labels.Source{FS: src.FS, Path: file.path, Name: src.Display(file.path)}
	r := xmiReader{opt: opt, at: labels.Position{File: one.Name, Line: 1}, docID: file.docID, named: file.docID != "", links: map[string]xmiLink{}}
	if !r.named {
		r.docID = textfile.DocID(file.path, ".json")
	}
	var cas struct {
		Structures casStructures `json:"%FEATURE_STRUCTURES"`
	}
	n := 0
	var failed error
	jsontext.EachRecord(one, opt, nil, func(rec jsontext.Record, err error) bool {
		n++
		if err == nil {
			err = rec.Decode(&cas)
		}
		failed = err
		return failed == nil
	})
	switch {
	case failed != nil:
		return nil, failed
	case n != 1 || cas.Structures == nil:
		return nil, r.bad(1, "%FEATURE_STRUCTURES", "none", "the feature structures of one CAS")
	}
	c := casReader{xmiReader: &r, arrays: map[string][]string{}, values: map[string][]string{}}
	for i, raw := range cas.Structures {
		if err := c.parse(i, raw); err != nil {
			return nil, err
		}
	}
	for _, s := range c.list {
		if err := c.take(s); err != nil {
			return nil, err
		}
	}
	return r.document()
}

// casStructures are the structures of a file, as a list or an object by id.
type casStructures []json.RawMessage

// UnmarshalJSON puts the id of a member of an object into it.
func (c *casStructures) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] != '{' {
		return json.Unmarshal(b, (*[]json.RawMessage)(c))
	}
	var byID map[string]map[string]json.RawMessage
	if err := json.Unmarshal(b, &byID); err != nil {
		return err
	}
	*c = casStructures{}
	for _, id := range slices.SortedFunc(maps.Keys(byID), labels.CompareIDs) {
		if byID[id] == nil {
			byID[id] = map[string]json.RawMessage{}
		}
		byID[id]["%ID"], _ = json.Marshal(id)
		one, err := json.Marshal(byID[id])
		if err != nil {
			return err
		}
		*c = append(*c, one)
	}
	return nil
}

// casReader collects the structures of one file: those that are referred to may
// stand behind.
type casReader struct {
	*xmiReader
	list   []casStructure
	arrays map[string][]string // ids of elements by the id of the array
	values map[string][]string // values, of an array of those
}

type casStructure struct {
	id, name string
	values   map[string]any // of features that refer to nothing
	refs     map[string]any
}

func (c *casReader) parse(i int, raw json.RawMessage) error {
	var fields map[string]any
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	err := dec.Decode(&fields)
	s := casStructure{values: map[string]any{}, refs: map[string]any{}}
	if s.name, _ = fields["%TYPE"].(string); err != nil || s.name == "" {
		return c.bad(1, fmt.Sprintf("%%FEATURE_STRUCTURES[%d]", i), shortened(raw, 40), "a structure with %ID and %TYPE")
	}
	s.id = plainValue(fields["%ID"])
	if elements, ok := fields["%ELEMENTS"].([]any); ok {
		into := c.values
		if strings.HasSuffix(s.name, "FSArray") || strings.HasSuffix(s.name, "[]") && !strings.HasPrefix(s.name, "uima.cas.") {
			into = c.arrays
		}
		for _, e := range elements {
			into[s.id] = append(into[s.id], plainValue(e))
		}
		return nil
	}
	for key, value := range fields {
		if name, isRef := strings.CutPrefix(key, "@"); isRef {
			s.refs[name] = value
		} else if !strings.HasPrefix(key, "%") && !strings.HasPrefix(key, "^") {
			s.values[strings.TrimPrefix(key, "#")] = value // numbers such as NaN
		}
	}
	c.list = append(c.list, s)
	return nil
}

// plainValue is a scalar as text.
func plainValue(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

// take hands a structure over as the reader of XMI has it.
func (c *casReader) take(s casStructure) error {
	item := xmiItem{id: s.id, name: s.name, at: c.at}
	feature := map[string]string{}
	add := func(name, value string) {
		if feature[name] = value; !slices.Contains(xmiOwn, name) {
			item.features = append(item.features, graph.Attribute{Name: name, Value: value})
		}
	}
	for _, name := range sortedKeys(s.values) {
		if list, ok := s.values[name].([]any); ok {
			for _, v := range list {
				item.features = append(item.features, graph.Attribute{Name: name, Value: plainValue(v)})
			}
		} else if s.values[name] != nil {
			add(name, plainValue(s.values[name]))
		}
	}
	for _, name := range sortedKeys(s.refs) {
		ids := []string{plainValue(s.refs[name])}
		if list, ok := s.refs[name].([]any); ok {
			ids = ids[:0]
			for _, v := range list {
				ids = append(ids, plainValue(v))
			}
		}
		if elements, isArray := c.arrays[ids0(ids)]; isArray {
			ids = elements
		}
		if values, isArray := c.values[ids0(ids)]; isArray {
			for _, v := range values {
				item.features = append(item.features, graph.Attribute{Name: name, Value: v})
			}
			continue
		}
		add(name, strings.Join(ids, " "))
	}
	local := s.name[strings.LastIndexByte(s.name, '.')+1:]
	return c.structure(item, feature, local, 1)
}

func ids0(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return ids[0]
}
