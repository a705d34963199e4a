package field

import (
	"slices"

	"github.com/mizan-corpus/mizan/schema"
)

// The names of the tables. A release always has the first five; the tables of
// the annotation passes are there when it has passes.
const (
	TableArticles      = "articles"
	TableMentions      = "mentions"
	TableActors        = "actors"
	TableEvents        = "events"
	TableArguments     = "arguments"
	TablePassMentions  = "pass_mentions"
	TablePassEvents    = "pass_events"
	TablePassArguments = "pass_arguments"
)

const (
	spanStart = "first code point of the span in the article's text"
	spanEnd   = "code point after the span's last"
	spanText  = "what stands in the article's text at the span"
	mentionID = "the mention; unique in its article"
	eventID   = "the event mention; unique in its article"
	types     = "type of the ontology"
)

// This is the table of fields. Everything that reads, writes or describes
// columns goes by it: the JSON of label files and predictions, the Parquet
// tables, CSV, the graph of label formats, the card, Croissant, the data
// package and DuckDB. A new column is a member of the struct and one entry here,
// in the order of the columns, with [Column.Since] the schema version that
// brings it.
var (
	Articles = slices.Concat([]Field[schema.Article]{
		text("doc_id", Sought, func(a *schema.Article) *string { return &a.DocID }, docIDMeaning),
		text("title", Nullable|Long, func(a *schema.Article) *string { return &a.Title }, "the article's title"),
		text("subtitle", Nullable|Long, func(a *schema.Article) *string { return &a.Subtitle }, "the article's subtitle"),
		text("text", Long, func(a *schema.Article) *string { return &a.Text }, "the canonical text that all offsets point into: title, subtitle and body lines, joined by one line feed"),
		text("language", Nullable|Repeating, func(a *schema.Article) *string { return &a.Language }, "ISO 639-1 code"),
		text("outlet", Nullable|Repeating, func(a *schema.Article) *string { return &a.Outlet }, "who published the article"),
		text("author", Nullable|Repeating, func(a *schema.Article) *string { return &a.Author }, "the author as named on the page"),
		text("url", Nullable, func(a *schema.Article) *string { return &a.URL }, "where the page was"),
		date("published", Nullable, func(a *schema.Article) *string { return &a.Published }, "date of publication as stamped on the page"),
		text("published_raw", Nullable, func(a *schema.Article) *string { return &a.PublishedRaw }, "the date as the page prints it"),
		date("published_inferred", Nullable, func(a *schema.Article) *string { return &a.PublishedInferred }, "date of publication inferred from other evidence, where the stamped one is missing or wrong"),
		text("published_evidence", Nullable|Long, func(a *schema.Article) *string { return &a.PublishedEvidence }, "what the inferred date rests on"),
		text("source_file", Nullable, func(a *schema.Article) *string { return &a.SourceFile }, "name of the raw file"),
		text("raw", Nullable|Long, func(a *schema.Article) *string { return &a.Raw }, "the raw file"),
		text("raw_sha256", Nullable, func(a *schema.Article) *string { return &a.RawSHA256 }, "SHA-256 of the raw file, hexadecimal"),
		text("text_sha256", Nullable, func(a *schema.Article) *string { return &a.TextSHA256 }, "SHA-256 of the canonical text as UTF-8, hexadecimal"),
		{Column: column(Segments, "raw_map", 0, "which stretches of the text come from where in the raw file, in code points"),
			Segments: func(a *schema.Article) *[]schema.RawSegment { return &a.RawMap }},
		text("split", Repeating, func(a *schema.Article) *string { return &a.Split }, "the split that the article belongs to"),
		text("duplicate_of", Nullable, func(a *schema.Article) *string { return &a.DuplicateOf }, "doc_id of the article that this one repeats"),
		flag("labelled", 0, func(a *schema.Article) *bool { return &a.Labelled }, "whether the article has gold labels"),
		since("1.1.0", spans("not_labelled", func(a *schema.Article) *[]schema.Span { return &a.NotLabelled }, "the regions of the text that nobody has labelled, in text order; null where all of it is")),
	})

	Mentions = slices.Concat(
		[]Field[schema.Mention]{text("mention_id", Repeating, func(m *schema.Mention) *string { return &m.ID }, mentionID)},
		span("start", "end", 0, func(m *schema.Mention) *schema.Span { return &m.Span }, spanStart, spanEnd),
		[]Field[schema.Mention]{
			fragments(func(m *schema.Mention) *[]schema.Span { return &m.Fragments }),
			text("text", Long, func(m *schema.Mention) *string { return &m.Text }, spanText),
		},
		span("head_start", "head_end", Nullable, func(m *schema.Mention) *schema.Span { return &m.Head },
			"first code point of the head: the name or head noun inside the span", "code point after the head's last"),
		[]Field[schema.Mention]{
			coded(mentionTypes, text("type", Repeating, func(m *schema.Mention) *string { return &m.Type }, types)),
			coded(levels, text("level", Nullable|Repeating|Attribute, func(m *schema.Mention) *string { return &m.Level }, "how it is mentioned: by name, description or pronoun")),
			text("actor_id", Nullable|Repeating|Attribute|Sought, func(m *schema.Mention) *string { return &m.ActorID }, "the actor, a key of the table actors; or the name of a cluster of mentions that the table does not have"),
			flag("metonym", Attribute, func(m *schema.Mention) *bool { return &m.Metonym }, "whether a name stands for something else, as that of a place for a government"),
			confidence(func(m *schema.Mention) **float64 { return &m.Confidence }),
		})

	Actors = []Field[schema.Actor]{
		text("actor_id", Repeating|Sought, func(a *schema.Actor) *string { return &a.ID }, "the actor; a key of the table actors"),
		text("name_en", Nullable, func(a *schema.Actor) *string { return &a.NameEN }, "English name"),
		text("name_ar", Nullable, func(a *schema.Actor) *string { return &a.NameAR }, "Arabic name"),
		texts("aliases", 0, func(a *schema.Actor) *[]string { return &a.Aliases }, "further forms of the name as the texts have them"),
		coded(mentionTypes, text("type", Repeating, func(a *schema.Actor) *string { return &a.Type }, types)),
		text("country", Nullable|Repeating, func(a *schema.Actor) *string { return &a.Country }, "ISO 3166 alpha-3 code, or a code of the ontology for what is not a state"),
		coded(sectors, text("sector", Nullable|Repeating, func(a *schema.Actor) *string { return &a.Sector }, "primary sector")),
		coded(sectors, texts("other_sectors", 0, func(a *schema.Actor) *[]string { return &a.OtherSectors }, "further sectors")),
		text("wikidata", Nullable, func(a *schema.Actor) *string { return &a.Wikidata }, "Wikidata item, where it is certain"),
		texts("members", 0, func(a *schema.Actor) *[]string { return &a.Members }, "actor_ids of a set's members"),
	}

	Events = slices.Concat(
		[]Field[schema.Event]{text("event_id", Repeating, func(e *schema.Event) *string { return &e.ID }, eventID)},
		span("start", "end", 0, func(e *schema.Event) *schema.Span { return &e.Span }, spanStart, spanEnd),
		[]Field[schema.Event]{
			fragments(func(e *schema.Event) *[]schema.Span { return &e.Fragments }),
			text("text", Long, func(e *schema.Event) *string { return &e.Text }, "the trigger as it stands in the article's text"),
			coded(eventTypes, text("type", Repeating, func(e *schema.Event) *string { return &e.Type }, types)),
			texts("modes", Attribute, func(e *schema.Event) *[]string { return &e.Modes }, "modes of the type"),
			coded(contexts, texts("contexts", Attribute, func(e *schema.Event) *[]string { return &e.Contexts }, "what the event is about")),
			text("cameo", Nullable|Repeating|Attribute, func(e *schema.Event) *string { return &e.CAMEO }, "CAMEO code as a crosswalk"),
			coded(quads, Field[schema.Event]{Column: column(Whole, "quad", Derived, "quad class of the type, 0 where the ontology has none")}),
			coded(realis, text("realis", Nullable|Repeating|Attribute, func(e *schema.Event) *string { return &e.Realis }, "whether the event takes place")),
			coded(auxiliaries, texts("auxiliaries", Attribute, func(e *schema.Event) *[]string { return &e.Auxiliaries }, "when it takes place, or why it does not")),
			text("hopper_id", Nullable|Repeating|Attribute|Sought, func(e *schema.Event) *string { return &e.HopperID }, "the happening; event mentions of one happening share it, across articles too"),
			text("part_of", Nullable|Repeating|Attribute, func(e *schema.Event) *string { return &e.PartOf }, "hopper_id of the happening that this one is part of"),
			text("source_mention_id", Nullable|Repeating, func(e *schema.Event) *string { return &e.SourceMentionID }, "mention of the one who reports the event; null where the author does"),
		},
		span("cue_start", "cue_end", Nullable, func(e *schema.Event) *schema.Span { return &e.Cue },
			"first code point of the reporting verb", "code point after the reporting verb's last"),
		[]Field[schema.Event]{
			maybe("quoted", Attribute, func(e *schema.Event) **bool { return &e.Quoted }, "whether the event stands inside quotation marks; null without attribution"),
			confidence(func(e *schema.Event) **float64 { return &e.Confidence }),
		})

	Arguments = slices.Concat(
		[]Field[schema.Argument]{
			coded(roles, text("role", Repeating, func(a *schema.Argument) *string { return &a.Role }, "role of the ontology")),
			text("mention_id", Nullable|Repeating, func(a *schema.Argument) *string { return &a.MentionID }, "the mention that fills the role"),
			text("target_event_id", Nullable|Repeating, func(a *schema.Argument) *string { return &a.TargetEventID }, "the event that fills the role"),
		},
		span("start", "end", Nullable, func(a *schema.Argument) *schema.Span { return &a.Span }, "first code point of the span that fills the role", spanEnd),
		[]Field[schema.Argument]{
			text("text", Nullable|Long, func(a *schema.Argument) *string { return &a.Text }, spanText),
			text("value", Nullable|Repeating|Attribute, func(a *schema.Argument) *string { return &a.Value }, "ISO 8601 value of a time; null when the text is vague"),
			confidence(func(a *schema.Argument) **float64 { return &a.Confidence }),
		})
)

