package main

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/mizan-corpus/mizan/schema"
)

// kind is one way in which answers differ from the text. one makes an answer that
// marks one span, whole one that marks all of a text.
type kind struct {
	name   string
	groups string // of texts, with spaces between; "" for all
	around bool   // it has the words around
	ownEnd bool   // it has another boundary than the labels, which the text allows
	one    func(labelled, span) (answer, bool)
	whole  func(labelled) answer
}

func (k *kind) fits(group string) bool {
	return k.groups == "" || slices.Contains(strings.Fields(k.groups), group)
}

const (
	arabic = "ar ar+marks"
	latin  = "en fr"
)

// kinds are all of them, in the order of the table.
var kinds = slices.Concat(writings, ends, contexts, several, offsetKinds)

// alone is an answer with a surface that f makes of the text's, and nothing else; f
// gives "" or the same for a span that it does not change.
func alone(name, groups string, f func(string) string) kind {
	return kind{name: name, groups: groups, one: func(l labelled, g span) (answer, bool) {
		s := f(l.at(g))
		return single(l.text, g, item{surface: s}), s != "" && s != l.at(g)
	}}
}

func single(text []rune, g span, it item) answer {
	it.gold = g
	if it.offsets == (schema.Span{}) {
		it.offsets = schema.NoSpan
	}
	return answer{text: text, items: []item{it}}
}

func replaced(pairs ...string) func(string) string {
	r := strings.NewReplacer(pairs...)
	return r.Replace
}

// writings are surfaces in another writing, without anything around.
var writings = []kind{
	{name: "verbatim", one: func(l labelled, g span) (answer, bool) { return single(l.text, g, item{surface: l.at(g)}), true }},
	alone("vowel signs left out", "ar+marks", unmarked),
	alone("vowel signs added", arabic, func(s string) string {
		var b strings.Builder
		for i, r := range s {
			b.WriteRune(r)
			if r >= 'ب' && r <= 'ي' && number(s)%3 != i%3 {
				b.WriteRune('َ')
			}
		}
		return b.String()
	}),
	alone("tatweel added", arabic, func(s string) string {
		return strings.Replace(strings.Replace(s, "ي", "يـ", 1), "س", "ســ", 1)
	}),
	alone("alef and hamza bare", arabic, replaced("أ", "ا", "إ", "ا", "آ", "ا", "ٱ", "ا", "ؤ", "و", "ئ", "ي")),
	alone("ta marbuta as heh", arabic, replaced("ة", "ه")),
	alone("yeh and alef maqsura", arabic, replaced("ي ", "ى ", "ى", "ي")),
	alone("presentation forms", arabic, presentation),
	alone("Persian yeh and kaf", arabic, replaced("ي", "ی", "ك", "ک")),
	alone("invisible marks", "", func(s string) string { return "\u200f" + strings.Replace(s, " ", "\u00a0\u200e", 1) + "\u200b" }),
	alone("decomposed (NFD)", "", norm.NFD.String),
	alone("accents left out, small letters", latin, func(s string) string { return strings.ToLower(unmarked(s)) }),
	alone("capital letters", latin, strings.ToUpper),
	alone("full width", latin, func(s string) string {
		return strings.Map(func(r rune) rune {
			if r > ' ' && r < 0x7f {
				return r + 0xfee0
			}
			return r
		}, s)
	}),
	{name: "other quotes and dashes", one: func(l labelled, g span) (answer, bool) {
		s := l.at(g)
		if other := replaced("’", "'", "-", "‑", "&", "&amp;")(s); other != s {
			return single(l.text, g, item{surface: other}), true
		}
		w := strings.SplitN(s, " ", 3)
		if len(w) < 3 || strings.ContainsAny(s, "\"“”«»") {
			return answer{}, false
		}
		here := []rune(w[0] + " «" + w[1] + "» " + w[2])
		text := slices.Concat(l.text[:g.start], here, l.text[g.end:])
		return single(text, span{g.start, g.start + len(here)}, item{surface: w[0] + " \"" + w[1] + "\" " + w[2]}), true
	}},
	alone("spaces of a tokenizer", "", replaced("’", " ’ ", "-", " - ", " ", "  ", ".", " .")),
}

// ends are surfaces with an end changed.
var ends = []kind{
	alone("a full stop or comma behind", "", func(s string) string { return s + string([]rune(".،,")[number(s)%3]) }),
	alone("in quotes", "", func(s string) string {
		return []string{"“", "\"", "«"}[number(s)%3] + s + []string{"”", "\"", "»"}[number(s)%3]
	}),
	alone("the article left out", arabic, func(s string) string {
		if r, ok := strings.CutPrefix(s, "ال"); ok && len([]rune(r)) > 3 {
			return r
		}
		return ""
	}),
	{name: "the article where the text has لل", groups: "ar", one: func(l labelled, g span) (answer, bool) {
		s := l.at(g)
		if rest, ok := strings.CutPrefix(s, "ال"); ok && g.start > 0 && l.text[g.start-1] == ' ' { // made so
			text := slices.Concat(l.text[:g.start], []rune("لل"+rest), l.text[g.end:])
			return single(text, span{g.start + 1, g.end}, item{surface: s}), true
		}
		ok := g.start > 0 && l.text[g.start] == 'ل' && l.text[g.start-1] == 'ل'
		return single(l.text, g, item{surface: "ا" + s}), ok
	}},
	missing(alone("an article too many", "", func(s string) string {
		switch {
		case strings.HasPrefix(s, "ال") || strings.HasPrefix(s, "the ") || strings.HasPrefix(s, "L"):
			return ""
		case s[0] > 0x7f && unicode.Is(unicode.Arabic, []rune(s)[0]):
			return "ال" + s
		}
		return "the " + s
	})),
	missing(alone("a proclitic too many", arabic, func(s string) string { return "و" + s })),
	{name: "with the proclitic of the text", ownEnd: true, groups: arabic, one: func(l labelled, g span) (answer, bool) {
		at := g.start - 1
		for at > 0 && unicode.Is(unicode.Mn, l.text[at]) {
			at--
		}
		ok := at > 0 && strings.ContainsRune("وفبلك", l.text[at]) && !unicode.IsLetter(l.text[at-1]) && l.text[g.start] != 'ل'
		return single(l.text, g, item{surface: l.at(span{max(at, 0), g.end})}), ok
	}},
}

// missing is a kind whose surface is not in the text as it is.
func missing(k kind) kind {
	one := k.one
	k.one = func(l labelled, g span) (answer, bool) {
		a, ok := one(l, g)
		return a, ok && !strings.Contains(letters(string(l.text)), letters(a.items[0].surface))
	}
	return k
}

// unmarked is a text without marks.
func unmarked(s string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) && r != 0x0653 && r != 0x0654 && r != 0x0655 {
			return -1
		}
		return r
	}, norm.NFD.String(s)))
}

// forms are the letters of Arabic in a presentation form, lam with alef too.
var forms = func() map[string]rune {
	m := map[string]rune{}
	for r := rune(0xFE80); r <= 0xFEFC; r++ {
		m[norm.NFKC.String(string(r))] = r
	}
	return m
}()

func presentation(s string) string {
	var b strings.Builder
	r := []rune(s)
	for i := 0; i < len(r); i++ {
		if i+1 < len(r) {
			if f, ok := forms[string(r[i:i+2])]; ok {
				b.WriteRune(f)
				i++
				continue
			}
		}
		if f, ok := forms[string(r[i])]; ok {
			b.WriteRune(f)
			continue
		}
		b.WriteRune(r[i])
	}
	return b.String()
}
