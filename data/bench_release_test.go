package data

import (
	"bufio"
	"encoding/json"
	"errors"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/data/datatest"
	_ "github.com/mizan-corpus/mizan/internal/data/predictions" // the format parquet
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/internal/labels"
	_ "github.com/mizan-corpus/mizan/internal/labels/formats"
	"github.com/mizan-corpus/mizan/schema"
)

// mentionsOnly is the synthetic dataset with every article labelled and no
// events: 100 mentions an article of 200 words.
type mentionsOnly struct{ datatest.Synthetic }

func (m mentionsOnly) Articles() iter.Seq2[*schema.Article, error] {
	return func(yield func(*schema.Article, error) bool) {
		for i := range m.Size {
			a, _ := m.Article(i)
			a.Labelled, a.Split = true, "test"
			if !yield(a, nil) {
				return
			}
		}
	}
}

func (m mentionsOnly) Annotations() iter.Seq2[*schema.Annotation, error] {
	return func(yield func(*schema.Annotation, error) bool) {
		for i := range m.Size {
			_, a := m.Article(i)
			a.Events = nil
			if !yield(a, nil) {
				return
			}
		}
	}
}

// prediction is the article's gold mentions with a tenth of another type, a
// tenth cut short, a tenth missed and as many spurious: as many as gold has.
func (m mentionsOnly) prediction(i int) *schema.Annotation {
	_, a := m.Article(i)
	a.Events = nil
	r := rand.New(rand.NewPCG(uint64(i), 8))
	for k := range a.Mentions {
		p := &a.Mentions[k]
		switch r.IntN(10) {
		case 0:
			p.Type = "LOC"
		case 1:
			if p.Span.Len() > 1 {
				_, size := utf8.DecodeRuneInString(p.Text)
				p.Span.Start++
				p.Text = p.Text[size:]
			}
		case 2: // the space before it instead
			if p.Span.Start > 0 {
				p.Span = schema.Span{Start: p.Span.Start - 1, End: p.Span.Start}
				p.Text = " "
			}
		}
		p.Head = p.Span
	}
	return a
}

// TestBenchmarkFiles writes what scripts/bench.sh measures into the folder
// MIZAN_BENCH_DIR: a release and predictions as tables (pred) and as JSON Lines
// (pred.jsonl), of MIZAN_BENCH_ARTICLES articles (default 10,000) with 100 gold
// and 100 predicted mentions each; articles.parquet, the rows that
// BenchmarkWriteArticles writes; and articles.jsonl, 100,000 such articles, one
// in twenty a near-duplicate of the one before.
func TestBenchmarkFiles(t *testing.T) {
	dir := os.Getenv("MIZAN_BENCH_DIR")
	if dir == "" {
		t.Skip("MIZAN_BENCH_DIR names no folder to write into")
	}
	articles := 10_000
	if s := os.Getenv("MIZAN_BENCH_ARTICLES"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		articles = n
	}
	ds := mentionsOnly{datatest.Synthetic{Size: articles, Words: 200}}
	if _, err := release.Build(t.Context(), filepath.Join(dir, "release"), ds, release.BuildOptions{Replace: true}); err != nil {
		t.Fatal(err)
	}
	writePredictions(t, "parquet", labels.DirOutput(filepath.Join(dir, "pred")), ds)
	writePredictions(t, "jsonl", labels.FileOutput(filepath.Join(dir, "pred.jsonl")), ds)

	writeJSONLines(t, filepath.Join(dir, "articles.jsonl"), 100_000)

	f, err := os.Create(filepath.Join(dir, "articles.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	rows := datatest.NewsArticles(20000)
	w := tables.NewWriter[tables.ArticleRow](f, tables.Metadata{})
	for i := range rows {
		if err := w.Write(&rows[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// writeJSONLines writes n articles as JSON Lines.
func writeJSONLines(t *testing.T, name string, n int) {
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	enc := json.NewEncoder(w)
	last := ""
	for i, row := range datatest.NewsArticles(n) {
		if i%20 == 19 {
			row.Text = last[:strings.LastIndexByte(last, '\n')]
		}
		last = row.Text
		if err := enc.Encode(map[string]string{"id": row.DocID, "title": "عنوان الخبر", "body": row.Text, "date": "2016-07-05", "source": "outlet"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Flush(), f.Close()); err != nil {
		t.Fatal(err)
	}
}

func writePredictions(t *testing.T, format string, out labels.Output, ds mentionsOnly) {
	f, err := labels.Lookup(format)
	if err != nil {
		t.Fatal(err)
	}
	err = f.Write(out, func(yield func(*labels.Document) bool) {
		for i := range ds.Size {
			if !yield(&labels.Document{Annotation: *ds.prediction(i)}) {
				return
			}
		}
	}, labels.WriteOptions{})
	if err != nil {
		t.Fatal(err)
	}
}
