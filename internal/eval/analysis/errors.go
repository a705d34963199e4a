package analysis

import (
	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/place"
	"github.com/mizan-corpus/mizan/schema"
)

// ErrorLayer says what kind of label an error is in.
type ErrorLayer string

// The layers.
const (
	MentionErrors  ErrorLayer = "mention"
	EventErrors    ErrorLayer = "event"
	ArgumentErrors ErrorLayer = "argument"
)

// ErrorKind says what is wrong.
type ErrorKind string

// The kinds. For arguments the role takes the place of the type.
const (
	ErrorType         ErrorKind = "type"          // same span, another type
	ErrorBoundary     ErrorKind = "boundary"      // overlapping span, same type
	ErrorBoundaryType ErrorKind = "boundary+type" // overlapping span, another type
	ErrorRole         ErrorKind = "role"          // same event and span, another role
	ErrorBoundaryRole ErrorKind = "boundary+role" // same event, overlapping span, another role
	ErrorEvent        ErrorKind = "event"         // same span and role, attached to an event of another type
	ErrorMissed       ErrorKind = "missed"        // gold without a counterpart
	ErrorSpurious     ErrorKind = "spurious"      // predicted without a counterpart
	ErrorDuplicate    ErrorKind = "duplicate"     // predicted once more than gold has it
)

// ErrorSide is a mention, event or argument. Offsets are code points, half
// open, both -1 when the label has none.
type ErrorSide struct {
	ID      string `json:"id,omitempty"` // of the mention or event; of the mention or event that fills the role
	Start   int32  `json:"start"`
	End     int32  `json:"end"`
	Text    string `json:"text,omitempty"`
	Class   string `json:"class"`                // type, or role
	EventID string `json:"event_id,omitempty"`   // of an argument
	Event   string `json:"event_type,omitempty"` // of an argument

	place place.Place
	item  int // position of the mention or event, of an argument of its event
}

// LayerErrors are the numbers of one layer. Gold is the sum of Correct, the
// missed and all kinds that have both sides; Predicted that of Correct, the
// spurious, the duplicates and all kinds that have both sides.
type LayerErrors struct {
	Gold      int64               `json:"gold"`
	Predicted int64               `json:"predicted"`
	Correct   int64               `json:"correct"`
	Kinds     map[ErrorKind]int64 `json:"kinds"`
	// ByClass divides Kinds by the gold class, or the predicted one where
	// there is no gold.
	ByClass map[string]map[ErrorKind]int64 `json:"by_class"`
}

// ErrorSummary adds up errors. The zero value is ready to use.
type ErrorSummary struct {
	Layers map[ErrorLayer]*LayerErrors `json:"layers"`
}

func (s *ErrorSummary) layer(name ErrorLayer) *LayerErrors {
	if s.Layers == nil {
		s.Layers = map[ErrorLayer]*LayerErrors{}
	}
	if s.Layers[name] == nil {
		s.Layers[name] = &LayerErrors{Kinds: map[ErrorKind]int64{}, ByClass: map[string]map[ErrorKind]int64{}}
	}
	return s.Layers[name]
}

// Add counts the errors of a pair.
func (s *ErrorSummary) Add(p *eval.Pair) {
	for _, name := range []ErrorLayer{MentionErrors, EventErrors, ArgumentErrors} {
		l := s.layer(name)
		for _, a := range alignLayer(p, name) {
			class := ""
			if a.pred != nil {
				l.Predicted++
				class = a.pred.Class
			}
			if a.gold != nil {
				l.Gold++
				class = a.gold.Class
			}
			if a.kind == "" {
				l.Correct++
				continue
			}
			l.add(class, a.kind, 1)
		}
	}
}

func (l *LayerErrors) add(class string, kind ErrorKind, n int64) {
	l.Kinds[kind] += n
	if l.ByClass[class] == nil {
		l.ByClass[class] = map[ErrorKind]int64{}
	}
	l.ByClass[class][kind] += n
}

// Merge adds the counts of t. The order of merging does not matter.
func (s *ErrorSummary) Merge(t *ErrorSummary) {
	for name, from := range t.Layers {
		to := s.layer(name)
		to.Gold, to.Predicted, to.Correct = to.Gold+from.Gold, to.Predicted+from.Predicted, to.Correct+from.Correct
		for class, kinds := range from.ByClass {
			for kind, n := range kinds {
				to.add(class, kind, n)
			}
		}
	}
}

func side(item int, id string, at place.Place, text, class string) *ErrorSide {
	if !at.IsSet() {
		at = place.Place{Span: schema.NoSpan}
	}
	return &ErrorSide{ID: id, Start: at.Start, End: at.End, Text: text, Class: class, place: at, item: item}
}
