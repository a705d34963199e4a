package predictions

import (
	"bytes"
	"errors"
	"io"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/data/datatest"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/labelstest"
	"github.com/mizan-corpus/mizan/schema"
)

// files is an output in memory that can be read again.
type files fstest.MapFS

func (f files) WriteFile(name string, write func(io.Writer) error) error {
	var b bytes.Buffer
	err := write(&b)
	f[name] = &fstest.MapFile{Data: b.Bytes()}
	return err
}

func (f files) source() labels.Source {
	return labels.Source{FS: fstest.MapFS(f), Path: ".", Name: "pred"}
}

func readAll(t rapid.TB, src labels.Source) []labels.Document {
	t.Helper()
	var all []labels.Document
	for d, err := range readParquet(src, labels.ReadOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		d.At = labels.Position{}
		all = append(all, *d)
	}
	return all
}

func drawSpan(t *rapid.T, what string, absent bool) schema.Span {
	if absent && rapid.Bool().Draw(t, "no "+what) {
		return schema.NoSpan
	}
	start := rapid.Int32Range(0, 1<<30).Draw(t, what)
	return schema.Span{Start: start, End: start + rapid.Int32Range(1, 1000).Draw(t, what+" length")}
}

func drawList[T any](t *rapid.T, what string, draw func() T) []T {
	var list []T
	for range rapid.IntRange(0, 3).Draw(t, what) {
		list = append(list, draw())
	}
	return list
}

// drawPrediction is any document that can be written: everything may be absent.
func drawPrediction(t *rapid.T, docID string) *labels.Document {
	text := func() string { return rapid.String().Draw(t, "text") }
	confidence := func() *float64 { return rapid.Ptr(rapid.Float64Range(0, 1), true).Draw(t, "confidence") }
	fragments := func() []schema.Span {
		return drawList(t, "fragments", func() schema.Span { return drawSpan(t, "fragment", false) })
	}
	d := &labels.Document{}
	d.DocID = docID
	d.Error = rapid.SampledFrom([]string{"", "", "time ran out"}).Draw(t, "error")
	d.Mentions = drawList(t, "mentions", func() schema.Mention {
		return schema.Mention{ID: text(), Span: drawSpan(t, "span", true), Fragments: fragments(), Text: text(), Head: drawSpan(t, "head", true),
			Type: text(), Level: text(), ActorID: text(), Metonym: rapid.Bool().Draw(t, "metonym"), Confidence: confidence()}
	})
	d.Events = drawList(t, "events", func() schema.Event {
		return schema.Event{ID: text(), Span: drawSpan(t, "span", true), Fragments: fragments(), Text: text(), Type: text(),
			Modes: drawList(t, "modes", text), Contexts: drawList(t, "contexts", text), CAMEO: text(), Realis: text(),
			Auxiliaries: drawList(t, "auxiliaries", text), HopperID: text(), PartOf: text(), SourceMentionID: text(),
			Cue: drawSpan(t, "cue", true), Quoted: rapid.Ptr(rapid.Bool(), true).Draw(t, "quoted"), Confidence: confidence(),
			Arguments: drawList(t, "arguments", func() schema.Argument {
				return schema.Argument{Role: text(), MentionID: text(), TargetEventID: text(), Span: drawSpan(t, "span", true),
					Text: text(), Value: text(), Confidence: confidence()}
			})}
	})
	return d
}

