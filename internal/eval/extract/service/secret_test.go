package service

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/extracttest"
	"github.com/mizan-corpus/mizan/internal/eval/extract/run"
)

func TestHTTPRedirects(t *testing.T) {
	t.Parallel()
	var reached atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	defer other.Close()
	mux := http.NewServeMux()
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/here", http.StatusPermanentRedirect)
	})
	mux.HandleFunc("/here", extracttest.AnswerJSON)
	mux.HandleFunc("/away", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL+"/?token=verysecret", http.StatusTemporaryRedirect)
	})
	mux.HandleFunc("/round", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/round", http.StatusTemporaryRedirect)
	})
	s := httptest.NewServer(mux)
	defer s.Close()
	if _, err := extracttest.Opened(t, s.URL+"/moved", extracttest.Quick()).Extract(t.Context(), extracttest.Article("a")); err != nil {
		t.Errorf("same host: %v", err)
	}
	for _, path := range []string{"/away", "/round"} {
		_, err := extracttest.Opened(t, s.URL+path, extracttest.Quick()).Extract(t.Context(), extracttest.Article("a"))
		if extracttest.KindOf(err) != extract.KindStatus || !strings.Contains(err.Error(), "found a redirect to") || strings.Contains(err.Error(), "verysecret") {
			t.Errorf("%s: got %v", path, err)
		}
	}
	if reached.Load() != 0 {
		t.Error("the article went to a host that was not named")
	}
}

// What must stay secret is in no error, no trace, no prediction and no record,
// even where the service repeats it.
func TestHTTPSecrets(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var seen []string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		user, password, _ := r.BasicAuth()
		seen = append(seen, r.Header.Get("X-Token"), r.Header.Get("X-Plain"), user+":"+password, r.URL.Query().Get("api_key"))
		w.WriteHeader(400)
		fmt.Fprintf(w, "you sent %v and %s", r.Header, r.URL)
	}))
	defer s.Close()
	var trace bytes.Buffer
	opt := extracttest.Quick()
	opt.Trace = &trace
	opt.HTTP.LookupEnv = extracttest.Environment("TOKEN", "tok-from-env")
	opt.HTTP.Headers = []string{"X-Token: Bearer ${TOKEN}", "X-Plain: costs 5 $$", "Cookie: session=literal-cookie"}
	spec := strings.Replace(s.URL, "http://", "http://reader:pass-word@", 1) + "/?api_key=key-in-query&v=2"
	ex := extracttest.Opened(t, spec, opt)
	pred := filepath.Join(t.TempDir(), "p.jsonl")
	var told []string
	_, err := run.File(t.Context(), pred, extracttest.Articles("a", "b"), ex, run.FileOptions{
		Options: map[string]string{"headers": strings.Join(HeaderNames(opt.HTTP.Headers), ", ")},
		Failed:  func(e *extract.Error) { told = append(told, e.Error(), e.Line(), e.Hint()) },
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"Bearer tok-from-env", "costs 5 $", "reader:pass-word", "key-in-query"}; fmt.Sprint(seen[:4]) != fmt.Sprint(want) {
		t.Errorf("the service got %q, want %q", seen[:4], want)
	}
	written := trace.String() + strings.Join(told, "\n") + extract.Name(ex)
	for _, name := range []string{pred, pred + ".run.json"} {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		written += string(b)
	}
	for _, secret := range []string{"tok-from-env", "pass-word", "key-in-query", "literal-cookie", "cmVhZGVyOnBhc3Mtd29yZA"} {
		if strings.Contains(written, secret) {
			t.Errorf("%s is told in\n%s", secret, written)
		}
	}
	for _, want := range []string{"you sent", "[hidden]", "Cookie, X-Plain, X-Token"} {
		if !strings.Contains(written, want) {
			t.Errorf("%q is not told in\n%s", want, written)
		}
	}
}

func TestHTTPSpecErrors(t *testing.T) {
	for _, test := range []struct{ spec, header, want string }{
		{"http:", "", "found no address"},
		{"http:///path", "", "found no address"},
		{"https://user:pass@%zz/", "", "found no address"},
		{"http://localhost", "no colon", "header 1: found no name and colon"},
		{"http://localhost", "A b: c", "header 1: found no name"},
		{"http://localhost", "X: $NOWHERE", "header X: the environment has no variable NOWHERE"},
		{"http://localhost", "Host: x", "header Host: it is set by"},
		{"http://localhost", "X: a\nb", "header X: found a control character"},
	} {
		opt := extracttest.Quick()
		if test.header != "" {
			opt.HTTP.Headers = []string{test.header}
		}
		_, err := extract.Open(test.spec, opt)
		if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "pass") {
			t.Errorf("%s %q: got %v, want %q", test.spec, test.header, err, test.want)
		}
	}
}
