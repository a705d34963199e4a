package dataset

import (
	"iter"

	"github.com/mizan-corpus/mizan/schema"
)

// Dataset is articles with their labels: a [release.Release] or a [corpus.Corpus]. Streams are
// in ascending order of doc_id (actors: of actor_id; passes: of doc_id, then
// annotator) and may be read any number of times. In a stream of a Corpus an
// error item is one bad record, and the stream goes on unless the error is
// I/O; in that of a Release it is the last item.
type Dataset interface {
	// Identity says what dataset this is.
	Identity() (Identity, error)
	// Ontology is the inventory of codes that the labels carry.
	Ontology() (*schema.Ontology, error)
	// Articles streams all articles.
	Articles() iter.Seq2[*schema.Article, error]
	// Annotations streams the gold labels of the labelled articles.
	Annotations() iter.Seq2[*schema.Annotation, error]
	// Actors streams the table of actors.
	Actors() iter.Seq2[*schema.Actor, error]
	// Passes streams the independent annotation passes before adjudication.
	Passes() iter.Seq2[*Pass, error]
}

// Pass is what one annotator marked in one article, before adjudication.
type Pass struct {
	Annotator  string
	Annotation *schema.Annotation
}
