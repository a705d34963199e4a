package data

import (
	"io"
	"testing"
)

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
