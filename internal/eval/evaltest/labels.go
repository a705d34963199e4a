package evaltest

import (
	"fmt"
	"testing"

	"github.com/mizan-corpus/mizan/schema"
)

func Mention(typ string, start, end int32, head ...int32) schema.Mention {
	m := schema.Mention{Span: schema.Span{Start: start, End: end}, Head: schema.NoSpan, Type: typ}
	if len(head) == 2 {
		m.Head = schema.Span{Start: head[0], End: head[1]}
	}
	return m
}

// SpanList reads "0-5 PER, 8-12 GPE" into mentions.
func SpanList(t *testing.T, s ...string) []schema.Mention {
	t.Helper()
	var out []schema.Mention
	for i, one := range s {
		m := schema.Mention{ID: fmt.Sprintf("m%d", i)}
		if _, err := fmt.Sscanf(one, "%d-%d %s", &m.Span.Start, &m.Span.End, &m.Type); err != nil {
			t.Fatalf("%q: %v", one, err)
		}
		out = append(out, m)
	}
	return out
}

func Event(realis string, start int32) schema.Event {
	return schema.Event{Span: schema.Span{Start: start, End: start + 3}, Type: "CONSULT", Realis: realis}
}
