package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
)

func init() {
	Register(Renderer{Name: "csv", Title: "one row a figure, all digits (RFC 4180)", Render: CSV})
}

// CSV writes a header and one row a figure, with every digit that there is. What
// is undefined is an empty cell. A slice is a JSON object. The signature stands in
// every row, so that rows of several results can be put together; warnings are
// not in this form.
func CSV(w io.Writer, measured any, view View) error {
	table, err := tableOf(measured, view)
	if err != nil {
		return err
	}
	t := &csvTable{}
	t.text(table.header...)
	t.end()
	for _, record := range table.records {
		for _, v := range record {
			t.value(v)
		}
		t.end()
	}
	_, err = io.WriteString(w, t.b.String())
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

// value writes one value of a record, see [table].
func (t *csvTable) value(v any) {
	switch v := v.(type) {
	case nil:
		t.cell("")
	case string:
		t.text(v)
	case float64:
		t.cell(strconv.FormatFloat(v, 'g', -1, 64))
	case *float64:
		if v == nil {
			t.cell("")
		} else {
			t.value(*v)
		}
	case *[2]float64:
		if v == nil {
			t.text("", "")
		} else {
			t.value(v[0])
			t.value(v[1])
		}
	default:
		panic(fmt.Sprintf("report: a value of type %T in a record", v))
	}
}

func (t *csvTable) end() {
	t.b.WriteString("\r\n")
	t.started = false
}
