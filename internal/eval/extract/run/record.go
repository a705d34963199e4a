package run

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"runtime"
	"slices"
	"time"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/schema"
)

// recordVersion is the version of the record's own form.
const recordVersion = 2

// DatasetID says which articles were asked about.
type DatasetID struct {
	Name          string `json:"name"`
	Version       string `json:"version"`
	ContentSHA256 string `json:"content_sha256"`
}

// Identity is what must be the same for a run to be taken up again: who was
// asked, with which settings, about what. It holds no secret.
type Identity struct {
	Extractor string            `json:"extractor"`
	Settings  map[string]string `json:"settings,omitempty"` // see [extract.Settings]
	Dataset   DatasetID         `json:"dataset"`
}

// Session is one stretch of a run, from its start to its end or its death.
type Session struct {
	Started time.Time         `json:"started"` // UTC
	Seconds float64           `json:"seconds"` // until its last article at least
	Asked   int               `json:"asked"`   // articles
	Options map[string]string `json:"options,omitempty"`
}

// ArticleRecord is what became of one article.
type ArticleRecord struct {
	DocID     string             `json:"doc_id"`
	Status    string             `json:"status"`     // "done", or the kind of failure
	Attempts  int                `json:"attempts"`   // 0 when not known any more
	LatencyMS float64            `json:"latency_ms"` // of the last asking, all its tries
	Session   int                `json:"session"`    // 0-based
	AtMS      float64            `json:"at_ms"`      // when it was written, from the start of the session
	Tokens    *extract.Tokens    `json:"tokens,omitempty"`
	NoUsage   bool               `json:"no_usage,omitempty"` // a model answered without saying what it used
	Alignment *extract.Placement `json:"alignment,omitempty"`
	Placed    []extract.Placed   `json:"unplaced,omitempty"` // without a place, or with one that is not exact
	Repair    string             `json:"repair,omitempty"`   // "mended" or "failed": a model was asked to mend its answer
	Error     string             `json:"error,omitempty"`
}

// statusDone is the status of an article that was answered.
const statusDone = "done"

// Latency sums up how long articles took, in milliseconds, by nearest rank:
// the least value that at least p per cent of the articles do not exceed.
type Latency struct {
	P50 float64 `json:"p50"`
	P90 float64 `json:"p90"`
	P99 float64 `json:"p99"`
	Max float64 `json:"max"`
}

// Record says how a run went. It holds times and so is no result: two runs
// with the same predictions have different records.
type Record struct {
	RecordVersion int    `json:"record_version"`
	Tool          string `json:"tool"`
	Go            string `json:"go"`
	Platform      string `json:"platform"`
	Identity
	Output   string    `json:"output"`
	Sessions []Session `json:"sessions"`

	Articles          int               `json:"articles"`
	Failed            int               `json:"failed"`
	FailedByKind      map[string]int    `json:"failed_by_kind,omitempty"`
	AskedAgain        int               `json:"asked_again"` // articles that took more than one try
	Attempts          int               `json:"attempts"`
	Tokens            *extract.Tokens   `json:"tokens,omitempty"`
	Repairs           map[string]int    `json:"repairs,omitempty"`       // articles whose answer a model mended, or failed to
	WithoutUsage      int               `json:"without_usage,omitempty"` // articles
	Alignment         extract.Placement `json:"alignment"`
	Latency           *Latency          `json:"latency_ms,omitempty"`
	Seconds           float64           `json:"seconds"` // all sessions
	ArticlesPerSecond float64           `json:"articles_per_second"`

	latencies []float64
}

func newRecord(id Identity, output string) *Record {
	return &Record{RecordVersion: recordVersion, Tool: "mizan " + schema.ToolVersion, Go: runtime.Version(),
		Platform: runtime.GOOS + "/" + runtime.GOARCH, Identity: id, Output: output}
}

// add counts one article.
func (r *Record) add(a *ArticleRecord) {
	r.Articles++
	r.Attempts += a.Attempts
	if a.Attempts > 1 {
		r.AskedAgain++
	}
	if a.Status != statusDone {
		r.Failed++
		if r.FailedByKind == nil {
			r.FailedByKind = map[string]int{}
		}
		r.FailedByKind[a.Status]++
	}
	if a.Tokens != nil {
		if r.Tokens == nil {
			r.Tokens = &extract.Tokens{}
		}
		r.Tokens.Add(*a.Tokens)
	}
	if a.NoUsage {
		r.WithoutUsage++
	}
	if a.Repair != "" {
		if r.Repairs == nil {
			r.Repairs = map[string]int{}
		}
		r.Repairs[a.Repair]++
	}
	if a.Alignment != nil {
		r.Alignment.Add(*a.Alignment)
	}
	if a.Attempts > 0 {
		r.latencies = append(r.latencies, a.LatencyMS)
		if a.Session < len(r.Sessions) {
			s := &r.Sessions[a.Session]
			s.Asked++
			s.Seconds = max(s.Seconds, a.AtMS/1000)
		}
	}
}

// finish computes what rests on all articles.
func (r *Record) finish() {
	r.Seconds = 0
	asked := 0
	for i := range r.Sessions {
		s := &r.Sessions[i]
		r.Seconds += s.Seconds
		asked += s.Asked
		s.Seconds = round(s.Seconds)
	}
	if r.ArticlesPerSecond = 0; r.Seconds > 0 {
		r.ArticlesPerSecond = round(float64(asked) / r.Seconds)
	}
	r.Seconds = round(r.Seconds)
	if n := len(r.latencies); n > 0 {
		sorted := slices.Sorted(slices.Values(r.latencies))
		rank := func(p int) float64 { return sorted[(n*p+99)/100-1] }
		r.Latency = &Latency{P50: rank(50), P90: rank(90), P99: rank(99), Max: sorted[n-1]}
	}
}

// round keeps three decimals.
func round(x float64) float64 { return math.Round(x*1000) / 1000 }

func milliseconds(d time.Duration) float64 { return round(d.Seconds() * 1000) }

// Summary is one line on how the run went, and one each on the places of spans
// and on tokens where there is something to say. It tells no times.
func (r *Record) Summary() []string {
	t := Tally{Articles: r.Articles, Failed: r.Failed, Retried: r.AskedAgain, ByKind: map[extract.Kind]int{}}
	for k, n := range r.FailedByKind {
		t.ByKind[extract.Kind(k)] = n
	}
	lines := []string{fmt.Sprintf("%s: %s, predictions in %s", r.Extractor, t, r.Output)}
	lines = append(lines, r.Alignment.Lines()...)
	if n := r.Repairs["mended"] + r.Repairs["failed"]; n > 0 {
		lines = append(lines, fmt.Sprintf("answers that could not be read: %d asked for again, %d mended", n, r.Repairs["mended"]))
	}
	if r.Tokens != nil || r.WithoutUsage > 0 {
		tokens := cmp.Or(r.Tokens, &extract.Tokens{})
		line := fmt.Sprintf("tokens: %d read, %d written", tokens.Prompt, tokens.Completion)
		if r.WithoutUsage > 0 {
			line += fmt.Sprintf("; not known for %d articles", r.WithoutUsage)
		}
		lines = append(lines, line)
	}
	return lines
}

// WriteJSON writes the record without its articles, indented.
func (r *Record) WriteJSON(w io.Writer) error {
	b, err := json.MarshalIndent(r, "", "  ")
	if err == nil {
		_, err = w.Write(append(b, '\n'))
	}
	return err
}
