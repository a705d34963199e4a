package check

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

var (
	ruleRole      = rule("argument-role", SeverityError, "a role is not in the ontology")
	ruleFiller    = rule("argument-filler", SeverityError, "an argument is filled by nothing, by two things, or by a kind that its role does not take")
	ruleNoMention = rule("unknown-mention", SeverityError, "an argument's or source's mention_id is not in the article")
	ruleNoEvent   = rule("unknown-event", SeverityError, "an argument's target_event_id is not in the article")
	ruleOwnTarget = rule("own-argument", SeverityError, "an event is its own argument")
	ruleSameArg   = rule("duplicate-argument", SeverityError, "an event has the same filler twice in one role")
	ruleValueRole = rule("value-role", SeverityError, "a value stands on a role other than TIME")
	ruleTimeValue = rule("time-value", SeverityError, "a TIME value is no ISO 8601 date, date-time, duration or interval")
)

func init() { groups = append(groups, checkArguments) }

func checkArguments(k *checker) {
	for _, d := range k.documents {
		mentions, events := map[string]bool{}, map[string]bool{}
		for i := range d.Mentions {
			mentions[d.Mentions[i].ID] = true
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
				k.time(d, a, at, what)
				key := schema.Argument{Role: a.Role, MentionID: a.MentionID, TargetEventID: a.TargetEventID, Span: a.Span}
				if seen[key] {
					k.add(ruleSameArg, at, d.DocID, what, "the same filler again", "once")
				}
				seen[key] = true
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
		k.typ(ruleRole, at, d.DocID, "role in "+what, a.Role, "roles", roles)
	}
	expected := "a mention, an event or a span"
	if role != nil && len(role.Fillers) > 0 {
		expected = "one " + strings.Join(role.Fillers, " or ")
	}
	switch {
	case len(kinds) == 0:
		k.add(ruleFiller, at, d.DocID, what, "nothing", expected)
	case len(kinds) > 1:
		k.add(ruleFiller, at, d.DocID, what, strings.Join(kinds, " and "), expected)
	case role != nil && len(role.Fillers) > 0 && !slices.Contains(role.Fillers, kinds[0]):
		k.add(ruleFiller, at, d.DocID, what, kinds[0], expected)
	}
}

// resolves checks that what an argument names exists and may stand there.
func (k *checker) resolves(d *labels.Document, e *schema.Event, a *schema.Argument, at labels.Position, what string,
	mentions, events map[string]bool) {
	if a.MentionID != "" {
		if !mentions[a.MentionID] {
			k.add(ruleNoMention, at, d.DocID, what, strconv.Quote(a.MentionID), "a mention of the article")
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

// time checks a value, its form and its role, where the ontology says which
// roles have one.
func (k *checker) time(d *labels.Document, a *schema.Argument, at labels.Position, what string) {
	var timed []string
	for _, r := range k.ontology.Roles {
		if k.ontology.Timed(r.Code.Code) {
			timed = append(timed, r.Code.Code)
		}
	}
	_, _, valid := timeDays(a.Value)
	switch {
	case a.Value == "" || len(timed) == 0:
	case !slices.Contains(timed, a.Role):
		k.add(ruleValueRole, at, d.DocID, what, "the value "+strconv.Quote(a.Value), "none: only "+strings.Join(timed, " and ")+" has a value")
	case !valid:
		k.add(ruleTimeValue, at, d.DocID, what, strconv.Quote(a.Value), "ISO 8601, e.g. 2016-07-06, 2016-W27, 2016-07-05/2016-07-06, P3D")
	}
}