// What is written is read back, in order, but for ids that were made up, which
// are reported; and a writer's mistake is told, not written.
func TestParquetFormatRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var docs []*labels.Document
		var want []labels.Document
		for _, id := range slices.Sorted(slices.Values(rapid.SliceOfDistinct(rapid.StringN(1, 8, -1), rapid.ID).Draw(t, "ids"))) {
			d := drawPrediction(t, id)
			docs = append(docs, d)
			want = append(want, *d)
		}
		lost := map[string]int{}
		out := files{}
		if err := writeParquet(out, slices.Values(docs), labels.WriteOptions{Lost: func(docID, _, field string) {
			if field != "event_id" {
				t.Fatalf("%s: lost %s", docID, field)
			}
			lost[docID]++
		}}); err != nil {
			t.Fatal(err)
		}
		got := readAll(t, out.source())
		if len(got) != len(want) {
			t.Fatalf("read %d documents, expected %d", len(got), len(want))
		}
		for i := range want {
			changed := 0
			for k := range want[i].Events {
				if g, w := got[i].Events[k].ID, want[i].Events[k].ID; g != w {
					changed++
					got[i].Events[k].ID = w
				}
			}
			if changed != lost[want[i].DocID] {
				t.Fatalf("%s: %d ids changed, %d reported", want[i].DocID, changed, lost[want[i].DocID])
			}
			if !reflect.DeepEqual(got[i], want[i]) {
				t.Fatalf("read\n%+v\nexpected\n%+v", got[i], want[i])
			}
		}
		again := files{}
		if err := writeParquet(again, slices.Values(docs), labels.WriteOptions{}); err != nil || !reflect.DeepEqual(out, again) {
			t.Fatalf("written again the bytes differ: %v", err)
		}
	})
}

// testdata/predictions/make.py wrote the files and says what they hold.
func TestForeignPredictions(t *testing.T) {
	half, one, quarter, yes := 0.5, 1.0, 0.25, true
	span := func(start, end int32) schema.Span { return schema.Span{Start: start, End: end} }
	want := []labels.Document{
		{Annotation: schema.Annotation{DocID: "a",
			Mentions: []schema.Mention{
				{ID: "m1", Span: span(0, 5), Text: "قال بو", Head: span(1, 4), Type: "PER", Confidence: &half},
				{ID: "m2", Span: span(6, 11), Head: schema.NoSpan, Type: "PER", Fragments: []schema.Span{span(6, 8), span(9, 11)}},
			},
			Events: []schema.Event{{ID: "e1", Span: span(6, 11), Type: "CONSULT", Modes: []string{"phone"}, Cue: schema.NoSpan, Arguments: []schema.Argument{
				{Role: "ACTOR", MentionID: "m1", Span: schema.NoSpan, Confidence: &quarter},
				{Role: "TIME", Span: span(12, 16), Value: "2016-07-06"},
			}}},
		}},
		{Annotation: schema.Annotation{DocID: "b", Mentions: []schema.Mention{
			{ID: "m1", Span: span(3, 8), Text: "موسكو", Head: schema.NoSpan, Type: "GPE", Confidence: &one}}}},
		{Annotation: schema.Annotation{DocID: "c", Events: []schema.Event{
			{ID: "e1", Span: schema.NoSpan, Text: "اتصال", Type: "AID", Cue: schema.NoSpan, Quoted: &yes}}}},
	}
	for _, writer := range []string{"pandas", "polars"} {
		src := labels.FileSource("testdata/predictions/" + writer)
		if f, err := labels.DetectFormat(src); err != nil || f.Name != "parquet" {
			t.Errorf("%s: detected %v, %v", writer, f, err)
		}
		if got := readAll(t, src); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: read\n%+v\nexpected\n%+v", writer, got, want)
		}
	}
	// A single file is the table that it is.
	b, err := os.ReadFile("testdata/predictions/pandas/events.parquet")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"events.parquet", "mine.parquet"} {
		src := labels.Source{FS: fstest.MapFS{name: {Data: b}}, Path: name}
		if got := readAll(t, src); len(got) != 2 || len(got[0].Events) != 1 || len(got[0].Mentions) != 0 {
			t.Errorf("%s: read %+v", name, got)
		}
	}
	// Only mentions are asked for: the articles that others name are there.
	p, err := Open(labels.FileSource("testdata/predictions/pandas"))
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for d, err := range p.Documents(release.ReadOptions{Parts: release.PartMentions, NoText: true}) {
		if err != nil || len(d.Events) > 0 || len(d.Mentions) > 0 && d.Mentions[0].Text != "" {
			t.Fatalf("read %+v, %v", d, err)
		}
		ids = append(ids, d.DocID)
	}
	if !slices.Equal(ids, []string{"a", "b", "c"}) {
		t.Errorf("read the articles %v", ids)
	}
}

