package formats

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
)

type lsTask struct {
	ID          jsontext.Text              `json:"id,omitempty"`
	Data        map[string]json.RawMessage `json:"data"`
	Annotations []lsSet                    `json:"annotations,omitempty"`
	Completions []lsSet                    `json:"completions,omitempty"`
	Predictions []lsSet                    `json:"predictions,omitempty"`
	Drafts      []json.RawMessage          `json:"drafts,omitempty"`
}

type lsSet struct {
	Cancelled   bool    `json:"was_cancelled,omitempty"`
	Skipped     bool    `json:"skipped,omitempty"`
	GroundTruth bool    `json:"ground_truth,omitempty"`
	By          lsUser  `json:"completed_by,omitzero"`
	Result      lsItems `json:"result"`
	id          string  // instead of the set, as exports list predictions
}

// UnmarshalJSON takes the id of a set for one that is not in the file.
func (s *lsSet) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] != '{' {
		s.id = string(b)
		return nil
	}
	type plain lsSet
	return json.Unmarshal(b, (*plain)(s))
}

// lsItems is a list of items; a set without a result has none.
type lsItems []lsItem

// lsUser is a number, an e-mail address, or an object that has both.
type lsUser struct{ names []string }

// UnmarshalJSON takes all three.
func (u *lsUser) UnmarshalJSON(b []byte) error {
	var object struct{ ID, Email, Username jsontext.Text }
	var one jsontext.Text
	if len(b) > 0 && b[0] == '{' {
		if err := json.Unmarshal(b, &object); err != nil {
			return err
		}
	} else if err := json.Unmarshal(b, &one); err != nil {
		return err
	}
	for _, n := range []jsontext.Text{one, object.ID, object.Email, object.Username} {
		if n != "" {
			u.names = append(u.names, string(n))
		}
	}
	return nil
}

func (u lsUser) String() string { return strings.Join(u.names, " ") }

type lsItem struct {
	ID        string   `json:"id,omitempty"`
	FromName  string   `json:"from_name,omitempty"`
	ToName    string   `json:"to_name,omitempty"`
	Type      string   `json:"type"`
	Value     *lsValue `json:"value,omitempty"`
	FromID    string   `json:"from_id,omitempty"`
	ToID      string   `json:"to_id,omitempty"`
	Direction string   `json:"direction,omitempty"`
	Labels    []string `json:"labels,omitempty"`
	Score     *float64 `json:"score,omitempty"`
	Meta      lsMeta   `json:"meta,omitempty"`
}

// lsMeta is what an annotator noted of a region.
type lsMeta map[string]json.RawMessage

type lsValue struct {
	Start  lsOffset  `json:"start,omitzero"`
	End    lsOffset  `json:"end,omitzero"`
	Global *lsGlobal `json:"globalOffsets,omitempty"`
	Text   lsTexts   `json:"text,omitzero"`

	Labels          oneOrMore[string] `json:"labels,omitempty"`
	HypertextLabels oneOrMore[string] `json:"hypertextlabels,omitempty"`
	Choices         oneOrMore[string] `json:"choices,omitempty"`
}

// lsOffset is a number, or the XPath of a node of HyperText.
type lsOffset struct {
	at   *int32
	path string
}

// UnmarshalJSON takes numbers, and strings that are none.
func (o *lsOffset) UnmarshalJSON(b []byte) error {
	if json.Unmarshal(b, &o.path) == nil {
		var at int32
		if json.Unmarshal([]byte(o.path), &at) == nil {
			o.at, o.path = &at, ""
		}
		return nil
	}
	return json.Unmarshal(b, &o.at)
}

// MarshalJSON writes the number.
func (o lsOffset) MarshalJSON() ([]byte, error) { return json.Marshal(o.at) }

type lsGlobal struct {
	Start *int32 `json:"start"`
	End   *int32 `json:"end"`
}

// lsTexts is the surface of a region, or what was typed for it: a string, or a
// list of strings.
type lsTexts struct{ list []string }

// UnmarshalJSON takes a string and a list of strings.
func (l *lsTexts) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		l.list = []string{one}
		return nil
	}
	return json.Unmarshal(b, &l.list)
}

// MarshalJSON writes a string: the editor shows no region whose text is a list.
func (l lsTexts) MarshalJSON() ([]byte, error) { return json.Marshal(strings.Join(l.list, "")) }

func readLabelStudio(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		p := &passes{opt: opt}
		eachDocument(recordsOf(src, opt, ".json", ".jsonl"), func(r jsontext.Record) (*labels.Document, error) {
			if isJSONMin(jsontext.TopKeys([]byte(r.Text))) {
				return parseJSONMin(r, p)
			}
			return parseLabelStudio(r, opt)
		}, yield)
	}
}

