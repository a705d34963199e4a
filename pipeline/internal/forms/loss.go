package forms

import (
	"cmp"
	"regexp"
	"slices"
)

var listIndex = regexp.MustCompile(`\[\d+\]`)

// Loss counts what a format could not carry, by field.
type Loss struct{ byField map[string]*LostField }

// LostField is how many values of a field were left out.
type LostField struct {
	Field string `json:"field"`
	Count int    `json:"count"`
	First string `json:"first"` // doc_id, or doc_id/id
}

// Add has the signature of [labels.WriteOptions].Lost.
func (l *Loss) Add(docID, id, field string) {
	if l.byField == nil {
		l.byField = map[string]*LostField{}
	}
	field = listIndex.ReplaceAllString(field, "") // arguments[2].value and arguments[3].value are one field
	f := l.byField[field]
	if f == nil {
		f = &LostField{Field: field, First: docID}
		if id != "" {
			f.First += "/" + id
		}
		l.byField[field] = f
	}
	f.Count++
}

// Any reports whether anything was left out.
func (l *Loss) Any() bool { return len(l.byField) > 0 }

// Fields is the losses, the most frequent first.
func (l *Loss) Fields() []LostField {
	list := []LostField{}
	for _, f := range l.byField {
		list = append(list, *f)
	}
	slices.SortFunc(list, func(a, b LostField) int {
		return cmp.Or(b.Count-a.Count, cmp.Compare(a.Field, b.Field))
	})
	return list
}

// Say says what the form could not carry.
func (l *Loss) Say(say func(format string, args ...any), form string) {
	for _, f := range l.Fields() {
		say("%s cannot carry %s: %d lost, the first in %s", form, f.Field, f.Count, f.First)
	}
}