// foreignTable writes rows as any other program might.
func foreignTable[T any](t *testing.T, rows ...T) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[T](&b)
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestForeignPredictionsAreChecked(t *testing.T) {
	type wide struct {
		DocID string `parquet:"doc_id"`
		Start int64  `parquet:"start"`
		End   int64  `parquet:"end"`
	}
	type sure struct {
		DocID      string  `parquet:"doc_id"`
		Start      float64 `parquet:"start"`
		End        int32   `parquet:"end"`
		Confidence float32 `parquet:"confidence"`
	}
	type numbered struct {
		DocID int64  `parquet:"doc_id"`
		Text  string `parquet:"text"`
	}
	type bare struct {
		DocID string `parquet:"doc_id"`
		Type  string `parquet:"type"`
	}
	type argument struct {
		DocID   string `parquet:"doc_id"`
		EventID string `parquet:"event_id"`
		Role    string `parquet:"role"`
	}
	const past = int64(1) << 31
	for _, tc := range []struct {
		name  string
		file  string
		bytes []byte
		want  string
		as    any
	}{
		{"unsorted", "mentions", foreignTable(t, wide{"b", 0, 1}, wide{"a", 0, 1}), "row 1 (from 0) of article a came after those of b", new(*tables.OrderError)},
		{"in two places", "mentions", foreignTable(t, wide{"a", 0, 1}, wide{"b", 0, 1}, wide{"a", 0, 1}), "row 2 (from 0) of article a came after", new(*tables.UnsortedError)},
		{"too great", "mentions", foreignTable(t, wide{"a", 0, 1}, wide{"a", 0, past}), "row 1, column end: found 2147483648", new(*tables.ColumnError)},
		{"backwards", "mentions", foreignTable(t, wide{"a", 5, 2}), "row 0, column start: found [5,2), expected 0 <= start < end", new(*tables.ColumnError)},
		{"empty span", "mentions", foreignTable(t, wide{"a", 0, 0}), "found [0,0)", new(*tables.ColumnError)},
		{"no doc_id", "mentions", foreignTable(t, wide{"", 0, 1}), "column doc_id", new(*tables.ColumnError)},
		{"half", "mentions", foreignTable(t, sure{"a", 0.5, 1, 0}), "column start: found 0.5", new(*tables.ColumnError)},
		{"over-confident", "mentions", foreignTable(t, sure{"a", 0, 1, 1.5}), "column confidence: found 1.5", new(*tables.ColumnError)},
		{"numbered", "mentions", foreignTable(t, numbered{1, "x"}), "column doc_id: found int64 INT(64,true), expected string", new(*tables.SchemaError)},
		{"neither span nor text", "mentions", foreignTable(t, bare{"a", "PER"}), "expected columns start and end, or a column text", new(*tables.SchemaError)},
		{"no event", "arguments", foreignTable(t, argument{"a", "e1", "ACTOR"}), "refers to event e1", new(*tables.ReferenceError)},
		{"no Parquet", "mentions", []byte("doc_id,start,end\n"), "pred/mentions.parquet: not a Parquet file", nil},
	} {
		src := labels.Source{FS: fstest.MapFS{"mentions.parquet": {Data: tc.bytes}}, Path: ".", Name: "pred"}
		if tc.file != "mentions" {
			src.FS = fstest.MapFS{tc.file + ".parquet": {Data: tc.bytes}}
		}
		_, err := labels.ReadAll(readParquet(src, labels.ReadOptions{}))
		if err == nil || !strings.Contains(err.Error(), tc.want) || tc.as != nil && !errors.As(err, tc.as) {
			t.Errorf("%s: %v, expected %q", tc.name, err, tc.want)
		}
	}
	docs := func(ids ...string) []*labels.Document {
		var list []*labels.Document
		for _, id := range ids {
			list = append(list, &labels.Document{Annotation: schema.Annotation{DocID: id}})
		}
		return list
	}
	for _, ids := range [][]string{{"b", "a"}, {"a", "a"}, {""}} {
		var order *tables.OrderError
		if err := writeParquet(files{}, slices.Values(docs(ids...)), labels.WriteOptions{}); !errors.As(err, &order) {
			t.Errorf("%q: %v, expected an OrderError", ids, err)
		}
	}
	if _, err := labels.ReadAll(readParquet(labels.Source{FS: fstest.MapFS{"x.txt": {}}, Path: "."}, labels.ReadOptions{})); !errors.Is(err, ErrNoTables) {
		t.Errorf("a folder without tables: %v", err)
	}
	if _, err := labels.ReadAll(readParquet(labelstest.Stream("-", strings.NewReader("PAR1")), labels.ReadOptions{})); !errors.Is(err, ErrStream) {
		t.Errorf("a stream: %v", err)
	}
}

