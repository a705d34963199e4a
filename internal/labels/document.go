package labels

import (
	"cmp"
	"strconv"

	"github.com/mizan-corpus/mizan/schema"
)

// Position is a place in a file.
type Position struct {
	File string
	Line int // 1-based; 0 when the format has no lines
}

// String is "file:line", the file alone where there is no line, and "" where
// the file is not known: a line of nothing says nothing.
func (p Position) String() string {
	if p.Line == 0 || p.File == "" {
		return p.File
	}
	return p.File + ":" + strconv.Itoa(p.Line)
}

// Document is the annotation of one article as it stands in a file.
type Document struct {
	schema.Annotation

	// Text is the one that the spans stand in, where the file carries it and no
	// article has been found; "" otherwise.
	Text string

	// Error is why an extractor gave no annotation for this article: the
	// text of an error line {"doc_id","error"}. "" for every other document.
	Error string

	// Unlabelled says, to a writer, that nobody has labelled the article yet: it
	// is to be labelled in the tool. Readers give no such document.
	Unlabelled bool

	// Hints is what a prediction says besides of where its spans are meant to be;
	// nil for nothing.
	Hints *Hints

	At    Position   // where the document begins
	Where *Positions // where its parts stand; nil when all stand at At
}

// Hints are what a prediction says of its spans besides offsets and surfaces.
type Hints struct {
	Mentions []Hint // parallel to the mentions, or empty
	Events   []Hint // parallel to the events, or empty
	Tokens   int    // of token labels, how many tokens are written otherwise in the article
}

// Hint is what a prediction says of one span.
type Hint struct {
	Before, After string      // the words around it
	Claim         schema.Span // where it may be, if the surface is nowhere; NoSpan for nowhere
	Status        string      // how its tool came to that, in the tool's words
}

// Positions holds one position for each mention, event and argument of a
// document, parallel to its lists.
type Positions struct {
	Mentions  []Position
	Events    []Position
	Arguments [][]Position // by event, then argument
}

// MentionAt is where mention i stands.
func (d *Document) MentionAt(i int) Position {
	if d.Where == nil || i >= len(d.Where.Mentions) {
		return d.At
	}
	return d.Where.Mentions[i]
}

// EventAt is where event i stands.
func (d *Document) EventAt(i int) Position {
	if d.Where == nil || i >= len(d.Where.Events) {
		return d.At
	}
	return d.Where.Events[i]
}

// ArgumentAt is where argument j of event i stands.
func (d *Document) ArgumentAt(i, j int) Position {
	if d.Where == nil || i >= len(d.Where.Arguments) || j >= len(d.Where.Arguments[i]) {
		return d.EventAt(i)
	}
	return d.Where.Arguments[i][j]
}

// CompareMentions is the canonical order of mentions: by start, longer first,
// then type, then id.
func CompareMentions(a, b schema.Mention) int {
	return cmp.Or(a.Span.Compare(b.Span), cmp.Compare(a.Type, b.Type), CompareIDs(a.ID, b.ID))
}

// CompareEvents is the canonical order of events: by start, end, type, id.
func CompareEvents(a, b schema.Event) int {
	return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End),
		cmp.Compare(a.Type, b.Type), CompareIDs(a.ID, b.ID))
}

// CompareIDs orders ids that differ in their final number by that number, so
// that m2 comes before m10, and all others as strings.
func CompareIDs(a, b string) int {
	pa, na := splitNumber(a)
	pb, nb := splitNumber(b)
	return cmp.Or(cmp.Compare(pa, pb), cmp.Compare(len(na), len(nb)), cmp.Compare(na, nb), cmp.Compare(a, b))
}

// splitNumber cuts the trailing digits, without leading zeros, off an id.
func splitNumber(id string) (prefix, digits string) {
	i := len(id)
	for i > 0 && id[i-1] >= '0' && id[i-1] <= '9' {
		i--
	}
	prefix, digits = id[:i], id[i:]
	for len(digits) > 1 && digits[0] == '0' {
		digits = digits[1:]
	}
	return prefix, digits
}
