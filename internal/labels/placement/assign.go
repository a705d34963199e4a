package placement

import (
	"slices"
	"sort"

	"github.com/mizan-corpus/mizan/schema"
)

// Item is a surface to be placed, in the order of the answer.
type Item struct {
	Surface string
	Type    string      // two items of a type take no place twice
	Given   schema.Span // its place where that is known already, else NoSpan
	Around  Around      // the words around it, if the answer has them
	Claimed int32       // the code point where it claims to begin, -1 for none
}

// Assign chooses the places of items that stand beside each other: mentions, or
// triggers.
//
//  1. An item with words around it takes the candidate that agrees with them best, if
//     enough agrees; of those that agree as well the least changed. One that
//     claims a place takes the candidate nearest to it. One with a single
//     candidate takes that.
//  2. The others follow, longest first, those of equal length in the order of
//     the answer. An item takes, among the candidates that are written most
//     alike, the first that no item has and that is not inside a longer one of its type; else the
//     first that no item has; else the first that no item of its type has.
//     Places inside words count only where there are no others, or where a space
//     may be missing. Where the items
//     placed so far follow the text, candidates between the neighbours in the
//     answer go first.
//
// What finds nothing has the kind [Nowhere], and a note why.
func (f *Finder) Assign(items []Item) []Choice {
	a := &assignment{f: f, items: items, out: make([]Choice, len(items)), taken: newPlaces()}
	var open []int
	for i := range items {
		a.out[i] = Choice{Span: schema.NoSpan, Kind: Nowhere}
		if items[i].Given.IsSet() {
			a.out[i] = Choice{Span: items[i].Given, Confidence: 1}
			a.taken.take(items[i].Given, items[i].Type)
		}
	}
	for i := range items {
		if !items[i].Given.IsSet() && !a.determined(i) {
			open = append(open, i)
		}
	}
	a.ordered = a.follows()
	slices.SortStableFunc(open, func(i, j int) int {
		return f.Pool(items[j].Surface).surface.Len() - f.Pool(items[i].Surface).surface.Len()
	})
	for _, i := range open {
		a.byRule(i)
	}
	return a.out
}

// assignment is the state of one Assign.
type assignment struct {
	f       *Finder
	items   []Item
	out     []Choice
	taken   *places
	ordered bool // the items placed so far follow the text
}

// determined places item i where its words, its claim or a single candidate say so.
func (a *assignment) determined(i int) bool {
	it := &a.items[i]
	pool := a.f.Pool(it.Surface)
	if len(pool.List) == 0 {
		a.out[i].Note = NotInText
		return true
	}
	if c, how := a.near(pool, it); c != nil {
		a.put(i, c.choice(how, len(pool.List), 1))
		return true
	}
	if c := &pool.List[0]; len(pool.List) == 1 && !a.taken.has(c.Span, it.Type) {
		how := Exact
		if newContext(it.Around, pool.surface).given() {
			how = Likely // the words around it are others, or near would have it
		}
		a.put(i, c.choice(how, 1, 1))
		return true
	}
	return false
}

// near is the candidate that the words around an item, or its claim, point at.
func (a *assignment) near(pool *Pool, it *Item) (best *Candidate, how Kind) {
	if it.Claimed >= 0 {
		if len(pool.List) == 1 {
			return &pool.List[0], Exact
		}
		return a.nearest(pool, it), Likely
	}
	c := newContext(it.Around, pool.surface)
	if !c.given() {
		return nil, Exact
	}
	var most agreement
	equals := 0
	for k := range pool.List {
		p := &pool.List[k]
		switch g := c.agrees(a.f.Text(), p); {
		case !g.strong:
		case best == nil || g.letters > most.letters || g.letters == most.letters && p.worse() < best.worse():
			best, most, equals = p, g, 1
		case g.letters == most.letters && p.worse() == best.worse():
			equals++
		}
	}
	switch {
	case best == nil || equals > 1:
		return nil, Exact // the rule decides
	case len(pool.List) == 1:
		return best, Exact
	}
	return best, Context
}