const docIDMeaning = "the article; the key that joins all tables"

// The columns that stand before those of a label in its table.
var (
	docIDColumn     = column(Text, "doc_id", Repeating|Sought, docIDMeaning)
	annotatorColumn = column(Text, "annotator", Repeating, "who made the pass")
	ownerColumn     = column(Text, "event_id", Repeating, "the event that the argument belongs to")
)

// DocID is the field of the article, which stands before those of a label in its
// table.
func DocID[T any](at func(*T) *string) Field[T] { return Field[T]{Column: docIDColumn, Text: at} }

// Annotator is the field of whoever labelled a row of a pass.
func Annotator[T any](at func(*T) *string) Field[T] {
	return Field[T]{Column: annotatorColumn, Text: at}
}

// Owner is the field of the event that an argument belongs to.
func Owner[T any](at func(*T) *string) Field[T] { return Field[T]{Column: ownerColumn, Text: at} }

// Tables is all tables in the order of the documentation.
var Tables = []Table{
	{Name: TableArticles, Meaning: "One row an article: its canonical text, what is known about it, and the raw file.",
		Columns: columns(Articles), Key: []string{"doc_id"}, Order: []string{"doc_id"}},
	{Name: TableMentions, Meaning: "One row a mention.",
		Columns: columns(Mentions, docIDColumn), Key: []string{"doc_id", "mention_id"}, Order: []string{"doc_id", "start", "end", "mention_id"},
		References: []Reference{ofArticle, {[]string{"actor_id"}, TableActors, []string{"actor_id"}}}},
	{Name: TableActors, Meaning: "One row an actor, or whatever mentions refer to, across all articles.",
		Columns: columns(Actors), Key: []string{"actor_id"}, Order: []string{"actor_id"}},
	{Name: TableEvents, Meaning: "One row a mention of an event.",
		Columns: columns(Events, docIDColumn), Key: []string{"doc_id", "event_id"}, Order: []string{"doc_id", "start", "end", "event_id"},
		References: []Reference{ofArticle, {[]string{"doc_id", "source_mention_id"}, TableMentions, []string{"doc_id", "mention_id"}}}},
	{Name: TableArguments, Meaning: "One row a filled role of an event.",
		Columns: columns(Arguments, docIDColumn, ownerColumn), Order: []string{"doc_id", "event_id", "role"},
		References: []Reference{
			{[]string{"doc_id", "event_id"}, TableEvents, []string{"doc_id", "event_id"}},
			{[]string{"doc_id", "mention_id"}, TableMentions, []string{"doc_id", "mention_id"}},
			{[]string{"doc_id", "target_event_id"}, TableEvents, []string{"doc_id", "event_id"}}}},
	{Name: TablePassMentions, Meaning: "The mentions of each independent annotation pass, before adjudication.",
		Columns: columns(Mentions, annotatorColumn, docIDColumn), Key: []string{"doc_id", "annotator", "mention_id"},
		Order: []string{"doc_id", "annotator", "start", "end", "mention_id"}, References: []Reference{ofArticle}},
	{Name: TablePassEvents, Meaning: "The events of each independent annotation pass, before adjudication.",
		Columns: columns(Events, annotatorColumn, docIDColumn), Key: []string{"doc_id", "annotator", "event_id"},
		Order: []string{"doc_id", "annotator", "start", "end", "event_id"}, References: []Reference{ofArticle}},
	{Name: TablePassArguments, Meaning: "The arguments of each independent annotation pass, before adjudication.",
		Columns: columns(withMeaning(Arguments, "start", spanStart), annotatorColumn, docIDColumn, ownerColumn),
		Order:   []string{"doc_id", "annotator", "event_id", "role"}, References: []Reference{ofArticle}},
}

var ofArticle = Reference{[]string{"doc_id"}, TableArticles, []string{"doc_id"}}

// columns is the columns of a table of a release.
func columns[T any](fields []Field[T], before ...Column) []Column {
	list := before
	for i := range fields {
		if !fields[i].Has(Predicted) {
			list = append(list, fields[i].Column)
		}
	}
	return list
}

// withMeaning is the fields with other words for one of them.
func withMeaning[T any](fields []Field[T], name, meaning string) []Field[T] {
	list := slices.Clone(fields)
	for i := range list {
		if list[i].Name == name {
			list[i].Meaning = meaning
		}
	}
	return list
}
