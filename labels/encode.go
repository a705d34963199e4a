package labels

import (
	"fmt"

	"github.com/mizan-corpus/mizan/schema"
)

// AppendJSONL appends the document as one line of JSONL, newline included. It
// fails where the document cannot be read back: no doc_id, invalid UTF-8, half
// a span, a negative offset, a confidence outside [0,1].
func AppendJSONL(dst []byte, d *Document) ([]byte, error) {
	e := newEncoder(dst, false)
	encodeDocument(e, d)
	e.b = append(e.b, '\n')
	return e.b, e.err
}

// AppendJSON appends the document as the contents of a label file: the same
// object as a line of JSONL, indented, one mention, event or argument a line.
func AppendJSON(dst []byte, d *Document) ([]byte, error) {
	e := newEncoder(dst, true)
	encodeDocument(e, d)
	e.b = append(e.b, '\n')
	return e.b, e.err
}

func encodeDocument(e *encoder, d *Document) {
	if d.DocID == "" {
		e.fail("doc_id", "an empty string")
	}
	e.open()
	e.documentKey("doc_id")
	e.quote(d.DocID)
	if d.Error != "" {
		e.documentKey("error")
		e.quote(d.Error)
	}
	if len(d.Mentions) > 0 {
		e.documentKey("mentions")
		e.list(len(d.Mentions), 2, func(i int) { encodeMention(e, &d.Mentions[i]) })
	}
	if len(d.Events) > 0 {
		e.documentKey("events")
		e.list(len(d.Events), 2, func(i int) { encodeEvent(e, &d.Events[i]) })
	}
	e.newline(0)
	e.close()
	if e.err != nil {
		e.err = fmt.Errorf("document %q: %w", d.DocID, e.err)
	}
}

func encodeMention(e *encoder, m *schema.Mention) {
	e.open()
	e.str("mention_id", m.ID)
	e.span("start", "end", m.Span)
	e.str("text", m.Text)
	e.span("head_start", "head_end", m.Head)
	e.str("type", m.Type)
	e.str("level", m.Level)
	e.str("actor_id", m.ActorID)
	if m.Metonym {
		e.boolean("metonym", true)
	}
	e.fragments(m.Fragments)
	e.confidence(m.Confidence)
	e.close()
}

func encodeEvent(e *encoder, v *schema.Event) {
	e.open()
	e.str("event_id", v.ID)
	e.span("start", "end", v.Span)
	e.str("text", v.Text)
	e.str("type", v.Type)
	e.strings("modes", v.Modes)
	e.strings("contexts", v.Contexts)
	e.str("cameo", v.CAMEO)
	e.str("realis", v.Realis)
	e.strings("auxiliaries", v.Auxiliaries)
	e.str("hopper_id", v.HopperID)
	e.str("part_of", v.PartOf)
	e.str("source_mention_id", v.SourceMentionID)
	e.span("cue_start", "cue_end", v.Cue)
	if v.Quoted != nil {
		e.boolean("quoted", *v.Quoted)
	}
	e.fragments(v.Fragments)
	e.confidence(v.Confidence)
	if len(v.Arguments) > 0 {
		e.key("arguments")
		e.list(len(v.Arguments), 3, func(i int) { encodeArgument(e, &v.Arguments[i]) })
	}
	e.close()
}

func encodeArgument(e *encoder, a *schema.Argument) {
	e.open()
	e.str("role", a.Role)
	e.str("mention_id", a.MentionID)
	e.str("target_event_id", a.TargetEventID)
	e.span("start", "end", a.Span)
	e.str("text", a.Text)
	e.str("value", a.Value)
	e.confidence(a.Confidence)
	e.close()
}
