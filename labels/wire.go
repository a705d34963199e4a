package labels

import (
	"github.com/mizan-corpus/mizan/schema"
)

// The fields of the JSON form, in canonical order. Absent, null and empty mean
// the same; start and end are given together or not at all.
var (
	documentFields = []string{"doc_id", "error", "mentions", "events"}
	mentionFields  = []string{"mention_id", "start", "end", "text", "head_start", "head_end", "type", "level",
		"actor_id", "metonym", "fragments", "confidence"}
	eventFields = []string{"event_id", "start", "end", "text", "type", "modes", "contexts", "cameo", "realis",
		"auxiliaries", "hopper_id", "part_of", "source_mention_id", "cue_start", "cue_end", "quoted",
		"fragments", "confidence", "arguments"}
	argumentFields = []string{"role", "mention_id", "target_event_id", "start", "end", "text", "value", "confidence"}
)

// ParseJSON reads one document from JSON: a label file or a line of
// predictions. at is where text begins. The error is a [RecordErrors] that
// lists every problem of content, or the first one of syntax. Strings of the
// document may share memory with text. With lines false all parts of the
// document stand at its beginning, which saves memory.
func ParseJSON(text string, at Position, lines bool) (*Document, error) {
	s := newScanner(text, at)
	d := &Document{}
	s.peek()
	d.At = s.position(s.pos)
	if lines {
		d.Where = &Positions{}
	}
	if s.validUTF8() && decodeDocument(s, d) && !s.atEnd() {
		s.fail(s.pos, s.sight()+" after the record", "the end", "one object a record; one record a file or line")
	}
	if len(s.problems) == 0 && d.DocID == "" {
		s.path = s.path[:0]
		s.problem(0, "no doc_id", "the article's doc_id", "")
	}
	if len(s.problems) > 0 {
		for _, p := range s.problems {
			p.DocID = d.DocID
		}
		return nil, s.problems
	}
	return d, nil
}

func decodeDocument(s *scanner, d *Document) bool {
	return s.object(documentFields, func(field string) bool {
		switch field {
		case "doc_id":
			return s.str(&d.DocID)
		case "error":
			return s.str(&d.Error)
		case "mentions":
			return s.array(func(int) bool {
				if d.Where != nil {
					d.Where.Mentions = append(d.Where.Mentions, s.position(s.pos))
				}
				d.Mentions = append(d.Mentions, schema.Mention{Span: schema.NoSpan, Head: schema.NoSpan})
				return decodeMention(s, &d.Mentions[len(d.Mentions)-1])
			})
		}
		return s.array(func(int) bool {
			var where []Position
			if d.Where != nil {
				d.Where.Events = append(d.Where.Events, s.position(s.pos))
			}
			d.Events = append(d.Events, schema.Event{Span: schema.NoSpan, Cue: schema.NoSpan})
			ok := decodeEvent(s, &d.Events[len(d.Events)-1], d.Where != nil, &where)
			if d.Where != nil {
				d.Where.Arguments = append(d.Where.Arguments, where)
			}
			return ok
		})
	})
}

func decodeMention(s *scanner, m *schema.Mention) bool {
	at := s.pos
	return s.object(mentionFields, func(field string) bool {
		switch field {
		case "mention_id":
			return s.str(&m.ID)
		case "start":
			return s.offset(&m.Span.Start)
		case "end":
			return s.offset(&m.Span.End)
		case "text":
			return s.str(&m.Text)
		case "head_start":
			return s.offset(&m.Head.Start)
		case "head_end":
			return s.offset(&m.Head.End)
		case "type":
			return s.str(&m.Type)
		case "level":
			return s.str(&m.Level)
		case "actor_id":
			return s.str(&m.ActorID)
		case "metonym":
			_, ok := s.boolean(&m.Metonym)
			return ok
		case "fragments":
			return s.spans(&m.Fragments)
		}
		return s.confidence(&m.Confidence)
	}) && checkPair(s, at, m.Span, "start", "end") && checkPair(s, at, m.Head, "head_start", "head_end")
}

func decodeEvent(s *scanner, e *schema.Event, lines bool, where *[]Position) bool {
	at := s.pos
	return s.object(eventFields, func(field string) bool {
		switch field {
		case "event_id":
			return s.str(&e.ID)
		case "start":
			return s.offset(&e.Span.Start)
		case "end":
			return s.offset(&e.Span.End)
		case "text":
			return s.str(&e.Text)
		case "type":
			return s.str(&e.Type)
		case "modes":
			return s.strings(&e.Modes)
		case "contexts":
			return s.strings(&e.Contexts)
		case "cameo":
			return s.str(&e.CAMEO)
		case "realis":
			return s.str(&e.Realis)
		case "auxiliaries":
			return s.strings(&e.Auxiliaries)
		case "hopper_id":
			return s.str(&e.HopperID)
		case "part_of":
			return s.str(&e.PartOf)
		case "source_mention_id":
			return s.str(&e.SourceMentionID)
		case "cue_start":
			return s.offset(&e.Cue.Start)
		case "cue_end":
			return s.offset(&e.Cue.End)
		case "quoted":
			var v bool
			set, ok := s.boolean(&v)
			if set {
				e.Quoted = &v
			}
			return ok
		case "fragments":
			return s.spans(&e.Fragments)
		case "confidence":
			return s.confidence(&e.Confidence)
		}
		return s.array(func(int) bool {
			if lines {
				*where = append(*where, s.position(s.pos))
			}
			e.Arguments = append(e.Arguments, schema.Argument{Span: schema.NoSpan})
			return decodeArgument(s, &e.Arguments[len(e.Arguments)-1])
		})
	}) && checkPair(s, at, e.Span, "start", "end") && checkPair(s, at, e.Cue, "cue_start", "cue_end")
}

func decodeArgument(s *scanner, a *schema.Argument) bool {
	at := s.pos
	return s.object(argumentFields, func(field string) bool {
		switch field {
		case "role":
			return s.str(&a.Role)
		case "mention_id":
			return s.str(&a.MentionID)
		case "target_event_id":
			return s.str(&a.TargetEventID)
		case "start":
			return s.offset(&a.Span.Start)
		case "end":
			return s.offset(&a.Span.End)
		case "text":
			return s.str(&a.Text)
		case "value":
			return s.str(&a.Value)
		}
		return s.confidence(&a.Confidence)
	}) && checkPair(s, at, a.Span, "start", "end")
}

// checkPair notes a start without an end, the other way round, and [0,0), which no
// [schema.Span] can tell from an absent one.
func checkPair(s *scanner, at int, span schema.Span, start, end string) bool {
	switch {
	case span.Start >= 0 && span.End < 0:
		s.problem(at, start+" without "+end, "both or none", "")
	case span.Start < 0 && span.End >= 0:
		s.problem(at, end+" without "+start, "both or none", "")
	case span == schema.Span{}:
		s.problem(at, "the empty span [0,0)", start+" < "+end, "leave both out where there is no span")
	}
	return true
}
