package tables

// The rows of the pass tables are those of the label tables with the annotator
// in front. They are written out, and not embedded, because the Parquet library
// reads a null in an embedded struct as a pointer to zero.

// PassMentionRow is a row of the table pass_mentions: a mention as one
// annotator marked it before adjudication.
type PassMentionRow struct {
	Annotator string        `parquet:"annotator,dict"`
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

// PassEventRow is a row of the table pass_events: an event as one
// annotator marked it before adjudication.
type PassEventRow struct {
	Annotator       string        `parquet:"annotator,dict"`
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

// PassArgumentRow is a row of the table pass_arguments: an argument as
// one annotator marked it before adjudication.
type PassArgumentRow struct {
	Annotator     string  `parquet:"annotator,dict"`
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

func NewPassMentionRow(annotator string, r *MentionRow) *PassMentionRow {
	return &PassMentionRow{
		Annotator: annotator,
		DocID:     r.DocID, MentionID: r.MentionID, Start: r.Start, End: r.End, Fragments: r.Fragments, Text: r.Text,
		HeadStart: r.HeadStart, HeadEnd: r.HeadEnd, Type: r.Type, Level: r.Level, ActorID: r.ActorID,
		Metonym: r.Metonym,
	}
}

// Row is the Row without the annotator.
func (r *PassMentionRow) Row() *MentionRow {
	return &MentionRow{
		DocID: r.DocID, MentionID: r.MentionID, Start: r.Start, End: r.End, Fragments: r.Fragments, Text: r.Text,
		HeadStart: r.HeadStart, HeadEnd: r.HeadEnd, Type: r.Type, Level: r.Level, ActorID: r.ActorID,
		Metonym: r.Metonym,
	}
}

func NewPassEventRow(annotator string, r *EventRow) *PassEventRow {
	return &PassEventRow{
		Annotator: annotator,
		DocID:     r.DocID, EventID: r.EventID, Start: r.Start, End: r.End, Fragments: r.Fragments, Text: r.Text,
		Type: r.Type, Modes: r.Modes, Contexts: r.Contexts, CAMEO: r.CAMEO, Quad: r.Quad, Realis: r.Realis,
		Auxiliaries: r.Auxiliaries, HopperID: r.HopperID, PartOf: r.PartOf, SourceMentionID: r.SourceMentionID,
		CueStart: r.CueStart, CueEnd: r.CueEnd, Quoted: r.Quoted,
	}
}

// Row is the Row without the annotator.
func (r *PassEventRow) Row() *EventRow {
	return &EventRow{
		DocID: r.DocID, EventID: r.EventID, Start: r.Start, End: r.End, Fragments: r.Fragments, Text: r.Text,
		Type: r.Type, Modes: r.Modes, Contexts: r.Contexts, CAMEO: r.CAMEO, Quad: r.Quad, Realis: r.Realis,
		Auxiliaries: r.Auxiliaries, HopperID: r.HopperID, PartOf: r.PartOf, SourceMentionID: r.SourceMentionID,
		CueStart: r.CueStart, CueEnd: r.CueEnd, Quoted: r.Quoted,
	}
}

func NewPassArgumentRow(annotator string, r *ArgumentRow) *PassArgumentRow {
	return &PassArgumentRow{
		Annotator: annotator,
		DocID:     r.DocID, EventID: r.EventID, Role: r.Role, MentionID: r.MentionID, TargetEventID: r.TargetEventID,
		Start: r.Start, End: r.End, Text: r.Text, Value: r.Value,
	}
}

// Row is the Row without the annotator.
func (r *PassArgumentRow) Row() *ArgumentRow {
	return &ArgumentRow{
		DocID: r.DocID, EventID: r.EventID, Role: r.Role, MentionID: r.MentionID, TargetEventID: r.TargetEventID,
		Start: r.Start, End: r.End, Text: r.Text, Value: r.Value,
	}
}