// A release is read as annotations too, in every part.
func TestReleaseAsAnnotations(t *testing.T) {
	dir := datatest.Built(t, release.Build, datatest.Synthetic{Size: 30, Words: 20, Splits: []string{"train", "test"}}, release.BuildOptions{})
	src := labels.FileSource(dir)
	if f, err := labels.DetectFormat(src); err != nil || f.Name != "parquet" {
		t.Fatalf("detected %v, %v", f, err)
	}
	r, err := release.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	var want []labels.Document
	for a, err := range r.Annotations() {
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, labels.Document{Annotation: *a})
	}
	if got := readAll(t, src); len(got) != 27 || !reflect.DeepEqual(got, want) {
		t.Errorf("read %d articles, expected 27 and the gold labels", len(got))
	}
}

func FuzzOpenPredictions(f *testing.F) {
	for _, name := range []string{"mentions", "events", "arguments"} {
		for _, writer := range []string{"pandas", "polars"} {
			b, err := os.ReadFile("testdata/predictions/" + writer + "/" + name + ".parquet")
			if err != nil {
				f.Fatal(err)
			}
			f.Add(name, b)
		}
	}
	f.Fuzz(func(t *testing.T, name string, b []byte) {
		src := labels.Source{FS: fstest.MapFS{"x.parquet": {Data: b}}, Path: "x.parquet"}
		for d, err := range readParquet(src, labels.ReadOptions{}) {
			if err == nil && d.DocID == "" {
				t.Error("a document without doc_id")
			}
		}
	})
}

// Offsets in Parquet are code points whatever stands before them.
func TestParquetEmojiBeforeMention(t *testing.T) {
	const text = "😀 قال بوتين إن موسكو ترحب"
	d := &labels.Document{Annotation: schema.Annotation{DocID: "a", Mentions: []schema.Mention{
		{ID: "m1", Span: schema.Span{Start: 6, End: 11}, Head: schema.NoSpan, Text: "بوتين", Type: "PER"}}}}
	out := files{}
	if err := writeParquet(out, slices.Values([]*labels.Document{d}), labels.WriteOptions{Text: func(string) *schema.Index { return schema.NewIndex(text) }}); err != nil {
		t.Fatal(err)
	}
	back := readAll(t, out.source())
	if len(back) != 1 || len(back[0].Mentions) != 1 {
		t.Fatalf("%+v", back)
	}
	m := back[0].Mentions[0]
	if got, ok := schema.NewIndex(text).Slice(m.Span); !ok || got != m.Text || m.Text != "بوتين" {
		t.Errorf("%+v: text has %q", m, got)
	}
}
