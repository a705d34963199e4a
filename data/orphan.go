package data

import "strings"

// orphanRow is the error for a row whose article is not there or not labelled.
func orphanRow[T any](t *table[T], key func(*T) string) func(*T) error {
	return func(row *T) error {
		docID, _, _ := strings.Cut(key(row), "\x00")
		return &ReferenceError{Table: t.name, Row: t.key(row), Column: "doc_id", Missing: "labelled article " + docID}
	}
}