func parseLabelStudio(r jsontext.Record, opt labels.ReadOptions) (*labels.Document, error) {
	var task lsTask
	if err := r.Decode(&task); err != nil {
		return nil, err
	}
	docID := r.DocID(lsString(task.Data["doc_id"]), string(task.ID))
	if lsString(task.Data["text"]) == "" {
		lsFlatten(task.Data)
	}
	sets := append(task.Annotations, task.Completions...)
	done := slices.DeleteFunc(slices.Clone(sets), func(s lsSet) bool { return s.Cancelled || s.Skipped || s.id != "" })
	keys := jsontext.TopKeys([]byte(r.Text))
	unread := slices.ContainsFunc(sets, func(s lsSet) bool { return s.id != "" })
	switch {
	case len(done) > 0:
		if slices.ContainsFunc(task.Predictions, func(s lsSet) bool { return s.id == "" }) {
			opt.Remark(r.At, "predictions beside annotations are not read")
		}
		return lsDocument(r, docID, task.Data, lsPick(r, docID, done, opt).Result, opt)
	case unread:
		return nil, r.Problem(docID, "annotations", "ids of annotations", "the annotations themselves, as the export JSON has them")
	case len(sets) > 0:
		opt.NotLabelled(r.At, docID, "skipped")
	case len(task.Drafts) > 0:
		opt.NotLabelled(r.At, docID, "a draft only")
	case keys["annotations"] || keys["completions"] || len(task.Predictions) == 0 || task.Predictions[0].id != "":
		opt.NotLabelled(r.At, docID, "not begun")
	default:
		if len(task.Predictions) > 1 {
			opt.Remark(r.At, fmt.Sprintf("%d predictions of one task; the first is read", len(task.Predictions)))
		}
		return lsDocument(r, docID, task.Data, task.Predictions[0].Result, opt)
	}
	return nil, nil
}

// lsPick is the annotation to be read of those that were not cancelled.
func lsPick(r jsontext.Record, docID string, sets []lsSet, opt labels.ReadOptions) lsSet {
	best := slices.IndexFunc(sets, func(s lsSet) bool { return opt.Annotator != "" && slices.Contains(s.By.names, opt.Annotator) })
	how := "the annotator asked for"
	if best < 0 {
		best, how = slices.IndexFunc(sets, func(s lsSet) bool { return s.GroundTruth }), "the ground truth"
	}
	if best < 0 {
		best, how = 0, "the first"
	}
	if len(sets) > 1 {
		opt.Remark(r.At, fmt.Sprintf("%d annotations of one task; %s is read", len(sets), how))
	}
	return sets[best]
}

// lsFlatten gives what stands in an object inside the data the name by which a
// labelling configuration asks for it: $article.text.
func lsFlatten(data map[string]json.RawMessage) {
	for _, key := range sortedKeys(data) {
		var inside map[string]json.RawMessage
		if raw := data[key]; len(raw) == 0 || raw[0] != '{' || json.Unmarshal(raw, &inside) != nil || len(inside) == 0 {
			continue
		}
		lsFlatten(inside)
		delete(data, key)
		for name, value := range inside {
			if _, taken := data[key+"."+name]; !taken {
				data[key+"."+name] = value
			}
		}
	}
}

// lsString is a value of data as a text, "" where it is none.
func lsString(raw json.RawMessage) string {
	var s string
	_ = json.Unmarshal(raw, (*jsontext.Text)(&s))
	return s
}

// lsDocument makes a document of the items of one annotation.
func lsDocument(r jsontext.Record, docID string, data map[string]json.RawMessage, items []lsItem, opt labels.ReadOptions) (*labels.Document, error) {
	g, err := labelStudioGraph(r, docID, items, opt)
	if err != nil {
		return nil, err
	}
	text := lsText(data, g)
	if text == "" {
		return nil, r.Problem(docID, "data.text", "none", "the article's text")
	}
	for _, key := range sortedKeys(data) {
		if value := lsString(data[key]); key == "doc_id" || key == "id" || value == text || visibleText(value) == text {
			delete(data, key)
		}
	}
	leaveKeys(opt, r.At, docID, "data", data, minKeys...)
	d, err := g.Document(docID, r.At, opt)
	if err == nil {
		err = offsets.Settle(opt, d, text, labels.CodePoints)
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}

// minKeys are what a row of JSON-MIN says of its annotation.
var minKeys = []string{"annotator", "annotation_id", "created_at", "updated_at", "lead_time"}

// parseJSONMin reads a row of JSON-MIN: the data of the task beside what each
// control has, regions under the names of their controls.
func parseJSONMin(r jsontext.Record, p *passes) (*labels.Document, error) {
	var row map[string]json.RawMessage
	if err := r.Decode(&row); err != nil {
		return nil, err
	}
	docID := r.DocID(lsString(row["doc_id"]), lsString(row["id"]))
	var by lsUser
	_ = json.Unmarshal(row["annotator"], &by)
	name := by.String()
	if name == "" {
		name = lsString(row["annotation_id"])
	}
	if p.skip(r, docID, name) {
		return nil, nil
	}
	var items []lsItem
	for _, key := range sortedKeys(row) {
		var values []lsValue
		if row[key][0] != '[' || json.Unmarshal(row[key], &values) != nil || len(values) == 0 {
			continue
		}
		delete(row, key)
		for i := range values {
			items = append(items, lsItem{ID: fmt.Sprintf("%s.%d", key, i+1), Type: "labels", Value: &values[i]})
		}
	}
	if len(items) > 0 {
		delete(row, "label") // empty beside another control
	}
	return lsDocument(r, docID, row, items, p.opt)
}
