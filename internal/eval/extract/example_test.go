package extract_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/run"
	"github.com/mizan-corpus/mizan/schema"
)

// An extractor inside a Go program is a function.
func ExampleFunc() {
	ex := extract.Func(func(_ context.Context, a *schema.Article) (*schema.Annotation, error) {
		out := &schema.Annotation{DocID: a.DocID}
		const name = "Paris"
		if i := strings.Index(a.Text, name); i >= 0 {
			start := int32(len([]rune(a.Text[:i])))
			out.Mentions = append(out.Mentions, schema.Mention{
				ID: "m1", Span: schema.Span{Start: start, End: start + int32(len(name))}, Text: name,
				Head: schema.NoSpan, Type: "GPE", Level: "NAM",
			})
		}
		return out, nil
	})
	articles := func(yield func(*schema.Article, error) bool) {
		_ = yield(&schema.Article{DocID: "a1", Text: "Talks in Paris"}, nil) &&
			yield(&schema.Article{DocID: "a2", Text: "Déjà vu à Paris"}, nil)
	}
	for r := range run.Run(context.Background(), articles, ex, run.Options{Jobs: 2}) {
		if r.Err != nil {
			fmt.Println(r.Err)
			continue
		}
		for _, m := range r.Annotation.Mentions {
			fmt.Println(r.Article.DocID, m.Span, m.Text)
		}
	}
	// Output:
	// a1 [9,14) Paris
	// a2 [10,15) Paris
}

// Open makes an extractor from a SPEC; here the baseline that looks names up.
func ExampleOpen() {
	ex, err := extract.Open("builtin:lookup", extract.Options{
		Names: []extract.LookupName{{Name: "فرنسا", ActorID: "fra"}, {Name: "الكرملين", Type: "ORG", ActorID: "kremlin"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer extract.Close(ex)
	a := &schema.Article{DocID: "a1", Text: "بيان للكرملين وفرنسا"}
	found, err := ex.Extract(context.Background(), a)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range found.Mentions {
		fmt.Println(m.Span, m.Type, m.ActorID)
	}
	// Output:
	// [6,13) ORG kremlin
	// [15,20) GPE fra
}
