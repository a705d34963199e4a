package tables

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/memory"
	"github.com/mizan-corpus/mizan/schema"
)

// A dictionary holds a text once that a thousand rows have. What is made of the rows
// does not, so that each counts for the limit of memory.
func TestSharedTextsCountForEachRow(t *testing.T) {
	for _, tt := range []struct {
		rows, bytes int
		why         string // "" where they are read
	}{
		{100, 4 << 20 / 100, ""},
		{100, 1 << 20, ""}, // 100 MB of 128
		{200, 1 << 20, "bytes of text of one article: more than the limit of memory of 512 MB"},
		{3 * batchRows, 6000, "bytes of text of one article: more than the limit of memory"},
	} {
		text := strings.Repeat("x", tt.bytes)
		rows := make([]MentionRow, tt.rows)
		for i := range rows {
			rows[i] = MentionRow{DocID: "d", Mention: schema.Mention{ID: fmt.Sprintf("m%05d", i), Span: schema.Span{Start: 0, End: 1}, Head: schema.NoSpan, Text: text, Type: "PER"}}
		}
		file := written(t, rows)
		if len(file) > 1<<20 {
			t.Fatalf("%d rows of %d bytes take %d in the file, expected the text once", tt.rows, tt.bytes, len(file))
		}
		j := ForeignJoin(inMemory(file), []TablePath{{"f.parquet", "f.parquet"}}, dataset.TableMentions, true, false, MentionDecoder(false), true)
		got, err := j.Take("d")
		j.Stop()
		var limit *memory.LimitError
		switch {
		case tt.why == "" && (err != nil || len(got) != tt.rows):
			t.Errorf("%d rows of %d bytes: %d rows, %v", tt.rows, tt.bytes, len(got), err)
		case tt.why != "" && (!errors.As(err, &limit) || !strings.Contains(err.Error(), tt.why)):
			t.Errorf("%d rows of %d bytes: %v, expected %q", tt.rows, tt.bytes, err, tt.why)
		}
	}
}
