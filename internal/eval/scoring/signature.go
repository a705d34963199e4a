package scoring

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// Signature says what a score was computed from and how. It is printed under
// every score; two results may be compared only if their signatures agree
// (after Post 2018, "A call for clarity in reporting BLEU scores").
type Signature struct {
	Dataset     string `json:"dataset"`      // name@version
	ContentHash string `json:"content_hash"` // of the release, lower-case hex
	Schema      string `json:"schema"`
	Ontology    string `json:"ontology"` // name@version
	// OntologyHash is of the ontology's canonical form, lower-case hex; "" where an
	// older release or result does not tell.
	OntologyHash string `json:"ontology_hash,omitempty"`
	Guidelines   string `json:"guidelines"`
	Split        string `json:"split"`
	// Map is the names of predictions that were mapped to the labels', A=B with
	// commas between; "" where there is no map.
	Map       string   `json:"map,omitempty"`
	Filters   []string `json:"filters"`
	Slices    []string `json:"slices"`
	Metrics   []string `json:"metrics"`
	Scheme    string   `json:"scheme"`    // how items are matched
	Undefined string   `json:"undefined"` // what a ratio without a denominator is
	// ZeroDivision is "nan" where means over classes leave out the classes whose
	// ratio is undefined, "" where these count 0.
	ZeroDivision string  `json:"zero_division,omitempty"`
	Omitted      string  `json:"omitted_articles"` // what an article without predictions counts as
	IoU          int     `json:"iou"`              // threshold of the overlap metric, per cent
	Level        float64 `json:"level"`            // of the intervals
	Method       string  `json:"interval_method"`
	Resamples    int     `json:"resamples"`
	Seed         uint64  `json:"seed"`
	Tool         string  `json:"tool"`
}

// SchemeOptimal is the toolkit's own matching.
const SchemeOptimal = "optimal-one-to-one"

// schemeOf names the ways in which the metrics match.
func schemeOf(metrics []*eval.Metric) string {
	var others []string
	own := false
	for _, m := range metrics {
		switch {
		case m.Scheme == "":
			own = true
		case !slices.Contains(others, m.Scheme):
			others = append(others, m.Scheme)
		}
	}
	if own {
		others = append([]string{SchemeOptimal}, others...)
	}
	return strings.Join(others, "+")
}

// String is the signature on one line, the metrics as a short hash of their
// names.
func (s Signature) String() string {
	sum := sha256.Sum256([]byte(strings.Join(slices.Sorted(slices.Values(s.Metrics)), "\n")))
	filters := "none"
	if len(s.Filters) > 0 {
		filters = strings.Join(s.Filters, ",")
	}
	parts := []string{
		s.Dataset + "#" + short(s.ContentHash),
		"schema:" + s.Schema,
		"ontology:" + s.Ontology + hashMark(s.OntologyHash),
		"guidelines:" + s.Guidelines,
		"split:" + s.Split,
		"filters:" + filters,
		fmt.Sprintf("metrics:%d#%s", len(s.Metrics), hex.EncodeToString(sum[:4])),
		"scheme:" + s.Scheme,
		"undefined:" + s.Undefined,
		"omitted:" + s.Omitted,
		fmt.Sprintf("iou:%d", s.IoU),
		fmt.Sprintf("interval:%s@%g", s.Method, s.Level),
		fmt.Sprintf("resamples:%d", s.Resamples),
		fmt.Sprintf("seed:%d", s.Seed),
		"tool:" + s.Tool,
	}
	if s.ZeroDivision != "" {
		parts = append(parts, "zero_division:"+s.ZeroDivision)
	}
	if s.Map != "" {
		parts = append(parts, "map:"+s.Map)
	}
	if len(s.Slices) > 0 {
		parts = append(parts, "by:"+strings.Join(s.Slices, ","))
	}
	return strings.Join(parts, "|")
}

// hashMark is the beginning of a hash after a sign, "" for none.
func hashMark(hash string) string {
	if hash == "" {
		return ""
	}
	return "#" + short(hash)
}

func short(hash string) string {
	if len(hash) > 12 {
		return hash[:12]
	}
	return hash
}

// Differences lists the fields in which two signatures disagree, each as
// "field: a, b", in a fixed order; none means the results can be compared.
func (s Signature) Differences(t Signature) []string {
	var out []string
	add := func(field string, a, b any) {
		if x, y := fmt.Sprint(a), fmt.Sprint(b); x != y {
			out = append(out, fmt.Sprintf("%s: %s, %s", field, x, y))
		}
	}
	add("dataset", s.Dataset, t.Dataset)
	add("content hash", s.ContentHash, t.ContentHash)
	add("schema", s.Schema, t.Schema)
	if s.OntologyHash == "" || t.OntologyHash == "" {
		add("ontology", s.Ontology, t.Ontology)
	} else {
		add("ontology", s.Ontology+hashMark(s.OntologyHash), t.Ontology+hashMark(t.OntologyHash))
	}
	add("guidelines", s.Guidelines, t.Guidelines)
	add("split", s.Split, t.Split)
	add("map", s.Map, t.Map)
	add("filters", s.Filters, t.Filters)
	add("slices", s.Slices, t.Slices)
	add("metrics", s.Metrics, t.Metrics)
	add("scheme", s.Scheme, t.Scheme)
	add("undefined", s.Undefined, t.Undefined)
	add("zero division", cmp.Or(s.ZeroDivision, "0"), cmp.Or(t.ZeroDivision, "0"))
	add("omitted articles", s.Omitted, t.Omitted)
	add("iou", s.IoU, t.IoU)
	add("level", s.Level, t.Level)
	add("interval method", s.Method, t.Method)
	add("resamples", s.Resamples, t.Resamples)
	add("seed", s.Seed, t.Seed)
	add("tool", s.Tool, t.Tool)
	return out
}
