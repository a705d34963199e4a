package tables

import (
	"github.com/parquet-go/parquet-go"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
)

// Column is one column of a table, for people.
type Column struct {
	Name    string
	Type    string // "string", "int32", "date", "bool", "list of …", with "nullable " before it
	Meaning string
}

// Columns describes the columns of a table in their order; nil for an unknown
// table.
func Columns(tableName string) []Column {
	s := Schemas[tableName]
	if s == nil {
		return nil
	}
	var columns []Column
	for _, f := range s.Fields() {
		meaning, ok := meanings[tableName+"."+f.Name()]
		if !ok {
			meaning = meanings[f.Name()]
		}
		columns = append(columns, Column{f.Name(), describe(f), meaning})
	}
	return columns
}

// TableMeaning is one line on what a row of the table is.
func TableMeaning(tableName string) string { return tableMeanings[tableName] }

var Schemas = map[string]*parquet.Schema{
	dataset.TableArticles: ArticlesTable.schema, dataset.TableMentions: MentionsTable.schema, dataset.TableActors: ActorsTable.schema,
	dataset.TableEvents: EventsTable.schema, dataset.TableArguments: ArgumentsTable.schema, dataset.TablePassMentions: PassMentionsTable.schema,
	dataset.TablePassEvents: PassEventsTable.schema, dataset.TablePassArguments: PassArgumentsTable.schema,
}

var tableMeanings = map[string]string{
	dataset.TableArticles:      "One row an article: its canonical text, what is known about it, and the raw file.",
	dataset.TableMentions:      "One row a mention of a person, organisation, geo-political entity, group or place.",
	dataset.TableActors:        "One row an actor or place that mentions refer to, across all articles.",
	dataset.TableEvents:        "One row a mention of an event.",
	dataset.TableArguments:     "One row a filled role of an event.",
	dataset.TablePassMentions:  "The mentions of each independent annotation pass, before adjudication.",
	dataset.TablePassEvents:    "The events of each independent annotation pass, before adjudication.",
	dataset.TablePassArguments: "The arguments of each independent annotation pass, before adjudication.",
}

// meanings is by column name, or by table and column name where one name means
// several things.
var meanings = map[string]string{
	"doc_id":    "the article; the key that joins all tables",
	"start":     "first code point of the span in the article's text",
	"end":       "code point after the span's last",
	"fragments": "the parts of a discontinuous span in text order; null when contiguous",
	"text":      "what stands in the article's text at the span",
	"annotator": "who made the pass",

	"articles.text":      "the canonical text that all offsets point into: title, subtitle and body lines, joined by one line feed",
	"title":              "the article's title",
	"subtitle":           "the article's subtitle",
	"language":           "ISO 639-1 code",
	"outlet":             "who published the article",
	"author":             "the author as named on the page",
	"url":                "where the page was",
	"published":          "date of publication as stamped on the page",
	"published_raw":      "the date as the page prints it",
	"published_inferred": "date of publication inferred from other evidence, where the stamped one is missing or wrong",
	"published_evidence": "what the inferred date rests on",
	"source_file":        "name of the raw file",
	"raw":                "the raw file",
	"raw_sha256":         "SHA-256 of the raw file, hexadecimal",
	"text_sha256":        "SHA-256 of the canonical text as UTF-8, hexadecimal",
	"raw_map":            "which stretches of the text come from where in the raw file, in code points",
	"split":              "the split that the article belongs to",
	"duplicate_of":       "doc_id of the article that this one repeats",
	"labelled":           "whether the article has gold labels",

	"mention_id":           "the mention; unique in its article",
	"head_start":           "first code point of the head: the name or head noun inside the span",
	"head_end":             "code point after the head's last",
	"mentions.type":        "PER, ORG, GPE, GRP or LOC",
	"pass_mentions.type":   "PER, ORG, GPE, GRP or LOC",
	"level":                "NAM (name), NOM (description) or PRO (pronoun)",
	"metonym":              "whether a place or building stands for a government",
	"actor_id":             "the actor; a key of the table actors",
	"name_en":              "English name",
	"name_ar":              "Arabic name",
	"aliases":              "further forms of the name as the texts have them",
	"actors.type":          "PER, ORG, GPE, GRP or LOC",
	"country":              "ISO 3166 alpha-3 code, or a PLOVER code for what is not a state",
	"sector":               "primary PLOVER sector",
	"other_sectors":        "further PLOVER sectors",
	"wikidata":             "Wikidata item, where it is certain",
	"members":              "actor_ids of a set's members",
	"event_id":             "the event mention; unique in its article",
	"events.type":          "one of PLOVER 2.0's 16 event types",
	"pass_events.type":     "one of PLOVER 2.0's 16 event types",
	"events.text":          "the trigger as it stands in the article's text",
	"pass_events.text":     "the trigger as it stands in the article's text",
	"modes":                "PLOVER modes of the type",
	"contexts":             "PLOVER contexts",
	"cameo":                "CAMEO code as a crosswalk",
	"quad":                 "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; follows from the type",
	"realis":               "actual, or other (future, hypothetical, negated, generic)",
	"auxiliaries":          "historical, future, hypothetical, negation",
	"hopper_id":            "the happening; event mentions of one happening share it, across articles too",
	"part_of":              "hopper_id of the happening that this one is part of",
	"source_mention_id":    "mention of the one who reports the event; null where the author does",
	"cue_start":            "first code point of the reporting verb",
	"cue_end":              "code point after the reporting verb's last",
	"quoted":               "whether the event stands inside quotation marks; null without attribution",
	"role":                 "ACTOR, RECIPIENT, INITIATOR, HOST, TOPIC, LOCATION or TIME",
	"arguments.mention_id": "the mention that fills the role",
	"target_event_id":      "the event that fills the role",
	"arguments.event_id":   "the event that the argument belongs to",
	"arguments.start":      "first code point of the span that fills the role",
	"arguments.end":        "code point after the span's last",
	"arguments.text":       "what stands in the article's text at the span",
	"value":                "ISO 8601 value of a TIME; null when the text is vague",

	"pass_arguments.mention_id": "the mention that fills the role",
	"pass_arguments.event_id":   "the event that the argument belongs to",
}
