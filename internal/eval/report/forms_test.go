package report

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/report/figures"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

// hostileNames are class names that try to be something else in some form.
var hostileNames = []string{
	"PER", "شخص", "a|b", "a\\|b", "two\nlines", "cr\r\nlf", `say "x"`, "=cmd|' /C calc'!A0", "+1", "-1", "@someone", "'=x",
	"`code`", "*bold*", "<script>alert(1)</script>", "&amp;", "\x1b[31mred", "\u202eevil", "a,b;c", " edge ", "#12", "https://example.org",
	"]]>", "::error::x", "%0A", "\x00",
}

func ptr(v float64) *float64 { return &v }

func hostileResult(names []string) *scoring.Result {
	r := &scoring.Result{
		Version: scoring.ResultVersion, Articles: 2,
		Signature: scoring.Signature{Dataset: "d@1.0.0", ContentHash: "0123456789abcdef", Metrics: []string{"mentions.strict"}, Level: 0.95, Method: "bca"},
		Warnings:  []string{"one | two\nand @someone, see <b>https://example.org</b>"},
	}
	iv := &eval.FigureInterval{Level: 0.95, Method: "bca", F1: &[2]float64{0.25, 0.75}}
	r.Metrics = append(r.Metrics, eval.Figure{
		Name: "mentions.strict", Slice: map[string]string{}, Correct: eval.Credit{Precision: 1, Recall: 1}, Predicted: 2, Gold: 3,
		Precision: ptr(0.5), Recall: ptr(1.0 / 3), F1: ptr(0.4), Interval: iv, Ceiling: ptr(0.875),
	})
	for _, n := range names {
		r.Metrics = append(r.Metrics, eval.Figure{Name: "mentions.strict", Class: n, Slice: map[string]string{}, Gold: 1, Recall: ptr(0), F1: ptr(0)})
	}
	r.Metrics = append(r.Metrics, eval.Figure{Name: "mentions.strict", Average: "macro", Slice: map[string]string{}, F1: ptr(0.2)})
	for _, n := range names {
		r.Metrics = append(r.Metrics, eval.Figure{Name: "mentions.strict", Slice: map[string]string{"outlet": n}})
	}
	return r
}

