package extracttest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"testing"
	"time"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/wire"
	"github.com/mizan-corpus/mizan/schema"
)

func Article(id string) *schema.Article { return &schema.Article{DocID: id, Text: "text " + id} }

func Articles(ids ...string) iter.Seq2[*schema.Article, error] {
	return func(yield func(*schema.Article, error) bool) {
		for _, id := range ids {
			if !yield(Article(id), nil) {
				return
			}
		}
	}
}

// AsNil is e as an error, nil when e is.
func AsNil(e *extract.Error) error {
	if e == nil {
		return nil
	}
	return e
}

// Quick makes a service be asked again without a wait worth the name.
func Quick() extract.Options {
	return extract.Options{HTTP: extract.HTTPOptions{Backoff: time.Millisecond, MaxWait: 5 * time.Millisecond,
		LookupEnv: func(string) (string, bool) { return "", false }}}
}

// Environment is a LookupEnv of NAME, VALUE pairs.
func Environment(pairs ...string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1], true
			}
		}
		return "", false
	}
}

// AnswerJSON answers an article with its own text as one mention.
func AnswerJSON(w http.ResponseWriter, r *http.Request) {
	var a wire.WireArticle
	if err := json.NewDecoder(r.Body).Decode(&a); err != nil || r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json" {
		http.Error(w, "bad request", http.StatusBadRequest)
		return
	}
	fmt.Fprintf(w, "{\n \"doc_id\": %q,\n \"mentions\": [{\"mention_id\": \"m1\", \"text\": %q}]}\n", a.DocID, a.Text)
}

func Opened(t *testing.T, spec string, opt extract.Options) extract.Extractor {
	t.Helper()
	ex, err := extract.Open(spec, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { extract.Close(ex) })
	return ex
}

// StopAfterStart is a context that is done as soon as an extractor is at work.
func StopAfterStart(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	return ctx
}

func HintOf(err error) string {
	var h interface{ Hint() string }
	if errors.As(err, &h) {
		return h.Hint()
	}
	return ""
}

// KindOf is the kind of an error, [extract.KindFailed] for one that is no *[extract.Error] and
// [extract.KindNone] for nil.
func KindOf(err error) extract.Kind {
	var e *extract.Error
	switch {
	case err == nil:
		return extract.KindNone
	case errors.As(err, &e):
		return e.Kind
	}
	return extract.KindFailed
}
