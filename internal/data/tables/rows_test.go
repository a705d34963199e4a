package tables

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/field"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

var (
	anyText = rapid.SampledFrom([]string{"", "a", "نص", "😀\n\"\\", "x\u2028y\x01", strings.Repeat("ط", 300)})
	someID  = rapid.StringMatching(`[a-z0-9]{1,4}`)
	anyDate = rapid.SampledFrom([]string{"", "2016-07-05", "1969-12-31", "0001-01-01", "9999-12-31"})
	anyList = rapid.Custom(func(t *rapid.T) []string {
		return append([]string(nil), rapid.SliceOfN(someID, 0, 3).Draw(t, "list")...)
	})
	aSpan = rapid.Custom(func(t *rapid.T) schema.Span {
		start := rapid.Int32Range(0, 1<<30).Draw(t, "start")
		return schema.Span{Start: start, End: start + rapid.Int32Range(1, 100).Draw(t, "length")}
	})
	maybeSpan = rapid.Custom(func(t *rapid.T) schema.Span {
		if rapid.Bool().Draw(t, "set") {
			return aSpan.Draw(t, "span")
		}
		return schema.NoSpan
	})
	fragments = rapid.Custom(func(t *rapid.T) []schema.Span {
		list := rapid.SliceOfN(aSpan, 0, 3).Draw(t, "fragments")
		if len(list) == 0 {
			return nil
		}
		return list
	})
)

func drawArticle(t *rapid.T) schema.Article {
	a := schema.Article{
		DocID: someID.Draw(t, "id"), Title: anyText.Draw(t, "title"), Subtitle: anyText.Draw(t, "subtitle"), Text: anyText.Draw(t, "text"),
		Language: someID.Draw(t, "language"), Outlet: anyText.Draw(t, "outlet"), Author: anyText.Draw(t, "author"), URL: anyText.Draw(t, "url"),
		Published: anyDate.Draw(t, "published"), PublishedRaw: anyText.Draw(t, "raw"), PublishedInferred: anyDate.Draw(t, "inferred"),
		PublishedEvidence: anyText.Draw(t, "evidence"), SourceFile: anyText.Draw(t, "file"), Raw: anyText.Draw(t, "raw"),
		RawSHA256: anyText.Draw(t, "sum"), TextSHA256: anyText.Draw(t, "sum"), Split: someID.Draw(t, "split"),
		DuplicateOf: anyText.Draw(t, "duplicate"), Labelled: rapid.Bool().Draw(t, "labelled"),
	}
	for range rapid.IntRange(0, 3).Draw(t, "segments") {
		a.RawMap = append(a.RawMap, schema.RawSegment{Start: rapid.Int32().Draw(t, "start"), RawStart: rapid.Int32().Draw(t, "raw"), Length: rapid.Int32().Draw(t, "length")})
	}
	return a
}

func drawAnnotation(t *rapid.T, docID string) *schema.Annotation {
	a := &schema.Annotation{DocID: docID}
	for i := range rapid.IntRange(0, 4).Draw(t, "mentions") {
		a.Mentions = append(a.Mentions, schema.Mention{
			ID: fmt.Sprintf("m%d", i), Span: aSpan.Draw(t, "span"), Fragments: fragments.Draw(t, "fragments"), Text: anyText.Draw(t, "text"),
			Head: maybeSpan.Draw(t, "head"), Type: someID.Draw(t, "type"), Level: anyText.Draw(t, "level"),
			ActorID: anyText.Draw(t, "actor"), Metonym: rapid.Bool().Draw(t, "metonym"),
		})
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "events") {
		e := schema.Event{
			ID: fmt.Sprintf("e%d", i), Span: aSpan.Draw(t, "span"), Fragments: fragments.Draw(t, "fragments"), Text: anyText.Draw(t, "text"),
			Type: someID.Draw(t, "type"), Modes: anyList.Draw(t, "modes"), Contexts: anyList.Draw(t, "contexts"), CAMEO: anyText.Draw(t, "cameo"),
			Realis: anyText.Draw(t, "realis"), Auxiliaries: anyList.Draw(t, "aux"), HopperID: anyText.Draw(t, "hopper"),
			PartOf: anyText.Draw(t, "part"), SourceMentionID: anyText.Draw(t, "source"), Cue: maybeSpan.Draw(t, "cue"),
		}
		if rapid.Bool().Draw(t, "attributed") {
			quoted := rapid.Bool().Draw(t, "quoted")
			e.Quoted = &quoted
		}
		for range rapid.IntRange(0, 3).Draw(t, "arguments") {
			e.Arguments = append(e.Arguments, schema.Argument{
				Role: someID.Draw(t, "role"), MentionID: anyText.Draw(t, "mention"), TargetEventID: anyText.Draw(t, "target"),
				Span: maybeSpan.Draw(t, "span"), Text: anyText.Draw(t, "text"), Value: anyText.Draw(t, "value"),
			})
		}
		a.Events = append(a.Events, e)
	}
	return a
}

