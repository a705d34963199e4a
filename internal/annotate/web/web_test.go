package web

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/mizan-corpus/mizan/internal/annotate"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

const hostile = `<script>alert(1)</script> met "Berlin" & 'Paris' </textarea> on Monday.`

func serving(t *testing.T) (*Server, *httptest.Server) {
	t.Helper()
	dir := t.TempDir()
	s, err := annotate.Open(annotate.Options{Title: hostile, Articles: []*schema.Article{{DocID: "a1", Text: hostile, Title: hostile, Language: "en"}},
		Ontology: ontology.Default(), Dir: dir, Labels: labels.Source{FS: os.DirFS(dir), Path: ".", Name: dir}})
	if err != nil {
		t.Fatal(err)
	}
	page := New(s, 8123)
	server := httptest.NewServer(page)
	t.Cleanup(func() { server.Close(); _ = s.Close() })
	return page, server
}

// ask sends a request as though to the port that the server believes to have.
func ask(t *testing.T, page *Server, method, target, body string, change func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Host = "127.0.0.1:8123"
	r.Header.Set("Authorization", "Bearer "+page.token)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	page.ServeHTTP(w, r)
	return w
}

// Only who has the token is answered, under this machine's own names, and no other
// page can ask for anyone.
func TestDoors(t *testing.T) {
	page, _ := serving(t)
	act := `{"article":"a1","rev":0,"do":[{"op":"state","value":"done"}]}`
	for name, c := range map[string]struct {
		method, target, body string
		change               func(*http.Request)
		want                 int
	}{
		"session":    {"GET", "/api/session", "", nil, 200},
		"localhost":  {"GET", "/api/session", "", func(r *http.Request) { r.Host = "localhost:8123" }, 200},
		"own origin": {"GET", "/api/session", "", func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:8123") }, 200},
		"cookie": {"GET", "/api/session", "", func(r *http.Request) {
			r.Header.Del("Authorization")
			r.AddCookie(&http.Cookie{Name: page.cookieName(), Value: page.token})
		}, 200},
		"no token":         {"GET", "/api/session", "", func(r *http.Request) { r.Header.Del("Authorization") }, 401},
		"no token, page":   {"GET", "/", "", func(r *http.Request) { r.Header.Del("Authorization") }, 401},
		"another token":    {"GET", "/api/session", "", func(r *http.Request) { r.Header.Set("Authorization", "Bearer x") }, 401},
		"token in query":   {"GET", "/api/session?token=" + page.token, "", func(r *http.Request) { r.Header.Del("Authorization") }, 401},
		"wrong address":    {"GET", "/?token=x", "", func(r *http.Request) { r.Header.Del("Authorization") }, 401},
		"other host":       {"GET", "/api/session", "", func(r *http.Request) { r.Host = "evil.example:8123" }, 421},
		"rebound name":     {"GET", "/?token=" + page.token, "", func(r *http.Request) { r.Host = "evil.example" }, 421},
		"other port":       {"GET", "/api/session", "", func(r *http.Request) { r.Host = "127.0.0.1:80" }, 421},
		"other origin":     {"POST", "/api/act", act, func(r *http.Request) { r.Header.Set("Origin", "http://evil.example") }, 403},
		"origin of a port": {"POST", "/api/act", act, func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:3000") }, 403},
		"null origin":      {"POST", "/api/act", act, func(r *http.Request) { r.Header.Set("Origin", "null") }, 403},
		"https origin":     {"POST", "/api/act", act, func(r *http.Request) { r.Header.Set("Origin", "https://127.0.0.1:8123") }, 403},
		"cross site":       {"POST", "/api/act", act, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403},
		"a form":           {"POST", "/api/act", act, func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, 415},
		"no JSON":          {"POST", "/api/act", "{", nil, 400},
		"unknown member":   {"POST", "/api/act", `{"articles":"a1"}`, nil, 400},
		"no action":        {"POST", "/api/act", `{"article":"a1"}`, nil, 422},
		"no article":       {"GET", "/api/article/a2", "", nil, 404},
		"actors":           {"GET", "/api/actors?q=x", "", nil, 200},
		"hoppers":          {"GET", "/api/hoppers", "", nil, 200},
		"no review":        {"GET", "/api/review/a1", "", nil, 422},
		"nothing reviewed": {"POST", "/api/review", `{"article":"a1","group":"x","side":"a","reason":"y"}`, nil, 422},
		"no suggestion":    {"POST", "/api/suggestion", `{"article":"a1","id":"mention/m1","verdict":"accept"}`, nil, 422},
		"no mention":       {"POST", "/api/same", `{"article":"a1","from":"m1","at":[[0,1]]}`, nil, 422},
		"nothing to undo":  {"POST", "/api/undo", `{"article":"a1"}`, nil, 422},
		"nothing to redo":  {"POST", "/api/redo", `{"article":"a1"}`, nil, 422},
		"no side taken":    {"POST", "/api/settle", `{"article":"a1","take":"both"}`, nil, 422},
		"too much":         {"POST", "/api/act", `{"article":"` + strings.Repeat("a", mostBody) + `"}`, nil, 400},
		"no request":       {"GET", "/api/nothing", "", nil, 404},
		"other method":     {"DELETE", "/api/act", "", nil, 405},
		"no file":          {"GET", "/server.go", "", nil, 404},
		"stale":            {"POST", "/api/act", strings.Replace(act, `"rev":0`, `"rev":7`, 1), nil, 409},
		"span of nothing":  {"GET", "/api/span?article=a1&start=x&end=2", "", nil, 422},
	} {
		w := ask(t, page, c.method, c.target, c.body, c.change)
		if w.Code != c.want {
			t.Errorf("%s: got %d %s, expected %d", name, w.Code, w.Body, c.want)
		}
		if h := w.Header(); h.Get("Content-Security-Policy") != policy || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: headers %v", name, h)
		}
		if strings.Contains(w.Body.String(), page.token) {
			t.Errorf("%s: the answer has the token", name)
		}
	}
}

// The address gives the browser a cookie that no script and no other site gets.
func TestEntrance(t *testing.T) {
	page, _ := serving(t)
	w := ask(t, page, "GET", strings.TrimPrefix(page.URL(), "http://127.0.0.1:8123"), "", func(r *http.Request) { r.Header.Del("Authorization") })
	cookies := w.Result().Cookies()
	if len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteStrictMode || cookies[0].Value != page.token {
		t.Errorf("got %v", cookies)
	}
	if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Refresh"), "0;") {
		t.Errorf("got %d, %v", w.Code, w.Header())
	}
}

