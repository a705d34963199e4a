package data

import (
	"io"
	"io/fs"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"time"
)

// newsArticles is n articles of about 3.15 kB of Arabic text each, so that
// 20,000 of them have 63 MB, made of sentences that repeat as news do.
func newsArticles(n int) []ArticleRow {
	r := rand.New(rand.NewPCG(1, 1))
	var sentences []string
	for range 4000 {
		var s []string
		for range 8 + r.IntN(12) {
			s = append(s, words[r.IntN(len(words))]+[]string{"", "", "ية", "ات", "ون", "ها"}[r.IntN(6)])
		}
		sentences = append(sentences, strings.Join(s, " ")+".")
	}
	rows := make([]ArticleRow, n)
	language, outlet := "ar", "outlet"
	day := int32(17000)
	for i := range rows {
		var b strings.Builder
		for b.Len() < 3150 {
			b.WriteString(sentences[r.IntN(len(sentences))])
			b.WriteByte('\n')
		}
		text := b.String()[:strings.LastIndexByte(b.String(), '\n')]
		sum := hexSum(text)
		rows[i] = ArticleRow{DocID: synthetic{}.docID(i), Text: text, Title: &language, Language: &language, Outlet: &outlet,
			Published: &day, TextSHA256: &sum, Split: "test", Labelled: true}
	}
	return rows
}

// BenchmarkWriteArticles writes 20,000 articles with 63 MB of text.
func BenchmarkWriteArticles(b *testing.B) {
	rows := newsArticles(20000)
	bytes := 0
	for i := range rows {
		bytes += len(rows[i].Text)
	}
	b.SetBytes(int64(bytes))
	for b.Loop() {
		w := NewWriter[ArticleRow](io.Discard, Metadata{})
		for i := range rows {
			if err := w.Write(&rows[i]); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(rows)*b.N)/b.Elapsed().Seconds(), "articles/s")
}

// benchFile is a file of a million mentions.
func benchFile(b *testing.B, rows []MentionRow) fs.FS {
	dir := b.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "f.parquet"), written(b, rows), 0o644); err != nil {
		b.Fatal(err)
	}
	return os.DirFS(dir)
}

func BenchmarkReadMentionRows(b *testing.B) {
	fsys := benchFile(b, mentionRows(1_000_000))
	n := 0
	for b.Loop() {
		f, err := OpenFile[MentionRow](fsys, "f.parquet")
		if err != nil {
			b.Fatal(err)
		}
		for _, err := range f.All() {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		f.Close()
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkContentHash(b *testing.B) {
	rows := newsArticles(5000)
	for b.Loop() {
		h := newTableHash[ArticleRow]()
		for i := range rows {
			h.add(&rows[i])
		}
		h.table()
	}
	b.ReportMetric(float64(len(rows)*b.N)/b.Elapsed().Seconds(), "articles/s")
}

// BenchmarkReadAnnotations reads a million mentions in 10,000 articles, as
// scoring does, from two releases at a time.
func BenchmarkReadAnnotations(b *testing.B) {
	for _, tc := range []struct {
		name string
		opt  ReadOptions
	}{
		{"spans", ReadOptions{Parts: PartMentions, NoText: true}},
		{"all", ReadOptions{}},
	} {
		b.Run(tc.name, func(b *testing.B) {
			r, err := Open(build(b, synthetic{articles: 10000, words: 204}, BuildOptions{}))
			if err != nil {
				b.Fatal(err)
			}
			n := 0
			for b.Loop() {
				other, stop := iter.Pull2(r.AnnotationsOf(tc.opt))
				for a, err := range r.AnnotationsOf(tc.opt) {
					if err != nil {
						b.Fatal(err)
					}
					p, _, _ := other()
					if len(p.Mentions) != len(a.Mentions) {
						b.Fatal("the two differ")
					}
					n += len(a.Mentions) + len(p.Mentions)
				}
				stop()
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "spans/s")
		})
	}
}

// BenchmarkBuild builds a release of 10,000 articles as a stream and reports the
// most memory that the heap took.
func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		most := peakHeap(func() { build(b, synthetic{articles: 10000, words: 300}, BuildOptions{ArticlesPerFile: 4000}) })
		b.ReportMetric(float64(most)/1e6, "peak-MB")
	}
	b.ReportMetric(10000*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}

// BenchmarkVerify verifies such a release.
func BenchmarkVerify(b *testing.B) {
	dir := build(b, synthetic{articles: 10000, words: 300}, BuildOptions{})
	for b.Loop() {
		most := peakHeap(func() { mustVerify(b, dir) })
		b.ReportMetric(float64(most)/1e6, "peak-MB")
	}
	b.ReportMetric(10000*float64(b.N)/b.Elapsed().Seconds(), "articles/s")
}

// peakHeap is the most bytes in use by the heap while f runs.
func peakHeap(f func()) uint64 {
	runtime.GC()
	done, most := make(chan bool), make(chan uint64)
	go func() {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		peak := uint64(0)
		for {
			select {
			case <-done:
				most <- peak
				return
			case <-time.After(5 * time.Millisecond):
				metrics.Read(sample)
				peak = max(peak, sample[0].Value.Uint64())
			}
		}
	}()
	f()
	close(done)
	return <-most
}
