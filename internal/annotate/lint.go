package annotate

import (
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/check"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

// Finding is what dataset lint says of the labels of an article.
type Finding struct {
	Where   Where            `json:"where"`
	Level   string           `json:"level"` // "error", "note" or "question"
	Code    string           `json:"code"`  // of the rule
	Text    string           `json:"text"`
	Fix     []journal.Action `json:"fix"` // null where none is known
	found   check.Finding
	nothing bool // the rule misses something rather than finding it wrong
}

// Where is the item that a finding is about.
type Where struct {
	Kind  string `json:"kind"` // "mention", "event", "actor" or "article"
	ID    string `json:"id"`
	Start int32  `json:"start"`
	End   int32  `json:"end"`
}

// refusedCodes are the rules whose errors an action may not bring in: what they find
// is no label. Other errors are shown, and may be mended later.
var refusedCodes = []string{
	"span-invalid", "surface-mismatch", "duplicate-id", "fragments", "head-outside", "regions", "in-region",
	"mention-type", "mention-level", "event-type", "event-mode", "event-context", "cameo-code", "realis", "auxiliary",
	"argument-role", "unknown-mention", "unknown-event", "unknown-actor",
	"actor-type", "actor-country", "actor-sector",
}

// ofAll are the rules that cannot be asked of one article.
var ofAll = []string{"unused-actor"}

// linted is what was found in labels; a state and a table that are in use do not
// change.
type linted struct {
	labels *state
	actors *table
	list   []Finding
}

// lint holds labels against the rules of dataset lint: of the article, and of the
// actors. What it found last is kept.
func (s *Session) lint(a *article, labelled *state, actors *table) ([]Finding, error) {
	for _, x := range a.linted {
		if x.labels == labelled && x.actors == actors {
			return x.list, nil
		}
	}
	list, err := s.findings(a, labelled, actors)
	if err == nil {
		a.linted = [2]linted{{labelled, actors, list}, a.linted[0]}
	}
	return list, err
}

func (s *Session) findings(a *article, labelled *state, actors *table) ([]Finding, error) {
	b, err := labelled.file()
	if err != nil {
		return nil, err
	}
	d, err := native.Parse(string(b), labels.Position{File: a.file.name, Line: 1}, true)
	if err != nil {
		return nil, err
	}
	corpus := &check.Corpus{Articles: []*schema.Article{a.Article}, Documents: []*labels.Document{d}, Ontology: s.opt.Ontology,
		WithoutNames: !labelled.done, // what may have been left out is asked of what is declared done
		ActorsUnread: len(actors.actors) == 0 && !ontology.AsksForActors(s.opt.Ontology)}
	where := places(d)
	for i := range actors.actors {
		at := labels.Position{File: native.ActorsFile, Line: i + 1}
		corpus.Actors = append(corpus.Actors, &native.ActorRow{Actor: actors.actors[i], At: at})
		where[at] = Where{Kind: kindActor, ID: actors.actors[i].ID}
	}
	list := []Finding{}
	for _, f := range check.Labels(corpus) {
		if slices.Contains(ofAll, f.Code) {
			continue
		}
		text := f.What + ": found " + f.Found
		if f.Expected != "" {
			text += ", expected " + f.Expected
		}
		if f.Advice != "" {
			text += "; " + f.Advice
		}
		at, ok := where[labels.Position{File: f.File, Line: f.Line}]
		if !ok {
			at = Where{Kind: "article", ID: a.DocID}
		}
		if f.Span.Valid() {
			at.Start, at.End = f.Span.Start, f.Span.End
		}
		list = append(list, Finding{Where: at, Level: f.Severity.String(), Code: f.Code, Text: text, found: f, nothing: f.Found == "nothing"})
	}
	return list, nil
}

// shownFindings are those of the article as it is, with what mends them. What is said
// of actors that the article does not mention is left out.
func (s *Session) shownFindings(a *article) ([]Finding, error) {
	list, err := s.lint(a, a.state, s.actors)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(slices.Clone(list), func(f Finding) bool {
		return f.Where.Kind == kindActor &&
			!slices.ContainsFunc(a.state.mentions, func(m schema.Mention) bool { return m.ActorID == f.Where.ID })
	})
	for i := range list {
		list[i].Fix = s.fix(a, &list[i].found, list[i].Where)
	}
	return list, nil
}

// places are the items of a label file by their places.
func places(d *labels.Document) map[labels.Position]Where {
	m := map[labels.Position]Where{}
	for i, x := range d.Mentions {
		m[d.MentionAt(i)] = Where{kindMention, x.ID, x.Span.Start, x.Span.End}
	}
	for i, x := range d.Events {
		at := Where{kindEvent, x.ID, x.Span.Start, x.Span.End}
		m[d.EventAt(i)] = at
		for j := range x.Arguments {
			m[d.ArgumentAt(i, j)] = at
		}
	}
	return m
}

// refuse is the first error that the second findings have and the first have not, and
// that labels may not have.
func refuse(before, after []Finding) error {
	for _, f := range after {
		if f.Level != "error" || f.nothing || !slices.Contains(refusedCodes, f.Code) {
			continue
		}
		if !slices.ContainsFunc(before, func(x Finding) bool { return x.Code == f.Code && x.Text == f.Text }) {
			text, next, _ := strings.Cut(f.Text, "; ")
			return &RefusedError{text, next}
		}
	}
	return nil
}
