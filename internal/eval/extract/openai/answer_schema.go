package openai

import "github.com/mizan-corpus/mizan/schema"

// AnswerSchema is the JSON schema of a language model's answer, in the subset
// that strict structured output allows: every property required, none other
// allowed, absent values null.
func AnswerSchema(o *schema.Ontology) map[string]any {
	var mentionTypes, eventTypes, modes, roles []string
	for _, t := range o.MentionTypes {
		mentionTypes = append(mentionTypes, t.Code.Code)
	}
	seen := map[string]bool{}
	for _, t := range o.EventTypes {
		eventTypes = append(eventTypes, t.Code.Code)
		for _, m := range t.Modes {
			if !seen[m.Code] {
				seen[m.Code] = true
				modes = append(modes, m.Code)
			}
		}
	}
	for _, r := range o.Roles {
		roles = append(roles, r.Code.Code)
	}
	levels := codesOf(o.Levels, "PRO") // pronouns are not marked
	text, orNull := kind("string"), kind("string", "null")
	flag := kind("boolean")
	argument := object(
		"role", enum(roles), "mention", orNull, "event", orNull, "text", orNull, "value", orNull)
	return object(
		"mentions", list(object(
			"id", text, "text", text, "before", orNull, "after", orNull, "head", text,
			"type", enum(mentionTypes), "level", enum(levels), "metonym", flag, "actor", orNull)),
		"events", list(object(
			"id", text, "text", text, "before", orNull, "after", orNull,
			"type", enum(eventTypes), "modes", list(enum(modes)), "contexts", list(enum(codesOf(o.Contexts, ""))),
			"realis", enum(codesOf(o.Realis, "")), "auxiliaries", list(enum(codesOf(o.Auxiliaries, ""))),
			"hopper", orNull, "source", orNull, "cue", orNull, "quoted", kind("boolean", "null"),
			"arguments", list(argument))))
}

func codesOf(list []schema.Code, without string) []string {
	var names []string
	for _, c := range list {
		if c.Code != without {
			names = append(names, c.Code)
		}
	}
	return names
}

// object is an object with the given names and schemas, all of them required.
func object(pairs ...any) map[string]any {
	properties, required := map[string]any{}, []string{}
	for i := 0; i < len(pairs); i += 2 {
		name := pairs[i].(string)
		properties[name] = pairs[i+1]
		required = append(required, name)
	}
	return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

func list(items any) map[string]any { return map[string]any{"type": "array", "items": items} }

// enum is one of the values, or null where an ontology has none.
func enum(values []string) map[string]any {
	if len(values) == 0 {
		return kind("null")
	}
	return map[string]any{"type": "string", "enum": values}
}

func kind(types ...string) map[string]any {
	if len(types) == 1 {
		return map[string]any{"type": types[0]}
	}
	return map[string]any{"type": types}
}
