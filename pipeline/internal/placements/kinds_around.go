package main

import (
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// words are up to n words before and after a span, as an answer would give them: the
// letters that the text joins to the span are part of them.
func words(l labelled, g span, n int) (before, after string) {
	b := strings.Fields(string(l.text[:g.start]))
	glued := g.start > 0 && l.text[g.start-1] != ' ' && l.text[g.start-1] != '\n'
	if glued {
		n++
	}
	before = strings.Join(b[max(0, len(b)-n):], " ")
	a := strings.Fields(string(l.text[g.end:]))
	return before, strings.Join(a[:min(len(a), n)], " ")
}

// with is an answer with a surface and words around that f makes of the text's.
func with(name, groups string, n int, f func(l labelled, g span, it *item) bool) kind {
	return kind{name: name, groups: groups, around: true, one: func(l labelled, g span) (answer, bool) {
		it := item{surface: l.at(g)}
		it.before, it.after = words(l, g, n)
		ok := f(l, g, &it)
		return single(l.text, g, it), ok && it.before+it.after != ""
	}}
}

// contexts are answers with the words around.
var contexts = []kind{
	with("verbatim, three words around", "", 3, func(labelled, span, *item) bool { return true }),
	with("one word around", "", 1, func(labelled, span, *item) bool { return true }),
	with("words before only", "", 3, func(_ labelled, _ span, it *item) bool { it.after = ""; return true }),
	with("words behind only", "", 3, func(_ labelled, _ span, it *item) bool { it.before = ""; return true }),
	with("all without vowel signs", "ar+marks", 3, func(_ labelled, _ span, it *item) bool {
		it.surface, it.before, it.after = unmarked(it.surface), unmarked(it.before), unmarked(it.after)
		return true
	}),
	with("surface with bare alef and hamza", arabic, 3, func(_ labelled, _ span, it *item) bool {
		was := it.surface
		it.surface = writings[4].bare(was)
		return it.surface != was
	}),
	with("small letters without accents", latin, 3, func(_ labelled, _ span, it *item) bool {
		it.surface, it.before, it.after = strings.ToLower(unmarked(it.surface)), strings.ToLower(unmarked(it.before)), strings.ToLower(it.after)
		return true
	}),
	with("the surface repeated in the words around", "", 3, func(_ labelled, _ span, it *item) bool {
		it.before, it.after = it.before+" "+it.surface, it.surface+" "+it.after
		return true
	}),
	with("all of it on both sides", "", 4, func(_ labelled, _ span, it *item) bool {
		all := it.before + " " + it.surface + " " + it.after
		it.before, it.after = all, all
		return true
	}),
	with("words without their punctuation", "", 3, func(_ labelled, _ span, it *item) bool {
		strip := replaced(".", "", "،", "", ",", "", "“", "", "”", "", "\"", "", "«", "", "»", "", ":", "", "؛", "")
		it.before, it.after = strip(it.before), strip(it.after)
		return true
	}),
	with("with a full stop behind", "", 3, func(_ labelled, _ span, it *item) bool { it.surface += "."; return true }),
	{name: "glued to the word before", around: true, one: func(l labelled, g span) (answer, bool) {
		if g.start < 2 || l.text[g.start-1] != ' ' {
			return answer{}, false
		}
		before, after := words(l, g, 3)
		text := append(append([]rune{}, l.text[:g.start-1]...), l.text[g.start:]...)
		text = append(append([]rune(nil), text...), []rune(" . "+l.at(g)+" .")...) // and free at the end
		return single(text, span{g.start - 1, g.end - 1}, item{surface: l.at(g), before: before, after: after}), true
	}},
	{name: "an exact one elsewhere, here another writing", around: true, one: func(l labelled, g span) (answer, bool) {
		before, after := words(l, g, 3)
		here := []rune(otherWriting(l.at(g)))
		if string(here) == l.at(g) || before+after == "" {
			return answer{}, false
		}
		lead := []rune(l.at(g) + " .\n")
		text := append(append(append(append([]rune{}, lead...), l.text[:g.start]...), here...), l.text[g.end:]...)
		at := span{g.start + len(lead), g.start + len(lead) + len(here)}
		return single(text, at, item{surface: l.at(g), before: before, after: after}), true
	}},
}

// bare is what a kind of writing makes of a surface.
func (k *kind) bare(s string) string {
	a, _ := k.one(labelled{text: []rune(s)}, span{0, len([]rune(s))})
	return a.items[0].surface
}

// otherWriting is a surface as another text would have it.
func otherWriting(s string) string {
	if r := replaced("ا", "أ", "ي", "يّ", "ل", "لِ")(s); r != s {
		return r
	}
	return strings.ToUpper(s)
}

// several are answers about a text in which the surface stands in other places, or
// about all spans of it.
var several = []kind{
	{name: "inside another word before", one: func(l labelled, g span) (answer, bool) {
		s := l.at(g)
		ending := "ية"
		if s[0] < 0x80 || strings.ContainsAny(s, "éèêÉÈŒœÀ’") {
			ending = "nian"
		}
		lead := []rune(s + ending + ".\n")
		text := append(append([]rune{}, lead...), l.text...)
		return single(text, span{g.start + len(lead), g.end + len(lead)}, item{surface: s}), strings.Count(letters(string(l.text)), letters(s)) == 1
	}},
	{name: "all spans, in order", whole: func(l labelled) answer { return list(l, false) }},
	{name: "all spans, in another order", whole: func(l labelled) answer { return list(l, true) }},
	{name: "all spans, in order, two words around", around: true, whole: func(l labelled) answer {
		a := list(l, false)
		for i := range a.items {
			a.items[i].before, a.items[i].after = words(l, a.items[i].gold, 2)
		}
		return a
	}},
}

// list is all spans of a text as an answer.
func list(l labelled, mixed bool) answer {
	a := answer{text: l.text}
	for _, g := range l.gold {
		a.items = append(a.items, item{surface: l.at(g), gold: g, offsets: schema.NoSpan})
	}
	if mixed {
		for i := range a.items {
			j := number(l.name+a.items[i].surface) % (i + 1)
			a.items[i], a.items[j] = a.items[j], a.items[i]
		}
	}
	return a
}

// shifted is all spans of a text with offsets that f makes of the true ones.
func shifted(name, groups string, lead string, f func(i int, g span, text []rune) schema.Span, surface func(string) string) kind {
	return kind{name: name, groups: groups, around: true, whole: func(l labelled) answer {
		text := append([]rune(lead), l.text...)
		a := answer{text: text}
		for i, g := range l.gold {
			g = span{g.start + len([]rune(lead)), g.end + len([]rune(lead))}
			s := string(text[g.start:g.end])
			if surface != nil {
				s = surface(s)
			}
			a.items = append(a.items, item{surface: s, gold: g, offsets: f(i, g, text)})
		}
		return a
	}}
}

// offsetKinds are answers with offsets, all spans of a text at once.
var offsetKinds = []kind{
	shifted("offsets of another writing", "", "", func(_ int, g span, _ []rune) schema.Span { return schemaSpan(g) }, func(s string) string { return strings.ToLower(unmarked(s)) }),
	shifted("every third offset one too many", "", "", func(i int, g span, _ []rune) schema.Span {
		if i%3 == 0 {
			return schemaSpan(span{g.start + 1, g.end + 1})
		}
		return schemaSpan(g)
	}, nil),
	shifted("offsets from 1", "", "", func(_ int, g span, _ []rune) schema.Span { return schemaSpan(span{g.start + 1, g.end + 1}) }, nil),
	shifted("inclusive ends", "", "", func(_ int, g span, _ []rune) schema.Span { return schemaSpan(span{g.start, g.end - 1}) }, nil),
	shifted("UTF-16 units", "", "😀 ", func(_ int, g span, text []rune) schema.Span { return units(text, g, 2) }, nil),
	shifted("UTF-8 bytes", "", "😀 ", func(_ int, g span, text []rune) schema.Span {
		return schemaSpan(span{len(string(text[:g.start])), len(string(text[:g.end]))})
	}, nil),
	shifted("counted from the second line", "", "A title.\n", func(_ int, g span, _ []rune) schema.Span { return schemaSpan(span{g.start - 9, g.end - 9}) }, nil),
}

// units counts the characters beyond the basic plane as n.
func units(text []rune, g span, n int) schema.Span {
	count := func(to int) int {
		c := 0
		for _, r := range text[:to] {
			if c++; r > 0xFFFF {
				c += n - 1
			}
		}
		return c
	}
	return schemaSpan(span{count(g.start), count(g.end)})
}
