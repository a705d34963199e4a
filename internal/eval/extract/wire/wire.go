package wire

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/answers"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

// WireArticle is an article as an extractor gets it: one JSON object on one
// line. Text is the canonical text, title and subtitle included, to which
// every offset refers; published is the date as stamped, ISO 8601.
type WireArticle struct {
	DocID     string `json:"doc_id"`
	Title     string `json:"title"`
	Subtitle  string `json:"subtitle"`
	Text      string `json:"text"`
	Language  string `json:"language"`
	Published string `json:"published"`
	Outlet    string `json:"outlet"`
}

// EncodeArticle is the article as the wire has it, one line with its "\n".
// Labels and raw file are not part of it.
func EncodeArticle(a *schema.Article) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(WireArticle{a.DocID, a.Title, a.Subtitle, a.Text, a.Language, a.Published, a.Outlet})
	return b.Bytes(), err
}

// Answer is one line of an extractor's output.
type Answer struct {
	DocID      string
	Annotation *schema.Annotation // nil when Fault or Foreign is set
	Foreign    *answers.Answer    // an answer in the form of another tool
	Fault      *extract.Error     // kind and detail only
}

// Form is in what form answers may come.
type Form struct {
	Shape    string // one of answers.Shapes; "" is answers.Auto
	Ontology *schema.Ontology
}

// Decode reads one line, or the body of an answer: the toolkit's own form, an error, or,
// unless another shape is asked for, whatever form fits.
func (f Form) Decode(line []byte) Answer {
	shape := cmp.Or(f.Shape, answers.Auto)
	own := DecodeLine(line)
	if shape == answers.Native || own.Fault != nil && own.Fault.Kind == extract.KindReported || shape == answers.Auto && own.Fault == nil {
		return own
	}
	got, err := answers.Parse(string(line), shape, f.Ontology)
	var wrong *answers.Error
	switch {
	case err == nil && own.Fault != nil && hasOwnKeys(line):
		return own // the toolkit's form with a mistake in it
	case err == nil:
		if own.DocID == "" {
			own.DocID = got.DocID
		}
		return Answer{DocID: own.DocID, Foreign: got}
	case own.Fault == nil || shape != answers.Auto && errors.As(err, &wrong) && wrong.JSON:
		own.Annotation, own.Fault = nil, &extract.Error{Kind: extract.KindInvalid, Detail: "found " + Excerpt(line), Err: err}
	case own.Fault.Kind == extract.KindInvalid && own.DocID == "":
		own.Fault.Detail, own.Fault.Err = "", err
	}
	return own
}

// hasOwnKeys reports whether a line has a list of the toolkit's own form.
func hasOwnKeys(line []byte) bool {
	var o map[string]json.RawMessage
	if json.Unmarshal(line, &o) != nil {
		return false
	}
	return o["mentions"] != nil || o["events"] != nil
}

// Annotation makes an annotation of article a of an answer, and leaves what the answer
// says besides for [extract.Aligned].
func (f Form) Annotation(ctx context.Context, a *schema.Article, foreign *answers.Answer) (*schema.Annotation, *extract.Error) {
	x := schema.NewIndex(a.Text)
	d, err := foreign.Document(a.DocID, labels.Position{}, labels.ReadOptions{Text: func(string) *schema.Index { return x }, Ontology: f.Ontology})
	if err != nil {
		return nil, &extract.Error{Kind: extract.KindInvalid, Detail: "the answer", Err: err}
	}
	extract.Measured(ctx, func(m *extract.Meter) { m.Hints = d.Hints })
	return &d.Annotation, nil
}

// DecodeLine reads one line. It knows the article of every line that carries a
// doc_id, even where the rest is wrong.
func DecodeLine(line []byte) Answer {
	var head struct {
		DocID *string         `json:"doc_id"`
		Error json.RawMessage `json:"error"`
	}
	line = bytes.TrimSpace(line)
	if !json.Valid(line) || len(line) == 0 || line[0] != '{' {
		return Answer{Fault: &extract.Error{
			Kind:   extract.KindNotJSON,
			Detail: fmt.Sprintf("found %s, expected one JSON object a line", Excerpt(line)),
			Advice: "write answers only to standard output, diagnostics to standard error",
		}}
	}
	if err := json.Unmarshal(line, &head); err != nil {
		return Answer{Fault: &extract.Error{Kind: extract.KindInvalid, Detail: "found " + Excerpt(line), Err: err}}
	}
	var a Answer
	if head.DocID != nil {
		a.DocID = *head.DocID
	}
	if len(head.Error) > 0 && string(head.Error) != "null" {
		text := string(head.Error)
		var s string
		if json.Unmarshal(head.Error, &s) == nil {
			text = s
		}
		a.Fault = &extract.Error{Kind: extract.KindReported, Detail: Clip(text, 2000)}
		return a
	}
	if a.DocID == "" {
		a.Fault = &extract.Error{Kind: extract.KindInvalid, Detail: fmt.Sprintf("found %s, expected a doc_id", Excerpt(line))}
		return a
	}
	d, err := native.Parse(string(line), labels.Position{}, false)
	if err != nil {
		a.Fault = invalid(err)
		return a
	}
	a.Annotation = &d.Annotation
	return a
}

// invalid is the fault of an answer that is no annotation: its first problem,
// and how many more there are.
func invalid(err error) *extract.Error {
	fault := &extract.Error{Kind: extract.KindInvalid, Err: err}
	var problems labels.RecordErrors
	if errors.As(err, &problems) && len(problems) > 0 {
		fault.Err, fault.Advice = problems[0], problems[0].Hint()
		if more := len(problems) - 1; more > 0 {
			fault.Detail = fmt.Sprintf("%d problems, the first", more+1)
		}
	}
	return fault
}

// Excerpt is the beginning of a line, quoted, for a message.
func Excerpt(line []byte) string {
	const limit = 80
	if len(line) == 0 {
		return "an empty line"
	}
	if len(line) <= limit {
		return fmt.Sprintf("%q", line)
	}
	return fmt.Sprintf("%q… (%d bytes)", Clip(string(line), limit), len(line))
}

// Clip cuts s to at most limit bytes at a code point.
func Clip(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit]
}
