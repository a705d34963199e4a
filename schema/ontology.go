package schema

import (
	"embed"
	"encoding/json"
	"fmt"
	"sync"
)

//go:embed ontology/*.json
var ontologyFiles embed.FS

// Code is one entry of a code list with its gloss.
type Code struct {
	Code  string `json:"code"`
	Gloss string `json:"gloss,omitempty"`
}

// MentionType is a type of mention; Actor tells whether it can act.
type MentionType struct {
	Code
	Actor bool `json:"actor,omitempty"`
}

// EventType is one event type with its quad class (1 verbal cooperation, 2
// material cooperation, 3 verbal conflict, 4 material conflict) and modes.
type EventType struct {
	Code
	Quad  int    `json:"quad,omitempty"`
	Modes []Code `json:"modes,omitempty"`
}

// Role is an argument role. Fillers lists what may fill it: "mention", "event",
// "span"; none is anything. Value is "time" where the argument may carry an
// ISO 8601 value.
type Role struct {
	Code
	Fillers []string `json:"fillers,omitempty"`
	Value   string   `json:"value,omitempty"`
}

// Coded is an entry of one of the lists of an ontology.
type Coded interface{ code() string }

func (c Code) code() string { return c.Code }

// Codes are the codes of a list's entries, in its order.
func Codes[T Coded](list []T) []string {
	codes := make([]string, len(list))
	for i, c := range list {
		codes[i] = c.code()
	}
	return codes
}

// Crosswalk maps CAMEO codes that begin with Prefix to an event type ("" for
// none); the longest prefix wins.
type Crosswalk struct {
	Prefix string `json:"prefix"`
	Type   string `json:"type"`
}

// Ontology is the inventory of codes that labels may carry, with glosses, and
// the rules that labels are held against. Every part of it may be absent: types
// and roles that are not listed may not be used, of other parts nothing is
// asked. It is read-only after loading.
type Ontology struct {
	Name         string        `json:"name"`
	Version      string        `json:"version,omitempty"`
	Licence      string        `json:"licence,omitempty"`
	MentionTypes []MentionType `json:"mention_types,omitempty"`
	Levels       []Code        `json:"levels,omitempty"`
	EventTypes   []EventType   `json:"event_types,omitempty"`
	Contexts     []Code        `json:"contexts,omitempty"`
	Sectors      []Code        `json:"sectors,omitempty"`
	// Countries is "iso3166-1" where an actor's country is an alpha-3 code of
	// ISO 3166-1 or one of NonState; "" where nothing is said of countries.
	Countries   string   `json:"countries,omitempty"`
	NonState    []Code   `json:"non_state,omitempty"`
	Roles       []Role   `json:"roles,omitempty"`
	Realis      []Code   `json:"realis,omitempty"`
	Auxiliaries []Code   `json:"auxiliaries,omitempty"`
	Quads       []Quad   `json:"quads,omitempty"`
	CAMEO       CAMEO    `json:"cameo,omitzero"`
	Records     *Records `json:"records,omitempty"`
	Rules       []Rule   `json:"rules,omitempty"`
}

// Quad is a quad class with its gloss.
type Quad struct {
	Code  int    `json:"code"`
	Gloss string `json:"gloss,omitempty"`
}

// CAMEO is the codes of CAMEO and how they map to event types.
type CAMEO struct {
	Crosswalk []Crosswalk `json:"crosswalk,omitempty"`
	RootQuads []RootQuad  `json:"root_quads,omitempty"`
	Note      string      `json:"note,omitempty"`
	Codes     []Code      `json:"codes,omitempty"`
}

// RootQuad is the quad class that CAMEO itself gives a root code.
type RootQuad struct {
	Root string `json:"root"`
	Quad int    `json:"quad"`
}

// Records say how who-did-what-to-whom records are made of events.
type Records struct {
	Source string   `json:"source"` // role of who acts
	Target string   `json:"target"` // role of who is acted on
	Time   string   `json:"time,omitempty"`
	Actual string   `json:"actual,omitempty"` // the realis of what happened; "" takes every event
	Mutual []string `json:"mutual,omitempty"` // event types whose sources act on each other where there is no target
	// Symmetric are event types in which neither side acts on the other.
	Symmetric []string  `json:"symmetric,omitempty"`
	Promises  *Promises `json:"promises,omitempty"`
}

