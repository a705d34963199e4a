package rebase

import (
	"github.com/mizan-corpus/mizan/internal/labels/normalise"
	"github.com/mizan-corpus/mizan/internal/labels/occurrence"
	"github.com/mizan-corpus/mizan/schema"
)

const (
	// shingleWords is the least length of a passage that is found wherever it
	// went and is not a whole line, in words and punctuation marks.
	shingleWords = 8
	// minShared is the share of letters, in per cent of the shorter side, that
	// a rewritten passage keeps; with fewer it is another passage, and nothing
	// of it is paired.
	minShared = 25
)

// alignment pairs the code points of two texts. No code point has two partners.
// Partners are equal, or stand in the same place of a word that was changed.
type alignment struct {
	old, new []rune
	to       []int32 // by code point of old, its partner in new or -1
	from     []int32 // the way back
	related  bool    // the texts share at least minShared per cent of their letters
}

// alignTexts pairs lines and long passages first, wherever they went, then the
// words between them, then words that were changed with what they were changed
// into, letter by letter.
func alignTexts(old, new string) *alignment {
	w := &wordAligner{old: newWordText(old), new: newWordText(new)}
	w.pairLines()
	w.pairPassages()
	p := newPairing(w.ids)
	for _, h := range w.hunks() {
		h.new = w.new.unpaired(h.new)
		w.pairWords(p, h)
		w.unpairChance(h)
		w.unpairStrangers(h)
		w.pairChanged(h)
		w.unpairChance(h)
		w.unpairStrangers(h)
	}
	return w.letters()
}

// wordText is a text cut into words, which are runs of letters, marks and
// digits, or any other single code point but white space.
type wordText struct {
	runes  []rune
	lines  []schema.Span
	words  []schema.Span
	first  []int   // by line, its first word; one more at the end
	inLine []int32 // by word, its line
	ids    []int32 // by word; equal ids are equal words, on both sides
	to     []int32 // by word, its partner on the other side or -1
	lineOf []int32 // by line, its partner or -1
}

func newWordText(text string) *wordText {
	t := &wordText{runes: []rune(text)}
	n, start := int32(len(t.runes)), int32(0)
	for at := int32(0); at <= n; at++ {
		if at < n && t.runes[at] != '\n' {
			continue
		}
		t.lines = append(t.lines, schema.Span{Start: start, End: at})
		t.first = append(t.first, len(t.words))
		t.cut(start, at)
		start = at + 1
	}
	t.first = append(t.first, len(t.words))
	t.to = make([]int32, len(t.words))
	for i := range t.to {
		t.to[i] = -1
	}
	return t
}

// cut appends the words of one line.
func (t *wordText) cut(start, end int32) {
	for at := start; at < end; {
		from := at
		for at < end && occurrence.InWord(t.runes[at]) {
			at++
		}
		if at == from {
			at++
			if normalise.Rune(t.runes[from]) == ' ' {
				continue
			}
		}
		t.words = append(t.words, schema.Span{Start: from, End: at})
		t.inLine = append(t.inLine, int32(len(t.lines)-1))
	}
}

func (t *wordText) slice(s schema.Span) []rune { return t.runes[s.Start:s.End] }

type wordAligner struct {
	old, new *wordText
	ids      int
	table    []int32 // of alike, used again and again
}

// intern gives equal strings of both sides equal numbers.
func intern(a, b *wordText, spans func(*wordText) []schema.Span) (idsA, idsB []int32, n int) {
	known := map[string]int32{}
	number := func(t *wordText) []int32 {
		list := spans(t)
		ids := make([]int32, len(list))
		for i, s := range list {
			key := string(t.slice(s))
			id, ok := known[key]
			if !ok {
				id = int32(len(known))
				known[key] = id
			}
			ids[i] = id
		}
		return ids
	}
	return number(a), number(b), len(known)
}

// pairLines pairs whole lines: first in order, then those that occur once
// among the rest of each side.
func (w *wordAligner) pairLines() {
	a, b := w.old, w.new
	a.ids, b.ids, w.ids = intern(a, b, func(t *wordText) []schema.Span { return t.words })
	idsA, idsB, n := intern(a, b, func(t *wordText) []schema.Span { return t.lines })
	a.lineOf = newPairing(n).pairUp(idsA, idsB, true)
	b.lineOf = make([]int32, len(b.lines))
	for j := range b.lineOf {
		b.lineOf[j] = -1
	}
	for i, j := range a.lineOf {
		if j >= 0 {
			b.lineOf[j] = int32(i)
		}
	}
	onceA, onceB := a.linesOnce(idsA, n), b.linesOnce(idsB, n)
	for id := range n {
		if i, j := onceA[id], onceB[id]; i >= 0 && j >= 0 {
			a.lineOf[i], b.lineOf[j] = j, i
		}
	}
	for i, k := range a.lineOf {
		if k < 0 {
			continue
		}
		for d := range a.first[i+1] - a.first[i] {
			w.pair(a.first[i]+d, b.first[k]+d)
		}
	}
}

// linesOnce is, by id, the place of the unpaired line that has it: -1 for none,
// -2 for several. Lines without a word do not count.
func (t *wordText) linesOnce(ids []int32, n int) []int32 {
	at := make([]int32, n)
	for id := range at {
		at[id] = -1
	}
	for i, id := range ids {
		switch {
		case t.lineOf[i] >= 0 || t.first[i] == t.first[i+1]:
		case at[id] == -1:
			at[id] = int32(i)
		default:
			at[id] = -2
		}
	}
	return at
}

func (w *wordAligner) pair(i, j int) {
	w.old.to[i], w.new.to[j] = int32(j), int32(i)
}

func (w *wordAligner) unpair(i int32) {
	j := w.old.to[i]
	w.old.to[i], w.new.to[j] = -1, -1
}