// sorted puts the lists of an annotation in the order of the tables.
func sorted(a *schema.Annotation) *schema.Annotation {
	slices.SortFunc(a.Mentions, func(x, y schema.Mention) int {
		return cmp.Or(cmp.Compare(x.Span.Start, y.Span.Start), cmp.Compare(x.Span.End, y.Span.End), cmp.Compare(x.ID, y.ID))
	})
	slices.SortFunc(a.Events, func(x, y schema.Event) int {
		return cmp.Or(cmp.Compare(x.Span.Start, y.Span.Start), cmp.Compare(x.Span.End, y.Span.End), cmp.Compare(x.ID, y.ID))
	})
	for i := range a.Events {
		slices.SortFunc(a.Events[i].Arguments, func(x, y schema.Argument) int {
			return compareArguments(&ArgumentRow{Argument: x}, &ArgumentRow{Argument: y})
		})
	}
	return a
}

// Every article, actor and annotation survives the way to Parquet and back.
func TestRowsAreLossless(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		article := drawArticle(t)
		row, err := NewArticleRow(&article)
		if err != nil {
			t.Fatal(err)
		}
		if got := throughFile(t, []ArticleRow{*row})[0]; !reflect.DeepEqual(*got, article) {
			t.Fatalf("got %+v, expected %+v", *got, article)
		}
		actor := schema.Actor{ID: someID.Draw(t, "id"), NameEN: anyText.Draw(t, "en"), NameAR: anyText.Draw(t, "ar"), Aliases: anyList.Draw(t, "aliases"),
			Type: someID.Draw(t, "type"), Country: anyText.Draw(t, "country"), Sector: anyText.Draw(t, "sector"),
			OtherSectors: anyList.Draw(t, "others"), Wikidata: anyText.Draw(t, "wikidata"), Members: anyList.Draw(t, "members")}
		if got := throughFile(t, []ActorRow{actor})[0]; !reflect.DeepEqual(*got, actor) {
			t.Fatalf("got %+v, expected %+v", *got, actor)
		}
		want := drawAnnotation(t, article.DocID)
		mentions, events, arguments, err := LabelRows(want, ontology.Default())
		if err != nil {
			t.Fatal(err)
		}
		arguments = slices.CompactFunc(arguments, func(a, b ArgumentRow) bool { return compareArguments(&a, &b) == 0 })
		var passes []PassEventRow
		for i := range events {
			passes = append(passes, PassEventRow{"anna", events[i]})
		}
		for i, p := range throughFile(t, passes) {
			if p.Annotator != "anna" || !bytes.Equal(AppendRow(nil, &p.EventRow), AppendRow(nil, &events[i])) {
				t.Fatalf("pass: got %+v, expected %+v", p, events[i])
			}
		}
		got, err := Assemble(article.DocID, throughFile(t, mentions), throughFile(t, events), throughFile(t, arguments))
		if err != nil {
			t.Fatal(err)
		}
		sorted(want)
		for i := range want.Events {
			e := &want.Events[i]
			e.Arguments = slices.CompactFunc(e.Arguments, func(a, b schema.Argument) bool { return a == b })
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("got %+v, expected %+v", got, want)
		}
	})
}

