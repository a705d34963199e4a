// Package report renders results: one file a form. A renderer reads an
// [eval.Result] and writes bytes that depend on nothing else.
package report

import (
	"fmt"
	"io"
	"sort"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

// Renderer writes a result in one form.
type Renderer struct {
	Name   string // "text", "json", …
	Title  string
	Render func(w io.Writer, r *scoring.Result) error
}

var renderers = map[string]Renderer{}

// Register adds a renderer; it panics when the name is taken.
func Register(r Renderer) {
	if _, ok := renderers[r.Name]; ok {
		panic("report: renderer " + r.Name + " registered twice")
	}
	renderers[r.Name] = r
}

// All lists the renderers by name.
func All() []Renderer {
	names := make([]string, 0, len(renderers))
	for name := range renderers {
		names = append(names, name)
	}
	sort.Strings(names)
	out := make([]Renderer, len(names))
	for i, name := range names {
		out[i] = renderers[name]
	}
	return out
}

// Lookup finds a renderer by name.
func Lookup(name string) (Renderer, error) {
	if r, ok := renderers[name]; ok {
		return r, nil
	}
	var names []string
	for _, r := range All() {
		names = append(names, r.Name)
	}
	return Renderer{}, fmt.Errorf("unknown report form %q; known: %s", name, strings.Join(names, ", "))
}

func init() {
	Register(Renderer{Name: "json", Title: "the result itself, indented", Render: func(w io.Writer, r *scoring.Result) error {
		return r.WriteJSON(w)
	}})
}
