package annotate

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/annotate/review"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/schema"
)

// ReviewView is what two passes say otherwise of an article.
type ReviewView struct {
	Groups    []GroupView  `json:"groups"`
	Undecided int          `json:"undecided"`
	Agreement Figures      `json:"agreement"`
	Article   *ArticleView `json:"article"` // the settled labels
}

// GroupView is one difference.
type GroupView struct {
	ID       string    `json:"id"`
	Kind     string    `json:"kind"` // "missed", "argument", or what is otherwise: "extent", "type", "head", "actor", "hopper", …
	Of       string    `json:"of"`   // "mention" or "event"
	A        SideView  `json:"a"`
	B        SideView  `json:"b"`
	Start    int32     `json:"start"`
	End      int32     `json:"end"`
	What     string    `json:"what"`
	Gold     string    `json:"gold"` // id among the settled labels, "" for none
	Decided  *Decision `json:"decided"`
	Argument Row       `json:"argument,omitempty"`
}

// SideView is what one pass says.
type SideView struct {
	Has   bool   `json:"has"`   // whether the pass has the item or argument
	Value string `json:"value"` // in words
	Row   Row    `json:"row"`   // the mention or event as the pass has it; null for none
}

// Decision is how a difference was settled.
type Decision struct {
	Side   string `json:"side"` // "a", "b" or "third"
	Value  string `json:"value"`
	Reason string `json:"reason"`
	Time   string `json:"time"`
}

// ReviewRequest settles a difference.
type ReviewRequest struct {
	Request
	Group  string          `json:"group"`
	Side   string          `json:"side"`
	Value  json.RawMessage `json:"value"` // of the side "third": the whole mention or event, or null for none
	Reason string          `json:"reason"`
}

// Review is what the two passes say otherwise of an article.
func (s *Session) Review(docID string) (*ReviewView, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, c, err := s.reviewed(docID)
	if err != nil {
		return nil, err
	}
	if err := s.notice(a); err != nil {
		return nil, err
	}
	if err := s.beginReview(a, c); err != nil {
		return nil, err
	}
	return s.viewReview(a, c)
}

func (s *Session) reviewed(docID string) (*article, *review.Comparison, error) {
	a, err := s.article(docID)
	if err != nil {
		return nil, nil, err
	}
	if s.review == nil {
		return nil, nil, &RefusedError{"no passes are reviewed", "dataset annotate LABELS --review a,b"}
	}
	c := s.comparison(a)
	if c == nil {
		return nil, nil, &RefusedError{fmt.Sprintf("only one of %s and %s has labelled the article", s.review.names[0], s.review.names[1]), ""}
	}
	return a, c, nil
}

func (s *Session) viewReview(a *article, c *review.Comparison) (*ReviewView, error) {
	v := &ReviewView{Groups: []GroupView{}}
	decided := s.decisions(a)
	for i := range c.Differences {
		g, err := s.group(a, &c.Differences[i], decided)
		if err != nil {
			return nil, err
		}
		if g.Decided == nil {
			v.Undecided++
		}
		v.Groups = append(v.Groups, g)
	}
	var err error
	if v.Agreement, err = s.figures(a); err != nil {
		return nil, err
	}
	v.Article, err = s.view(a)
	return v, err
}

func (s *Session) group(a *article, d *review.Difference, decided map[string]*journal.Entry) (GroupView, error) {
	span, _ := d.Item.Span()
	g := GroupView{ID: d.ID, Kind: d.Kind, Of: kindEvent, Start: span.Start, End: span.End, What: d.What(), Gold: s.goldID(a, d.Item, decided),
		A: SideView{Has: d.InA, Value: d.A}, B: SideView{Has: d.InB, Value: d.B}}
	if d.Item.Mention() {
		g.Of = kindMention
	}
	for _, side := range []struct {
		to *SideView
		m  *schema.Mention
		e  *schema.Event
	}{{&g.A, d.Item.MentionA, d.Item.EventA}, {&g.B, d.Item.MentionB, d.Item.EventB}} {
		var err error
		switch {
		case side.m != nil:
			side.to.Row, err = native.AppendMention(nil, side.m)
		case side.e != nil:
			side.to.Row, err = native.AppendEvent(nil, side.e)
		}
		if err != nil {
			return g, err
		}
	}
	if e := decided[d.ID]; e != nil {
		var x detail
		if err := json.Unmarshal(e.Detail, &x); err != nil {
			return g, err
		}
		g.Decided = &Decision{e.Choice, x.Chosen, e.Reason, e.Time}
	}
	return g, nil
}

// undecided is how many differences of an article wait for a decision.
func (s *Session) undecided(docID string) int {
	if s.review == nil {
		return 0
	}
	a := s.byID[docID]
	c := s.comparison(a)
	if c == nil {
		return 0
	}
	decided, n := s.decisions(a), 0
	for i := range c.Differences {
		if decided[c.Differences[i].ID] == nil {
			n++
		}
	}
	return n
}

// Decide settles a difference: as one pass has it, or otherwise. The reason is kept.
func (s *Session) Decide(r ReviewRequest) (*ReviewView, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, err := s.fresh(r.Request)
	if err != nil {
		return nil, err
	}
	_, c, err := s.reviewed(r.Article)
	if err != nil {
		return nil, err
	}
	d := c.Find(r.Group)
	switch {
	case d == nil:
		return nil, &RefusedError{"no difference " + r.Group, ""}
	case strings.TrimSpace(r.Reason) == "":
		return nil, &RefusedError{"found no reason, expected why it is settled so", ""}
	}
	x := detail{Item: d.Item.Key, What: d.What(), A: d.A, B: d.B}
	if r.Do, err = s.deciding(a, c, d, r, &x); err != nil {
		return nil, refusal(err)
	}
	e := journal.Entry{Kind: journal.Review, Item: d.ID, Choice: r.Side, Reason: strings.TrimSpace(r.Reason)}
	if e.Detail, err = json.Marshal(x); err != nil {
		return nil, err
	}
	r.Why = cmp.Or(r.Why, x.What+": "+r.Side)
	if _, err := s.act(a, r.Request, e); err != nil {
		return nil, err
	}
	if err := s.writeAdjudication(); err != nil {
		a.file.wrong = err.Error()
	}
	return s.viewReview(a, c)
}

