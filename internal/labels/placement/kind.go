// Package placement finds where the words of an answer stand in a text: all
// places where they could, each with its kind and cost, in one pool, and the one
// that is meant among them.
package placement

import (
	"fmt"
	"math"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// Kind says how sure a place is, the surest first.
type Kind uint8

const (
	Exact   Kind = iota // letter for letter, whole words, and nowhere else
	Context             // of several places the one with the words given around it
	Likely              // likelier than the other places, or the words given around it are others
	Folded              // whole words, written otherwise: see folding.Text
	Edge                // whole words, with a change at an end: punctuation, quotes, an article
	Several             // one of several places that are as good; a rule chose
	Inside              // inside a word
	Nowhere             // no place
)

var kindNames = [...]string{"exact", "context", "likely", "folded", "edge", "several", "inside", "nowhere"}

// Kinds are the names of the kinds that have a place, the surest first.
func Kinds() []string { return kindNames[:Nowhere] }

func (k Kind) String() string { return kindNames[k] }

// MarshalText is the kind's name.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the kind's name.
func (k *Kind) UnmarshalText(b []byte) error {
	for i, name := range kindNames {
		if name == string(b) {
			*k = Kind(i)
			return nil
		}
	}
	return fmt.Errorf("placement: found %q, expected one of %s", b, strings.Join(kindNames[:], ", "))
}

// ParseKind reads the name of a kind that has a place.
func ParseKind(name string) (Kind, error) {
	var k Kind
	if err := k.UnmarshalText([]byte(name)); err != nil || k == Nowhere {
		return Inside, fmt.Errorf("found %q, expected one of %s", name, strings.Join(Kinds(), ", "))
	}
	return k, nil
}

// Choice is the place of one surface.
type Choice struct {
	Span schema.Span
	Kind Kind
	// Confidence is how far the place is to be trusted, in (0,1]: 1 for exact
	// and context, .9 likely, .95 folded, .7 edge, .3 inside, the lower one where two hold,
	// divided among the places that are as good.
	Confidence float64
	Places     int    // where the surface could stand, this one included
	Note       string // what is changed or uncertain, for a list; "" for exact
}

var trust = [...]float64{Exact: 1, Context: 1, Likely: .9, Folded: .95, Edge: .7, Inside: .3, Several: 1, Nowhere: 0}

// choice describes candidate c, chosen among places candidates of which equals
// are as good.
func (c *Candidate) choice(how Kind, places, equals int) Choice {
	kind := max(c.Kind, how)
	trusted := min(trust[c.Kind], trust[how])
	if how == Several {
		trusted /= float64(max(equals, 1))
	}
	out := Choice{Span: c.Span, Kind: kind, Confidence: math.Round(trusted*100) / 100, Places: places}
	var notes []string
	if c.note != "" {
		notes = append(notes, c.note)
	}
	switch {
	case how == Several:
		notes = append(notes, fmt.Sprintf("one of %d places", places))
	case how == Context:
		notes = append(notes, fmt.Sprintf("of %d places by the words around it", places))
	case how == Likely && places > 1:
		notes = append(notes, fmt.Sprintf("the likeliest of %d places", places))
	case how == Likely:
		notes = append(notes, "the words around it are others")
	}
	out.Note = strings.Join(notes, "; ")
	return out
}
