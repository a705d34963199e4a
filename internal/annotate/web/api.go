package web

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"strconv"
	"time"

	"github.com/mizan-corpus/mizan/internal/annotate"
)

func (s *Server) routes() {
	s.mux.HandleFunc("GET /api/session", s.get(func(*http.Request) (any, error) { return s.session.Overview() }))
	s.mux.HandleFunc("GET /api/article/{id}", s.get(func(r *http.Request) (any, error) { return s.session.Article(r.PathValue("id")) }))
	s.mux.HandleFunc("GET /api/actors", s.get(func(r *http.Request) (any, error) { return s.session.Actors(r.URL.Query().Get("q")), nil }))
	s.mux.HandleFunc("GET /api/span", s.get(s.span))
	s.mux.HandleFunc("POST /api/act", post(s, func(r *annotate.Request) (any, error) { return s.session.Act(*r) }))
	s.mux.HandleFunc("POST /api/undo", post(s, func(r *annotate.Request) (any, error) { return s.session.Undo(*r) }))
	s.mux.HandleFunc("POST /api/redo", post(s, func(r *annotate.Request) (any, error) { return s.session.Redo(*r) }))
	s.mux.HandleFunc("POST /api/settle", post(s, func(r *settleRequest) (any, error) { return s.session.Settle(r.Request, r.Take) }))
	s.mux.HandleFunc("POST /api/same", post(s, func(r *annotate.SameRequest) (any, error) { return s.session.Same(*r) }))
	s.mux.HandleFunc("POST /api/suggestion", post(s, func(r *annotate.VerdictRequest) (any, error) { return s.session.Judge(*r) }))
	s.mux.HandleFunc("GET /api/review/{id}", s.get(func(r *http.Request) (any, error) { return s.session.Review(r.PathValue("id")) }))
	s.mux.HandleFunc("POST /api/review", post(s, func(r *annotate.ReviewRequest) (any, error) { return s.session.Decide(*r) }))
	s.mux.HandleFunc("GET /api/hoppers", s.get(func(*http.Request) (any, error) { return s.session.Hoppers(), nil }))
	s.mux.HandleFunc("GET /api/events", s.events)
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		s.mux.HandleFunc(method+" /api/", func(w http.ResponseWriter, r *http.Request) {
			fail(w, http.StatusNotFound, "no such request: "+method+" "+r.URL.Path, "")
		})
	}
}

type settleRequest struct {
	annotate.Request
	Take string `json:"take"` // "mine" or "theirs"
}

// articleOf is the article that a request is about, "" for none.
func articleOf(v any) string {
	if a, ok := v.(interface{ ArticleID() string }); ok {
		return a.ArticleID()
	}
	return ""
}

// get answers with what f finds.
func (s *Server) get(f func(*http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, err := f(r)
		if err != nil {
			s.failed(w, err, "")
			return
		}
		reply(w, http.StatusOK, v)
	}
}

// post reads a request of JSON and answers with what f does.
func post[T any](s *Server, f func(*T) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
			fail(w, http.StatusUnsupportedMediaType, fmt.Sprintf("found the content type %q, expected application/json", r.Header.Get("Content-Type")), "")
			return
		}
		var v T
		d := json.NewDecoder(http.MaxBytesReader(w, r.Body, mostBody))
		d.DisallowUnknownFields()
		if err := d.Decode(&v); err != nil {
			fail(w, http.StatusBadRequest, "the request cannot be read: "+err.Error(), "")
			return
		}
		answer, err := f(&v)
		if err != nil {
			s.failed(w, err, articleOf(&v))
			return
		}
		reply(w, http.StatusOK, answer)
	}
}

func (s *Server) span(r *http.Request) (any, error) {
	q := r.URL.Query()
	start, err1 := strconv.ParseInt(q.Get("start"), 10, 32)
	end, err2 := strconv.ParseInt(q.Get("end"), 10, 32)
	if err1 != nil || err2 != nil {
		return nil, &annotate.RefusedError{Message: "start and end: expected code points of the text"}
	}
	return s.session.Span(q.Get("article"), int32(start), int32(end))
}

// heartbeat is how often a line without news tells that the stream is alive.
const heartbeat = 15 * time.Second

// events streams what changes, in the form of EventSource.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	news, stop := s.session.Watch()
	defer stop()
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	send := func(line string) bool {
		_, err := fmt.Fprint(w, line)
		return err == nil && out.Flush() == nil
	}
	if !send(": open\n\n") {
		return
	}
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	for {
		select {
		case <-r.Context().Done():
			return
		case <-tick.C:
			if !send(": alive\n\n") {
				return
			}
		case x, ok := <-news:
			b, err := json.Marshal(x)
			if !ok || err != nil || !send("data: "+string(b)+"\n\n") {
				return
			}
		}
	}
}