func rendered(t interface{ Fatal(...any) }, form string, r *scoring.Result) string {
	renderer, err := Lookup(form)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := renderer.Render(&b, r, View{Classes: true}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFormsAreStable(t *testing.T) {
	r := hostileResult(hostileNames)
	for form, file := range map[string]string{"text": "hostile.txt", "markdown": "hostile.md", "csv": "hostile.csv", "junit": "hostile.xml", "json": "hostile.json"} {
		checkGolden(t, file, []byte(rendered(t, form, r)))
	}
}

// hostileName draws strings out of what is special somewhere.
var hostileName = rapid.StringOfN(rapid.SampledFrom([]rune("ab |\\`\"'<>&*_~[]()#@=+-,;:%\n\r\t\x00\x1b\u202e\u2028شّ")), 1, 12, -1)

func TestCSVGivesTheNamesBack(t *testing.T) {
	check := func(t interface {
		Fatal(...any)
		Fatalf(string, ...any)
	}, names []string) {
		r := hostileResult(names)
		out := rendered(t, "csv", r)
		// encoding/csv reads CRLF inside a quoted cell as LF.
		rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) != len(r.Metrics)+1 {
			t.Fatalf("%d rows for %d figures", len(rows), len(r.Metrics))
		}
		for i, f := range r.Metrics {
			row := rows[i+1]
			name := row[1]
			if strings.ContainsAny(name[:min(1, len(name))], "=+-@\t\r\n") {
				t.Fatalf("%q is a formula to a spreadsheet", name)
			}
			if got := strings.TrimPrefix(name, "'"); got != strings.ReplaceAll(f.Class, "\r\n", "\n") {
				t.Fatalf("class %q, expected %q", got, f.Class)
			}
		}
	}
	check(t, hostileNames)
	rapid.Check(t, func(t *rapid.T) { check(t, rapid.SliceOfN(hostileName, 0, 4).Draw(t, "names")) })
}

func TestCSVIsRFC4180(t *testing.T) {
	out := rendered(t, "csv", hostileResult([]string{"PER"}))
	lines := strings.SplitAfter(out, "\r\n")
	if lines[0] != strings.Join(scoreHeader, ",")+"\r\n" || lines[len(lines)-1] != "" {
		t.Errorf("%q", lines)
	}
	if strings.Count(strings.ReplaceAll(out, "\r\n", ""), "\n") != 0 {
		t.Error("a line ends without CR")
	}
	// All digits: 1/3 is written so that it reads back to the same number.
	if !strings.Contains(lines[1], ",0.5,0.3333333333333333,0.4,0.95,bca,,,,,0.25,0.75,0.875,2,") {
		t.Errorf("%q", lines[1])
	}
	if !strings.Contains(lines[2], "mentions.strict,PER,,,0,0,0,1,,0,0,,,,,,,,,,2,") {
		t.Errorf("%q", lines[2])
	}
}

var codeSpan = regexp.MustCompile("`[^`\n]*`|<code>[^<\n]*</code>")

func TestMarkdownStaysATable(t *testing.T) {
	check := func(t interface {
		Fatal(...any)
		Fatalf(string, ...any)
	}, names []string) {
		r := hostileResult(names)
		for _, n := range names { // a stored result may say anything
			if n != "" {
				r.Metrics = append(r.Metrics, eval.Figure{Name: "mentions.strict", Average: n, Slice: map[string]string{}})
			}
		}
		out := rendered(t, "markdown", r)
		rows := 0
		for line := range strings.Lines(out) {
			if !strings.HasPrefix(line, "|") {
				continue
			}
			rows++
			if got := strings.Count(line, "|"); got != 10 {
				t.Fatalf("%d bars in %q, expected 10", got, line)
			}
		}
		// A head and a line below it in every table.
		tables := len(figures.Blocks(r.Metrics))
		if rows != len(r.Metrics)+2*tables {
			t.Fatalf("%d rows for %d figures in %d tables\n%s", rows, len(r.Metrics), tables, out)
		}
		rest := codeSpan.ReplaceAllString(out, "")
		for _, bad := range []string{"<script", "@s", "<b>", "://"} {
			if strings.Contains(rest, bad) {
				t.Fatalf("%q stands outside code:\n%s", bad, rest)
			}
		}
	}
	check(t, hostileNames)
	rapid.Check(t, func(t *rapid.T) { check(t, rapid.SliceOfN(hostileName, 0, 4).Draw(t, "names")) })
}

func TestTextCannotSpeakToTheTerminal(t *testing.T) {
	out := rendered(t, "text", hostileResult(hostileNames))
	for _, r := range out {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			t.Fatalf("%U in the text", r)
		}
	}
}

func TestJUnitIsXML(t *testing.T) {
	check := func(t interface {
		Fatal(...any)
		Fatalf(string, ...any)
	}, names []string) {
		r := hostileResult(names)
		var suites struct {
			Suite struct {
				Tests   int `xml:"tests,attr"`
				Skipped int `xml:"skipped,attr"`
				Cases   []struct {
					Name    string    `xml:"name,attr"`
					Skipped *struct{} `xml:"skipped"`
				} `xml:"testcase"`
			} `xml:"testsuite"`
		}
		if err := xml.Unmarshal([]byte(rendered(t, "junit", r)), &suites); err != nil {
			t.Fatal(err)
		}
		s := suites.Suite
		if s.Tests != len(r.Metrics) || len(s.Cases) != s.Tests || s.Skipped != len(names) {
			t.Fatalf("%d tests, %d cases, %d skipped", s.Tests, len(s.Cases), s.Skipped)
		}
		for i, n := range names {
			want := strings.Map(func(r rune) rune {
				if r < ' ' && r != '\n' && r != '\t' && r != '\r' {
					return unicode.ReplacementChar // not allowed in XML 1.0
				}
				return r
			}, "f1["+n+"]")
			if got := s.Cases[i+1].Name; got != want {
				t.Fatalf("case %q, expected %q", got, want)
			}
		}
	}
	check(t, hostileNames)
	rapid.Check(t, func(t *rapid.T) { check(t, rapid.SliceOfN(hostileName, 0, 4).Draw(t, "names")) })
}

func TestLookupNamesTheForms(t *testing.T) {
	if _, err := Lookup("pdf"); err == nil || !strings.Contains(err.Error(), "csv") || !strings.Contains(err.Error(), "markdown") {
		t.Errorf("error %v", err)
	}
}
