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
	Gloss string `json:"gloss"`
}

// MentionType is a type of mention; Actor tells whether it can act.
type MentionType struct {
	Code
	Actor bool `json:"actor"`
}

// EventType is one event type with its quad class (1 verbal cooperation, 2
// material cooperation, 3 verbal conflict, 4 material conflict) and modes.
type EventType struct {
	Code
	Quad  int    `json:"quad"`
	Modes []Code `json:"modes"`
}

// Role is an argument role; Fillers lists what may fill it: "mention",
// "event", "span".
type Role struct {
	Code
	Fillers []string `json:"fillers"`
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

// Ontology is the inventory of codes that labels may carry, with glosses. It
// is read-only after loading.
type Ontology struct {
	Name         string        `json:"name"`
	Version      string        `json:"version"`
	Licence      string        `json:"licence"`
	MentionTypes []MentionType `json:"mention_types"`
	Levels       []Code        `json:"levels"`
	EventTypes   []EventType   `json:"event_types"`
	Contexts     []Code        `json:"contexts"`
	Sectors      []Code        `json:"sectors"`
	NonState     []Code        `json:"non_state"`
	Roles        []Role        `json:"roles"`
	Realis       []Code        `json:"realis"`
	Auxiliaries  []Code        `json:"auxiliaries"`
	CAMEO        struct {
		Crosswalk []Crosswalk `json:"crosswalk"`
		Codes     []Code      `json:"codes"`
	} `json:"cameo"`

	countries map[string]string
	cameo     map[string]string
}

// PLOVER is the embedded ontology: PLOVER 2.0 with ISO 3166 alpha-3 countries
// and the CAMEO crosswalk.
var PLOVER = sync.OnceValue(func() *Ontology {
	o, err := loadOntology("ontology/plover.json")
	if err != nil {
		panic(err) // embedded at build time and covered by a test
	}
	return o
})

func loadOntology(name string) (*Ontology, error) {
	o := &Ontology{countries: map[string]string{}, cameo: map[string]string{}}
	if err := decodeEmbedded(name, o); err != nil {
		return nil, err
	}
	var iso struct {
		Countries []struct{ Code, Name string } `json:"countries"`
	}
	if err := decodeEmbedded("ontology/iso3166.json", &iso); err != nil {
		return nil, err
	}
	for _, c := range iso.Countries {
		o.countries[c.Code] = c.Name
	}
	for _, c := range o.CAMEO.Codes {
		o.cameo[c.Code] = c.Gloss
	}
	return o, nil
}

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
	for i := range o.Roles {
		if o.Roles[i].Code.Code == code {
			return &o.Roles[i]
		}
	}
	return nil
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

// ValidCountry reports whether code is an assigned ISO 3166 alpha-3 code or
// one of PLOVER's non-state codes.
func (o *Ontology) ValidCountry(code string) bool {
	_, ok := o.countries[code]
	return ok || Has(o.NonState, code)
}

// ValidCAMEO reports whether code is a CAMEO 1.1b3 code.
func (o *Ontology) ValidCAMEO(code string) bool {
	_, ok := o.cameo[code]
	return ok
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