// nearest is the candidate nearest to where an item claims to be that no item
// of its type has, else the nearest; those inside words only where there are no others.
func (a *assignment) nearest(pool *Pool, it *Item) (best *Candidate) {
	for _, free := range []bool{true, false} {
		for k := range pool.List {
			c := &pool.List[k]
			if free && a.taken.has(c.Span, it.Type) || c.Kind == Inside && best != nil && best.Kind != Inside {
				continue
			}
			if best == nil || distance(c, it.Claimed) < distance(best, it.Claimed) {
				best = c
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}

func distance(c *Candidate, at int32) int32 { return max(c.Span.Start-at, at-c.Span.Start) }

func (a *assignment) put(i int, c Choice) {
	a.out[i] = c
	a.taken.take(c.Span, a.items[i].Type)
}

// byRule places item i by rule 2 of [Finder.Assign].
func (a *assignment) byRule(i int) {
	it := &a.items[i]
	pool := a.f.Pool(it.Surface)
	list := pool.List
	if list[0].Kind != Inside { // besides whole words only what may be glued to another
		list = list[:sort.Search(len(list), func(k int) bool { return list[k].Kind == Inside && !list[k].glued })]
	}
	for pool.used < len(list) && a.taken.span[list[pool.used].Span] {
		pool.used++
	}
	k := -1
	best := list[min(pool.used, len(list)-1)].worse()
	if lo, hi := a.window(i); a.ordered && lo <= hi {
		k = a.first(pool, list, it.Type, func(c *Candidate) bool { return c.Span.Start >= lo && c.Span.Start <= hi && c.worse() == best })
	}
	if k < 0 {
		k = a.first(pool, list, it.Type, func(*Candidate) bool { return true })
	}
	if k < 0 {
		a.out[i].Note = AllUsed
		return
	}
	c := &list[k]
	equals := 0
	for j := range pool.List {
		if pool.List[j].worse() == c.worse() {
			equals++
		}
	}
	how := Several
	switch {
	case equals == 1 && k == 0:
		how = Likely
	case len(pool.List) == 1:
		how = Exact
	}
	a.put(i, c.choice(how, len(pool.List), equals))
}

// first is the candidate that is free, the freest first, -1 for none.
func (a *assignment) first(pool *Pool, list []Candidate, typ string, in func(*Candidate) bool) int {
	free := -1
	for k := pool.used; k < len(list); k++ {
		if c := &list[k]; !a.taken.span[c.Span] && in(c) {
			if !a.taken.inside(c.Span, typ) {
				return k
			}
			if free < 0 {
				free = k
			}
		}
	}
	if free >= 0 {
		return free
	}
	used := pool.typed[typ]
	for used < len(list) && a.taken.has(list[used].Span, typ) {
		used++
	}
	pool.typed[typ] = used
	for k := used; k < len(list); k++ {
		if c := &list[k]; !a.taken.has(c.Span, typ) && in(c) {
			return k
		}
	}
	return -1
}

// follows reports whether the items placed so far stand in the text in the
// order of the answer: nine in ten neighbours, two at least.
func (a *assignment) follows() bool {
	last, pairs, rising := int32(-1), 0, 0
	for _, c := range a.out {
		if c.Kind == Nowhere {
			continue
		}
		if last >= 0 {
			pairs++
			if c.Span.Start >= last {
				rising++
			}
		}
		last = c.Span.Start
	}
	return pairs > 0 && rising*10 >= pairs*9
}

// window is between the places of the nearest items before and after item i.
func (a *assignment) window(i int) (lo, hi int32) {
	hi = a.f.x.Len()
	for k := i - 1; k >= 0; k-- {
		if a.out[k].Kind != Nowhere {
			lo = a.out[k].Span.Start
			break
		}
	}
	for k := i + 1; k < len(a.out); k++ {
		if a.out[k].Kind != Nowhere {
			hi = a.out[k].Span.Start
			break
		}
	}
	return lo, hi
}

// Why a surface has no place.
const (
	NotInText = "not in the text"
	AllUsed   = "all occurrences are used"
)

// One places a surface that stands alone, nearest to a code point; with at < 0
// at its best candidate, the first of these.
func (f *Finder) One(surface string, at int32) Choice {
	pool := f.Pool(surface)
	if len(pool.List) == 0 {
		return Choice{Span: schema.NoSpan, Kind: Nowhere, Note: NotInText}
	}
	best, equals := &pool.List[0], 0
	for k := range pool.List {
		c := &pool.List[k]
		if c.worse() != pool.List[0].worse() {
			break
		}
		equals++
		if at >= 0 && distance(c, at) < distance(best, at) {
			best = c
		}
	}
	how := Several
	switch {
	case len(pool.List) == 1:
		how = Exact
	case equals == 1:
		how = Likely
	}
	return best.choice(how, len(pool.List), equals)
}

// places is what items have taken.
type places struct {
	span  map[schema.Span]bool
	typed map[typedSpan]bool
	long  map[string][]schema.Span // by type, spans that no other one of these is inside of, by start
}

type typedSpan struct {
	span schema.Span
	typ  string
}

func newPlaces() *places {
	return &places{map[schema.Span]bool{}, map[typedSpan]bool{}, map[string][]schema.Span{}}
}

func (p *places) has(s schema.Span, typ string) bool { return p.typed[typedSpan{s, typ}] }

func (p *places) take(s schema.Span, typ string) {
	p.span[s], p.typed[typedSpan{s, typ}] = true, true
	if p.inside(s, typ) {
		return
	}
	list := p.long[typ]
	at := sort.Search(len(list), func(i int) bool { return list[i].Start >= s.Start })
	to := at
	for to < len(list) && list[to].End <= s.End {
		to++
	}
	p.long[typ] = slices.Replace(list, at, to, s)
}

// inside reports whether a span lies in one that an item of the type has. Of the
// spans kept, starts and ends rise together.
func (p *places) inside(s schema.Span, typ string) bool {
	list := p.long[typ]
	k := sort.Search(len(list), func(i int) bool { return list[i].Start > s.Start })
	return k > 0 && list[k-1].End >= s.End
}
