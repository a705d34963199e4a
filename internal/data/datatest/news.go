package datatest

import (
	"math/rand/v2"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/tables"
)

// NewsArticles is n articles of about 3.15 kB of Arabic text each, so that
// 20,000 of them have 63 MB, made of sentences that repeat as news do.
func NewsArticles(n int) []tables.ArticleRow {
	r := rand.New(rand.NewPCG(1, 1))
	var sentences []string
	for range 4000 {
		var s []string
		for range 8 + r.IntN(12) {
			s = append(s, words[r.IntN(len(words))]+[]string{"", "", "ية", "ات", "ون", "ها"}[r.IntN(6)])
		}
		sentences = append(sentences, strings.Join(s, " ")+".")
	}
	rows := make([]tables.ArticleRow, n)
	for i := range rows {
		var b strings.Builder
		for b.Len() < 3150 {
			b.WriteString(sentences[r.IntN(len(sentences))])
			b.WriteByte('\n')
		}
		text := b.String()[:strings.LastIndexByte(b.String(), '\n')]
		rows[i] = tables.ArticleRow{DocID: Synthetic{}.DocID(i), Text: text, Title: "ar", Language: "ar", Outlet: "outlet",
			Published: "2016-07-18", TextSHA256: HexSum(text), Split: "test", Labelled: true}
	}
	return rows
}
