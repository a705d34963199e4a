package placement

import (
	"cmp"
	"html"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels/folding"
	"github.com/mizan-corpus/mizan/schema"
)

// search collects the candidates of one surface.
type search struct {
	f    *Finder
	t    *folding.Text
	pool *Pool
}

// The costs of a changed end.
const (
	costPunctuation = 1 // 0 where the text has the same
	costLam         = 2 // الـ written لل
	costArticle     = 3
	costProclitic   = 4
)

// plain adds the places of the surface as it is: whole words, and inside words.
func (s *search) plain(surface string) {
	folded := s.pool.surface
	exact := s.exactAt(surface)
	inside := 0
	for _, from := range s.f.find(folded.Folded) {
		to := from + folded.Len()
		span, whole := s.t.Span(from, to)
		if !whole {
			continue
		}
		c := Candidate{Span: span, from: from, to: to}
		d := s.t.Differs(from, to, folded, exact(span))
		c.cost = int(d)
		clitics, starts := s.startsWord(from)
		c.skip = clitics
		ends := s.t.EndsWord(to)
		switch {
		case starts && ends && d == folding.Respaced && folded.Len() < 6: // Iran in "I ran"
			continue
		case starts && ends && d == folding.None:
			c.Kind = Exact
		case starts && ends:
			c.Kind, c.note = Folded, "written otherwise"
		case d == folding.Respaced:
			continue
		case ends && s.extend(&c):
		case inside == mostInside:
			continue
		default:
			inside++
			c.Kind, c.note = Inside, "inside a word"
			if c.glued = s.rest(from, to); !c.glued {
				c.cost += 1 << 4
			}
		}
		s.pool.List = append(s.pool.List, c)
	}
}

// gluedLetters is how many letters of a word are left at least for it to be two words
// with a space missing.
const gluedLetters = 4

// rest reports whether so many letters of the word stand before letter from, or
// behind letter to.
func (s *search) rest(from, to int) bool {
	before, after := 0, 0
	for from-before > 0 && before < gluedLetters && s.t.Joined(from-before) {
		before++
	}
	for to+after < s.t.Len() && after < gluedLetters && s.t.Joined(to+after) {
		after++
	}
	return (before == 0 || before == gluedLetters) && (after == 0 || after == gluedLetters)
}

// exactAt reports whether a span has the surface letter for letter, and no mark
// of its last letter is cut off.
func (s *search) exactAt(surface string) func(schema.Span) bool {
	return func(span schema.Span) bool {
		there, _ := s.f.x.Slice(span)
		return there == surface
	}
}

// extend makes a candidate that begins after the article ال, which belongs to a
// mention, begin with it.
func (s *search) extend(c *Candidate) bool {
	for _, article := range []struct {
		letters string
		inside  int // letters of it that belong to the mention
	}{{"ال", 2}, {"لل", 1}} {
		at := c.from - 2
		if at < 0 || !s.t.Joined(c.from) || !s.t.Joined(c.from-1) || s.t.Slice(at, c.from) != article.letters {
			continue
		}
		from := c.from - article.inside
		clitics, starts := s.startsWord(at)
		if !starts {
			continue
		}
		span, whole := s.t.Span(from, c.to)
		if !whole {
			continue
		}
		c.Span, c.from, c.Kind, c.cost, c.skip = span, from, Edge, costArticle<<4|c.cost, clitics+2-article.inside
		c.note = "with the article that the word has there"
		return true
	}
	return false
}

// whole adds the places of a changed surface where it is whole words.
func (s *search) whole(surface string, cost int, note string) {
	folded := folding.New(surface)
	if folded.Len() == 0 {
		return
	}
	exact := s.exactAt(surface)
	for _, from := range s.f.find(folded.Folded) {
		to := from + folded.Len()
		span, whole := s.t.Span(from, to)
		clitics, starts := s.startsWord(from)
		if !whole || !starts || !s.t.EndsWord(to) {
			continue
		}
		d := s.t.Differs(from, to, folded, exact(span))
		if d == folding.Respaced {
			continue
		}
		s.pool.List = append(s.pool.List, Candidate{Span: span, from: from, to: to, skip: clitics, Kind: Edge, cost: cost<<4 | int(d), note: note})
	}
}

