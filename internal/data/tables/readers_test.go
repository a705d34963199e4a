package tables

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
)

func FuzzOpenFile(f *testing.F) {
	good := written(f, mentionRows(100))
	f.Add(good)
	f.Add(good[:len(good)-5])
	f.Add([]byte("PAR1\xff\xff\xff\xffPAR1"))
	f.Add([]byte{})
	f.Add(written(f, []MentionRow{}))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := OpenFile[MentionRow](inMemory(b), "f.parquet")
		if err != nil {
			return
		}
		defer file.Close()
		for _, err := range file.All() {
			if err != nil {
				break
			}
		}
		s := StreamBatches[MentionRow](inMemory(b), []dataset.FileInfo{{Path: "f.parquet", Rows: file.Rows()}}, decodeMentions, true)
		defer s.stop()
		for b := range s.batches {
			if b.err != nil {
				break
			}
		}
	})
}

// The two readers, by rows and by columns, agree, also on files of other
// writers, which make dictionaries of numbers and let every column be null.
func TestReadersAgree(t *testing.T) {
	type foreign struct {
		DocID      *string       `parquet:"doc_id,optional,dict"`
		MentionID  *string       `parquet:"mention_id,optional,plain"`
		Start      *int32        `parquet:"start,optional,dict"`
		End        *int32        `parquet:"end,optional,plain"`
		Fragments  []spanElement `parquet:"fragments,optional,list"`
		Text       *string       `parquet:"text,optional,dict"`
		HeadStart  *int32        `parquet:"head_start,optional,dict"`
		HeadEnd    *int32        `parquet:"head_end,optional"`
		Type       *string       `parquet:"type,optional"`
		Level      *string       `parquet:"level,optional"`
		ActorID    *string       `parquet:"actor_id,optional"`
		Metonym    *bool         `parquet:"metonym,optional"`
		Confidence *float64      `parquet:"confidence,optional,dict"`
	}
	own := mentionRows(20000)
	var others []foreign
	for i := range own {
		m := &own[i]
		if i%7 == 0 {
			m.Head = m.Span
			m.Metonym = true
		}
		confidence := float64(i%5) / 4
		o := foreign{DocID: &m.DocID, MentionID: &m.ID, Start: &m.Span.Start, End: &m.Span.End, Text: &m.Text, Type: &m.Type, ActorID: &m.ActorID, Metonym: &m.Metonym, Confidence: &confidence}
		if m.Head.IsSet() {
			o.HeadStart, o.HeadEnd = &m.Head.Start, &m.Head.End
		}
		for _, f := range m.Fragments {
			o.Fragments = append(o.Fragments, spanElement(f))
		}
		others = append(others, o)
	}
	for _, version := range []int{1, 2} {
		var b bytes.Buffer
		w := parquet.NewGenericWriter[foreign](&b, parquet.DataPageVersion(version), parquet.PageBufferSize(1000), parquet.MaxRowsPerRowGroup(9000))
		if _, err := w.Write(others); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		for name, file := range map[string][]byte{"own": written(t, own), "foreign": b.Bytes()} {
			f, err := OpenFile[MentionRow](inMemory(file), "f.parquet")
			if err != nil {
				t.Fatal(err)
			}
			var rows []MentionRow
			for r, err := range f.All() {
				if err != nil {
					t.Fatal(err)
				}
				rows = append(rows, *r)
			}
			s := StreamBatches[MentionRow](inMemory(file), []dataset.FileInfo{{Path: "f.parquet", Rows: f.Rows()}}, decodeMentions, true)
			n := 0
			for batch := range s.batches {
				if batch.err != nil {
					t.Fatal(batch.err)
				}
				for i, m := range batch.batch.items {
					if name == "foreign" {
						if want := float64(n%5) / 4; m.Confidence == nil || *m.Confidence != want {
							t.Fatalf("row %d: confidence %v, expected %v", n, m.Confidence, want)
						}
						m.Confidence = nil
					}
					if want := rows[n].Mention; !reflect.DeepEqual(m, want) || batch.batch.docIDs[i] != rows[n].DocID {
						t.Fatalf("%s, pages %d, row %d: by columns %+v, by rows %+v", name, version, n, m, want)
					}
					if want := own[n].Mention; !reflect.DeepEqual(m, want) {
						t.Fatalf("%s, pages %d, row %d: got %+v, expected %+v", name, version, n, m, want)
					}
					n++
				}
			}
			s.stop()
			if n != len(own) {
				t.Errorf("%s: read %d rows, expected %d", name, n, len(own))
			}
		}
	}
}

// Strings are PLAIN or from a dictionary, which every reader knows: fastparquet
// 2026.9, Velox and pyarrow 8 refuse the library's own DELTA_LENGTH_BYTE_ARRAY.
func TestStringsArePlain(t *testing.T) {
	for name, file := range map[string][]byte{"mentions": written(t, mentionRows(500)), "actors": written(t, []ActorRow{{ID: "a", Aliases: []string{"x", "y"}}})} {
		f, err := parquet.OpenFile(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range f.Metadata().RowGroups[0].Columns {
			for _, e := range c.MetaData.Encoding {
				if e != format.Plain && e != format.RLE && e != format.RLEDictionary {
					t.Errorf("%s: %v: found %v", name, c.MetaData.PathInSchema, e)
				}
			}
		}
	}
}

// A column of nulls and empty lists holds nothing, whatever type a data frame
// gave it: numbers for lists of spans, here.
func TestColumnsOfNothing(t *testing.T) {
	type frame struct {
		DocID     string    `parquet:"doc_id"`
		Start     int64     `parquet:"start"`
		End       int64     `parquet:"end"`
		Fragments *float64  `parquet:"fragments,optional"`
		Level     []float64 `parquet:"level,optional,list"`
		Type      *int64    `parquet:"type,optional"`
	}
	open := func(rows ...frame) (*tableFile, error) {
		var b bytes.Buffer
		w := parquet.NewGenericWriter[frame](&b)
		if _, err := w.Write(rows); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return openForeign(inMemory(b.Bytes()), "f.parquet", "f.parquet", dataset.TableMentions, PredictionSchemas[dataset.TableMentions]())
	}
	f, err := open(frame{DocID: "a", Start: 1, End: 2, Level: []float64{}}, frame{DocID: "a", Start: 2, End: 3})
	if err != nil {
		t.Fatal(err)
	}
	defer f.file.Close()
	for _, column := range []string{"fragments", "level", "type"} {
		if f.has[column] {
			t.Errorf("%s is read", column)
		}
	}
	zero := 0.0
	if _, err := open(frame{DocID: "a", Start: 1, End: 2, Fragments: &zero}); err == nil || !strings.Contains(err.Error(), "column fragments: found nullable double") {
		t.Errorf("a number as fragments: %v", err)
	}
}
