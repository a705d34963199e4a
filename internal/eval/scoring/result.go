package scoring

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/analysis"
)

// ResultVersion is the version of the result's JSON form.
const ResultVersion = 1

// Result is a finished evaluation: what `dataset score --json` prints and
// what every renderer renders.
type Result struct {
	Version   int           `json:"result_version"`
	Signature Signature     `json:"signature"`
	Articles  int           `json:"articles"`
	Metrics   []eval.Figure `json:"metrics"`
	Warnings  []string      `json:"warnings"`
	// Unclaimed names the metrics about kinds of labels of which the predictions hold
	// none, as links where no mention has the id of an actor.
	Unclaimed []string          `json:"unclaimed,omitempty"`
	Mapped    []MappedName      `json:"mapped,omitempty"`  // in the order of kind and name
	Details   *analysis.Details `json:"details,omitempty"` // only when asked for
}

// MappedName is how often predictions had a type or role that the signature's
// map names.
type MappedName struct {
	Kind  string `json:"kind"` // mention, event or role
	From  string `json:"from"`
	To    string `json:"to"` // "-" where it was not judged
	Items int    `json:"items"`
}

// Find is the figure of that metric and class over all articles, or nil.
func (r *Result) Find(name, class string) *eval.Figure {
	for i := range r.Metrics {
		f := &r.Metrics[i]
		if f.Name == name && f.Class == class && f.Average == "" && len(f.Slice) == 0 {
			return f
		}
	}
	return nil
}

// WriteJSON writes the result's canonical JSON, indented, with a final newline.
func (r *Result) WriteJSON(w io.Writer) error { return writeIndented(w, r) }

// ReadResult reads a result back and refuses other versions of its form.
func ReadResult(r io.Reader) (*Result, error) {
	var res Result
	if err := json.NewDecoder(r).Decode(&res); err != nil {
		return nil, fmt.Errorf("result: %w", err)
	}
	return &res, checkVersion("result", res.Version, ResultVersion)
}

func checkVersion(what string, found, expected int) error {
	if found != expected {
		return fmt.Errorf("%s: version %d, expected %d", what, found, expected)
	}
	return nil
}

// unclaimed notes the metrics that say nothing of the predictions, with a warning
// for each kind of label that these do not hold.
func (r *Result) unclaimed(scorer *eval.Scorer, metrics []*eval.Metric) {
	byKind := map[eval.Claims][]string{}
	var kinds []eval.Claims
	for _, m := range metrics {
		if scorer.Claims(m) {
			continue
		}
		if byKind[m.Claims] == nil {
			kinds = append(kinds, m.Claims)
		}
		byKind[m.Claims] = append(byKind[m.Claims], m.Name)
		r.Unclaimed = append(r.Unclaimed, m.Name)
	}
	for _, k := range kinds {
		r.Warnings = append(r.Warnings, fmt.Sprintf("the predictions hold no %s: nothing is said of %s", k, strings.Join(byKind[k], ", ")))
	}
}

// Claims reports whether the predictions hold any label of the kind that the
// figure is about.
func (r *Result) Claims(f *eval.Figure) bool { return !slices.Contains(r.Unclaimed, f.Name) }
