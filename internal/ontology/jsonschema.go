package ontology

import "encoding/json"

// JSONSchema is the JSON Schema (draft 2020-12) of an ontology's file.
func JSONSchema() []byte {
	s := file.schema()
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "Ontology of a Mizan dataset"
	s["required"] = []string{"name"}
	return append(must(json.MarshalIndent(s, "", "  ")), '\n')
}

func (s *shape) schema() map[string]any {
	out := map[string]any{}
	if s.means != "" {
		out["description"] = s.means
	}
	plain := map[string]any{"type": "string"}
	switch s.kind {
	case text:
		out["type"] = []string{"string", "number", "null"}
	case number:
		out["type"], out["minimum"] = "integer", 0
	case yesNo:
		out["type"] = "boolean"
	case texts:
		out["oneOf"] = []any{plain, map[string]any{"type": "array", "items": plain}}
	case mapping:
		out["type"], out["additionalProperties"] = "object", s.item.schema()
	case entries:
		var entry any = s.object()
		if s.codeAlone() {
			entry = map[string]any{"oneOf": []any{plain, entry}}
		}
		out["type"], out["items"] = "array", entry
	case object:
		for k, v := range s.object() {
			out[k] = v
		}
	}
	return out
}

func (s *shape) object() map[string]any {
	properties := map[string]any{}
	for name, f := range s.fields {
		properties[name] = f.schema()
	}
	return map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
}
