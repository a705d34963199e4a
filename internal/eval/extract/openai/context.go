package openai

import (
	"strings"
	"unicode"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/labels/align"
	"github.com/mizan-corpus/mizan/schema"
)

// nearby are the words that stand before and after a surface, as a model gave
// them; either may be empty.
type nearby struct{ before, after string }

// closest is the place whose surroundings agree best with what the model gave,
// reporting false when none does better than all others. Agreement is the
// number of code points that are the same, going outwards from the place on
// either side, after [align.Normalise] and without white space; up to two
// code points right before the place are passed over, since a model may write
// a proclitic with the word or leave it out.
func (n nearby) closest(text []rune, list []schema.Span) (schema.Span, bool) {
	best, most, tied := schema.NoSpan, 0, true
	before, after := folded(n.before), folded(n.after)
	for _, s := range list {
		score := 0
		if len(before) > 0 {
			window := text[max(0, int(s.Start)-4*len(before)-16):s.Start]
			left := folded(string(window))
			for skip := range 3 {
				if skip <= len(left) {
					score = max(score, common(reversed(left[:len(left)-skip]), reversed(before))-skip)
				}
			}
		}
		if len(after) > 0 {
			window := text[s.End:min(len(text), int(s.End)+4*len(after)+16)]
			score += common(folded(string(window)), after)
		}
		switch {
		case score > most:
			best, most, tied = s, score, false
		case score == most:
			tied = true
		}
	}
	return best, !tied
}

// chooser decides by context between the places of a model's surfaces.
type chooser struct {
	text    []rune
	places  map[string][]schema.Span
	taken   map[takenPlace]bool
	decided int // how many surfaces it decided on
}

type takenPlace struct {
	kind, typ string
	span      schema.Span
}

func newChooser(x *schema.Index, m *modelAnswer) *chooser {
	var surfaces []string
	for _, v := range m.Mentions {
		surfaces = append(surfaces, v.Text)
	}
	for _, v := range m.Events {
		surfaces = append(surfaces, v.Text)
	}
	return &chooser{text: []rune(x.Text()), places: extract.Places(x, surfaces), taken: map[takenPlace]bool{}}
}

// choose is the place of a surface that occurs more than once, with the
// article's own wording there. It is NoSpan and the surface itself where
// nothing decides or another of its kind and type has that place.
func (c *chooser) choose(kind, typ, text string, n nearby) (schema.Span, string) {
	list := c.places[text]
	if len(list) < 2 {
		return schema.NoSpan, text
	}
	span, ok := n.closest(c.text, list)
	at := takenPlace{kind, typ, span}
	if !ok || c.taken[at] {
		return schema.NoSpan, text
	}
	c.taken[at] = true
	c.decided++
	return span, string(c.text[span.Start:span.End])
}

// folded is the normalised text without white space.
func folded(s string) []rune {
	return []rune(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, align.Normalise(s)))
}

// common is the length of the longest common beginning.
func common(a, b []rune) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func reversed(r []rune) []rune {
	out := make([]rune, len(r))
	for i, c := range r {
		out[len(r)-1-i] = c
	}
	return out
}
