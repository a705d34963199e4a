package annotate

import (
	"github.com/mizan-corpus/mizan/schema"
)

// Overview is what a page needs to know of the whole work.
type Overview struct {
	Title       string        `json:"title"`
	Mode        string        `json:"mode"` // "label", "review" or "browse"
	ReadOnly    bool          `json:"readonly"`
	Pass        string        `json:"pass"`
	Review      []string      `json:"review"` // the two passes, null where none are reviewed
	Ontology    OntologyView  `json:"ontology"`
	Articles    []ArticleLine `json:"articles"`
	Actors      []ActorView   `json:"actors"`
	Suggestions bool          `json:"suggestions"`
	Rev         int           `json:"rev"` // entries in the journal
	Notes       []string      `json:"notes"`
}

// ArticleLine is an article in the list of them.
type ArticleLine struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Language string `json:"language"`
	State    string `json:"state"`
	Mentions int    `json:"mentions"`
	Events   int    `json:"events"`
	Problem  string `json:"problem"`
}

// OntologyView is the inventory of codes, and which attributes labels can have.
type OntologyView struct {
	Name        string          `json:"name"`
	Types       []TypeView      `json:"types"`
	Levels      []CodeView      `json:"levels"`
	EventTypes  []EventTypeView `json:"event_types"`
	Roles       []RoleView      `json:"roles"`
	Contexts    []CodeView      `json:"contexts"`
	Realis      []CodeView      `json:"realis"`
	Auxiliaries []CodeView      `json:"auxiliaries"`
	Sectors     []CodeView      `json:"sectors"`
	NonState    []CodeView      `json:"non_state"`
	Fields      map[string]bool `json:"fields"`
}

// CodeView is a code with its gloss.
type CodeView struct {
	Name  string `json:"name"`
	Gloss string `json:"gloss"`
}

// TypeView is a type of mention.
type TypeView struct {
	CodeView
	Actor bool `json:"actor"`
}

// EventTypeView is a type of event with its modes.
type EventTypeView struct {
	CodeView
	Quad  int        `json:"quad"`
	Modes []CodeView `json:"modes"`
}

// RoleView is a role and what may fill it.
type RoleView struct {
	CodeView
	Fills []string `json:"fills"`
	Time  bool     `json:"time"` // whether it carries an ISO 8601 value
}

// Overview is the work as it is now.
func (s *Session) Overview() (*Overview, error) {
	actors := s.Actors("")
	s.mu.Lock()
	defer s.mu.Unlock()
	v := &Overview{Title: s.opt.Title, Mode: "label", ReadOnly: s.ReadOnly(), Pass: s.opt.Pass, Ontology: viewOntology(s.opt.Ontology),
		Articles: []ArticleLine{}, Actors: actors, Rev: len(s.entries), Suggestions: s.opt.Suggested != nil, Notes: listOf(s.notes)}
	switch {
	case s.review != nil:
		v.Mode, v.Review = "review", s.review.names[:]
	case v.ReadOnly:
		v.Mode = "browse"
	}
	for _, a := range s.articles {
		v.Articles = append(v.Articles, ArticleLine{a.DocID, a.Title, a.Language, s.stateOf(a), len(a.state.mentions), len(a.state.events), a.file.problem})
	}
	return v, nil
}

func viewOntology(o *schema.Ontology) OntologyView {
	v := OntologyView{Name: o.Name, Types: []TypeView{}, Levels: viewCodes(o.Levels), EventTypes: []EventTypeView{}, Roles: []RoleView{}, Contexts: viewCodes(o.Contexts),
		Realis: viewCodes(o.Realis), Auxiliaries: viewCodes(o.Auxiliaries), Sectors: viewCodes(o.Sectors), NonState: viewCodes(o.NonState)}
	modes := false
	for _, t := range o.MentionTypes {
		v.Types = append(v.Types, TypeView{viewCode(t.Code), t.Actor})
	}
	for _, t := range o.EventTypes {
		v.EventTypes = append(v.EventTypes, EventTypeView{viewCode(t.Code), t.Quad, viewCodes(t.Modes)})
		modes = modes || len(t.Modes) > 0
	}
	for _, r := range o.Roles {
		fills := r.Fillers
		if len(fills) == 0 {
			fills = []string{"mention", "event", "span"}
		}
		v.Roles = append(v.Roles, RoleView{viewCode(r.Code), fills, r.Value == "time"})
	}
	v.Fields = map[string]bool{
		"levels": len(o.Levels) > 0, "modes": modes, "contexts": len(o.Contexts) > 0, "realis": len(o.Realis) > 0, "auxiliaries": len(o.Auxiliaries) > 0,
		"sectors": len(o.Sectors) > 0, "cameo": len(o.CAMEO.Codes)+len(o.CAMEO.Crosswalk) > 0, "events": len(o.EventTypes) > 0, "roles": len(o.Roles) > 0, "country": o.Countries != "",
	}
	return v
}

func viewCode(c schema.Code) CodeView { return CodeView{c.Code, c.Gloss} }

func viewCodes(list []schema.Code) []CodeView {
	out := []CodeView{}
	for _, c := range list {
		out = append(out, viewCode(c))
	}
	return out
}
