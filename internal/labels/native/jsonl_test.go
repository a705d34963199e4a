package native

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/labelstest"
	"github.com/mizan-corpus/mizan/schema"
)

func TestJSONLStream(t *testing.T) {
	text := "\uFEFF{\"doc_id\":\"a\"}\r\n\n  \n{\"doc_id\":\"b\",\"x\":1}\n" + strings.Repeat("y", 300000) + "\nnot json\n{\"doc_id\":\"c\",\"error\":\"time out\"}"
	var items []string
	remarks := 0
	opt := labels.ReadOptions{MaxRecord: 100, Warn: func(labels.Position, string) { remarks++ }}
	for d, err := range ReadLines(labelstest.Stream("-", strings.NewReader(text)), opt) {
		if err != nil {
			items = append(items, err.Error())
		} else {
			items = append(items, d.At.String()+" "+d.DocID+" "+d.Error)
		}
	}
	want := []string{"-:1 a ", "-:4: x: found an unknown field, expected a field of the format",
		"-:5: record: found more than 100 bytes, expected at most that",
		"-:6: JSON: found 'n', expected a value", "-:7 c time out"}
	if !reflect.DeepEqual(items, want) || remarks != 1 {
		t.Errorf("got %q, %d remarks", items, remarks)
	}
}

func TestJSONLStopsOnIO(t *testing.T) {
	broken := errors.New("disk on fire")
	r := io.MultiReader(strings.NewReader("{\"doc_id\":\"a\"}\n{\"doc"), iotest.ErrReader(broken))
	docs, err := labels.ReadAll(ReadLines(labelstest.Stream("-", r), labels.ReadOptions{}))
	if len(docs) != 1 || !errors.Is(err, broken) {
		t.Errorf("%d documents, %v", len(docs), err)
	}
	_, err = labels.ReadAll(ReadLines(labels.FileSource("testdata/absent.jsonl"), labels.ReadOptions{}))
	if err == nil || !strings.Contains(err.Error(), "testdata/absent.jsonl") {
		t.Errorf("missing file: %v", err)
	}
}

func TestJSONLShards(t *testing.T) {
	files := fstest.MapFS{"b.jsonl": {Data: []byte(`{"doc_id":"2"}`)}, "a.ndjson": {Data: []byte("{\"doc_id\":\"1\"}\n")}, "c.txt": {}}
	docs, err := labels.ReadAll(ReadLines(labels.Source{FS: files, Path: "."}, labels.ReadOptions{}))
	if err != nil || len(docs) != 2 || docs[0].DocID != "1" || docs[1].At.String() != "b.jsonl:1" {
		t.Error(docs, err)
	}
}

func TestJSONLWrite(t *testing.T) {
	var b bytes.Buffer
	docs := []*labels.Document{{Annotation: schema.Annotation{DocID: "<a>", Mentions: []schema.Mention{{Span: schema.Span{Start: 0, End: 4}, Head: schema.NoSpan, Text: "بوتين"}}}}, {Annotation: schema.Annotation{DocID: "b"}, Error: "no"}}
	if err := WriteLines(labels.StreamOutput(&b), slices.Values(docs), labels.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	want := "{\"doc_id\":\"<a>\",\"mentions\":[{\"start\":0,\"end\":4,\"text\":\"بوتين\"}]}\n{\"doc_id\":\"b\",\"error\":\"no\"}\n"
	if b.String() != want {
		t.Errorf("got %s", b.String())
	}
}

// benchmarkLine is one article with n mentions and n/4 events of two arguments.
func benchmarkLine(n int) []byte {
	d := &labels.Document{Annotation: schema.Annotation{DocID: "000_ced7557e4e70de65"}}
	for i := range n {
		at := int32(20 * i)
		d.Mentions = append(d.Mentions, schema.Mention{ID: fmt.Sprint("m", i), Span: schema.Span{Start: at, End: at + 14}, Text: "فلاديمير بوتين",
			Head: schema.Span{Start: at, End: at + 14}, Type: "PER", Level: "NAM", ActorID: "putin"})
		if i%4 == 0 {
			d.Events = append(d.Events, schema.Event{ID: fmt.Sprint("e", i), Span: schema.Span{Start: at + 15, End: at + 19}, Text: "اتصال", Type: "CONSULT",
				Cue: schema.NoSpan, Modes: []string{"phone"}, Realis: "actual", Arguments: []schema.Argument{
					{Role: "ACTOR", MentionID: fmt.Sprint("m", i), Span: schema.NoSpan}, {Role: "ACTOR", MentionID: "m0", Span: schema.NoSpan}}})
		}
	}
	b, err := AppendLine(nil, d)
	if err != nil {
		panic(err)
	}
	return b
}

func BenchmarkReadJSONL(b *testing.B) {
	const mentions, articles = 100, 50
	text := bytes.Repeat(benchmarkLine(mentions), articles)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range ReadLines(labelstest.Stream("-", bytes.NewReader(text)), labels.ReadOptions{}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(mentions*articles*b.N)/b.Elapsed().Seconds(), "mentions/s")
}

func BenchmarkWriteJSONL(b *testing.B) {
	d, err := Parse(string(benchmarkLine(100)), labels.Position{}, false)
	if err != nil {
		b.Fatal(err)
	}
	var line []byte
	for b.Loop() {
		if line, err = AppendLine(line[:0], d); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(len(line)))
	b.ReportMetric(float64(100*b.N)/b.Elapsed().Seconds(), "mentions/s")
}
