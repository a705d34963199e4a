package release

import (
	"errors"
	"fmt"
	"slices"

	"github.com/mizan-corpus/mizan/internal/data/walk"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/check"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

// lintChunk is how many labelled articles are checked at once. A dataset of no
// more than that is checked as a whole.
const lintChunk = 500

// linter holds the labels of a dataset against the rules of the package labels,
// article by article and in bounded memory. The rules that look across
// articles, those of hoppers, are applied at the end to one event for each way
// in which a hopper occurs.
type linter struct {
	ontology *schema.Ontology
	across   []string // rules that a part of the dataset cannot answer
	actors   []*native.ActorRow
	unread   bool // the table of actors could not be read whole
	articles []*schema.Article
	gold     []*labels.Document
	chunks   int

	findings  []check.Finding // errors; the others are only counted
	notes     int
	questions int

	hoppers map[hopperUse]bool
	uses    []*labels.Document
}

type hopperUse struct{ hopper, typ, partOf string }

// passRules are the rules that hold for an independent pass, too, which may
// otherwise be wrong: its rows must be well formed and fit the text.
var passRules = []string{
	"missing-id", "duplicate-id", "span-invalid", "surface-mismatch", "surface-missing",
	"head-outside", "fragments", "unknown-mention", "unknown-event",
}

func newLinter(o *schema.Ontology, actors []*native.ActorRow) *linter {
	return &linter{ontology: o, across: check.AcrossArticles(o), actors: actors, hoppers: map[hopperUse]bool{}}
}

// add checks an article's labels and passes.
func (l *linter) add(d *walk.Entry) {
	for _, p := range d.Passes {
		at := labels.Position{File: native.PassesDir + "/" + p.Annotator + "/" + p.Annotation.DocID + ".json"}
		doc := &labels.Document{Annotation: *p.Annotation, At: at}
		for _, f := range check.Labels(&check.Corpus{Ontology: l.ontology, Articles: []*schema.Article{d.Source}, Documents: []*labels.Document{doc}, Actors: l.actors, ActorsUnread: l.unread}) {
			if slices.Contains(passRules, f.Code) {
				l.found(f)
			}
		}
	}
	if d.Gold == nil {
		return
	}
	l.articles = append(l.articles, d.Source)
	l.gold = append(l.gold, d.Gold)
	l.noteHoppers(d.Gold)
	if len(l.gold) == lintChunk {
		l.check(true)
	}
}

// noteHoppers keeps an event for each hopper, type and whole that is new.
func (l *linter) noteHoppers(d *labels.Document) {
	for i := range d.Events {
		e := &d.Events[i]
		use := hopperUse{e.HopperID, e.Type, e.PartOf}
		if l.hoppers[use] {
			continue
		}
		l.hoppers[use] = true
		l.uses = append(l.uses, &labels.Document{At: d.EventAt(i), Annotation: schema.Annotation{DocID: d.DocID,
			Events: []schema.Event{{ID: e.ID, Type: e.Type, HopperID: e.HopperID, PartOf: e.PartOf}}}})
	}
}

// check applies the rules to what has come together; part tells that it is not
// the whole dataset.
func (l *linter) check(part bool) {
	for _, f := range check.Labels(&check.Corpus{Ontology: l.ontology, Articles: l.articles, Documents: l.gold, Actors: l.actors, ActorsUnread: l.unread}) {
		crosses := slices.Contains(l.across, f.Code) || f.Code == "unused-actor"
		repeated := l.chunks > 0 && f.DocID == "" // about the actors alone
		if part && (crosses || repeated) {
			continue
		}
		l.found(f)
	}
	l.chunks++
	l.articles, l.gold = nil, nil
}

// found keeps an error and counts the rest.
func (l *linter) found(f check.Finding) {
	switch f.Severity {
	case check.SeverityError:
		l.findings = append(l.findings, f)
	case check.SeverityNote:
		l.notes++
	default:
		l.questions++
	}
}

// finish is all findings that are errors.
func (l *linter) finish() []check.Finding {
	l.check(l.chunks > 0)
	if l.chunks > 1 {
		for _, f := range check.Labels(&check.Corpus{Ontology: l.ontology, Documents: l.uses}) {
			if slices.Contains(l.across, f.Code) {
				l.found(f)
			}
		}
	}
	return l.findings
}

// A LintError says that labels break rules, so that no release is made of them.
type LintError struct {
	Findings []check.Finding // errors only
	Problems []error         // label files that could not be read
}

func (e *LintError) Error() string {
	n := len(e.Findings) + len(e.Problems)
	if n == 0 {
		return "the labels break rules"
	}
	first := ""
	if len(e.Problems) > 0 {
		first = e.Problems[0].Error()
		var record *labels.RecordError
		if errors.As(e.Problems[0], &record) && record.Advice != "" {
			first += "; " + record.Advice
		}
	} else {
		first = e.Findings[0].String()
	}
	if n == 1 {
		return "the labels break a rule: " + first
	}
	return fmt.Sprintf("the labels break rules in %d places, first: %s", n, first)
}

// Hint is the next step.
func (e *LintError) Hint() string { return "dataset lint lists all of them" }
