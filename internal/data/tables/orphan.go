package tables

import "strings"

// OrphanRow is the error for a row whose article is not there or not labelled.
func OrphanRow[T any](t *Table[T], key func(*T) string) func(*T) error {
	return func(row *T) error {
		docID, _, _ := strings.Cut(key(row), "\x00")
		return &ReferenceError{Table: t.Name, Row: t.Key(row), Column: "doc_id", Missing: "labelled article " + docID}
	}
}
