package formats

import (
	"bytes"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/labelstest"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

// memory is an output whose files can be read again.
type memory fstest.MapFS

func (m memory) WriteFile(name string, write func(io.Writer) error) error {
	var b bytes.Buffer
	err := write(&b)
	if name == "" {
		name = "file"
	}
	m[name] = &fstest.MapFile{Data: b.Bytes()}
	return err
}

// format is a format of the table.
func format(name string) *labels.Format {
	f, err := labels.Lookup(name)
	if err != nil {
		panic(err)
	}
	return f
}

// heard has everything that a reader says with these options put into a list.
func heard(opt *labels.ReadOptions) *[]string {
	list := &[]string{}
	say := func(at labels.Position, text string) { *list = append(*list, at.String()+": "+text) }
	opt.Warn = say
	opt.Left = func(at labels.Position, kind, item string) { say(at, strings.TrimSpace("left out: "+kind+" "+item)) }
	opt.Unlabelled = func(at labels.Position, docID, why string) { say(at, "not labelled: "+docID+" "+why) }
	return list
}

// export writes documents in a format and returns the files and what was lost,
// as "docID id field".
func export(t rapid.TB, name, ext string, docs []*labels.Document, texts map[string]*schema.Index) (labels.Source, []string) {
	t.Helper()
	files := memory{}
	var lost []string
	opt := labels.WriteOptions{Text: func(id string) *schema.Index { return texts[id] },
		Lost: func(docID, id, field string) { lost = append(lost, docID+"\x00"+id+"\x00"+field) }}
	if err := format(name).Write(files, slices.Values(docs), opt); err != nil {
		t.Fatalf("write: %v", err)
	}
	if f := files["file"]; f != nil {
		delete(files, "file")
		files["file"+ext] = f
		return labels.Source{FS: fstest.MapFS(files), Path: "file" + ext}, lost
	}
	return labels.Source{FS: fstest.MapFS(files), Path: "."}, lost
}

func dump(src labels.Source) string {
	var b strings.Builder
	files := src.FS.(fstest.MapFS)
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range files {
			if !yield(name) {
				return
			}
		}
	}) {
		fmt.Fprintf(&b, "--- %s\n%s\n", name, files[name].Data)
	}
	return b.String()
}

// checkRoundTrip is the law of every format that is written: what is read back
// is what was written, but for the fields that the writer reported as lost.
// sorted says that the file's order is another one.
func checkRoundTrip(t *testing.T, name, ext string, sorted bool) {
	checkRoundTripAs(t, name, ext, sorted, labels.ReadOptions{}, nil)
}

// checkRoundTripAs compares actors as adapt makes them, if it is given, whether
// or not their ids are reported as lost.
func checkRoundTripAs(t *testing.T, name, ext string, sorted bool, opt labels.ReadOptions, adapt func(*schema.Annotation)) {
	rapid.Check(t, func(t *rapid.T) {
		texts := map[string]*schema.Index{}
		var docs []*labels.Document
		for i := range rapid.IntRange(1, 2).Draw(t, "articles") {
			d := labelstest.Labelling(fmt.Sprintf("00%d_a.b", i)).Draw(t, "document")
			texts[d.Doc.DocID] = schema.NewIndex(d.Text)
			docs = append(docs, d.Doc)
		}
		src, lost := export(t, name, ext, docs, texts)
		remarks := heard(&opt)
		opt.Text = func(id string) *schema.Index { return texts[id] }
		back, err := labels.ReadAll(format(name).Read(src, opt))
		if err != nil || len(*remarks) > 0 {
			t.Fatalf("read: %v, remarks %q\n%s", err, *remarks, dump(src))
		}
		if len(back) != len(docs) {
			t.Fatalf("%d documents read, %d written\n%s", len(back), len(docs), dump(src))
		}
		for i := range docs {
			reported := lost
			if adapt != nil {
				reported = slices.DeleteFunc(slices.Clone(lost), func(l string) bool { return strings.HasSuffix(l, "\x00actor_id") })
			}
			want, got := without(docs[i].Annotation, reported), clone(back[i].Annotation)
			if adapt != nil {
				slices.SortStableFunc(want.Mentions, labels.CompareMentions) // events without ids keep their order
				slices.SortStableFunc(got.Mentions, labels.CompareMentions)
				adapt(&want)
				adapt(&got)
			}
			if sorted {
				sortPlain(&want)
				sortPlain(&got)
			}
			want, got = renumber(want, lost), renumber(got, lost)
			if !reflect.DeepEqual(got, want) {
				a, _ := native.AppendFile(nil, &labels.Document{Annotation: want})
				b, _ := native.AppendFile(nil, &labels.Document{Annotation: got})
				t.Fatalf("lost %q\nwant %s\ngot %s\n%s", lost, a, b, dump(src))
			}
		}
		again, _ := export(t, name, ext, back, texts)
		if len(lost) == 0 && dump(again) != dump(src) {
			t.Fatalf("second writing differs\n%s\n%s", dump(src), dump(again))
		}
	})
}

// fuzzReader feeds a reader anything: it may refuse, with errors of records,
// but neither panic nor fail otherwise.
func fuzzReader(f *testing.F, name, ext string) {
	f.Helper()
	x := schema.NewIndex("😀 قال بوتين إن موسكو\nترحب")
	f.Fuzz(func(t *testing.T, text string) {
		for _, opt := range []labels.ReadOptions{{MaxRecord: 10000}, {MaxRecord: 10000, Text: func(string) *schema.Index { return x }}} {
			src := labels.Source{FS: fstest.MapFS{"f" + ext: {Data: []byte(text)}}, Path: "f" + ext}
			for d, err := range format(name).Read(src, opt) {
				if err != nil {
					if !labels.IsRecordError(err) {
						t.Fatalf("no error of a record: %v", err)
					}
					continue
				}
				if _, err := native.AppendLine(nil, d); err != nil && d.DocID != "" {
					t.Fatalf("read what cannot be written: %v", err)
				}
			}
		}
		format(name).Detect("f"+ext, []byte(text))
	})
}

// emojiText has an astral letter before its Arabic mentions: offsets in code
// points, UTF-16 units and bytes all differ. "بوتين" is [6,11) in code points,
// [7,12) in UTF-16 units, [11,21) in bytes.
const emojiText = "😀 قال بوتين إن موسكو ترحب"

func emojiTexts(id string) *schema.Index { return schema.NewIndex(emojiText) }

// readText reads one file and returns the documents as native JSON lines, with
// errors as "error: …" lines.
func readText(name, file, text string, opt labels.ReadOptions) string {
	return readSource(name, labels.Source{FS: fstest.MapFS{file: {Data: []byte(text)}}, Path: file}, opt)
}

func readSource(name string, src labels.Source, opt labels.ReadOptions) string {
	var b strings.Builder
	for d, err := range format(name).Read(src, opt) {
		if err != nil {
			fmt.Fprintf(&b, "error: %v\n", err)
			continue
		}
		line, _ := native.AppendLine(nil, d)
		b.Write(line)
	}
	return b.String()
}

func textsOf(text string) func(string) *schema.Index {
	return func(string) *schema.Index { return schema.NewIndex(text) }
}
