package analysis

import "github.com/mizan-corpus/mizan/internal/eval"

// Details are what a score says beside its figures: the errors by kind, the
// confusion of classes, and what the confidences are worth.
type Details struct {
	Errors    *ErrorSummary                 `json:"errors"`
	Confusion map[ErrorLayer]ConfusionTable `json:"confusion"`
	// Confidence has an entry for each layer whose predictions carry any.
	Confidence map[ErrorLayer]*ConfidenceResult `json:"confidence"`
}

// ErrorLayers lists the layers in the order in which they are shown.
var ErrorLayers = []ErrorLayer{MentionErrors, EventErrors, ArgumentErrors}

// ErrorKinds lists the kinds in the order in which they are shown.
var ErrorKinds = []ErrorKind{
	ErrorMissed, ErrorSpurious, ErrorDuplicate, ErrorBoundary, ErrorType, ErrorBoundaryType,
	ErrorRole, ErrorBoundaryRole, ErrorEvent,
}

// DetailCounts add up details over articles.
type DetailCounts struct {
	errors     ErrorSummary
	confusions map[ErrorLayer]*Confusion
	mentions   ConfidenceCounts
	triggers   ConfidenceCounts
}

// NewDetailCounts counts nothing yet.
func NewDetailCounts() *DetailCounts {
	d := &DetailCounts{confusions: map[ErrorLayer]*Confusion{}}
	for _, layer := range ErrorLayers {
		d.confusions[layer] = &Confusion{}
	}
	return d
}

// Add counts a pair. It returns the pair's own errors.
func (d *DetailCounts) Add(p *eval.Pair) *ErrorSummary {
	own := &ErrorSummary{}
	own.Add(p)
	d.errors.Merge(own)
	for _, layer := range ErrorLayers {
		d.confusions[layer].Merge(TypeConfusion(p, layer))
	}
	d.mentions.AddMentions(p)
	d.triggers.AddTriggers(p)
	return own
}

// Details are what was counted so far.
func (d *DetailCounts) Details() *Details {
	out := &Details{Errors: &d.errors, Confusion: map[ErrorLayer]ConfusionTable{}, Confidence: map[ErrorLayer]*ConfidenceResult{}}
	for layer, c := range d.confusions {
		out.Confusion[layer] = c.Table()
	}
	for layer, c := range map[ErrorLayer]*ConfidenceCounts{MentionErrors: &d.mentions, EventErrors: &d.triggers} {
		if r := c.Result(); r.Predicted > 0 {
			out.Confidence[layer] = r
		}
	}
	return out
}
