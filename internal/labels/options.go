package labels

import "github.com/mizan-corpus/mizan/schema"

// DefaultMaxRecord is the greatest size of one record unless ReadOptions says
// otherwise: 64 MiB.
const DefaultMaxRecord = 64 << 20

// ReadOptions is what a reader may need besides the file.
type ReadOptions struct {
	// Text finds the canonical text of an article; it returns nil for an
	// unknown one. nil when no texts are at hand: formats that count in
	// tokens or lines then refuse their records.
	Text func(docID string) *schema.Index

	// Find is the doc_id of the article that a clue fits, where the article is not
	// to be had by the id in the clue; "" where none or several fit. nil looks for none.
	Find func(Clue) string

	// MaxRecord limits the bytes of one record (a line, a file);
	// 0 is [DefaultMaxRecord]. A longer one is an error item.
	MaxRecord int

	// Ontology tells what a label stands for in formats that have nothing but
	// labels: a type of mention, a type of event or a role. nil is that of the
	// default corpus.
	Ontology *schema.Ontology

	// Answer is the shape of answers in a file that has those of another tool, see
	// answers.Shapes; "" takes what fits.
	Answer string

	// Unit of the offsets, where the user states it; nil leaves it to the
	// format and the surfaces.
	Unit *Unit

	// Types lists endings of the names of the annotation types that are read
	// from formats whose files hold many kinds (xmi, webanno); nil is the
	// format's own choice.
	Types []string

	// Columns of CoNLL, from 1: that of the token, then those of the tags; nil is
	// what the file looks like.
	Columns []int

	// Annotator is whose annotations are read where a file or project has those
	// of several for one article; "" is the first one's.
	Annotator string

	// Warn takes remarks that are no errors. nil drops them.
	Warn func(at Position, remark string)

	// Left is told what the file has and an annotation has no place for: its
	// kind, e.g. `attribute "Confidence"`, and which one, e.g. "of E1" or "".
	// nil drops it.
	Left func(at Position, kind, item string)

	// Unlabelled is told an article that the file has and that nobody has
	// labelled: skipped, rejected or not begun. It gives no document, which would
	// say that there is nothing to label in it. nil drops it.
	Unlabelled func(at Position, docID, why string)
}

// Clue is what a file says of which article a document is about.
type Clue struct {
	DocID string // as the file has it
	File  string // that the document stands in
	Text  string // that it carries, or its tokens with white space between; "" for neither
}

// Article is the id of the article that a document is about, the clue's where
// there is no other, and its text, nil where that is not at hand.
func (o ReadOptions) Article(c Clue) (string, *schema.Index) {
	var x *schema.Index
	if o.Text != nil {
		x = o.Text(c.DocID)
	}
	if x != nil || o.Find == nil {
		return c.DocID, x
	}
	found := o.Find(c)
	if found == "" {
		return c.DocID, nil
	}
	return found, o.Text(found)
}

// RecordLimit is MaxRecord, or its default.
func (o ReadOptions) RecordLimit() int {
	if o.MaxRecord > 0 {
		return o.MaxRecord
	}
	return DefaultMaxRecord
}

// Remark passes a remark on to whoever wants them.
func (o ReadOptions) Remark(at Position, remark string) {
	if o.Warn != nil {
		o.Warn(at, remark)
	}
}

// LeaveOut says that something is read into no annotation.
func (o ReadOptions) LeaveOut(at Position, kind, item string) {
	if o.Left != nil {
		o.Left(at, kind, item)
	}
}

// NotLabelled says that an article of the file is not labelled, and why.
func (o ReadOptions) NotLabelled(at Position, docID, why string) {
	if o.Unlabelled != nil {
		o.Unlabelled(at, docID, why)
	}
}

// WriteOptions is what a writer may need besides the documents.
type WriteOptions struct {
	// Text finds the canonical text of an article, for formats that carry it.
	Text func(docID string) *schema.Index

	// Lost is told what the format could not carry: the article, the
	// mention or event id ("" for the article as a whole) and the field.
	// nil drops it.
	Lost func(docID, id, field string)

	// Ontology tells what a label stands for, as in [ReadOptions].
	Ontology *schema.Ontology

	// WholeWords keeps the words of formats that tag tokens whole: a span that
	// begins or ends inside a word, as a name after a proclitic does, is
	// widened to the word, and its "span" is lost. Otherwise words are cut there.
	WholeWords bool
}
