package eval

import "github.com/mizan-corpus/mizan/schema"

// Pair is one article with its gold labels and what was predicted for it. A
// counting must not change it.
type Pair struct {
	DocID   string
	Article *schema.Article    // may be nil; metrics that need the text skip such an article
	Gold    *schema.Annotation // never nil
	Pred    *schema.Annotation // never nil; empty when the article was omitted
	Omitted bool               // the predictions say nothing about the article
}