func throughFile[T Row](t *rapid.T, rows []T) []*T {
	var b bytes.Buffer
	w := NewWriter[T](&b, Metadata{})
	for i := range rows {
		if err := w.Write(&rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := OpenFile[T](inMemory(b.Bytes()), "f.parquet")
	if err != nil {
		t.Fatal(err)
	}
	var got []*T
	for r, err := range f.All() {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, r)
	}
	if len(got) != len(rows) {
		t.Fatalf("read %d rows, wrote %d", len(got), len(rows))
	}
	return got
}

func TestRowsThatCannotBe(t *testing.T) {
	var column *ColumnError
	for _, date := range []string{"2016", "2016-13-01", "5 July 2016"} {
		if _, err := NewArticleRow(&schema.Article{DocID: "d", Published: date}); !errors.As(err, &column) || column.Column != "published" {
			t.Errorf("date %q gave %v", date, err)
		}
	}
	for _, span := range []schema.Span{schema.NoSpan, {Start: 3, End: 3}, {Start: -2, End: 1}} {
		if _, err := newMentionRow("d", &schema.Mention{Span: span}); !errors.As(err, &column) {
			t.Errorf("mention at %v gave %v", span, err)
		}
		if _, err := newEventRow("d", &schema.Event{Span: span}, ontology.Default()); !errors.As(err, &column) {
			t.Errorf("event at %v gave %v", span, err)
		}
	}
}

// The canonical form, spelt out from its definition.
func TestCanonicalForm(t *testing.T) {
	text := "a\"\\\n\u0001\u007f\u2028é😀<"
	for got, want := range map[string]string{
		string(AppendRow(nil, &MentionRow{DocID: "d", Mention: schema.Mention{ID: "m", Span: schema.Span{End: 3}, Text: text, Type: "PER"}})):                  `{"actor_id":null,"doc_id":"d","end":3,"fragments":null,"head_end":null,"head_start":null,"level":null,"mention_id":"m","metonym":false,"start":0,"text":"a\"\\\n\u0001` + "\u007f\u2028é😀<" + `","type":"PER"}`,
		string(AppendRow(nil, &ActorRow{ID: "a", Type: "GPE", Members: []string{"x", "y"}})):                                                                   `{"actor_id":"a","aliases":[],"country":null,"members":["x","y"],"name_ar":null,"name_en":null,"other_sectors":[],"sector":null,"type":"GPE","wikidata":null}`,
		string(AppendRow(nil, &PassMentionRow{Annotator: "p", MentionRow: MentionRow{Mention: schema.Mention{Fragments: []schema.Span{{Start: 1, End: 2}}}}})): `{"actor_id":null,"annotator":"p","doc_id":"","end":0,"fragments":[{"end":2,"start":1}],"head_end":null,"head_start":null,"level":null,"mention_id":"","metonym":false,"start":0,"text":"","type":""}`,
		string(AppendRow(nil, &ArticleRow{DocID: "d", Published: "1970-01-01"})):                                                                               `{"author":null,"doc_id":"d","duplicate_of":null,"labelled":false,"language":null,"outlet":null,"published":"1970-01-01","published_evidence":null,"published_inferred":null,"published_raw":null,"raw":null,"raw_map":[],"raw_sha256":null,"source_file":null,"split":"","subtitle":null,"text":"","text_sha256":null,"title":null,"url":null}`,
	} {
		if got != want+"\n" {
			t.Errorf("got %s, expected %s", got, want)
		}
		if !json.Valid([]byte(got)) {
			t.Errorf("%s is no JSON", got)
		}
	}
}

// Every column of every table has a meaning, a version and its place in the
// Parquet schema, of which it says the type.
func TestColumnsAreDescribed(t *testing.T) {
	for _, table := range field.Tables {
		want := parquetSchemas[table.Name].Fields()
		if table.Meaning == "" || len(table.Columns) != len(want) {
			t.Errorf("table %s: meaning %q, %d columns, in Parquet %d", table.Name, table.Meaning, len(table.Columns), len(want))
		}
		for i, c := range table.Columns {
			if c.Meaning == "" || c.Since == "" || c.Name != want[i].Name() || c.Type() != describe(want[i]) {
				t.Errorf("column %s.%s of type %s: meaning %q, since %q, in Parquet %s, %s", table.Name, c.Name, c.Type(), c.Meaning, c.Since, want[i].Name(), describe(want[i]))
			}
		}
	}
}

var parquetSchemas = map[string]*parquet.Schema{
	dataset.TableArticles: ArticlesTable.schema(), dataset.TableMentions: MentionsTable.schema(), dataset.TableActors: ActorsTable.schema(),
	dataset.TableEvents: EventsTable.schema(), dataset.TableArguments: ArgumentsTable.schema(), dataset.TablePassMentions: PassMentionsTable.schema(),
	dataset.TablePassEvents: PassEventsTable.schema(), dataset.TablePassArguments: PassArgumentsTable.schema(),
}
