package ingest

import (
	"html"
	"regexp"
)

var anyTag = regexp.MustCompile(`<[^>]*>`)

// ReadFragment is being written.
func ReadFragment(p Page, title, fragment string) (*Document, error) {
	text := html.UnescapeString(anyTag.ReplaceAllString(fragment, "\n"))
	if err := checkText([]byte(title + text)); err != nil {
		return nil, &FileError{File: p.File, Err: err}
	}
	d, err := plainDoc(row{fieldTitle: title, fieldText: text}, p.File, p.DocID)
	if err != nil {
		return nil, &FileError{File: p.File, Err: err}
	}
	return d, nil
}