// Promises say which events that are still to come count as actual ones of
// another type, where that view is asked for.
type Promises struct {
	Auxiliary string    `json:"auxiliary"` // that such an event has
	Unless    []string  `json:"unless,omitempty"`
	Count     []Promise `json:"count"`
}

// Promise counts promised events of some types as another type.
type Promise struct {
	Types []string `json:"types"`
	As    string   `json:"as"`
	CAMEO string   `json:"cameo,omitempty"`
}

// PLOVER is the embedded ontology: PLOVER 2.0 with ISO 3166 alpha-3 countries
// and the CAMEO crosswalk.
var PLOVER = sync.OnceValue(func() *Ontology {
	o := &Ontology{}
	if err := decodeEmbedded("ontology/plover.json", o); err != nil {
		panic(err) // embedded at build time and covered by a test
	}
	return o
})

// countries are the assigned alpha-3 codes of ISO 3166-1 with their names.
var countries = sync.OnceValue(func() map[string]string {
	var iso struct {
		Countries []struct{ Code, Name string } `json:"countries"`
	}
	if err := decodeEmbedded("ontology/iso3166.json", &iso); err != nil {
		panic(err) // embedded at build time and covered by a test
	}
	names := map[string]string{}
	for _, c := range iso.Countries {
		names[c.Code] = c.Name
	}
	return names
})

func decodeEmbedded(name string, into any) error {
	b, err := ontologyFiles.ReadFile(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// EventType is the event type with that code, or nil.
func (o *Ontology) EventType(code string) *EventType {
	if o == nil {
		return nil
	}
	for i := range o.EventTypes {
		if o.EventTypes[i].Code.Code == code {
			return &o.EventTypes[i]
		}
	}
	return nil
}

// MentionType is the mention type with that code, or nil.
func (o *Ontology) MentionType(code string) *MentionType {
	for i := range o.MentionTypes {
		if o.MentionTypes[i].Code.Code == code {
			return &o.MentionTypes[i]
		}
	}
	return nil
}

// Role is the role with that code, or nil.
func (o *Ontology) Role(code string) *Role {
	if o == nil {
		return nil
	}
	for i := range o.Roles {
		if o.Roles[i].Code.Code == code {
			return &o.Roles[i]
		}
	}
	return nil
}

// Timed reports whether a role's arguments carry a time.
func (o *Ontology) Timed(role string) bool {
	r := o.Role(role)
	return r != nil && r.Value == "time"
}

// Quad is the quad class 1–4 of an event type, 0 for an unknown one.
func (o *Ontology) Quad(eventType string) int {
	if t := o.EventType(eventType); t != nil {
		return t.Quad
	}
	return 0
}

// HasMode reports whether mode is one of the event type's modes.
func (o *Ontology) HasMode(eventType, mode string) bool {
	t := o.EventType(eventType)
	return t != nil && Has(t.Modes, mode)
}

// Has reports whether the list contains the code.
func Has(list []Code, code string) bool {
	for _, c := range list {
		if c.Code == code {
			return true
		}
	}
	return false
}

// ValidCountry reports whether an actor may have that country: an assigned ISO
// 3166 alpha-3 code or one of the ontology's non-state codes, or anything where
// it says nothing of countries.
func (o *Ontology) ValidCountry(code string) bool {
	_, ok := countries()[code]
	return ok || o.Countries == "" || Has(o.NonState, code)
}

// ValidCAMEO reports whether code is a CAMEO 1.1b3 code, or anything where the
// ontology has none.
func (o *Ontology) ValidCAMEO(code string) bool {
	return len(o.CAMEO.Codes) == 0 || Has(o.CAMEO.Codes, code)
}

// TypeOfCAMEO is the event type that the published crosswalk gives a CAMEO
// code: the longest matching prefix wins. It is "" for codes that map to no
// type (01, statements) and for unknown prefixes.
func (o *Ontology) TypeOfCAMEO(code string) string {
	best, typ := 0, ""
	for _, c := range o.CAMEO.Crosswalk {
		if n := len(c.Prefix); n > best && n <= len(code) && code[:n] == c.Prefix {
			best, typ = n, c.Type
		}
	}
	return typ
}
