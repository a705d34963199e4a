package metrics

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	evalroles "github.com/mizan-corpus/mizan/internal/eval/roles"
	"github.com/mizan-corpus/mizan/schema"
)

// happening is what several event mentions of one article denote together.
type happening struct {
	at, rank         int32 // of its first event, for which it is judged
	typ              string
	modes            []string // sorted
	cameo, day       string
	sources, targets []evalroles.Filler
}

// happenings merges the event mentions that are kept by hopper and type, in an
// order that does not depend on the order of the list. rank orders the events
// of the list, see [eval.Scope.Rank].
func happenings(article *schema.Article, a *schema.Annotation, how *schema.Records, allRealis, promises bool, rank func(at int) int32) []happening {
	if len(a.Events) == 0 {
		return nil
	}
	type group struct{ hopper, typ string }
	first := map[*schema.Event]int{}
	resolve := evalroles.NewResolver(a)
	groups := map[group][]*schema.Event{}
	var single []*schema.Event
	var order []group
	for i := range a.Events {
		e := &a.Events[i]
		if promises && how.Promises != nil {
			e = promised(e, how)
		}
		first[e] = i
		if !allRealis && how.Actual != "" && e.Realis != "" && e.Realis != how.Actual {
			continue
		}
		if e.HopperID == "" {
			single = append(single, e)
			continue
		}
		g := group{e.HopperID, e.Type}
		if groups[g] == nil {
			order = append(order, g)
		}
		groups[g] = append(groups[g], e)
	}
	slices.SortFunc(order, func(x, y group) int { return cmp.Or(cmp.Compare(x.hopper, y.hopper), cmp.Compare(x.typ, y.typ)) })
	var out []happening
	add := func(events []*schema.Event) {
		e := slices.MinFunc(events, func(e, f *schema.Event) int { return cmp.Compare(rank(first[e]), rank(first[f])) })
		h := merge(article, events, resolve, how)
		h.at, h.rank = int32(first[e]), rank(first[e])
		out = append(out, h)
	}
	for _, g := range order {
		add(groups[g])
	}
	for _, e := range single {
		add([]*schema.Event{e})
	}
	return out
}

func merge(article *schema.Article, events []*schema.Event, resolve evalroles.Resolver, how *schema.Records) happening {
	h := happening{typ: events[0].Type}
	modes, leaves := map[string]bool{}, map[string]int{}
	for _, e := range events {
		for _, m := range e.Modes {
			modes[m] = true
		}
		if e.CAMEO != "" {
			leaves[e.CAMEO]++
		}
		for i := range e.Arguments {
			arg := &e.Arguments[i]
			switch arg.Role {
			case how.Source:
				h.sources = append(h.sources, participant(resolve.Of(arg)))
			case how.Target:
				h.targets = append(h.targets, participant(resolve.Of(arg)))
			case how.Time:
				if day := dayOf(arg.Value); day != "" && (h.day == "" || day < h.day) {
					h.day = day
				}
			}
		}
	}
	if h.day == "" && article != nil {
		h.day = article.Date()
	}
	h.modes = slices.Sorted(maps.Keys(modes))
	for _, leaf := range slices.Sorted(maps.Keys(leaves)) {
		if leaves[leaf] > leaves[h.cameo] {
			h.cameo = leaf
		}
	}
	return h
}

// participant takes an event that fills a participant's role, which it should
// not, for its place alone.
func participant(f evalroles.Filler) evalroles.Filler {
	f.Hopper = ""
	return f
}

// dayOf cuts an ISO 8601 value to the day: the start of an interval, without
// the time; a month or a year stays as it is.
func dayOf(value string) string {
	value, _, _ = strings.Cut(value, "/")
	value, _, _ = strings.Cut(value, "T")
	return value
}

// promised counts an event mention that is still to come as the ontology says.
func promised(e *schema.Event, how *schema.Records) *schema.Event {
	p := how.Promises
	has := func(code string) bool { return slices.Contains(e.Auxiliaries, code) }
	if e.Realis == how.Actual || !has(p.Auxiliary) || slices.ContainsFunc(p.Unless, has) {
		return e
	}
	for _, c := range p.Count {
		if slices.Contains(c.Types, e.Type) {
			as := *e
			as.Type, as.CAMEO, as.Modes, as.Realis = c.As, c.CAMEO, nil, how.Actual
			return &as
		}
	}
	return e
}
