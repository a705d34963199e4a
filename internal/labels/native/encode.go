package native

import (
	"fmt"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
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
	if len(d.NotLabelled) > 0 {
		e.DocumentSpans("not_labelled", d.NotLabelled)
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
	mentionForm.encode(e, m)
	e.Close()
}

func encodeEvent(e *jsontext.Encoder, v *schema.Event) {
	e.Open()
	eventForm.encode(e, v)
	if len(v.Arguments) > 0 {
		e.Key("arguments")
		e.List(len(v.Arguments), 3, func(i int) {
			e.Open()
			argumentForm.encode(e, &v.Arguments[i])
			e.Close()
		})
	}
	e.Close()
}