// article adds the places of a surface that begins with ال where the text has
// no article, or has لل for it.
func (s *search) article(surface string) {
	folded := folding.New(surface)
	if folded.Len() < 4 || !strings.HasPrefix(folded.Folded, "ال") {
		return
	}
	bare := folding.New(string([]rune(surface)[articleLength(surface):]))
	for _, from := range s.f.find(bare.Folded) {
		to := from + bare.Len()
		if !s.t.EndsWord(to) {
			continue
		}
		c := Candidate{from: from, to: to, Kind: Edge, cost: costArticle<<4 | 1, note: "without the article"}
		clitics, starts := s.startsWord(from)
		c.skip = clitics
		joined := s.t.Joined(from)
		switch {
		case joined && s.t.Slice(from-1, from) == "ل" && s.t.Joined(from-1) && s.t.Slice(from-2, from-1) == "ل":
			if clitics, starts = s.startsWord(from - 2); !starts {
				continue
			}
			c.from, c.cost, c.skip, c.note = from-1, costLam<<4, clitics+1, "its article is written لل"
		case joined && s.t.Slice(from-1, from) == "ل" && starts && s.t.Slice(from, from+1) == "ل":
			c.cost, c.note = costLam<<4, "its article is written لل"
		case !starts:
			continue
		}
		span, whole := s.t.Span(c.from, c.to)
		if !whole || s.t.Differs(from, to, bare, false) == folding.Respaced {
			continue
		}
		c.Span = span
		s.pool.List = append(s.pool.List, c)
	}
}

// articleLength is how many code points the article ال at the beginning takes,
// with its marks.
func articleLength(surface string) int {
	t := folding.New(surface)
	s, _ := t.Span(0, 2)
	return int(s.End)
}

// foreignArticles are articles that an answer may put before a name.
var foreignArticles = []string{"the ", "The ", "a ", "an ", "le ", "la ", "les ", "Le ", "La ", "Les ", "l'", "l’", "L'", "L’", "der ", "die ", "das ", "el ", "los ", "las ", "il ", "lo ", "gli "}

// last tries what is left for a surface that is nowhere.
func (s *search) last(surface string) {
	if u := html.UnescapeString(surface); u != surface {
		s.whole(u, costPunctuation, "character references read")
	}
	for _, a := range foreignArticles {
		if rest, ok := strings.CutPrefix(surface, a); ok {
			s.whole(rest, costArticle, "without the article")
		}
	}
	for _, suffix := range []string{"'s", "’s"} {
		if rest, ok := strings.CutSuffix(surface, suffix); ok {
			s.whole(rest, costArticle, "without the ending "+suffix)
		}
	}
	if len(s.pool.List) > 0 {
		return
	}
	folded := folding.New(surface)
	if folded.Len() >= 4 && strings.ContainsRune(proclitics, folded.Rune(0)) {
		first, _ := folded.Span(0, 1)
		s.whole(string([]rune(surface)[first.End:]), costProclitic, "without its proclitic")
	}
}

// settle orders the candidates and drops those that lie over a better one.
func (s *search) settle() {
	p := s.pool
	slices.SortStableFunc(p.List, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(a.worse(), b.worse()), cmp.Compare(a.Span.Start, b.Span.Start))
	})
	taken := map[int32]bool{}
	kept := p.List[:0]
	for _, c := range p.List {
		over := false
		for at := c.Span.Start; at < c.Span.End && !over; at++ {
			over = taken[at]
		}
		if over && c.Kind >= Edge {
			continue
		}
		for at := c.Span.Start; at < c.Span.End; at++ {
			taken[at] = true
		}
		kept = append(kept, c)
	}
	p.List = kept
}

const (
	conjunctions = "وف"
	prepositions = "بلكس"
	proclitics   = conjunctions + prepositions
)

// startsWord reports whether a word begins at letter i, or does after
// proclitics, which stand outside a mention: one of و ف, one of ب ل ك س, or the
// one before the other. clitics is how many there are.
func (s *search) startsWord(i int) (clitics int, starts bool) {
	t := s.t
	if !t.Joined(i) {
		return 0, true
	}
	before := t.Rune(i - 1)
	if !strings.ContainsRune(proclitics, before) {
		return 0, false
	}
	if !t.Joined(i - 1) {
		return 1, true
	}
	if strings.ContainsRune(prepositions, before) && strings.ContainsRune(conjunctions, t.Rune(i-2)) && !t.Joined(i-2) {
		return 2, true
	}
	return 0, false
}
