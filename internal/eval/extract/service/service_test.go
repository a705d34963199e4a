package service

import (
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/extracttest"
	"github.com/mizan-corpus/mizan/internal/eval/extract/run"
	"github.com/mizan-corpus/mizan/schema"
)

// service serves handler and opens it as an extractor.
func service(t *testing.T, handler http.HandlerFunc, opt extract.Options) extract.Extractor {
	t.Helper()
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	return extracttest.Opened(t, s.URL+"/extract", opt)
}

// first answers the first n requests with one handler and the rest well.
func first(n int32, handler http.HandlerFunc) http.HandlerFunc {
	var seen atomic.Int32
	return func(w http.ResponseWriter, r *http.Request) {
		if seen.Add(1) <= n {
			handler(w, r)
			return
		}
		extracttest.AnswerJSON(w, r)
	}
}

func status(code int, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
		fmt.Fprintf(w, "no %d today", code)
	}
}

func body(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, text) }
}

// hangUp closes the connection without an answer.
func hangUp(w http.ResponseWriter, _ *http.Request) {
	c, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		c.Close()
	}
}

func TestHTTPFaults(t *testing.T) {
	const always = 1 << 30
	for _, test := range []struct {
		name     string
		n        int32
		handler  http.HandlerFunc
		kind     extract.Kind
		attempts int
		want     string
	}{
		{"ok", 0, nil, extract.KindNone, 1, ""},
		{"429 passes", 2, status(429, "Retry-After", "1"), extract.KindNone, 3, ""},
		{"503 passes", 3, status(503, "Retry-After", "Wed, 21 Oct 2065 07:28:00 GMT"), extract.KindNone, 4, ""},
		{"500 passes", 1, status(500), extract.KindNone, 2, ""},
		{"connection passes", 2, hangUp, extract.KindNone, 3, ""},
		{"500 stays", always, status(500), extract.KindStatus, 6, "found status 500 Internal Server Error, expected 200: no 500 today"},
		{"429 stays", always, status(429), extract.KindStatus, 6, "429 Too Many Requests"},
		{"connection stays", always, hangUp, extract.KindConnect, 6, "EOF"},
		{"501 is final", always, status(501), extract.KindStatus, 1, "501"},
		{"400 is final", always, status(400), extract.KindStatus, 1, "no 400 today"},
		{"404 is final", always, status(404), extract.KindStatus, 1, "404"},
		{"redirect without body", always, status(303, "Location", "/elsewhere"), extract.KindStatus, 1, "found a redirect to"},
		{"not json", always, body("<html>"), extract.KindNotJSON, 1, `found "<html>", expected one JSON object as the body`},
		{"empty", always, body(""), extract.KindNotJSON, 1, "found an empty line"},
		{"reported", always, body(`{"doc_id":"a","error":"too hard"}`), extract.KindReported, 1, "too hard"},
		{"reported without doc_id", always, body(`{"error":{"code":7}}`), extract.KindReported, 1, `{"code":7}`},
		{"wrong doc", always, body(`{"doc_id":"b"}`), extract.KindWrongDoc, 1, `"b"`},
		{"no doc", always, body(`{"mentions":[]}`), extract.KindInvalid, 1, "expected a doc_id"},
		{"invalid", always, body(`{"doc_id":"a","mentions":7}`), extract.KindInvalid, 1, "mentions"},
		{"too long", always, body(`{"doc_id":"a","error":"` + strings.Repeat("x", 2000) + `"}`), extract.KindTooLong, 1, "more than 1000 bytes"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			opt := extracttest.Quick()
			opt.MaxLine = 1000
			ex := service(t, first(test.n, test.handler), opt)
			for r := range run.Run(t.Context(), extracttest.Articles("a"), ex, run.Options{}) {
				if extracttest.KindOf(extracttest.AsNil(r.Err)) != test.kind || r.Attempts != test.attempts {
					t.Fatalf("got %v after %d tries, want %q after %d", r.Err, r.Attempts, test.kind, test.attempts)
				}
				if r.Err == nil {
					if len(r.Annotation.Mentions) != 1 || r.Annotation.Mentions[0].Text != "text a" {
						t.Errorf("got %+v", r.Annotation)
					}
				} else if !strings.Contains(r.Err.Error(), test.want) || r.Err.Extractor != extract.Name(ex) || r.Err.DocID != "a" {
					t.Errorf("got %q, want %q in it", r.Err, test.want)
				}
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	for _, test := range []struct {
		code  int
		value string
		date  string
		after time.Duration
		again bool
	}{
		{429, "7", "", 7 * time.Second, true},
		{503, " 120 ", "", 2 * time.Minute, true},
		{429, "0", "", 0, true},
		{429, "-5", "", 0, true},
		{429, "soon", "", 0, true},
		{429, "99999999999999999999", "", 0, true},
		{503, "Wed, 21 Oct 2015 07:28:30 GMT", "Wed, 21 Oct 2015 07:28:00 GMT", 30 * time.Second, true}, // RFC 9110's example date
		{503, "Wed, 21 Oct 2015 07:27:30 GMT", "Wed, 21 Oct 2015 07:28:00 GMT", 0, true},
		{503, "Wed, 21 Oct 2015 07:27:30 GMT", "", 0, true}, // past by our clock
		{500, "", "", 0, true}, {502, "", "", 0, true}, {504, "", "", 0, true}, {408, "", "", 0, true},
		{501, "", "", 0, false}, {505, "", "", 0, false}, {400, "3", "", 3 * time.Second, false}, {401, "", "", 0, false}, {404, "", "", 0, false},
	} {
		h := http.Header{}
		h.Set("Retry-After", test.value)
		h.Set("Date", test.date)
		got := retryAfter(&http.Response{StatusCode: test.code, Header: h})
		if got.after != test.after || got.again != test.again {
			t.Errorf("%d %q: got %+v, want %v %v", test.code, test.value, got, test.after, test.again)
		}
	}
}

func TestDelay(t *testing.T) {
	p := &Poster{opt: extract.Options{HTTP: extract.HTTPOptions{Backoff: time.Second, MaxWait: 10 * time.Second}}}
	for attempt := range 70 {
		full := min(10*time.Second, time.Second<<min(attempt, 10))
		d := p.delay("a", attempt, retry{again: true})
		if d > full || d < full/2 || d != p.delay("a", attempt, retry{again: true}) {
			t.Errorf("attempt %d: %v, want the same from %v to %v each time", attempt, d, full/2, full)
		}
	}
	if p.delay("a", 0, retry{}) == p.delay("b", 0, retry{}) {
		t.Error("two articles come back together")
	}
	if d := p.delay("a", 0, retry{after: time.Hour, all: true}); d != 10*time.Second {
		t.Errorf("Retry-After of an hour: %v, want the cap", d)
	}
	if time.Until(p.pace.until) <= 0 {
		t.Error("the others are not held back")
	}
}

func TestHTTPTimeoutAndCancel(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	opt := extracttest.Quick()
	opt.Timeout = 50 * time.Millisecond
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		<-release
	}))
	defer s.Close()
	defer close(release)
	_, err := extracttest.Opened(t, s.URL, opt).Extract(t.Context(), extracttest.Article("a"))
	if extracttest.KindOf(err) != extract.KindTimeout || !strings.Contains(err.Error(), "no answer within 50ms") {
		t.Errorf("got %v", err)
	}
	opt.Timeout = time.Minute
	ex := extracttest.Opened(t, s.URL, opt)
	for r := range run.Run(extracttest.StopAfterStart(t), extracttest.Articles("a"), ex, run.Options{}) {
		if r.Err == nil || r.Err.Kind != extract.KindCancelled {
			t.Errorf("got %v", r.Err)
		}
	}
	extract.Close(ex)
	if _, err := ex.Extract(t.Context(), extracttest.Article("a")); extracttest.KindOf(err) != extract.KindClosed {
		t.Errorf("got %v, want closed", err)
	}
}