// Texts are JSON, in which nothing is markup.
func TestHostileText(t *testing.T) {
	page, _ := serving(t)
	for _, target := range []string{"/api/session", "/api/article/a1", "/api/span?article=a1&start=0&end=30"} {
		w := ask(t, page, "GET", target, "", nil)
		if kind := w.Header().Get("Content-Type"); !strings.HasPrefix(kind, "application/json") || strings.ContainsAny(w.Body.String(), "<>&") || !json.Valid(w.Body.Bytes()) {
			t.Errorf("%s: %s %s", target, kind, w.Body)
		}
	}
}

// Another tab is told of what changes.
func TestNews(t *testing.T) {
	page, server := serving(t)
	r, err := http.NewRequestWithContext(t.Context(), "GET", server.URL+"/api/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = "127.0.0.1:8123"
	r.Header.Set("Authorization", "Bearer "+page.token)
	resp, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	lines := bufio.NewReader(resp.Body)
	if line, err := lines.ReadString('\n'); err != nil || line != ": open\n" {
		t.Fatalf("got %q, %v", line, err)
	}
	w := ask(t, page, "POST", "/api/act", `{"article":"a1","rev":0,"do":[{"op":"state","value":"done"}]}`, nil)
	if w.Code != 200 || !strings.Contains(w.Body.String(), `"saved":true`) {
		t.Fatalf("got %d %s", w.Code, w.Body)
	}
	got := make(chan string, 1)
	go func() {
		for {
			line, err := lines.ReadString('\n')
			if err != nil || strings.HasPrefix(line, "data: ") {
				got <- line
				return
			}
		}
	}()
	select {
	case line := <-got:
		var x annotate.Changed
		if err := json.Unmarshal([]byte(strings.TrimPrefix(line, "data: ")), &x); err != nil || x.Article != "a1" || x.Rev == 0 {
			t.Errorf("got %q", line)
		}
	case <-time.After(10 * time.Second):
		t.Error("no news")
	}
}

// The page is in the program.
func TestPageIsThere(t *testing.T) {
	page, _ := serving(t)
	w := ask(t, page, "GET", "/", "", nil)
	if b, err := io.ReadAll(w.Body); err != nil || w.Code != 200 || !strings.Contains(strings.ToLower(string(b)), "<!doctype html>") {
		t.Errorf("got %d %s", w.Code, b)
	}
}
