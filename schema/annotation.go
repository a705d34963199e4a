package schema

import "strings"

// Annotation is everything labelled, or predicted, in one article. The order
// of its lists carries no meaning.
type Annotation struct {
	DocID    string
	Mentions []Mention
	Events   []Event
	// NotLabelled are the regions of the text that nobody has labelled: what stands
	// there is unknown, not absent. In text order, without overlap; nil for none.
	NotLabelled []Span
}

// Mention is one reference to a person, organisation, geo-political entity,
// group or place.
type Mention struct {
	ID        string // unique in its article
	Span      Span   // maximal extent; NoSpan when only Text is known
	Fragments []Span // the parts of a discontinuous mention in text order, nil when contiguous
	Text      string // surface text of Span
	Head      Span   // the name or head noun inside Span; NoSpan when not given
	Type      string // PER, ORG, GPE, GRP, LOC
	Level     string // NAM, NOM, PRO
	ActorID   string // id in the table of actors; "" when not linked
	Metonym   bool   // a place or building that stands for a government
	// Confidence is the predictor's belief in [0,1], nil when not given.
	Confidence *float64
}

// Event is one mention of an event.
type Event struct {
	ID          string
	Span        Span // the trigger
	Fragments   []Span
	Text        string // surface text of the trigger
	Type        string // one of the 16 PLOVER types
	Modes       []string
	Contexts    []string
	CAMEO       string // leaf code, digits
	Realis      string // "actual" or "other"
	Auxiliaries []string
	HopperID    string // the happening that this mention denotes, shared across articles
	PartOf      string // the hopper that this hopper is part of

	SourceMentionID string // who reports the event; "" for the author
	Cue             Span   // the reporting verb
	Quoted          *bool  // whether the event stands inside quotation marks; nil without attribution

	Arguments  []Argument
	Confidence *float64
}

// Argument fills one role of an event. Exactly one of MentionID, TargetEventID
// and Span says with what: TIME is always a span, TOPIC is a mention or an
// event, every other role is a mention. A prediction may give any role as a
// span or as bare Text.
type Argument struct {
	Role          string
	MentionID     string
	TargetEventID string
	Span          Span
	Text          string
	Value         string // TIME: ISO 8601, "" when the text is vague
	Confidence    *float64
}

// Actor is one referent in the table of actors.
type Actor struct {
	ID           string
	NameEN       string
	NameAR       string
	Aliases      []string // further name forms as they occur in the texts
	Type         string   // PER, ORG, GPE, GRP, LOC
	Country      string   // ISO 3166 alpha-3 or a PLOVER non-state code; "" for none
	Sector       string   // primary PLOVER sector; "" for none
	OtherSectors []string
	Wikidata     string   // "Q…", only where certain
	Members      []string // actor ids, for a set
}

// MentionByID is the mention with that id, or nil.
func (a *Annotation) MentionByID(id string) *Mention {
	for i := range a.Mentions {
		if a.Mentions[i].ID == id {
			return &a.Mentions[i]
		}
	}
	return nil
}

// IsNIL reports whether an actor id names no actor of a table but a cluster of
// mentions of one that the table does not have, as in TAC KBP: it begins with NIL.
func IsNIL(actorID string) bool { return strings.HasPrefix(actorID, "NIL") }
