// Package offsets tells in which unit the spans of a document are counted, and
// moves them to Unicode code points of the article's text.
package offsets

import (
	"fmt"
	"math/bits"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// Units is a set of units.
type Units uint8

const AllUnits Units = 1<<labels.UnitCount - 1

// Has reports whether the unit is in the set.
func (s Units) Has(u labels.Unit) bool { return s&(1<<u) != 0 }

// String lists the units.
func (s Units) String() string {
	var names []string
	for u := range labels.UnitCount {
		if s.Has(u) {
			names = append(names, u.String())
		}
	}
	return strings.Join(names, ", ")
}

// Error says that the spans of a document do not fit its text.
type Error struct {
	At      labels.Position
	DocID   string
	Item    string      // the first span that fails, e.g. `mention "m3"`
	Span    schema.Span // as given
	Surface string      // the text it should have, "" when none was given
	Found   string      // what stands there, counted in code points
	Fits    Units       // more than one: every surface fits under each, but at different places
	Best    labels.Unit // the unit under which most surfaces fit
	BestN   int         // how many fit under Best
	Total   int         // how many surfaces there are
}

func (e *Error) Error() string {
	what := fmt.Sprintf("%s: span %s", e.Item, e.Span)
	if e.At.File != "" {
		what = e.At.String() + ": " + what
	}
	switch {
	case bits.OnesCount8(uint8(e.Fits)) > 1:
		return what + ": found several units that fit every surface (" + e.Fits.String() + "), expected one"
	case e.Surface == "":
		return what + ": found a span outside the text, expected one inside"
	case e.Found == "":
		return fmt.Sprintf("%s: found no text there, expected %q", what, e.Surface)
	}
	return fmt.Sprintf("%s: found %q, expected %q", what, e.Found, e.Surface)
}

// Hint says how far the best unit got.
func (e *Error) Hint() string {
	if e.BestN == 0 {
		return "offsets are [start,end) in Unicode code points of the canonical text; is this the same text? Without start and end, spans are placed by their text"
	}
	return fmt.Sprintf("counted in %s, %d of %d surfaces fit; leave start and end out to have spans placed by their text", e.Best, e.BestN, e.Total)
}
