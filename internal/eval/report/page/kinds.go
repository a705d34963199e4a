package page

import (
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval/analysis"
)

// htmlKind is how a kind of label is told apart: by name, sign and the style of
// the line below it. Key names the style.
type htmlKind struct {
	Key, Sign, Name, Gloss string
	kind                   analysis.ErrorKind
}

var htmlKinds = []htmlKind{
	{"correct", "✓", "correct", "gold and prediction agree", ""},
	{"missed", "−", "missed", "in gold, not predicted", analysis.ErrorMissed},
	{"spurious", "+", "spurious", "predicted, not in gold", analysis.ErrorSpurious},
	{"type", "×", "wrong type", "same span, another type", analysis.ErrorType},
	{"boundary", "~", "wrong boundary", "overlapping span, same type", analysis.ErrorBoundary},
	{"both", "~×", "wrong boundary and type", "overlapping span, another type", analysis.ErrorBoundaryType},
	{"role", "×", "wrong role", "same event and span, another role", analysis.ErrorRole},
	{"bothrole", "~×", "wrong boundary and role", "same event, overlapping span, another role", analysis.ErrorBoundaryRole},
	{"event", "@", "wrong event", "same span and role, attached to another event", analysis.ErrorEvent},
	{"duplicate", "++", "duplicate", "predicted once more than gold has it", analysis.ErrorDuplicate},
}

// Marked reports whether labels of the kind are marked in the text: arguments
// are not.
func (k *htmlKind) Marked() bool { return k.Key != "role" && k.Key != "bothrole" && k.Key != "event" }

// kindOf describes a kind; one that is new here is shown by its name.
func kindOf(k analysis.ErrorKind) *htmlKind {
	for i := range htmlKinds {
		if htmlKinds[i].kind == k {
			return &htmlKinds[i]
		}
	}
	return &htmlKind{"other", "?", string(k), "", k}
}

// layerTitle is the layer in the plural.
func layerTitle(l analysis.ErrorLayer) string {
	switch l {
	case analysis.MentionErrors:
		return "Mentions"
	case analysis.EventErrors:
		return "Events"
	case analysis.ArgumentErrors:
		return "Arguments"
	}
	return string(l)
}

// classNoun is what the classes of a layer are.
func classNoun(l analysis.ErrorLayer) string {
	if l == analysis.ArgumentErrors {
		return "role"
	}
	return "type"
}

// htmlClasses are the classes of one layer, for the filter.
type htmlClasses struct {
	Layer  analysis.ErrorLayer
	Title  string
	Values []string
}

// htmlLegend is the kinds and classes of what went right or wrong.
func htmlLegend(d *Details) (kinds []*htmlKind, classes []htmlClasses) {
	for i := range htmlKinds {
		k := &htmlKinds[i]
		for _, l := range d.Errors.Layers {
			if l.Kinds[k.kind] > 0 || k.kind == "" && l.Correct > 0 {
				kinds = append(kinds, k)
				break
			}
		}
	}
	for _, layer := range analysis.ErrorLayers {
		var names []string
		for _, n := range slices.Concat(d.Confusion[layer].Rows, d.Confusion[layer].Columns) {
			if n != analysis.ConfusionMissed && n != analysis.ConfusionSpurious {
				names = append(names, className(n))
			}
		}
		if slices.Sort(names); len(names) > 0 {
			classes = append(classes, htmlClasses{layer, layerTitle(layer), slices.Compact(names)})
		}
	}
	return kinds, classes
}
