package annotate

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/schema"
)

// long is a session on an article of 300 paragraphs with 2,000 mentions of 50 actors.
func long(b *testing.B) *Session {
	var text strings.Builder
	var do []journal.Action
	at := 0
	for p := range 300 {
		for w := range 60 {
			word := fmt.Sprintf("كلمة%d%d", p%7, w)
			if w == 59 {
				word += "."
			}
			n := len([]rune(word))
			if w%9 == 0 && len(do) < 2000 {
				do = append(do, put("mention", map[string]any{"start": at, "end": at + n, "head_start": at, "head_end": at + n, "type": "PER", "level": "NAM", "actor_id": fmt.Sprintf("actor%d", w)}))
			}
			text.WriteString(word + " ")
			at += n + 1
		}
		text.WriteString("\n")
		at++
	}
	s := open(b, b.TempDir(), func(o *Options) { o.Articles = []*schema.Article{{DocID: "x", Text: text.String()}} })
	var actors []journal.Action
	for i := range 60 {
		actors = append(actors, put("actor", map[string]any{"actor_id": fmt.Sprintf("actor%d", i), "name_en": fmt.Sprintf("Actor %d", i), "name_ar": fmt.Sprintf("ممثل %d", i), "type": "PER"}))
	}
	act(b, s, "x", append(actors, do...)...)
	return s
}

// BenchmarkAct is one label put and taken back again among 2,000, answer and disk
// included.
func BenchmarkAct(b *testing.B) {
	s := long(b)
	for b.Loop() {
		answer := act(b, s, "x", put("mention", map[string]any{"start": 0, "end": 3, "type": "PER", "actor_id": "actor0"}))
		if _, err := json.Marshal(answer); err != nil {
			b.Fatal(err)
		}
		if _, err := s.Undo(Request{Article: "x", Rev: answer.Rev}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSpan is what the page asks when the selection changes.
func BenchmarkSpan(b *testing.B) {
	s := long(b)
	for b.Loop() {
		if _, err := s.Span("x", 0, 20); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkArticle is the whole article, text and places included.
func BenchmarkArticle(b *testing.B) {
	s := long(b)
	for b.Loop() {
		v, err := s.Article("x")
		if err != nil {
			b.Fatal(err)
		}
		j, err := json.Marshal(v)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(j)), "bytes")
	}
}
