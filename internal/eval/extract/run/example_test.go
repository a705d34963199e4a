package run_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/run"
	"github.com/mizan-corpus/mizan/schema"
)

// RunFile writes predictions that can be resumed, and a record beside them.
func ExampleFile() {
	dir, err := os.MkdirTemp("", "run")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	pred := filepath.Join(dir, "pred.jsonl")
	ex := extract.Func(func(_ context.Context, a *schema.Article) (*schema.Annotation, error) {
		// Without offsets: the name is found in the text.
		return &schema.Annotation{DocID: a.DocID, Mentions: []schema.Mention{
			{ID: "m1", Text: "Paris", Type: "GPE", Span: schema.NoSpan, Head: schema.NoSpan},
		}}, nil
	})
	articles := func(yield func(*schema.Article, error) bool) {
		_ = yield(&schema.Article{DocID: "a1", Text: "Talks in Paris"}, nil) &&
			yield(&schema.Article{DocID: "a2", Text: "Talks in London"}, nil)
	}
	record, err := run.File(context.Background(), pred, articles, ex, run.FileOptions{Mode: run.ModeResume})
	if err != nil {
		fmt.Println(err)
		return
	}
	lines, err := os.ReadFile(pred)
	fmt.Print(string(lines))
	fmt.Println(record.Articles, record.Alignment.Exact, record.Alignment.Absent, err)
	// Output:
	// {"doc_id":"a1","mentions":[{"mention_id":"m1","start":9,"end":14,"text":"Paris","type":"GPE"}]}
	// {"doc_id":"a2","mentions":[{"mention_id":"m1","text":"Paris","type":"GPE"}]}
	// 2 1 1 <nil>
}
