package check

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/schema"
)

var (
	ruleRole       = rule("argument-role", SeverityError, "a role is not in the ontology")
	ruleFiller     = rule("argument-filler", SeverityError, "an argument is filled by nothing, by two things, or by a kind that its role does not take")
	ruleNoMention  = rule("unknown-mention", SeverityError, "an argument's or source's mention_id is not in the article")
	ruleNoEvent    = rule("unknown-event", SeverityError, "an argument's target_event_id is not in the article")
	ruleOwnTarget  = rule("own-argument", SeverityError, "an event is its own argument")
	rulePlaceActs  = rule("place-participant", SeverityError, "a mention of a type that cannot act fills ACTOR, RECIPIENT, INITIATOR or is a source")
	ruleSameArg    = rule("duplicate-argument", SeverityError, "an event has the same filler twice in one role")
	ruleBothSides  = rule("actor-and-recipient", SeverityQuestion, "one mention is ACTOR and RECIPIENT of one event")
	ruleValueRole  = rule("value-role", SeverityError, "a value stands on a role other than TIME")
	ruleTimeValue  = rule("time-value", SeverityError, "a TIME value is no ISO 8601 date, date-time, duration or interval")
	ruleActualLate = rule("time-after-article", SeverityQuestion, "an actual event is dated after its article")
	ruleFuturePast = rule("future-in-past", SeverityQuestion, "a future event is dated before its article")
)

func init() { groups = append(groups, checkArguments) }

func checkArguments(k *checker) {
	for _, d := range k.documents {
		mentions, events := map[string]*schema.Mention{}, map[string]bool{}
		for i := range d.Mentions {
			mentions[d.Mentions[i].ID] = &d.Mentions[i]
		}
		for i := range d.Events {
			events[d.Events[i].ID] = true
		}
		for i := range d.Events {
			e := &d.Events[i]
			seen := map[schema.Argument]bool{}
			for j := range e.Arguments {
				a, at := &e.Arguments[j], d.ArgumentAt(i, j)
				what := a.Role + " of " + d.EventRef(i).String()
				k.filler(d, a, at, what)
				k.resolves(d, e, a, at, what, mentions, events)
				k.time(d, e, a, at, what)
				key := schema.Argument{Role: a.Role, MentionID: a.MentionID, TargetEventID: a.TargetEventID, Span: a.Span}
				if seen[key] {
					k.add(ruleSameArg, at, d.DocID, what, "the same filler again", "once")
				}
				seen[key] = true
				opposite := schema.Argument{Role: map[string]string{"ACTOR": "RECIPIENT", "RECIPIENT": "ACTOR"}[a.Role],
					MentionID: a.MentionID, Span: schema.NoSpan}
				if a.MentionID != "" && opposite.Role != "" && seen[opposite] {
					k.add(ruleBothSides, at, d.DocID, what, nameMention(a.MentionID)+" as ACTOR and RECIPIENT", "")
				}
			}
		}
	}
}

// filler checks that exactly one thing fills the argument, of a kind that its
// role takes.
func (k *checker) filler(d *labels.Document, a *schema.Argument, at labels.Position, what string) {
	var kinds []string
	if a.MentionID != "" {
		kinds = append(kinds, "mention")
	}
	if a.TargetEventID != "" {
		kinds = append(kinds, "event")
	}
	if a.Span.IsSet() || a.Text != "" {
		kinds = append(kinds, "span")
	}
	role := k.ontology.Role(a.Role)
	if role == nil {
		var roles []schema.Code
		for _, r := range k.ontology.Roles {
			roles = append(roles, r.Code)
		}
		k.code(ruleRole, at, d.DocID, "role in "+what, a.Role, roles, true)
	}
	expected := "a mention, an event or a span"
	if role != nil {
		expected = "one " + strings.Join(role.Fillers, " or ")
	}
	switch {
	case len(kinds) == 0:
		k.add(ruleFiller, at, d.DocID, what, "nothing", expected)
	case len(kinds) > 1:
		k.add(ruleFiller, at, d.DocID, what, strings.Join(kinds, " and "), expected)
	case role != nil && !slices.Contains(role.Fillers, kinds[0]):
		k.add(ruleFiller, at, d.DocID, what, kinds[0], expected)
	}
}

// resolves checks that what an argument names exists and may stand there.
func (k *checker) resolves(d *labels.Document, e *schema.Event, a *schema.Argument, at labels.Position, what string,
	mentions map[string]*schema.Mention, events map[string]bool) {
	if a.MentionID != "" {
		m := mentions[a.MentionID]
		if m == nil {
			k.add(ruleNoMention, at, d.DocID, what, strconv.Quote(a.MentionID), "a mention of the article")
		} else if a.Role == "ACTOR" || a.Role == "RECIPIENT" || a.Role == "INITIATOR" {
			k.canAct(d, m, at, what)
		}
	}
	switch {
	case a.TargetEventID == "":
	case a.TargetEventID == e.ID:
		k.add(ruleOwnTarget, at, d.DocID, what, "the event itself", "another event")
	case !events[a.TargetEventID]:
		k.add(ruleNoEvent, at, d.DocID, what, strconv.Quote(a.TargetEventID), "an event of the article")
	}
}

func (k *checker) canAct(d *labels.Document, m *schema.Mention, at labels.Position, what string) {
	if t := k.ontology.MentionType(m.Type); t != nil && !t.Actor {
		k.add(rulePlaceActs, at, d.DocID, what, nameMention(m.ID)+" of type "+m.Type, "a mention whose type can act")
	}
}

// time checks a value: its form, its role, and that it agrees with the
// article's date, give or take a day for time zones.
func (k *checker) time(d *labels.Document, e *schema.Event, a *schema.Argument, at labels.Position, what string) {
	if a.Value == "" {
		return
	}
	if a.Role != "TIME" {
		k.add(ruleValueRole, at, d.DocID, what, "the value "+strconv.Quote(a.Value), "none: only TIME has a value")
		return
	}
	first, last, ok := timeDays(a.Value)
	if !ok {
		k.add(ruleTimeValue, at, d.DocID, what, strconv.Quote(a.Value), "ISO 8601, e.g. 2016-07-06, 2016-W27, 2016-07-05/2016-07-06, P3D")
		return
	}
	article := k.articles[d.DocID]
	if article == nil {
		return
	}
	published, _, ok := timeDays(article.Date())
	if !ok || published.IsZero() {
		return
	}
	if e.Realis == "actual" && first.After(published.AddDate(0, 0, 1)) {
		k.add(ruleActualLate, at, d.DocID, what, a.Value+" in an article of "+article.Date(), "realis other, or an earlier date")
	}
	if slices.Contains(e.Auxiliaries, "future") && !last.IsZero() && last.Before(published.AddDate(0, 0, -1)) {
		k.add(ruleFuturePast, at, d.DocID, what, a.Value+" in an article of "+article.Date(), "a later date, or no future")
	}
}
