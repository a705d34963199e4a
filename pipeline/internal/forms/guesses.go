package forms

import (
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels/align"
	"github.com/mizan-corpus/mizan/internal/labels/placement"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/pipeline/internal/join"
	"github.com/mizan-corpus/mizan/schema"
)

// Guess is a span without offsets whose surface has several places, or none that
// is sure, and the one that a rule chose.
type Guess struct {
	At     string        `json:"at"`
	DocID  string        `json:"doc_id"`
	Item   string        `json:"item"`
	Text   string        `json:"text"`
	Kind   string        `json:"kind"` // of place
	Span   schema.Span   `json:"span"`
	Places []schema.Span `json:"places"` // the first few, in the order of the text
}

// mostPlaces is how many places of a surface are listed, mostGuesses of how many.
const (
	mostPlaces  = 10
	mostGuesses = 20
)

// listed has the signature of [align.Resolver].Listed, with the texts.
func (r *Reading) listed(l align.Listed, texts *join.Cursor) {
	switch l.Kind {
	case placement.Nowhere:
		r.Left.Left(l.At, "span without a place in the text", fmt.Sprintf("%s %q, %s", l.Item, l.Text, l.Note))
	case placement.Likely, placement.Edge, placement.Several, placement.Inside:
		g := Guess{At: l.At.String(), DocID: l.DocID, Item: l.Item, Text: l.Text, Kind: l.Kind.String(), Span: l.Span}
		if x := texts.Text(l.DocID); x != nil {
			g.Places = placesOf(placement.NewFinder(x), l.Text)
		}
		r.Guessed = append(r.Guessed, g)
	}
}

// placesOf is where a surface could stand, in the order of the text.
func placesOf(f *placement.Finder, surface string) (places []schema.Span) {
	for _, c := range f.Pool(surface).List {
		if len(places) < mostPlaces {
			places = append(places, c.Span)
		}
	}
	return places
}

func (r *Reading) sayGuessed() {
	for i, g := range r.Guessed {
		if i == mostGuesses {
			r.Say("%s more have no sure place", wording.Count(len(r.Guessed)-i, "span"))
			break
		}
		r.Say("%s: %s %q is put at %v, which is %s: it could stand at %s", g.At, g.Item, g.Text, g.Span, kindMeaning[g.Kind], joined(g.Places))
	}
}

// kindMeaning says in messages why a place is not sure.
var kindMeaning = map[string]string{
	placement.Likely.String(): "the likeliest of several", placement.Several.String(): "one of several",
	placement.Edge.String(): "the nearest to it", placement.Inside.String(): "inside a word",
}

func joined(places []schema.Span) string {
	list := make([]string, len(places))
	for i, p := range places {
		list[i] = p.String()
	}
	return strings.Join(list, " ")
}
