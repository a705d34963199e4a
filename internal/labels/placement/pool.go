package placement

import (
	"index/suffixarray"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels/folding"
	"github.com/mizan-corpus/mizan/schema"
)

// MostPlaces is how many places of one writing of a surface are looked at.
const MostPlaces = 4096

// mostInside is how many places inside words are looked at.
const mostInside = 256

// scanned is how many bytes are searched one surface after the other before an
// index of the text is made.
const scanned = 16 << 20

// mostPerLetter is how many letters of a surface stand for one of the text at most: a
// character reference has so many (&CounterClockwiseContourIntegral;).
const mostPerLetter = 34

// Candidate is a place where a surface could stand.
type Candidate struct {
	Span  schema.Span
	Kind  Kind // Exact, Folded, Edge or Inside, by itself
	cost  int  // among those of its kind
	from  int  // its letters [from, to) in the folded text
	to    int
	glued bool // inside a word of which so much is left that a space may be missing
	skip  int  // letters before it that an answer may leave out or not: a proclitic
	note  string
}

// worse orders candidates: whole words, then with a changed end, then inside words;
// among these by the difference in writing.
func (c *Candidate) worse() int {
	class := 0
	switch c.Kind {
	case Edge:
		class = 1
	case Inside:
		class = 2
	}
	return class<<8 | c.cost
}

// Finder finds surfaces in one text. It is not safe for concurrent use.
type Finder struct {
	x       *schema.Index
	text    *folding.Text // made on first need
	index   *suffixarray.Index
	scanned int
	pools   map[string]*Pool
}

// Pool is the candidates of one surface: the best first, those as good in text order.
type Pool struct {
	List    []Candidate
	surface *folding.Text
	used    int            // so many at the beginning are taken
	typed   map[string]int // so many are by items of a type
}

// NewFinder finds in the text of x.
func NewFinder(x *schema.Index) *Finder { return &Finder{x: x} }

// Text is the folded text.
func (f *Finder) Text() *folding.Text {
	if f.text == nil {
		f.text = folding.New(f.x.Text())
	}
	return f.text
}

// Pool is where a surface could stand. Exact and folded places are together.
// Where an end of it can be changed (the article ال put on or off, written لل after
// the proclitic, a proclitic taken off that the text has elsewhere not), those places are
// there too, at their cost. Punctuation and quotes at an end are no part of a
// mention, whether the text has them or not. Further changes, a proclitic or a foreign
// article taken off, are tried only where there is no place at all.
func (f *Finder) Pool(surface string) *Pool {
	surface = strings.TrimSpace(surface)
	if p, ok := f.pools[surface]; ok {
		return p
	}
	if f.pools == nil {
		f.pools = map[string]*Pool{}
	}
	if folding.Longer(surface, mostPerLetter*f.Text().Len()) {
		surface = "" // nowhere
	}
	p := &Pool{surface: folding.New(surface), typed: map[string]int{}}
	f.pools[surface] = p
	if p.surface.Len() == 0 {
		return p
	}
	s := search{f: f, t: f.Text(), pool: p}
	trimmed := trim(surface)
	if trimmed != surface {
		s.whole(trimmed, costPunctuation, "punctuation at its ends left out")
		s.favour(surface, trimmed)
	}
	if len(p.List) == 0 {
		s.plain(surface)
	}
	s.peel(trimmed)
	s.article(trimmed)
	if len(p.List) == 0 {
		s.last(trimmed)
	}
	s.settle()
	return p
}

// find is the letters at which a folded surface begins, overlapping ones
// included, at most [MostPlaces].
func (f *Finder) find(folded string) []int {
	if folded == "" {
		return nil
	}
	t := f.Text()
	if f.index == nil {
		if f.scanned += len(t.Folded); f.scanned > scanned {
			f.index = suffixarray.New([]byte(t.Folded))
		}
	}
	var at []int
	if f.index != nil {
		at = f.index.Lookup([]byte(folded), -1)
		slices.Sort(at)
		at = at[:min(len(at), MostPlaces)]
	} else {
		for from := 0; len(at) < MostPlaces; {
			i := strings.Index(t.Folded[from:], folded)
			if i < 0 {
				break
			}
			at = append(at, from+i)
			from += i + 1
		}
	}
	for i, b := range at {
		at[i] = t.LetterAt(b)
	}
	return at
}
