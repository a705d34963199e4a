package tables

import (
	"bytes"
	"errors"
	"io/fs"
	"reflect"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/schema"
)

// The tables of an earlier minor version of the schema may lack columns that
// later versions added.
func TestOlderSchemaVersions(t *testing.T) {
	type olderMention struct {
		DocID     string `parquet:"doc_id,dict"`
		MentionID string `parquet:"mention_id,dict"`
		Start     int32  `parquet:"start"`
		End       int32  `parquet:"end"`
		Text      string `parquet:"text"`
		Type      string `parquet:"type,dict"`
		Metonym   bool   `parquet:"metonym"`
	}
	older := func(version string) fs.FS {
		var b bytes.Buffer
		w := parquet.NewGenericWriter[olderMention](&b, parquet.KeyValueMetadata("schema_version", version))
		if _, err := w.Write([]olderMention{{"a", "m1", 0, 4, "text", "PER", true}}); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return inMemory(b.Bytes())
	}
	defer func(was string) { KnownSchema = was }(KnownSchema)
	KnownSchema = "1.2.0"
	want := MentionRow{DocID: "a", Mention: schema.Mention{ID: "m1", Span: schema.Span{End: 4}, Head: schema.NoSpan, Text: "text", Type: "PER", Metonym: true}}
	f, err := OpenFile[MentionRow](older("1.1.0"), "f.parquet")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for r, err := range f.All() {
		if err != nil || !reflect.DeepEqual(*r, want) {
			t.Errorf("by rows: %+v, %v", r, err)
		}
	}
	s := StreamBatches[MentionRow](older("1.1.0"), []dataset.FileInfo{{Path: "f.parquet", Rows: 1}}, decodeMentions, true)
	defer s.stop()
	for b := range s.batches {
		if b.err != nil || len(b.batch.items) != 1 || !reflect.DeepEqual(b.batch.items[0], want.Mention) {
			t.Errorf("by columns: %+v, %v", b.batch, b.err)
		}
	}
	for _, version := range []string{"1.2.0", "0.9.0", ""} {
		var missing *SchemaError
		if _, err := OpenFile[MentionRow](older(version), "f.parquet"); !errors.As(err, &missing) {
			t.Errorf("schema %q: %v, expected a SchemaError", version, err)
		}
	}
}
