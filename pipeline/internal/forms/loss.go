package forms

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
)

var listIndex = regexp.MustCompile(`\[\d+\]`)

// mostExamples is how many places a kind of loss or remark is shown with.
const mostExamples = 3

// Loss counts what a format could not carry, by field, and what of a file no
// annotation has a place for, by kind.
type Loss struct{ byField map[lossKey]*LostField }

type lossKey struct {
	field   string
	reading bool
}

// LostField is how many values of a field were left out.
type LostField struct {
	Field    string   `json:"field"`
	Count    int      `json:"count"`
	First    string   `json:"first"`    // doc_id, doc_id/id, or the place in the file
	Examples []string `json:"examples"` // the first few, First among them
	Reading  bool     `json:"reading,omitempty"`
}

// Add has the signature of [labels.WriteOptions].Lost.
func (l *Loss) Add(docID, id, field string) {
	at := docID
	if id != "" {
		at += "/" + id
	}
	l.add(listIndex.ReplaceAllString(field, ""), false, at) // arguments[2].value and arguments[3].value are one field
}

// Left has the signature of [labels.ReadOptions].Left.
func (l *Loss) Left(at labels.Position, kind, item string) {
	place := at.String()
	if item != "" {
		place += " (" + item + ")"
	}
	l.add(kind, true, place)
}

func (l *Loss) add(field string, reading bool, at string) {
	if l.byField == nil {
		l.byField = map[lossKey]*LostField{}
	}
	key := lossKey{field, reading}
	f := l.byField[key]
	if f == nil {
		key.field = strings.Clone(field)
		f = &LostField{Field: key.field, First: at, Reading: reading}
		l.byField[key] = f
	}
	if f.Count++; len(f.Examples) < mostExamples {
		f.Examples = append(f.Examples, at)
	}
}

// Any reports whether anything was left out.
func (l *Loss) Any() bool { return len(l.byField) > 0 }

// Fields is the losses, those of reading first, the most frequent first.
func (l *Loss) Fields() []LostField {
	list := []LostField{}
	for _, f := range l.byField {
		list = append(list, *f)
	}
	slices.SortFunc(list, func(a, b LostField) int {
		if a.Reading != b.Reading {
			return cmp.Compare(b.weight(), a.weight())
		}
		return cmp.Or(b.Count-a.Count, cmp.Compare(a.Field, b.Field))
	})
	return list
}

func (f LostField) weight() int {
	if f.Reading {
		return 1
	}
	return 0
}

// Say says what the form could not carry.
func (l *Loss) Say(say func(format string, args ...any), form string) {
	for _, f := range l.Fields() {
		if f.Reading {
			say("%s left out, there is no place for it: %d, the first at %s", f.Field, f.Count, strings.Join(f.Examples, ", "))
		} else {
			say("%s cannot carry %s: %d lost, the first in %s", form, f.Field, f.Count, strings.Join(f.Examples, ", "))
		}
	}
}
