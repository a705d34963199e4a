package ontology

// shape is what may stand at a place of an ontology's file.
type shape struct {
	kind   kind
	fields map[string]*shape // of an object and of the entries of a list
	item   *shape            // of the values of a mapping
	means  string
}

type kind int

const (
	text kind = iota
	number
	yesNo
	texts   // a list of texts, or one
	entries // a list of objects; where they have a code, an entry may be that code alone
	object
	mapping // free names to values of one shape
)

func of(k kind, means string) *shape { return &shape{kind: k, means: means} }

func list(means string, fields map[string]*shape) *shape {
	return &shape{kind: entries, fields: fields, means: means}
}

func code(more map[string]*shape) map[string]*shape {
	if more == nil {
		more = map[string]*shape{}
	}
	more["code"], more["gloss"] = of(text, "as it stands in labels"), of(text, "what it means, in a few words")
	return more
}

// file is the shape of the whole. docs/ontology.md and the JSON Schema beside the
// ontologies tell the same; a test holds them together.
var file = &shape{kind: object, fields: map[string]*shape{
	"name":          of(text, "lower-case letters, digits, dots, dashes and underscores"),
	"version":       of(text, "of the ontology"),
	"licence":       of(text, "of the ontology, and whom to credit"),
	"mention_types": list("types of mentions", code(map[string]*shape{"actor": of(yesNo, "whether it can act")})),
	"levels":        list("levels of mentions, such as name and pronoun", code(nil)),
	"event_types": list("types of events", code(map[string]*shape{
		"quad":  of(number, "quad class"),
		"modes": list("modes of the type", code(nil))})),
	"contexts":  list("contexts of events", code(nil)),
	"sectors":   list("sectors of actors", code(nil)),
	"countries": of(text, "iso3166-1 where actors have alpha-3 codes"),
	"non_state": list("what an actor may have for a country besides", code(nil)),
	"roles": list("roles of arguments", code(map[string]*shape{
		"fillers": of(texts, "mention, event, span; none is any"),
		"value":   of(text, "time where arguments have an ISO 8601 value")})),
	"realis":      list("realis of events", code(nil)),
	"auxiliaries": list("auxiliaries of events", code(nil)),
	"quads":       list("quad classes", map[string]*shape{"code": of(number, "a digit"), "gloss": of(text, "what it means")}),
	"cameo": {kind: object, means: "codes of CAMEO", fields: map[string]*shape{
		"crosswalk": list("the event type of codes; the longest prefix wins", map[string]*shape{
			"prefix": of(text, "of codes"), "type": of(text, "event type, none for no event"), "gloss": of(text, "what it means")}),
		"root_quads": list("quad classes of root codes", map[string]*shape{"root": of(text, "two digits"), "quad": of(number, "quad class")}),
		"note":       of(text, "remark"),
		"codes":      list("all codes", code(nil))}},
	"records": {kind: object, means: "how records of who did what to whom are made of events", fields: map[string]*shape{
		"source": of(text, "role of who acts"), "target": of(text, "role of who is acted on"), "time": of(text, "role of the time"),
		"actual":    of(text, "realis of what happened; none takes every event"),
		"mutual":    of(texts, "event types whose sources act on each other where there is no target"),
		"symmetric": of(texts, "event types in which neither side acts on the other"),
		"promises": {kind: object, means: "events to come that count as others", fields: map[string]*shape{
			"auxiliary": of(text, "that they have"), "unless": of(texts, "auxiliaries that they do not have"),
			"count": list("what counts as what", map[string]*shape{
				"types": of(texts, "event types"), "as": of(text, "event type"), "cameo": of(text, "code")})}}}},
	"rules": list("what labels are held against", map[string]*shape{
		"code": of(text, "kebab-case name"), "severity": of(text, "error, note or question"), "meaning": of(text, "one line"),
		"of":       of(text, "mention, event, argument or actor"),
		"when":     {kind: mapping, item: of(texts, ""), means: "fields and values of the items that it is about; * is any value"},
		"require":  of(texts, "fields that have a value"),
		"forbid":   of(texts, "fields that have none"),
		"values":   {kind: mapping, item: of(texts, ""), means: "fields and the only values that they have"},
		"roles":    {kind: mapping, means: "roles and how many arguments an event has in them", item: &shape{kind: object, fields: map[string]*shape{"min": of(number, "at least"), "max": of(number, "at most")}}},
		"any_role": of(texts, "roles of which an event has one at least"),
		"what":     of(text, "name of the item in findings"), "found": of(text, "what findings say is found"), "expected": of(text, "and expected")}),
}}

// codeAlone reports whether an entry may be its code and nothing else: it is one of
// a list of codes, and no rule.
func (s *shape) codeAlone() bool {
	c := s.fields["code"]
	return c != nil && c.kind == text && s.fields["of"] == nil
}

// Field is a property of an item that a rule may ask for.
type Field struct{ Name, Means string }

var ofEvents = []Field{
	{"type", "event type"}, {"modes", "modes"}, {"contexts", "contexts"}, {"cameo", "CAMEO code"}, {"realis", "realis"}, {"auxiliaries", "auxiliaries"},
}

// Fields are the fields of each kind of item. Those of an event include the
// names of roles: how many arguments it has in them.
var Fields = map[string][]Field{
	"mention": {
		{"mention_id", "id"}, {"type", "type"}, {"level", "level"}, {"actor_id", "actor"}, {"metonym", "true for a metonym"}, {"text", "surface"},
		{"span", "offsets"}, {"head", "offsets of the head"}, {"twin", "the first mention with the same span and type"},
		{"crossed", "mentions that overlap it, neither inside the other"},
	},
	"event": append([]Field{
		{"event_id", "id"}, {"text", "surface of the trigger"}, {"hopper_id", "hopper"}, {"part_of", "hopper that its hopper is part of"},
		{"source_mention_id", "mention of who says so"}, {"source_type", "type of that mention"}, {"source_acts", "yes or no: whether that type can act"},
		{"cue", "offsets of the reporting word"}, {"quoted", "true or false"}, {"twin", "earlier events with the same trigger and type"},
		{"shared_trigger", "earlier events with the same trigger and another type"},
		{"hopper_type", "the type of its hopper's first event, where it is another"}, {"hopper_part_of", "the part_of of its hopper's first event, where it is another"},
	}, ofEvents...),
	"argument": append([]Field{
		{"role", "role"}, {"mention_id", "mention that fills it"}, {"target_event_id", "event that fills it"}, {"text", "surface of a span"}, {"time", "value of a time"},
		{"mention_type", "type of that mention"}, {"mention_acts", "yes or no: whether that type can act"},
		{"also_fills", "other roles of the event that an earlier argument gives the same mention"},
		{"after_article", "the article's date, where the time is later"}, {"before_article", "the article's date, where the time is earlier"},
	}, ofEvents...),
	"actor": {
		{"actor_id", "id"}, {"name_en", "English name"}, {"name_ar", "Arabic name"}, {"type", "type"}, {"country", "country"}, {"sector", "primary sector"},
		{"other_sectors", "further sectors"}, {"wikidata", "Wikidata id"}, {"members", "members of a set"},
	},
}
