// Command placements prints how the words of answers land in texts: the table of
// docs/extractors.md. Each kind of answer is made of what a text is labelled with, in
// the default corpus, a copy of it with vowel signs, an English and a French text.
package main

import (
	"embed"
	"fmt"
	"hash/fnv"
	"strings"
	"unicode"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/schema"
)

//go:embed texts
var written embed.FS

// labelled is a text and the spans in it that answers are made of.
type labelled struct {
	name string // of its group: ar, ar+marks, en, fr
	text []rune
	gold []span
}

type span struct{ start, end int }

func (l *labelled) at(s span) string { return string(l.text[s.start:s.end]) }

// texts are the four groups: the articles of the default corpus, the same with vowel
// signs, and the English and the French text.
func texts() ([]labelled, error) {
	corpus, err := corpusTexts()
	if err != nil {
		return nil, err
	}
	all := corpus
	for _, l := range corpus {
		all = append(all, vocalised(l))
	}
	for _, name := range []string{"en", "fr"} {
		b, err := written.ReadFile("texts/" + name + ".txt")
		if err != nil {
			return nil, err
		}
		all = append(all, bracketed(name, string(b)))
	}
	return all, nil
}

func corpusTexts() ([]labelled, error) {
	ds, err := data.Default()
	if err != nil {
		return nil, err
	}
	byID := map[string][]rune{}
	for a, err := range ds.Articles() {
		if err != nil {
			return nil, err
		}
		byID[a.DocID] = []rune(a.Text)
	}
	var all []labelled
	for g, err := range ds.Annotations() {
		if err != nil {
			return nil, err
		}
		l := labelled{name: "ar", text: byID[g.DocID]}
		for _, m := range g.Mentions {
			l.gold = append(l.gold, span{int(m.Span.Start), int(m.Span.End)})
		}
		all = append(all, l)
	}
	return all, nil
}

// bracketed reads a text whose mentions stand in it as [words|TYPE].
func bracketed(name, text string) labelled {
	l := labelled{name: name}
	inType := false
	for _, r := range strings.TrimSpace(text) {
		switch {
		case r == '[':
			l.gold = append(l.gold, span{len(l.text), 0})
		case r == '|':
			l.gold[len(l.gold)-1].end, inType = len(l.text), true
		case r == ']':
			inType = false
		case !inType:
			l.text = append(l.text, r)
		}
	}
	return l
}

// vocalised is a text with a vowel sign behind most of its letters, as they fall by a
// hash of place and letter.
func vocalised(l labelled) labelled {
	out := labelled{name: l.name + "+marks"}
	moved := make([]int, len(l.text)+1)
	for i, r := range l.text {
		moved[i] = len(out.text)
		out.text = append(out.text, r)
		if r >= 'ب' && r <= 'ي' && r != 'ى' && (i+1 == len(l.text) || !unicode.Is(unicode.Mn, l.text[i+1])) {
			if n := number(fmt.Sprint(i, r)); n%4 != 0 {
				out.text = append(out.text, []rune("َُِّْ")[n%5])
			}
		}
	}
	moved[len(l.text)] = len(out.text)
	for _, g := range l.gold {
		out.gold = append(out.gold, span{moved[g.start], moved[g.end]})
	}
	return out
}

// number is a number that follows from a name.
func number(name string) int {
	h := fnv.New32a()
	h.Write([]byte(name))
	return int(h.Sum32() >> 1)
}

// schemaSpan is a span as the schema has it.
func schemaSpan(s span) schema.Span { return schema.Span{Start: int32(s.start), End: int32(s.end)} }
