package tables

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/parquet-go/parquet-go"

	"github.com/mizan-corpus/mizan/schema"
)

// memory is one file of a file system.
func inMemory(b []byte) fs.FS { return fstest.MapFS{"f.parquet": {Data: b}} }

func mentionRows(n int) []MentionRow {
	rows := make([]MentionRow, n)
	for i := range rows {
		start := int32(i % 50 * 5)
		rows[i] = MentionRow{DocID: fmt.Sprintf("d%06d", i/50), Mention: schema.Mention{ID: fmt.Sprintf("m%d", i%50),
			Span: schema.Span{Start: start, End: start + 4}, Head: schema.NoSpan, Text: "نص 😀", Type: "PER", ActorID: "actor-1"}}
		if i%3 == 0 {
			rows[i].Fragments = []schema.Span{{Start: 1, End: 2}, {Start: 3, End: 4}}
		}
	}
	return rows
}

func written[T Row](t testing.TB, rows []T) []byte {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter[T](&b, Metadata{Name: "n", Version: "1.0.0"})
	for i := range rows {
		if err := w.Write(&rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFileLayout(t *testing.T) {
	rows := mentionRows(2*labelGroupRows + 10)
	b := written(t, rows)
	f, err := parquet.OpenFile(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	if got := f.Metadata().CreatedBy; got != "mizan version 0.1.0 (build parquet-go-0.32.0)" {
		t.Errorf("created_by %q", got)
	}
	var sizes []int64
	for _, g := range f.RowGroups() {
		sizes = append(sizes, g.NumRows())
		var sorting []string
		for _, c := range g.SortingColumns() {
			sorting = append(sorting, c.Path()[0])
		}
		if !slices.Equal(sorting, []string{"doc_id", "start", "end", "mention_id"}) {
			t.Errorf("sorted by %v", sorting)
		}
		for _, c := range g.ColumnChunks() {
			path := strings.Join(f.Schema().Columns()[c.Column()], ".")
			if has, want := c.BloomFilter() != nil, path == "doc_id" || path == "actor_id"; has != want {
				t.Errorf("column %s: bloom filter %t, expected %t", path, has, want)
			}
			if index, err := c.ColumnIndex(); err != nil || index.NumPages() == 0 {
				t.Errorf("column %s has no page index (%v)", path, err)
			}
		}
	}
	if want := []int64{122880, 122880, 10}; !slices.Equal(sizes, want) {
		t.Errorf("row groups of %v rows, expected %v", sizes, want)
	}
	for _, g := range f.Metadata().RowGroups {
		for _, c := range g.Columns {
			if c.MetaData.Codec.String() != "ZSTD" {
				t.Errorf("column %v is compressed with %v", c.MetaData.PathInSchema, c.MetaData.Codec)
			}
			if c.MetaData.PathInSchema[0] == "text" && (c.MetaData.Statistics.MinValue != nil || c.MetaData.Statistics.MaxValue != nil) {
				t.Error("the column text has statistics")
			}
		}
	}
	for key, want := range map[string]string{"name": "n", "version": "1.0.0", "schema_version": schema.SchemaVersion, "table": "mentions", "offset_unit": "unicode_code_point"} {
		if got, _ := f.Lookup(key); got != want {
			t.Errorf("metadata %s is %q, expected %q", key, got, want)
		}
	}
}

// An engine that prunes pages by the column index must still find every text.
func TestLongTextIsNeverPruned(t *testing.T) {
	b := written(t, mentionRows(1000))
	f, err := parquet.OpenFile(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	leaf, _ := f.Schema().Lookup("text")
	chunk := f.RowGroups()[0].ColumnChunks()[leaf.ColumnIndex]
	index, err := chunk.ColumnIndex()
	if err != nil {
		t.Fatal(err)
	}
	for i := range index.NumPages() {
		for _, text := range []string{"", "نص 😀", "\U0010FFFF\U0010FFFF"} {
			v := parquet.ValueOf(text)
			if parquet.String().Type().Compare(index.MinValue(i), v) > 0 || parquet.String().Type().Compare(index.MaxValue(i), v) < 0 {
				t.Errorf("page %d: %q lies outside [%q, %q]", i, text, index.MinValue(i), index.MaxValue(i))
			}
		}
	}
}

func TestGroupsAreBoundedByBytes(t *testing.T) {
	text := strings.Repeat("x", 1<<20)
	var rows []ArticleRow
	for i := range 70 {
		rows = append(rows, ArticleRow{DocID: fmt.Sprintf("%03d", i), Text: text})
	}
	b := written(t, rows)
	f, err := parquet.OpenFile(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	// 32 MiB a row group, texts of 1 MiB.
	if n := f.RowGroups()[0].NumRows(); n != 32 || len(f.RowGroups()) != 3 {
		t.Errorf("%d row groups, the first of %d rows, expected 3 and 32", len(f.RowGroups()), n)
	}
}

func TestWriterRefuses(t *testing.T) {
	var order *OrderError
	w := NewWriter[MentionRow](&bytes.Buffer{}, Metadata{})
	rows := mentionRows(2)
	for _, i := range []int{1, 0} {
		if err := w.Write(&rows[i]); (err != nil) != (i == 0) || err != nil && !errors.As(err, &order) {
			t.Errorf("row %d: %v", i, err)
		}
	}
	if err := w.Close(); !errors.As(err, &order) {
		t.Errorf("Close after a refused row gave %v", err)
	}
	w = NewWriter[MentionRow](&bytes.Buffer{}, Metadata{})
	rows[1].Text = "a\xffb"
	w.Write(&rows[0])
	w.Write(&rows[1])
	var column *ColumnError
	if err := w.Close(); !errors.As(err, &column) || column.Table != "mentions" || column.Row != "d000000/m1" || column.Column != "text" {
		t.Errorf("a text that is not UTF-8 gave %v", err)
	}
	broken := NewWriter[MentionRow](brokenPipe{}, Metadata{})
	good := mentionRows(10)
	for i := range good {
		broken.Write(&good[i])
	}
	if err := broken.Close(); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("a writer that fails gave %v", err)
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, fs.ErrClosed }

// The build part of created_by is the version of the library in go.mod.
func TestParquetVersion(t *testing.T) {
	file, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		t.Fatal(err)
	}
	mod, err := os.ReadFile(strings.TrimSpace(string(file)))
	if err != nil {
		t.Fatal(err)
	}
	if want := "github.com/parquet-go/parquet-go v" + parquetVersion + "\n"; !strings.Contains(strings.ReplaceAll(string(mod), " // indirect", ""), want) {
		t.Errorf("go.mod does not require %q", want)
	}
}

func TestSchemaOfForeignFiles(t *testing.T) {
	type narrow struct {
		DocID string `parquet:"doc_id"`
	}
	type decimals struct {
		DocID     string        `parquet:"doc_id"`
		MentionID string        `parquet:"mention_id"`
		Start     int32         `parquet:"start,decimal(2:9)"`
		End       int32         `parquet:"end"`
		Fragments []spanElement `parquet:"fragments,optional,list"`
	}
	type plain struct { // as other writers have it: nullable throughout, with a column of their own
		DocID     *string       `parquet:"doc_id,optional"`
		MentionID *string       `parquet:"mention_id,optional"`
		Start     *int32        `parquet:"start,optional"`
		End       *int32        `parquet:"end,optional"`
		Fragments []spanElement `parquet:"fragments,optional,list"`
		Text      *string       `parquet:"text,optional"`
		HeadStart *int32        `parquet:"head_start,optional"`
		HeadEnd   *int32        `parquet:"head_end,optional"`
		Type      *string       `parquet:"type,optional"`
		Level     *string       `parquet:"level,optional"`
		ActorID   *string       `parquet:"actor_id,optional"`
		Metonym   *bool         `parquet:"metonym,optional"`
		Extra     *float64      `parquet:"confidence,optional"`
	}
	file := func(rows any) fs.FS {
		var b bytes.Buffer
		w := parquet.NewWriter(&b)
		if err := w.Write(rows); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return inMemory(b.Bytes())
	}
	for name, tc := range map[string]struct {
		file fs.FS
		want SchemaError
	}{
		"missing":     {file(&narrow{"d"}), SchemaError{"f.parquet", "mention_id", "none", "string"}},
		"other type":  {file(&decimals{DocID: "d", Start: 100}), SchemaError{"f.parquet", "start", "int32 DECIMAL(9,2)", "int32"}},
		"other table": {inMemory(written(t, []ActorRow{{ID: "a"}})), SchemaError{"f.parquet", "doc_id", "none", "string"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := OpenFile[MentionRow](tc.file, "f.parquet")
			var got *SchemaError
			if !errors.As(err, &got) || *got != tc.want {
				t.Errorf("got %v, expected %v", err, &tc.want)
			}
		})
	}
	id, n := "d1", int32(7)
	f, err := OpenFile[MentionRow](file(&plain{DocID: &id, MentionID: &id, Start: &n, End: &n, Text: &id, Type: &id}), "f.parquet")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(f.Extra, []string{"confidence"}) {
		t.Errorf("extra columns %v, expected confidence", f.Extra)
	}
	for r, err := range f.All() {
		if err != nil || r.DocID != "d1" || r.Span.Start != 7 || r.Metonym {
			t.Errorf("read %+v, %v", r, err)
		}
	}
}

// Many long rows go to the library in batches of a bounded size, so that no
// page of them is large; short rows go in whole batches.
func TestBatchesAreBounded(t *testing.T) {
	long, short := strings.Repeat("x", batchBytes/4), "x"
	rows := func(n int, text string) []ArticleRow {
		list := make([]ArticleRow, n)
		for i := range list {
			list[i] = ArticleRow{Text: text}
		}
		return list
	}
	for _, c := range []struct {
		rows []ArticleRow
		want int
	}{
		{rows(100, short), writeBatch},
		{rows(3, short), 3},
		{rows(100, long), 4},
		{rows(2, strings.Repeat("x", 2*batchBytes)), 1},
		{rows(1, strings.Repeat("x", 2*batchBytes)), 1},
	} {
		if got := batchOf(ArticlesTable, c.rows); got != c.want {
			t.Errorf("%d rows of %d bytes: %d go at once, want %d", len(c.rows), len(c.rows[0].Text), got, c.want)
		}
	}
}
