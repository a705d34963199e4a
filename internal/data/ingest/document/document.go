package document

import (
	"github.com/mizan-corpus/mizan/internal/data/duplicates"
	"github.com/mizan-corpus/mizan/schema"
)

// Document is one article with what should be known about how it was read.
type Document struct {
	Article  *schema.Article
	Notes    []Note
	Prepared bool               // from a hand-verified record, not by heuristics
	Sketch   *duplicates.Sketch // of the text, where [Options.Sketch] asks for it

	// Letters counts the letters and digits of what a reader of the input sees:
	// those of the text and those that Dropped lists, in the order of the input.
	Letters int
	Dropped []Dropped
}
