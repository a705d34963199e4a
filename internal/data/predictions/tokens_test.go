package predictions

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/labelstest"
	"github.com/mizan-corpus/mizan/schema"
)

// What the format huggingface writes and reads is what Parquet holds too.
func TestTokensRoundTrip(t *testing.T) {
	lines, err := labels.Lookup("huggingface")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		d := labelstest.Labelling("a").Draw(t, "document")
		text := func(string) *schema.Index { return schema.NewIndex(d.Text) }
		read := func(f *labels.Format, name string) []string {
			out := files{}
			if err := f.Write(out, slices.Values([]*labels.Document{d.Doc}), labels.WriteOptions{Text: text}); err != nil {
				t.Fatal(err)
			}
			src := labels.Source{FS: fstest.MapFS{name: out[""]}, Path: name}
			if got, err := labels.DetectFormat(src); err != nil || got.Name != f.Name {
				t.Fatal(got, err)
			}
			docs, err := labels.ReadAll(f.Read(src, labels.ReadOptions{Text: text}))
			if err != nil || len(docs) != 1 {
				t.Fatal(docs, err)
			}
			var list []string
			for _, m := range docs[0].Mentions {
				list = append(list, m.Span.String()+m.Type)
			}
			return list
		}
		table, err := labels.Lookup("hf-parquet")
		if err != nil {
			t.Fatal(err)
		}
		if got, want := read(table, "f.parquet"), read(lines, "f.jsonl"); !reflect.DeepEqual(got, want) {
			t.Fatalf("%q, want %q", got, want)
		}
	})
}

// Columns as other programs write them: numbers of 32 bits without a
// description, tags as strings, an id that is a number.
func TestTokensOfOthers(t *testing.T) {
	write := func(rows any) []byte {
		var b bytes.Buffer
		var err error
		switch rows := rows.(type) {
		case []plainRow:
			err = parquet.Write(&b, rows)
		case []stringRow:
			err = parquet.Write(&b, rows)
		case []wrongRow:
			err = parquet.Write(&b, rows)
		}
		if err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for name, tt := range map[string]struct {
		data       []byte
		docs, want string
	}{
		"strings":   {write([]stringRow{{7, []string{"😀", "بوتين"}, []string{"O", "B-PER"}}, {8, nil, nil}}), "7 8", ""},
		"no names":  {write([]plainRow{{"x", []string{"a"}, []int32{1}}}), "", "f.parquet:1: ner_tags[0]: found 1, expected names of the numbers"},
		"no tokens": {write([]wrongRow{{[]float64{1}, []int32{1}}}), "", "found values of the kind list of number in tokens, expected lists of strings for tokens"},
		"cut off":   {write([]plainRow{{"x", []string{"a"}, []int32{1}}})[:40], "", "f.parquet: "},
	} {
		docs, err := labels.ReadAll(readTokens(labels.Source{FS: fstest.MapFS{"f.parquet": {Data: tt.data}}, Path: "f.parquet"}, labels.ReadOptions{}))
		var ids []string
		for _, d := range docs {
			ids = append(ids, d.DocID)
		}
		if strings.Join(ids, " ") != tt.docs || (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %q, %v", name, ids, err)
		}
	}
}

type stringRow struct {
	ID     int64    `parquet:"id"`
	Tokens []string `parquet:"tokens,list"`
	Tags   []string `parquet:"ner_tags,list"`
}

type plainRow struct {
	ID     string   `parquet:"id"`
	Tokens []string `parquet:"words,list"`
	Tags   []int32  `parquet:"ner_tags,list"`
}

type wrongRow struct {
	Tokens []float64 `parquet:"tokens,list"`
	Tags   []int32   `parquet:"ner_tags,list"`
}

// A file that was damaged anywhere is an error or rows, never a panic.
func FuzzTokens(f *testing.F) {
	var b bytes.Buffer
	w := tables.NewTokenWriter(&b)
	if err := w.Write("a", 0, []string{"😀", "بوتين"}, []string{"O", "B-PER"}); err != nil {
		f.Fatal(err)
	}
	if err := w.Close(); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes(), 20, byte(1))
	f.Fuzz(func(t *testing.T, data []byte, at int, to byte) {
		data = slices.Clone(data)
		if len(data) > 0 {
			data[uint(at)%uint(len(data))] = to
		}
		for range readTokens(labels.Source{FS: fstest.MapFS{"f.parquet": {Data: data}}, Path: "f.parquet"}, labels.ReadOptions{}) {
		}
	})
}
