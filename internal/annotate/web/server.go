// Package web is the page of dataset annotate: an API of JSON over package annotate,
// and the files of the page, embedded. It answers this machine only, and only who has
// the token that the program printed.
package web

import (
	"crypto/rand"
	"crypto/subtle"
	"embed"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/annotate"
)

//go:embed assets
var assets embed.FS

// policy lets the page load nothing but its own files and speak to nobody else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// mostBody bounds what a page may send, in bytes.
const mostBody = 8 << 20

// cookieName is the name of the cookie that has the token. Cookies do not tell ports
// apart, so the port is part of it.
func (s *Server) cookieName() string { return "dataset-annotate-" + s.port }

// Server answers the page of one session.
type Server struct {
	session *annotate.Session
	token   string
	port    string
	mux     *http.ServeMux
}

// New is a server for the session on a port.
func New(session *annotate.Session, port int) *Server {
	s := &Server{session: session, token: newToken(), port: strconv.Itoa(port), mux: http.NewServeMux()}
	files, err := fs.Sub(assets, "assets")
	if err != nil {
		panic(err) // embedded at build time
	}
	s.mux.Handle("GET /", http.FileServerFS(files))
	s.routes()
	return s
}

func newToken() string {
	b := make([]byte, 24)
	_, _ = rand.Read(b) // never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

// URL is where the page is, with the token.
func (s *Server) URL() string { return "http://127.0.0.1:" + s.port + "/?token=" + s.token }

// ServeHTTP answers a request of this machine with the token.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	if !s.ours(r.Host) {
		fail(w, http.StatusMisdirectedRequest, "this server answers 127.0.0.1:"+s.port+" only", "")
		return
	}
	if origin := r.Header.Get("Origin"); origin != "" && !(strings.HasPrefix(origin, "http://") && s.ours(strings.TrimPrefix(origin, "http://"))) {
		fail(w, http.StatusForbidden, "the request comes from another page", "")
		return
	}
	if site := r.Header.Get("Sec-Fetch-Site"); site == "cross-site" && r.Method != http.MethodGet {
		fail(w, http.StatusForbidden, "the request comes from another site", "")
		return
	}
	if r.Method == http.MethodGet && r.URL.Path == "/" && r.URL.Query().Has("token") {
		s.enter(w, r)
		return
	}
	if !s.known(r) {
		fail(w, http.StatusUnauthorized, "found no token, expected that of the address which the program printed", "open that address")
		return
	}
	s.mux.ServeHTTP(w, r)
}

// ours reports whether a host is this server's.
func (s *Server) ours(host string) bool {
	name, port, err := net.SplitHostPort(host)
	return err == nil && port == s.port && (name == "127.0.0.1" || name == "localhost")
}

// enter gives the browser the token as a cookie, so that the address has it no more.
func (s *Server) enter(w http.ResponseWriter, r *http.Request) {
	if !s.is(r.URL.Query().Get("token")) {
		fail(w, http.StatusUnauthorized, "found another token than this program's", "open the address that the program printed last")
		return
	}
	http.SetCookie(w, &http.Cookie{Name: s.cookieName(), Value: s.token, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
	// A redirect after a click on another program's link carries no strict cookie:
	// the page asks once more by itself.
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Refresh", "0; url=/")
	fmt.Fprint(w, "<!doctype html><link rel=\"icon\" href=\"data:,\"><title>dataset annotate</title><p><a href=\"/\">…</a></p>")
}

func (s *Server) is(token string) bool {
	return subtle.ConstantTimeCompare([]byte(token), []byte(s.token)) == 1
}

func (s *Server) known(r *http.Request) bool {
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return s.is(bearer)
	}
	c, err := r.Cookie(s.cookieName())
	return err == nil && s.is(c.Value)
}

// failure is an error as JSON.
type failure struct {
	Error   string                `json:"error"`
	Hint    string                `json:"hint"`
	Article *annotate.ArticleView `json:"article,omitempty"`
}

func fail(w http.ResponseWriter, status int, message, hint string) {
	reply(w, status, failure{Error: message, Hint: hint})
}

// failed answers with an error of the session.
func (s *Server) failed(w http.ResponseWriter, err error, docID string) {
	f := failure{Error: err.Error()}
	var hinted interface{ Hint() string }
	if errors.As(err, &hinted) {
		f.Hint = hinted.Hint()
	}
	var refused *annotate.RefusedError
	var stale *annotate.StaleError
	var missing *annotate.NotFoundError
	status := http.StatusInternalServerError
	switch {
	case errors.As(err, &refused):
		status = http.StatusUnprocessableEntity
	case errors.As(err, &stale):
		status = http.StatusConflict
		if v, err := s.session.Article(docID); err == nil {
			f.Article = v
		}
	case errors.As(err, &missing):
		status = http.StatusNotFound
	case errors.Is(err, annotate.ErrReadOnly):
		status = http.StatusForbidden
	}
	reply(w, status, f)
}

func reply(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	enc := json.NewEncoder(w)
	_ = enc.Encode(v) // nobody is left to tell
}
