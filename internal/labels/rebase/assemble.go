package rebase

import (
	"slices"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// assemble builds the new document and lists what became of the old one.
func (r *rebaser) assemble() {
	d := r.d
	r.out = &labels.Document{Annotation: schema.Annotation{DocID: d.DocID}, Error: d.Error}
	left := namesLeft{mentions: map[string]bool{}, events: map[string]bool{}}
	for i, p := range r.mentions {
		left.mentions[d.Mentions[i].ID] = left.mentions[d.Mentions[i].ID] || p.ok()
	}
	for i, p := range r.triggers {
		left.events[d.Events[i].ID] = left.events[d.Events[i].ID] || p.ok()
	}
	for i := range d.Mentions {
		r.mention(i)
	}
	for i := range d.Events {
		r.event(i, left)
	}
	for i := range d.NotLabelled {
		r.region(i)
	}
	r.out.NotLabelled = r.joined(r.out.NotLabelled)
	if slices.IsSortedFunc(d.Mentions, labels.CompareMentions) {
		slices.SortStableFunc(r.out.Mentions, labels.CompareMentions)
	}
	if slices.IsSortedFunc(d.Events, labels.CompareEvents) {
		slices.SortStableFunc(r.out.Events, labels.CompareEvents)
	}
}

// namesLeft says of every id of the old document whether something of that id
// is left.
type namesLeft struct{ mentions, events map[string]bool }

func (r *rebaser) mention(i int) {
	m := r.d.Mentions[i]
	p := r.mentions[i]
	item := Item{At: r.d.MentionAt(i), Kind: "mention", ID: m.ID, Item: r.d.MentionRef(i).String()}
	r.note(item, m.Span, p)
	if !p.ok() {
		return
	}
	if p.outcome != OutcomeKept {
		m.Span, m.Fragments = p.span, p.fragments
		m.Text = r.newText(m.Text, p)
		head := r.head(r.d.Mentions[i].Head, r.d.Mentions[i].Span, p)
		if !head.ok() {
			item.Kind, item.Item = "head", "head of "+item.Item
			head.outcome = OutcomeDropped
			r.note(item, m.Head, head)
		}
		m.Head = head.span
	}
	r.out.Mentions = append(r.out.Mentions, m)
}

func (r *rebaser) event(i int, left namesLeft) {
	e, name := r.d.Events[i], r.d.EventRef(i).String()
	p := r.triggers[i]
	r.note(Item{At: r.d.EventAt(i), Kind: "event", ID: e.ID, Item: name}, e.Span, p)
	if p.outcome != OutcomeKept && p.ok() {
		e.Span, e.Fragments = p.span, p.fragments
		e.Text = r.newText(e.Text, p)
	}
	if p.ok() {
		r.attribution(i, &e, left)
	}
	e.Arguments = nil
	args := r.arguments(i)
	for j, a := range r.d.Events[i].Arguments {
		q := args[j]
		item := Item{At: r.d.ArgumentAt(i, j), Kind: "argument", ID: e.ID, Role: a.Role, Item: a.Role + " of " + name}
		switch {
		case !p.ok():
			q = unplaced("its event has no place")
		case a.MentionID != "" && gone(left.mentions, a.MentionID):
			q = unplaced("the mention has no place")
		case a.TargetEventID != "" && gone(left.events, a.TargetEventID):
			q = unplaced("that event has no place")
		}
		if !a.Span.IsSet() {
			item.OldText = a.MentionID + a.TargetEventID
			if item.OldText == "" {
				item.OldText = a.Text
			}
			if !q.ok() {
				q.outcome = OutcomeDropped
			}
		}
		r.note(item, a.Span, q)
		if !q.ok() {
			continue
		}
		if q.outcome != OutcomeKept {
			a.Span, a.Text = q.span, r.newText(a.Text, q)
		}
		e.Arguments = append(e.Arguments, a)
	}
	if p.ok() {
		r.out.Events = append(r.out.Events, e)
	}
}

// gone reports whether an id was in the document and is not any more.
func gone(left map[string]bool, id string) bool {
	there, known := left[id]
	return known && !there
}

// attribution carries an event's cue and source.
func (r *rebaser) attribution(i int, e *schema.Event, left namesLeft) {
	item := Item{At: r.d.EventAt(i), ID: e.ID}
	cue := r.place(e.Cue, nil, false)
	if before := r.d.Events[i]; cue.ok() && cue.span.IsSet() && cue.span == e.Span && before.Cue != before.Span {
		cue = unplaced("the trigger has its place")
	}
	if cue.outcome != OutcomeKept {
		item.Kind, item.Item = "cue", "cue of "+r.d.EventRef(i).String()
		if !cue.ok() {
			cue.outcome = OutcomeDropped
		}
		if cue.outcome != OutcomeMoved {
			r.note(item, e.Cue, cue)
		}
		e.Cue = cue.span
	}
	if e.SourceMentionID != "" && gone(left.mentions, e.SourceMentionID) {
		item.Kind, item.Item, item.OldText = "source", "source of "+r.d.EventRef(i).String(), e.SourceMentionID
		r.note(item, schema.NoSpan, placement{outcome: OutcomeDropped, reason: "the mention has no place"})
		e.SourceMentionID = ""
	}
}

// region carries a region that is not labelled to wherever its letters went; what
// was written between them is of it too.
func (r *rebaser) region(i int) {
	s := r.d.NotLabelled[i]
	if r.al == nil {
		r.out.NotLabelled = append(r.out.NotLabelled, s)
		return
	}
	n := len(r.out.NotLabelled)
	for p := s.Start; p < s.End; p++ {
		if q := r.al.to[p]; q >= 0 {
			r.out.NotLabelled = append(r.out.NotLabelled, schema.Span{Start: q, End: q + 1})
		}
	}
	if len(r.out.NotLabelled) == n {
		item := Item{At: r.d.At, Kind: "region", Item: labels.ItemRef{Kind: "region not labelled", Index: i}.String()}
		r.note(item, s, placement{outcome: OutcomeDropped, reason: "the new text has nothing of it"})
	}
}

// joined is the regions in order, those made one that have nothing of the old text
// between them.
func (r *rebaser) joined(list []schema.Span) []schema.Span {
	slices.SortFunc(list, schema.Span.Compare)
	var out []schema.Span
	for _, s := range list {
		last := len(out) - 1
		if last >= 0 && r.al != nil && !slices.ContainsFunc(r.al.from[out[last].End:max(out[last].End, s.Start)], func(p int32) bool { return p >= 0 }) {
			out[last].End = s.End
			continue
		}
		out = append(out, s)
	}
	return out
}

// note counts an item and lists it when a person should look at it.
func (r *rebaser) note(item Item, old schema.Span, p placement) {
	part := item.Kind == "head" || item.Kind == "cue" || item.Kind == "source" || !old.IsSet()
	if !part || p.outcome == OutcomeDropped {
		r.counts.count(p.outcome)
	}
	if p.outcome == OutcomeKept || p.outcome == OutcomeMoved {
		return
	}
	item.DocID, item.Outcome, item.Reason, item.Old, item.New = r.d.DocID, p.outcome, p.reason, old, schema.NoSpan
	if old.IsSet() {
		item.OldText, _ = r.x.Slice(old)
	}
	if p.ok() {
		item.New = p.span
		item.NewText, _ = r.y.Slice(p.span)
	}
	r.items = append(r.items, item)
}

// newText is the surface of a placed span; a surface that was left out stays
// out.
func (r *rebaser) newText(was string, p placement) string {
	if was == "" {
		return ""
	}
	text, _ := r.y.Slice(p.span)
	return text
}
