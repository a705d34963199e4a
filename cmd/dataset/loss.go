package main

import (
	"cmp"
	"regexp"
	"slices"
)

var listIndex = regexp.MustCompile(`\[\d+\]`)

// loss counts what a format could not carry, by field.
type loss struct{ byField map[string]*lostField }

// lostField is how many values of a field were left out.
type lostField struct {
	Field string `json:"field"`
	Count int    `json:"count"`
	First string `json:"first"` // doc_id, or doc_id/id
}

// add has the signature of [labels.WriteOptions].Lost.
func (l *loss) add(docID, id, field string) {
	if l.byField == nil {
		l.byField = map[string]*lostField{}
	}
	field = listIndex.ReplaceAllString(field, "") // arguments[2].value and arguments[3].value are one field
	f := l.byField[field]
	if f == nil {
		f = &lostField{Field: field, First: docID}
		if id != "" {
			f.First += "/" + id
		}
		l.byField[field] = f
	}
	f.Count++
}

func (l *loss) any() bool { return len(l.byField) > 0 }

// fields is the losses, the most frequent first.
func (l *loss) fields() []lostField {
	var list []lostField
	for _, f := range l.byField {
		list = append(list, *f)
	}
	slices.SortFunc(list, func(a, b lostField) int {
		return cmp.Or(b.Count-a.Count, cmp.Compare(a.Field, b.Field))
	})
	return list
}

// printLoss says on standard error what the format could not carry.
func (a *app) printLoss(format string, fields []lostField) {
	for _, f := range fields {
		a.say("%s cannot carry %s: %d lost, the first in %s", format, f.Field, f.Count, f.First)
	}
}
