package document

import (
	"fmt"
	"slices"
)

// TextReader says how a plain text is read.
type TextReader string

// The ways to read a plain text.
const (
	TextAuto    TextReader = "auto"    // as a page where it looks like the dump of one, else as an article; the default
	TextArticle TextReader = "article" // every line is the article's
	TextPage    TextReader = "page"    // the dump of a page: the article is looked for in it
)

// AllTextReaders lists the ways.
func AllTextReaders() []TextReader { return []TextReader{TextAuto, TextArticle, TextPage} }

// ParseTextReader is the way of that name; "" is the default.
func ParseTextReader(s string) (TextReader, error) {
	if s == "" {
		return TextAuto, nil
	}
	if r := TextReader(s); slices.Contains(AllTextReaders(), r) {
		return r, nil
	}
	return "", fmt.Errorf("found %q, expected one of %v", s, AllTextReaders())
}
