package tables

// The rows of the tables. A pointer is a nullable column, a slice a list
// column. Offsets are code points of the article's text, half-open. A date is
// the number of days since 1970-01-01. [Columns] says what each column means.

// ArticleRow is a row of the table articles.
type ArticleRow struct {
	DocID             string          `parquet:"doc_id"`
	Title             *string         `parquet:"title,optional"`
	Subtitle          *string         `parquet:"subtitle,optional"`
	Text              string          `parquet:"text"`
	Language          *string         `parquet:"language,optional,dict"`
	Outlet            *string         `parquet:"outlet,optional,dict"`
	Author            *string         `parquet:"author,optional,dict"`
	URL               *string         `parquet:"url,optional"`
	Published         *int32          `parquet:"published,date"`
	PublishedRaw      *string         `parquet:"published_raw,optional"`
	PublishedInferred *int32          `parquet:"published_inferred,date"`
	PublishedEvidence *string         `parquet:"published_evidence,optional"`
	SourceFile        *string         `parquet:"source_file,optional"`
	Raw               *string         `parquet:"raw,optional"`
	RawSHA256         *string         `parquet:"raw_sha256,optional"`
	TextSHA256        *string         `parquet:"text_sha256,optional"`
	RawMap            []RawSegmentRow `parquet:"raw_map,list"`
	Split             string          `parquet:"split,dict"`
	DuplicateOf       *string         `parquet:"duplicate_of,optional"`
	Labelled          bool            `parquet:"labelled"`
}

// RawSegmentRow is an element of the column raw_map.
type RawSegmentRow struct {
	Start    int32 `parquet:"start"`
	RawStart int32 `parquet:"raw_start"`
	Length   int32 `parquet:"length"`
}

// FragmentRow is an element of the column fragments.
type FragmentRow struct {
	Start int32 `parquet:"start"`
	End   int32 `parquet:"end"`
}

// MentionRow is a row of the table mentions.
type MentionRow struct {
	DocID     string        `parquet:"doc_id,dict"`
	MentionID string        `parquet:"mention_id,dict"`
	Start     int32         `parquet:"start"`
	End       int32         `parquet:"end"`
	Fragments []FragmentRow `parquet:"fragments,optional,list"`
	Text      string        `parquet:"text"`
	HeadStart *int32        `parquet:"head_start,optional"`
	HeadEnd   *int32        `parquet:"head_end,optional"`
	Type      string        `parquet:"type,dict"`
	Level     *string       `parquet:"level,optional,dict"`
	ActorID   *string       `parquet:"actor_id,optional,dict"`
	Metonym   bool          `parquet:"metonym"`
}

// ActorRow is a row of the table actors.
type ActorRow struct {
	ActorID      string   `parquet:"actor_id,dict"`
	NameEN       *string  `parquet:"name_en,optional"`
	NameAR       *string  `parquet:"name_ar,optional"`
	Aliases      []string `parquet:"aliases,list"`
	Type         string   `parquet:"type,dict"`
	Country      *string  `parquet:"country,optional,dict"`
	Sector       *string  `parquet:"sector,optional,dict"`
	OtherSectors []string `parquet:"other_sectors,list"`
	Wikidata     *string  `parquet:"wikidata,optional"`
	Members      []string `parquet:"members,list"`
}

// EventRow is a row of the table events.
type EventRow struct {
	DocID           string        `parquet:"doc_id,dict"`
	EventID         string        `parquet:"event_id,dict"`
	Start           int32         `parquet:"start"`
	End             int32         `parquet:"end"`
	Fragments       []FragmentRow `parquet:"fragments,optional,list"`
	Text            string        `parquet:"text"`
	Type            string        `parquet:"type,dict"`
	Modes           []string      `parquet:"modes,list"`
	Contexts        []string      `parquet:"contexts,list"`
	CAMEO           *string       `parquet:"cameo,optional,dict"`
	Quad            int32         `parquet:"quad"`
	Realis          *string       `parquet:"realis,optional,dict"`
	Auxiliaries     []string      `parquet:"auxiliaries,list"`
	HopperID        *string       `parquet:"hopper_id,optional,dict"`
	PartOf          *string       `parquet:"part_of,optional,dict"`
	SourceMentionID *string       `parquet:"source_mention_id,optional,dict"`
	CueStart        *int32        `parquet:"cue_start,optional"`
	CueEnd          *int32        `parquet:"cue_end,optional"`
	Quoted          *bool         `parquet:"quoted,optional"`
}

// ArgumentRow is a row of the table arguments.
type ArgumentRow struct {
	DocID         string  `parquet:"doc_id,dict"`
	EventID       string  `parquet:"event_id,dict"`
	Role          string  `parquet:"role,dict"`
	MentionID     *string `parquet:"mention_id,optional,dict"`
	TargetEventID *string `parquet:"target_event_id,optional,dict"`
	Start         *int32  `parquet:"start,optional"`
	End           *int32  `parquet:"end,optional"`
	Text          *string `parquet:"text,optional"`
	Value         *string `parquet:"value,optional,dict"`
}

// Row is any row type; each belongs to one table.
type Row interface {
	ArticleRow | MentionRow | ActorRow | EventRow | ArgumentRow |
		PassMentionRow | PassEventRow | PassArgumentRow
}
