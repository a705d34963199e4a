package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/report/figures"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/internal/wording"
)

func init() {
	Register(Renderer{Name: "junit", Title: "one test case a figure of a score or condition of a gate", Render: JUnit})
}

// JUnit writes test cases, so that a build server keeps the figures beside its
// tests. There is no clock in it: time is 0.
func JUnit(w io.Writer, measured any, _ View) error {
	switch v := measured.(type) {
	case *scoring.Result:
		return scoreJUnit(w, v)
	case *scoring.Gate:
		return gateJUnit(w, v)
	}
	return &UnfitError{"junit", "scores and gates", KindOf(measured)}
}

// scoreJUnit writes one passing test case a figure. A figure without F1 is
// skipped.
func scoreJUnit(w io.Writer, r *scoring.Result) error {
	suite := junitSuite{Name: "dataset score", Properties: signatureProperties(r.Signature), Output: cutLines(r.Warnings)}
	for i := range r.Metrics {
		f := &r.Metrics[i]
		name := "f1"
		switch {
		case f.Average != "":
			name += "[(" + f.Average + ")]"
		case f.Class != "":
			name += "[" + wording.Cut(f.Class, longestName) + "]"
		}
		if s := figures.SliceLabel(f.Slice); s != "" {
			name += " " + s
		}
		c := junitCase{Class: f.Name, Name: name, Time: "0", Output: fmt.Sprintf("precision %s, recall %s, f1 %s", figures.Number(f.Precision), figures.Number(f.Recall), figures.Number(f.F1))}
		if f.F1 == nil {
			c.Skipped = &junitMessage{Message: "undefined: nothing was predicted and there is nothing to find"}
		}
		suite.add(c)
	}
	return suite.write(w)
}

// cutLines joins warnings, the beginning of those that are longer than any has reason
// to be.
func cutLines(warnings []string) string {
	var b strings.Builder
	for i, w := range warnings {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(wording.Cut(w, longestLine))
	}
	return b.String()
}

// gateJUnit writes one test case a condition: a condition that did not hold is
// a failure, one that could not be evaluated an error.
func gateJUnit(w io.Writer, g *scoring.Gate) error {
	suite := junitSuite{Name: "dataset gate", Properties: signatureProperties(g.Signature), Output: cutLines(g.Warnings)}
	for i := range g.Conditions {
		v := &g.Conditions[i]
		c := junitCase{Class: v.Metric, Name: v.Condition.String(), Time: "0", Output: verdictDetail(v)}
		switch v.Outcome {
		case scoring.Failed:
			c.Failure = &junitMessage{Message: v.Reason, Type: "failed", Text: verdictDetail(v)}
		case scoring.NotEvaluated:
			c.Error = &junitMessage{Message: v.Reason, Type: "not evaluated"}
		}
		suite.add(c)
	}
	return suite.write(w)
}

type junitSuite struct {
	XMLName    xml.Name        `xml:"testsuite"`
	Name       string          `xml:"name,attr"`
	Tests      int             `xml:"tests,attr"`
	Failures   int             `xml:"failures,attr"`
	Errors     int             `xml:"errors,attr"`
	Skipped    int             `xml:"skipped,attr"`
	Time       string          `xml:"time,attr"`
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
	Output     string          `xml:"system-out,omitempty"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Time    string        `xml:"time,attr"`
	Skipped *junitMessage `xml:"skipped"`
	Error   *junitMessage `xml:"error"`
	Failure *junitMessage `xml:"failure"`
	Output  string        `xml:"system-out,omitempty"`
}

type junitMessage struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

func signatureProperties(s scoring.Signature) []junitProperty {
	return []junitProperty{{"signature", s.String()}}
}

func (s *junitSuite) add(c junitCase) {
	s.Tests++
	switch {
	case c.Failure != nil:
		s.Failures++
	case c.Error != nil:
		s.Errors++
	case c.Skipped != nil:
		s.Skipped++
	}
	s.Cases = append(s.Cases, c)
}

func (s *junitSuite) write(w io.Writer) error {
	s.Time = "0"
	suites := struct {
		XMLName xml.Name    `xml:"testsuites"`
		Suite   *junitSuite `xml:"testsuite"`
	}{Suite: s}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(suites); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
