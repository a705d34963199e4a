package check

import (
	"slices"
	"strconv"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

// facts are what the rules of an ontology may ask of one document, besides what
// stands in it.
type facts struct {
	k        *checker
	d        *labels.Document
	mentions map[string]*schema.Mention
	twins    [][]string // by mention: the first with the same span and type
	crossed  [][]string // by mention: those that it overlaps, neither inside the other
	triggers [][]string // by event: earlier ones with the same trigger and type
	shared   [][]string // by event: earlier ones with the same trigger and another type
	hoppers  map[string]*hopper
}

func newFacts(k *checker, d *labels.Document, hoppers map[string]*hopper) *facts {
	f := &facts{k: k, d: d, hoppers: hoppers, mentions: make(map[string]*schema.Mention, len(d.Mentions)),
		twins: make([][]string, len(d.Mentions)), crossed: make([][]string, len(d.Mentions)),
		triggers: make([][]string, len(d.Events)), shared: make([][]string, len(d.Events))}
	for i := range d.Mentions {
		f.mentions[d.Mentions[i].ID] = &d.Mentions[i]
	}
	f.findTwins()
	f.findCrossings()
	f.findTriggers()
	return f
}

func (f *facts) findTwins() {
	type place struct {
		span schema.Span
		typ  string
	}
	seen := map[place]int{}
	for i := range f.d.Mentions {
		m := &f.d.Mentions[i]
		if !m.Span.IsSet() {
			continue
		}
		key := place{m.Span, m.Type}
		if first, ok := seen[key]; ok {
			f.twins[i] = []string{f.d.MentionRef(first).String()}
			continue
		}
		seen[key] = i
	}
}

// findCrossings compares each mention with those that begin inside it.
// Discontinuous mentions may cross.
func (f *facts) findCrossings() {
	order := sortedIndex(f.d.Mentions, labels.CompareMentions)
	for n, i := range order {
		a := &f.d.Mentions[i]
		if a.Fragments != nil || !a.Span.Valid() {
			continue
		}
		for _, j := range order[n+1:] {
			b := &f.d.Mentions[j]
			if b.Span.Start >= a.Span.End {
				break
			}
			if b.Fragments == nil && b.Span.Valid() && a.Span.Crosses(b.Span) {
				f.crossed[j] = append(f.crossed[j], f.d.MentionRef(i).String()+" "+a.Span.String())
			}
		}
	}
}

func (f *facts) findTriggers() {
	seen := map[schema.Span][]int{}
	for i := range f.d.Events {
		e := &f.d.Events[i]
		if !e.Span.IsSet() {
			continue
		}
		for _, first := range seen[e.Span] {
			name := f.d.EventRef(first).String()
			if typ := f.d.Events[first].Type; typ == e.Type {
				f.triggers[i] = append(f.triggers[i], name)
			} else {
				f.shared[i] = append(f.shared[i], name+" ("+typ+")")
			}
		}
		seen[e.Span] = append(seen[e.Span], i)
	}
}

func (f *facts) mention(i int) *item {
	m := &f.d.Mentions[i]
	return &item{f.d.MentionAt(i), f.d.DocID, f.d.MentionRef(i).String(), func(name string) []string {
		switch name {
		case "mention_id":
			return one(m.ID)
		case "type":
			return one(m.Type)
		case "level":
			return one(m.Level)
		case "actor_id":
			return one(m.ActorID)
		case "metonym":
			return when(m.Metonym, "true")
		case "text":
			return one(m.Text)
		case "span":
			return one(m.Span.String())
		case "head":
			return when(m.Head.IsSet(), m.Head.String())
		case "twin":
			return f.twins[i]
		case "crossed":
			return f.crossed[i]
		}
		return nil
	}}
}

func (f *facts) event(i int) *item {
	e := &f.d.Events[i]
	return &item{f.d.EventAt(i), f.d.DocID, f.d.EventRef(i).String(), func(name string) []string {
		switch name {
		case "event_id":
			return one(e.ID)
		case "text":
			return one(e.Text)
		case "hopper_id":
			return one(e.HopperID)
		case "part_of":
			return one(e.PartOf)
		case "source_mention_id":
			return one(e.SourceMentionID)
		case "source_type", "source_acts":
			return f.filler(e.SourceMentionID, name == "source_acts")
		case "cue":
			return when(e.Cue.IsSet(), e.Cue.String())
		case "quoted":
			if e.Quoted == nil {
				return nil
			}
			return one(strconv.FormatBool(*e.Quoted))
		case "twin":
			return f.triggers[i]
		case "shared_trigger":
			return f.shared[i]
		case "hopper_type", "hopper_part_of":
			return f.hoppers[e.HopperID].differs(e, name)
		}
		if own, ok := eventField(e, name); ok {
			return own
		}
		return one(strconv.Itoa(countRole(e, name)))
	}}
}

// eventField is a field that an event's arguments share with it.
func eventField(e *schema.Event, name string) ([]string, bool) {
	switch name {
	case "type":
		return one(e.Type), true
	case "modes":
		return e.Modes, true
	case "contexts":
		return e.Contexts, true
	case "cameo":
		return one(e.CAMEO), true
	case "realis":
		return one(e.Realis), true
	case "auxiliaries":
		return e.Auxiliaries, true
	}
	return nil, false
}

func countRole(e *schema.Event, role string) int {
	n := 0
	for i := range e.Arguments {
		if e.Arguments[i].Role == role {
			n++
		}
	}
	return n
}

func (f *facts) argument(i, j int) *item {
	e := &f.d.Events[i]
	a := &e.Arguments[j]
	return &item{f.d.ArgumentAt(i, j), f.d.DocID, a.Role + " of " + f.d.EventRef(i).String(), func(name string) []string {
		switch name {
		case "role":
			return one(a.Role)
		case "mention_id":
			return one(a.MentionID)
		case "target_event_id":
			return one(a.TargetEventID)
		case "text":
			return one(a.Text)
		case "time":
			return one(a.Value)
		case "mention_type", "mention_acts":
			return f.filler(a.MentionID, name == "mention_acts")
		case "also_fills":
			return alsoFills(e, j)
		case "after_article", "before_article":
			return f.dated(a, name == "after_article")
		}
		own, _ := eventField(e, name)
		return own
	}}
}

// filler is the type of a mention, or whether that type can act.
func (f *facts) filler(id string, acts bool) []string {
	m := f.mentions[id]
	switch {
	case m == nil || id == "":
		return nil
	case !acts:
		return one(m.Type)
	}
	t := f.k.ontology.MentionType(m.Type)
	switch {
	case t == nil:
		return nil
	case t.Actor:
		return one("yes")
	}
	return one("no")
}

// alsoFills are the other roles that an earlier argument gives the same mention.
func alsoFills(e *schema.Event, j int) []string {
	var roles []string
	a := &e.Arguments[j]
	for i := range e.Arguments[:j] {
		if b := &e.Arguments[i]; a.MentionID != "" && b.MentionID == a.MentionID && b.Role != a.Role && !slices.Contains(roles, b.Role) {
			roles = append(roles, b.Role)
		}
	}
	return roles
}

// dated is the article's date where an argument's time is after it, or before
// it, give or take a day for time zones.
func (f *facts) dated(a *schema.Argument, after bool) []string {
	article := f.k.articles[f.d.DocID]
	if article == nil || a.Value == "" || !f.k.ontology.Timed(a.Role) {
		return nil
	}
	first, last, ok := timeDays(a.Value)
	published, _, dated := timeDays(article.Date())
	if !ok || !dated || published.IsZero() {
		return nil
	}
	if after {
		return when(first.After(published.AddDate(0, 0, 1)), article.Date())
	}
	return when(!last.IsZero() && last.Before(published.AddDate(0, 0, -1)), article.Date())
}

func actorField(a *native.ActorRow, name string) []string {
	switch name {
	case "actor_id":
		return one(a.ID)
	case "name_en":
		return one(a.NameEN)
	case "name_ar":
		return one(a.NameAR)
	case "type":
		return one(a.Type)
	case "country":
		return one(a.Country)
	case "sector":
		return one(a.Sector)
	case "other_sectors":
		return a.OtherSectors
	case "wikidata":
		return one(a.Wikidata)
	case "members":
		return a.Members
	}
	return nil
}

func one(value string) []string { return when(value != "", value) }

func when(is bool, value string) []string {
	if !is {
		return nil
	}
	return []string{value}
}
