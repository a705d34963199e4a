package release

import (
	"fmt"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

// labelSet is the labels of one article, or of one pass over it, under
// verification.
type labelSet struct {
	content   *content
	docID     string
	annotator string // "" for the gold labels
	index     *schema.Index
	mentions  []*tables.MentionRow
	events    []*tables.EventRow
	arguments []*tables.ArgumentRow
}

func (s *labelSet) bad(table, row, column, found, expected string) {
	if s.annotator != "" {
		table = "pass_" + table
		row = s.annotator + "/" + row
	}
	s.content.add(Violation{Table: table, DocID: s.docID, Row: row, Column: column, Found: found, Expected: expected})
}

// check checks every row against the text, and every reference.
func (s *labelSet) check() {
	mentions := map[string]bool{}
	for _, m := range s.mentions {
		if m.ID == "" || mentions[m.ID] {
			s.bad(dataset.TableMentions, m.ID, "mention_id", fmt.Sprintf("%q a second time, or empty", m.ID), "an id of its own")
		}
		mentions[m.ID] = true
		s.checkMention(m)
	}
	events := map[string]bool{}
	for _, e := range s.events {
		if e.ID == "" || events[e.ID] {
			s.bad(dataset.TableEvents, e.ID, "event_id", fmt.Sprintf("%q a second time, or empty", e.ID), "an id of its own")
		}
		events[e.ID] = true
		s.checkEvent(e, mentions)
	}
	for _, a := range s.arguments {
		s.checkArgument(a, mentions, events)
	}
}

// checkText compares a span with the text that its row says stands there.
func (s *labelSet) checkText(table, row string, span schema.Span, text string) {
	there, ok := s.index.Slice(span)
	switch {
	case !ok:
		s.bad(table, row, "start", span.String(), fmt.Sprintf("a span inside the text of %d code points", s.index.Len()))
	case there != text:
		s.bad(table, row, "text", fmt.Sprintf("%q", text), fmt.Sprintf("%q, which stands at %v", there, span))
	}
}

// checkInner checks an optional span; it reports whether
// the span is there and inside the text.
func (s *labelSet) checkInner(table, row, column string, span schema.Span) bool {
	if span == schema.NoSpan {
		return false
	}
	_, ok := s.index.Slice(span)
	if !ok {
		s.bad(table, row, column, span.String(), fmt.Sprintf("a span inside the text of %d code points", s.index.Len()))
	}
	return ok
}

func (s *labelSet) checkFragments(table, row string, span schema.Span, fragments []schema.Span) {
	end := span.Start
	for _, f := range fragments {
		if !f.Valid() || f.Start < end || f.End > span.End {
			s.bad(table, row, "fragments", f.String(), fmt.Sprintf("ordered parts inside %v", span))
			return
		}
		end = f.End
	}
}

func (s *labelSet) checkMention(m *tables.MentionRow) {
	s.checkText(dataset.TableMentions, m.ID, m.Span, m.Text)
	s.checkFragments(dataset.TableMentions, m.ID, m.Span, m.Fragments)
	if s.checkInner(dataset.TableMentions, m.ID, "head_start", m.Head) && !m.Span.Contains(m.Head) {
		s.bad(dataset.TableMentions, m.ID, "head_start", m.Head.String(), fmt.Sprintf("a span inside the mention's %v", m.Span))
	}
	c := s.content
	cluster := schema.IsNIL(m.ActorID) || len(c.actors) == 0 && !ontology.AsksForActors(c.ontology)
	if m.ActorID != "" && s.annotator == "" && !c.actors[m.ActorID] && !cluster {
		s.bad(dataset.TableMentions, m.ID, "actor_id", fmt.Sprintf("%q", m.ActorID), "an actor_id of the table actors")
	}
}

func (s *labelSet) checkEvent(e *tables.EventRow, mentions map[string]bool) {
	s.checkText(dataset.TableEvents, e.ID, e.Span, e.Text)
	s.checkFragments(dataset.TableEvents, e.ID, e.Span, e.Fragments)
	s.checkInner(dataset.TableEvents, e.ID, "cue_start", e.Cue)
	if quad := int32(s.content.ontology.Quad(e.Type)); quad != e.Quad {
		s.bad(dataset.TableEvents, e.ID, "quad", fmt.Sprint(e.Quad), fmt.Sprintf("%d, which follows from the type %s", quad, e.Type))
	}
	if e.SourceMentionID != "" && !mentions[e.SourceMentionID] {
		s.bad(dataset.TableEvents, e.ID, "source_mention_id", fmt.Sprintf("%q", e.SourceMentionID), "a mention_id of the article")
	}
	if s.annotator == "" {
		s.noteHopper(e)
	}
}

// noteHopper remembers hoppers and what is part of hoppers not met yet.
func (s *labelSet) noteHopper(e *tables.EventRow) {
	c := s.content
	if e.HopperID != "" {
		c.hoppers[e.HopperID] = true
		delete(c.parts, e.HopperID)
	}
	if e.PartOf != "" && !c.hoppers[e.PartOf] {
		if _, noted := c.parts[e.PartOf]; !noted {
			c.parts[e.PartOf] = Violation{Table: dataset.TableEvents, DocID: s.docID, Row: e.ID, Column: "part_of",
				Found: fmt.Sprintf("%q", e.PartOf), Expected: "the hopper_id of an event"}
		}
	}
}

func (s *labelSet) checkArgument(a *tables.ArgumentRow, mentions, events map[string]bool) {
	row := tables.ArgumentKey(a)
	if !events[a.EventID] {
		s.bad(dataset.TableArguments, row, "event_id", fmt.Sprintf("%q", a.EventID), "an event_id of the article")
	}
	if a.MentionID != "" && !mentions[a.MentionID] {
		s.bad(dataset.TableArguments, row, "mention_id", fmt.Sprintf("%q", a.MentionID), "a mention_id of the article")
	}
	if a.TargetEventID != "" && !events[a.TargetEventID] {
		s.bad(dataset.TableArguments, row, "target_event_id", fmt.Sprintf("%q", a.TargetEventID), "an event_id of the article")
	}
	if s.checkInner(dataset.TableArguments, row, "start", a.Span) {
		s.checkText(dataset.TableArguments, row, a.Span, a.Text)
	}
}

// annotation is the labels in the form that the label rules take. Arguments of
// events that are not there are left out; they are reported already.
func (s *labelSet) annotation() *schema.Annotation {
	events := map[string]bool{}
	for _, e := range s.events {
		events[e.ID] = true
	}
	var arguments []*tables.ArgumentRow
	for _, a := range s.arguments {
		if events[a.EventID] {
			arguments = append(arguments, a)
		}
	}
	a, err := tables.Assemble(s.docID, s.mentions, s.events, arguments)
	if err != nil {
		return &schema.Annotation{DocID: s.docID} // cannot be: the arguments were sifted
	}
	return a
}
