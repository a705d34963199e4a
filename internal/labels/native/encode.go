package native

import (
	"fmt"

	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// AppendLine appends the document as one line of JSONL, newline included. It
// fails where the document cannot be read back: no doc_id, invalid UTF-8, half
// a span, a negative offset, a confidence outside [0,1].
func AppendLine(dst []byte, d *labels.Document) ([]byte, error) {
	e := jsontext.NewEncoder(dst, false)
	encodeDocument(e, d)
	e.B = append(e.B, '\n')
	return e.B, e.Err
}

// AppendFile appends the document as the contents of a label file: the same
// object as a line of JSONL, indented, one mention, event or argument a line.
func AppendFile(dst []byte, d *labels.Document) ([]byte, error) {
	e := jsontext.NewEncoder(dst, true)
	encodeDocument(e, d)
	e.B = append(e.B, '\n')
	return e.B, e.Err
}

func encodeDocument(e *jsontext.Encoder, d *labels.Document) {
	if d.DocID == "" {
		e.Fail("doc_id", "an empty string")
	}
	e.Open()
	e.DocumentKey("doc_id")
	e.Quote(d.DocID)
	if d.Error != "" {
		e.DocumentKey("error")
		e.Quote(d.Error)
	}
	if len(d.Mentions) > 0 {
		e.DocumentKey("mentions")
		e.List(len(d.Mentions), 2, func(i int) { encodeMention(e, &d.Mentions[i]) })
	}
	if len(d.Events) > 0 {
		e.DocumentKey("events")
		e.List(len(d.Events), 2, func(i int) { encodeEvent(e, &d.Events[i]) })
	}
	e.Newline(0)
	e.Close()
	if e.Err != nil {
		e.Err = fmt.Errorf("document %q: %w", d.DocID, e.Err)
	}
}

func encodeMention(e *jsontext.Encoder, m *schema.Mention) {
	e.Open()
	e.Str("mention_id", m.ID)
	e.Span("start", "end", m.Span)
	e.Str("text", m.Text)
	e.Span("head_start", "head_end", m.Head)
	e.Str("type", m.Type)
	e.Str("level", m.Level)
	e.Str("actor_id", m.ActorID)
	if m.Metonym {
		e.Boolean("metonym", true)
	}
	e.Fragments(m.Fragments)
	e.Confidence(m.Confidence)
	e.Close()
}

func encodeEvent(e *jsontext.Encoder, v *schema.Event) {
	e.Open()
	e.Str("event_id", v.ID)
	e.Span("start", "end", v.Span)
	e.Str("text", v.Text)
	e.Str("type", v.Type)
	e.Strings("modes", v.Modes)
	e.Strings("contexts", v.Contexts)
	e.Str("cameo", v.CAMEO)
	e.Str("realis", v.Realis)
	e.Strings("auxiliaries", v.Auxiliaries)
	e.Str("hopper_id", v.HopperID)
	e.Str("part_of", v.PartOf)
	e.Str("source_mention_id", v.SourceMentionID)
	e.Span("cue_start", "cue_end", v.Cue)
	if v.Quoted != nil {
		e.Boolean("quoted", *v.Quoted)
	}
	e.Fragments(v.Fragments)
	e.Confidence(v.Confidence)
	if len(v.Arguments) > 0 {
		e.Key("arguments")
		e.List(len(v.Arguments), 3, func(i int) { encodeArgument(e, &v.Arguments[i]) })
	}
	e.Close()
}

func encodeArgument(e *jsontext.Encoder, a *schema.Argument) {
	e.Open()
	e.Str("role", a.Role)
	e.Str("mention_id", a.MentionID)
	e.Str("target_event_id", a.TargetEventID)
	e.Span("start", "end", a.Span)
	e.Str("text", a.Text)
	e.Str("value", a.Value)
	e.Confidence(a.Confidence)
	e.Close()
}
