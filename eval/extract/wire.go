package extract

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// wireArticle is an article as an extractor gets it: one JSON object on one
// line. Text is the canonical text, title and subtitle included, to which
// every offset refers; published is the date as stamped, ISO 8601.
type wireArticle struct {
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
	err := enc.Encode(wireArticle{a.DocID, a.Title, a.Subtitle, a.Text, a.Language, a.Published, a.Outlet})
	return b.Bytes(), err
}

// answer is one line of an extractor's output.
type answer struct {
	docID      string
	annotation *schema.Annotation // nil when fault is set
	fault      *Error             // kind and detail only
}

// decodeLine reads one line. It knows the article of every line that carries a
// doc_id, even where the rest is wrong.
func decodeLine(line []byte) answer {
	var head struct {
		DocID *string         `json:"doc_id"`
		Error json.RawMessage `json:"error"`
	}
	line = bytes.TrimSpace(line)
	if !json.Valid(line) || len(line) == 0 || line[0] != '{' {
		return answer{fault: &Error{
			Kind:   KindNotJSON,
			Detail: fmt.Sprintf("found %s, expected one JSON object a line", excerpt(line)),
			Advice: "write answers only to standard output, diagnostics to standard error",
		}}
	}
	if err := json.Unmarshal(line, &head); err != nil {
		return answer{fault: &Error{Kind: KindInvalid, Detail: "found " + excerpt(line), Err: err}}
	}
	var a answer
	if head.DocID != nil {
		a.docID = *head.DocID
	}
	if len(head.Error) > 0 && string(head.Error) != "null" {
		text := string(head.Error)
		var s string
		if json.Unmarshal(head.Error, &s) == nil {
			text = s
		}
		a.fault = &Error{Kind: KindReported, Detail: clip(text, 2000)}
		return a
	}
	if a.docID == "" {
		a.fault = &Error{Kind: KindInvalid, Detail: fmt.Sprintf("found %s, expected a doc_id", excerpt(line))}
		return a
	}
	d, err := labels.ParseJSON(string(line), labels.Position{}, false)
	if err != nil {
		a.fault = invalid(err)
		return a
	}
	a.annotation = &d.Annotation
	return a
}

// invalid is the fault of an answer that is no annotation: its first problem,
// and how many more there are.
func invalid(err error) *Error {
	fault := &Error{Kind: KindInvalid, Err: err}
	var problems labels.RecordErrors
	if errors.As(err, &problems) && len(problems) > 0 {
		fault.Err, fault.Advice = problems[0], problems[0].Hint()
		if more := len(problems) - 1; more > 0 {
			fault.Detail = fmt.Sprintf("%d problems, the first", more+1)
		}
	}
	return fault
}

// excerpt is the beginning of a line, quoted, for a message.
func excerpt(line []byte) string {
	const limit = 80
	if len(line) == 0 {
		return "an empty line"
	}
	if len(line) <= limit {
		return fmt.Sprintf("%q", line)
	}
	return fmt.Sprintf("%q… (%d bytes)", clip(string(line), limit), len(line))
}

// clip cuts s to at most limit bytes at a code point.
func clip(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit]
}