func TestHTTPGivesUp(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	opt := extracttest.Quick()
	opt.MaxFailures, opt.Retries = 3, -1
	ex := service(t, func(w http.ResponseWriter, _ *http.Request) { asked.Add(1); w.WriteHeader(500) }, opt)
	var kinds []extract.Kind
	for r := range run.Run(t.Context(), extracttest.Articles("a", "b", "c", "d", "e"), ex, run.Options{}) {
		kinds = append(kinds, r.Err.Kind)
	}
	if fmt.Sprint(kinds) != "[status status status gave_up gave_up]" || asked.Load() != 3 {
		t.Errorf("got %v, asked %d times", kinds, asked.Load())
	}
}

func TestHTTPTLS(t *testing.T) {
	t.Parallel()
	s := httptest.NewUnstartedServer(http.HandlerFunc(extracttest.AnswerJSON))
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	defer s.Close()
	_, err := extracttest.Opened(t, s.URL, extracttest.Quick()).Extract(t.Context(), extracttest.Article("a"))
	if extracttest.KindOf(err) != extract.KindConnect || !strings.Contains(extracttest.HintOf(err), "--ca-file") || strings.Contains(err.Error(), "asked") {
		t.Errorf("got %v (hint %q), want one refusal of the certificate", err, extracttest.HintOf(err))
	}
	file := filepath.Join(t.TempDir(), "ca.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	if err := os.WriteFile(file, block, 0o600); err != nil {
		t.Fatal(err)
	}
	opt := extracttest.Quick()
	opt.HTTP.CAFile = file
	if _, err := extracttest.Opened(t, s.URL, opt).Extract(t.Context(), extracttest.Article("a")); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(file, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := extract.Open(s.URL, opt); err == nil || !strings.Contains(err.Error(), "found no certificate") {
		t.Errorf("got %v", err)
	}
	plaintext := httptest.NewServer(http.HandlerFunc(extracttest.AnswerJSON))
	defer plaintext.Close()
	_, err = extracttest.Opened(t, strings.Replace(plaintext.URL, "http", "https", 1), extracttest.Quick()).Extract(t.Context(), extracttest.Article("a"))
	if extracttest.KindOf(err) != extract.KindConnect || !strings.Contains(extracttest.HintOf(err), "http://") {
		t.Errorf("plain text: got %v (hint %q)", err, extracttest.HintOf(err))
	}
}

// A service may answer in the form of another tool, with or without the doc_id.
func TestHTTPShapes(t *testing.T) {
	t.Parallel()
	text := "Oman met Peru."
	for _, test := range []struct{ shape, body, want string }{
		{"", `[{"entity_group":"GPE","word":"oman","start":0,"end":4}]`, "Oman GPE"},
		{"", `{"doc_id":"a","entities":[{"text":"peru","label":"GPE"}]}`, "Peru GPE"},
		{"", "```json\n" + `{"entities":[{"text":"Peru","type":"GPE"}]}` + "\n```", "Peru GPE"},
		{"spacy", `{"text":"Oman met Peru.","ents":[{"start":9,"end":13,"label":"GPE"}]}`, "Peru GPE"},
		{"tokens", `{"tokens":["oman","met","peru","."],"tags":["O","O","B-GPE","O"]}`, "Peru GPE"},
		{"mizan", `[{"text":"Oman"}]`, "not_json"},
		{"", `{"doc_id":"b","entities":[]}`, "wrong_doc"},
		{"", `{"doc_id":"a","entities":[],"error":"none"}`, "reported"},
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, test.body) }))
		opt := extracttest.Quick()
		opt.Answer = test.shape
		ex := extract.Aligned(extracttest.Opened(t, s.URL, opt), extract.PlacementOptions{})
		got, err := ex.Extract(t.Context(), &schema.Article{DocID: "a", Text: text})
		s.Close()
		said := ""
		var fault *extract.Error
		switch {
		case errors.As(err, &fault):
			said = string(fault.Kind)
		case err == nil && len(got.Mentions) == 1:
			said = got.Mentions[0].Text + " " + got.Mentions[0].Type
		}
		if said != test.want {
			t.Errorf("%s: got %q (%v), want %q", test.body, said, err, test.want)
		}
	}
}