// deciding is the actions that settle a difference; x takes what was chosen.
func (s *Session) deciding(a *article, c *review.Comparison, d *review.Difference, r ReviewRequest, x *detail) ([]journal.Action, error) {
	decided := s.decisions(a)
	x.Gold = s.goldID(a, d.Item, decided)
	kind := kindEvent
	if d.Item.Mention() {
		kind = kindMention
	}
	switch {
	case r.Side == "third":
		whole, err := s.overlaid(a, kind, d, r.Value, x.Gold)
		if err != nil {
			return nil, err
		}
		return s.third(a, kind, d, whole, x)
	case r.Side != "a" && r.Side != "b":
		return nil, fmt.Errorf("side: found %q, expected a, b or third", r.Side)
	}
	b := r.Side == "b"
	x.Chosen = map[bool]string{false: d.A, true: d.B}[b]
	if d.Kind == review.Missed {
		return s.wholeItem(a, c, d, kind, b, decided, x)
	}
	if x.Gold == "" {
		return nil, &RefusedError{fmt.Sprintf("the %s is no longer among the settled labels", kind), "put it back, or settle it with a third answer"}
	}
	if kind == kindMention {
		m := a.state.mentions[slices.IndexFunc(a.state.mentions, func(m schema.Mention) bool { return m.ID == x.Gold })]
		d.TakeMention(&m, b)
		return s.putting(&m)
	}
	e := a.state.events[slices.IndexFunc(a.state.events, func(e schema.Event) bool { return e.ID == x.Gold })]
	if err := d.TakeEvent(&e, b, s.goldIDs(a, c, decided)); err != nil {
		return nil, err
	}
	v, err := native.AppendEvent(nil, &e)
	return []journal.Action{{Op: "put", Kind: kindEvent, ID: e.ID, Value: v}}, err
}

func (s *Session) putting(m *schema.Mention) ([]journal.Action, error) {
	do, err := s.bring(m.ActorID, nil)
	if err != nil {
		return nil, err
	}
	v, err := native.AppendMention(nil, m)
	return append(do, journal.Action{Op: "put", Kind: kindMention, ID: m.ID, Value: v}), err
}

// wholeItem puts in what only one pass has, or takes it out.
func (s *Session) wholeItem(a *article, c *review.Comparison, d *review.Difference, kind string, b bool, decided map[string]*journal.Entry, x *detail) ([]journal.Action, error) {
	wanted := d.InA && !b || d.InB && b
	if !wanted {
		x.Chosen = "no"
		if x.Gold == "" {
			return nil, nil
		}
		return []journal.Action{{Op: "drop", Kind: kind, ID: x.Gold}}, nil
	}
	if kind == kindMention {
		m := cmp.Or(d.Item.MentionA, d.Item.MentionB)
		copied := *m
		copied.ID = cmp.Or(x.Gold, nextID("m", a.state.mentions, func(m *schema.Mention) string { return m.ID }))
		x.Gold = copied.ID
		return s.putting(&copied)
	}
	e := d.Whole(s.goldIDs(a, c, decided))
	e.ID = cmp.Or(x.Gold, nextID("e", a.state.events, func(e *schema.Event) string { return e.ID }))
	x.Gold = e.ID
	v, err := native.AppendEvent(nil, &e)
	return []journal.Action{{Op: "put", Kind: kindEvent, ID: e.ID, Value: v}}, err
}

// third puts in a third answer, or takes the item out for null.
func (s *Session) third(a *article, kind string, d *review.Difference, value json.RawMessage, x *detail) ([]journal.Action, error) {
	if len(value) == 0 {
		return nil, &RefusedError{"found no third answer", "give the whole mention or event, a part of it that is otherwise, or null for none"}
	}
	if string(value) == "null" {
		x.Chosen = "none"
		if x.Gold == "" {
			return nil, nil
		}
		return []journal.Action{{Op: "drop", Kind: kind, ID: x.Gold}}, nil
	}
	if kind == kindMention {
		m, err := native.ParseMention(string(value))
		if err != nil {
			return nil, err
		}
		m.ID = cmp.Or(x.Gold, nextID("m", a.state.mentions, func(m *schema.Mention) string { return m.ID }))
		m.Text, _ = a.index.Slice(m.Span)
		x.Gold, x.Chosen = m.ID, cmp.Or(d.SaysMention(&m), fmt.Sprintf("%s %q (%d)", m.Type, m.Text, m.Span.Start))
		return s.putting(&m)
	}
	e, err := native.ParseEvent(string(value))
	if err != nil {
		return nil, err
	}
	e.ID = cmp.Or(x.Gold, nextID("e", a.state.events, func(e *schema.Event) string { return e.ID }))
	e.Text, _ = a.index.Slice(e.Span)
	x.Gold, x.Chosen = e.ID, cmp.Or(d.SaysEvent(&e), fmt.Sprintf("%s %q (%d) with %s", e.Type, e.Text, e.Span.Start, wording.Count(len(e.Arguments), "argument")))
	v, err := native.AppendEvent(nil, &e)
	return []journal.Action{{Op: "put", Kind: kindEvent, ID: e.ID, Value: v}}, err
}
