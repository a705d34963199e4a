package report

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/eval"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

func init() {
	Register(Renderer{Name: "csv", Title: "one row a figure, all digits (RFC 4180)", Render: CSV})
}

// csvHeader is stable: columns are only ever added at the end.
var csvHeader = []string{
	"metric", "class", "average", "slice",
	"correct_precision", "predicted", "correct_recall", "gold",
	"precision", "recall", "f1",
	"interval_level", "interval_method",
	"precision_low", "precision_high", "recall_low", "recall_high", "f1_low", "f1_high",
	"ceiling", "articles", "signature",
}

// CSV writes a header and one row a figure, with every digit that the result
// has. What is undefined, and the counts of a mean, are empty cells. A slice is
// a JSON object. The signature stands in every row, so that rows of several
// results can be put together; warnings are not in this form.
func CSV(w io.Writer, r *scoring.Result) error {
	t := &csvTable{}
	t.header(csvHeader)
	signature := r.Signature.String()
	for i := range r.Metrics {
		f := &r.Metrics[i]
		t.text(f.Name, f.Class, f.Average, sliceJSON(f.Slice))
		if f.Average == "" {
			t.float(f.Correct.Precision, f.Predicted, f.Correct.Recall, f.Gold)
		} else {
			t.text("", "", "", "")
		}
		t.optional(f.Precision, f.Recall, f.F1)
		iv := f.Interval
		if iv == nil {
			t.text("", "")
			iv = &eval.FigureInterval{}
		} else {
			t.float(iv.Level)
			t.text(iv.Method)
		}
		t.ends(iv.Precision)
		t.ends(iv.Recall)
		t.ends(iv.F1)
		t.optional(f.Ceiling)
		t.float(float64(r.Articles))
		t.text(signature)
		t.end()
	}
	_, err := io.WriteString(w, t.b.String())
	return err
}

// sliceJSON is the slice as a JSON object with sorted keys, "" for none.
func sliceJSON(slice map[string]string) string {
	if len(slice) == 0 {
		return ""
	}
	b, err := json.Marshal(slice)
	if err != nil {
		return ""
	}
	return string(b)
}

// csvTable writes CSV after RFC 4180: lines end with CRLF, cells with a comma,
// quote or line break are quoted. encoding/csv is not used because it changes
// line breaks inside cells.
type csvTable struct {
	b       strings.Builder
	started bool // whether the line has a cell
}

func (t *csvTable) header(names []string) {
	t.text(names...)
	t.end()
}

func (t *csvTable) cell(s string) {
	if t.started {
		t.b.WriteByte(',')
	}
	t.started = true
	if strings.ContainsAny(s, ",\"\r\n") || s != strings.TrimSpace(s) {
		s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	t.b.WriteString(s)
}

// text writes names that come from data. A spreadsheet takes a cell that begins
// with = + - @, a tab or a carriage return for a formula, so a quote ' is put
// before these, and before a quote itself: who reads the file takes one leading
// quote off and has the name.
func (t *csvTable) text(cells ...string) {
	for _, s := range cells {
		if s != "" && strings.ContainsRune("=+-@\t\r\n'", rune(s[0])) {
			s = "'" + s
		}
		t.cell(s)
	}
}

func (t *csvTable) float(values ...float64) {
	for _, v := range values {
		t.cell(strconv.FormatFloat(v, 'g', -1, 64))
	}
}

func (t *csvTable) optional(values ...*float64) {
	for _, v := range values {
		if v == nil {
			t.cell("")
		} else {
			t.float(*v)
		}
	}
}

func (t *csvTable) ends(v *[2]float64) {
	if v == nil {
		t.text("", "")
	} else {
		t.float(v[0], v[1])
	}
}

func (t *csvTable) end() {
	t.b.WriteString("\r\n")
	t.started = false
}
