// Package report renders what was measured: scores, comparisons, gates and
// agreements. One builder a kind makes a table of it, one renderer a form
// writes that table, in bytes that depend on nothing else.
package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

// View says how something is shown where there is a choice.
type View struct {
	Ratio     string // of a comparison: "precision", "recall" or "f1", which "" is too
	ByArticle bool   // of agreements: one row an article below each figure
	Classes   bool   // of scores: the classes of each metric and the means over them
	Bold      bool   // best figures in bold; for terminals
	// HubDataset is of [Hub] the dataset on the hub that was scored on, OWNER/NAME.
	HubDataset string
	System     string // of [Task] what was scored
}

// Renderer writes what was measured in one form.
type Renderer struct {
	Name  string // "text", "json", …
	Title string
	// Render writes a [*scoring.Result], a [*scoring.Comparison], a
	// [*scoring.Gate] or a list of [NamedAgreement]. What the form cannot
	// show is an [UnfitError].
	Render func(w io.Writer, measured any, view View) error
}

// UnfitError says that a form does not show that kind.
type UnfitError struct{ Form, For, Found string }

func (e *UnfitError) Error() string {
	return fmt.Sprintf("the form %s is for %s, found %s", e.Form, e.For, e.Found)
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
	return slices.SortedFunc(maps.Values(renderers), func(a, b Renderer) int { return strings.Compare(a.Name, b.Name) })
}

// Lookup finds a renderer by name.
func Lookup(name string) (Renderer, error) {
	if r, ok := renderers[name]; ok {
		return r, nil
	}
	return Renderer{}, fmt.Errorf("unknown report form %q; known: %s", name, strings.Join(slices.Sorted(maps.Keys(renderers)), ", "))
}

func init() {
	Register(Renderer{Name: "json", Title: "the result itself, indented", Render: JSON})
}

// JSON writes the canonical form, indented, with a final newline.
func JSON(w io.Writer, measured any, _ View) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(measured)
}

// KindOf names the kind of what was measured.
func KindOf(measured any) string {
	switch measured.(type) {
	case *scoring.Result:
		return "a score"
	case *scoring.Comparison:
		return "a comparison"
	case *scoring.Gate:
		return "a gate"
	case []NamedAgreement:
		return "an agreement"
	}
	return fmt.Sprintf("%T", measured)
}

// Read reads back what [JSON] wrote, of any kind, and refuses other versions.
func Read(r io.Reader) (any, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("[")) {
		return readAgreements(text)
	}
	var has struct{ Comparison, Gate int }
	probe := map[string]*int{"comparison_version": &has.Comparison, "gate_version": &has.Gate}
	var fields map[string]json.RawMessage
	if json.Unmarshal(text, &fields) == nil {
		for name, version := range probe {
			if json.Unmarshal(fields[name], version) != nil {
				*version = 0
			}
		}
	}
	switch {
	case has.Comparison != 0:
		return scoring.ReadComparison(bytes.NewReader(text))
	case has.Gate != 0:
		return scoring.ReadGate(bytes.NewReader(text))
	}
	return scoring.ReadResult(bytes.NewReader(text))
}
