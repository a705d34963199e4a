package offsets

import (
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// The raw text of an article is the article's text; another spelling is not, and
// is remarked on. Spans come over in both. Offsets are counted by hand.
func TestMoveOverRawText(t *testing.T) {
	const article = "One line.\nAli came."
	for _, c := range []struct {
		carried string
		span    schema.Span
		remarks int
	}{
		{article + "\n", schema.Span{Start: 10, End: 13}, 0},
		{"One line.\r\n\r\n  Ali came. \r\n", schema.Span{Start: 15, End: 18}, 0},
		{"One  line.\nAli came.", schema.Span{Start: 11, End: 14}, 1},
	} {
		d := &labels.Document{Annotation: schema.Annotation{DocID: "a", Mentions: []schema.Mention{{ID: "m", Span: c.span, Head: schema.NoSpan}}}}
		remarks := 0
		opt := labels.ReadOptions{Text: func(string) *schema.Index { return schema.NewIndex(article) },
			Warn: func(labels.Position, string) { remarks++ }}
		if err := MoveOver(opt, d, schema.NewIndex(c.carried)); err != nil {
			t.Fatal(err)
		}
		if m := d.Mentions[0]; m.Text != "Ali" || m.Span != (schema.Span{Start: 10, End: 13}) || remarks != c.remarks {
			t.Errorf("%q: got %q at %s with %d remarks, expected Ali at [10,13) with %d", c.carried, m.Text, m.Span, remarks, c.remarks)
		}
	}
}
