package release

import (
	"io"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/datatest"
	"github.com/mizan-corpus/mizan/internal/data/tables"
)

// BenchmarkWriteArticles writes 20,000 articles with 63 MB of text.
func BenchmarkWriteArticles(b *testing.B) {
	rows := datatest.NewsArticles(20000)
	bytes := 0
	for i := range rows {
		bytes += len(rows[i].Text)
	}
	b.SetBytes(int64(bytes))
	for b.Loop() {
		w := tables.NewWriter[tables.ArticleRow](io.Discard, tables.Metadata{})
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
	rows := datatest.NewsArticles(5000)
	for b.Loop() {
		h := tables.NewTableHash[tables.ArticleRow]()
		for i := range rows {
			h.Add(&rows[i])
		}
		h.Table()
	}
	b.ReportMetric(float64(len(rows)*b.N)/b.Elapsed().Seconds(), "articles/s")
}
