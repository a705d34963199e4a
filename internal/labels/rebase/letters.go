package rebase

import (
	"slices"

	"github.com/mizan-corpus/mizan/internal/labels/normalise"
	"github.com/mizan-corpus/mizan/internal/labels/occurrence"
	"github.com/mizan-corpus/mizan/schema"
)

// Words are compared letter by letter only in small changes: past these bounds
// a passage was rewritten, and its words are not each other's successors.
const (
	maxLikePairs   = 1024 // old words × new words of a change
	maxLikeLetters = 48   // of a word
)

// pairChanged pairs, between the pairs of a hunk, words with those they were
// changed into: along the best sum of letters that stay, in order, and only
// words of which two thirds of the letters stay.
func (w *wordAligner) pairChanged(h hunk) {
	next := 0 // in h.new, after the last partner
	for k := 0; k <= len(h.old); k++ {
		start := k
		for k < len(h.old) && w.old.to[h.old[k]] < 0 {
			k++
		}
		stop := len(h.new)
		if k < len(h.old) {
			stop = next + slices.Index(h.new[next:], w.old.to[h.old[k]])
		}
		if (k-start)*(stop-next) <= maxLikePairs {
			w.pairLike(h.old[start:k], h.new[next:stop])
		}
		next = stop + 1
	}
}

// pairLike finds the pairs of one change by dynamic programming.
func (w *wordAligner) pairLike(a, b []int32) {
	n, m := len(a), len(b)
	if n == 0 || m == 0 {
		return
	}
	oldWords, newWords := w.old.folded(a), w.new.folded(b)
	like := make([]int, n*m)         // letters that stay, 0 when not alike
	best := make([]int, (n+1)*(m+1)) // of the words from i and j on
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if w.old.ids[a[i]] == w.new.ids[b[j]] {
				like[i*m+j] = int(w.old.words[a[i]].Len())
			} else {
				like[i*m+j] = w.alike(oldWords[i], newWords[j])
			}
			best[i*(m+1)+j] = max(best[(i+1)*(m+1)+j], best[i*(m+1)+j+1])
			if l := like[i*m+j]; l > 0 {
				best[i*(m+1)+j] = max(best[i*(m+1)+j], l+best[(i+1)*(m+1)+j+1])
			}
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		here := best[i*(m+1)+j]
		switch l := like[i*m+j]; {
		case l > 0 && here == l+best[(i+1)*(m+1)+j+1]:
			w.pair(int(a[i]), int(b[j]))
			i, j = i+1, j+1
		case here == best[(i+1)*(m+1)+j]:
			i++
		default:
			j++
		}
	}
}

// folded is the letters of words, nil for punctuation and words that are too
// long to compare.
func (t *wordText) folded(words []int32) [][]foldedLetter {
	list := make([][]foldedLetter, len(words))
	for k, i := range words {
		if word := t.slice(t.words[i]); occurrence.InWord(word[0]) && len(word) <= maxLikeLetters {
			list[k] = foldedLetters(word)
		}
	}
	return list
}

// alike is how many letters stay when word a becomes word b, at least 1, or 0
// when less than two thirds do. Spelling that [normalise.Map] folds is no
// difference.
func (w *wordAligner) alike(a, b []foldedLetter) int {
	longer, shorter := max(len(a), len(b)), min(len(a), len(b))
	if shorter == 0 || 3*(longer-shorter) > longer {
		return 0
	}
	w.table = editTable(w.table, a, b)
	if d := int(w.table[0]); 3*d <= longer {
		return max(1, longer-d)
	}
	return 0
}

// foldedLetter is a code point of a word as [normalise.Map] folds it.
type foldedLetter struct {
	r  rune
	at int32 // in the word
}

func foldedLetters(word []rune) []foldedLetter {
	list := make([]foldedLetter, 0, len(word))
	for at, r := range word {
		if compared(r) {
			list = append(list, foldedLetter{normalise.Rune(r), int32(at)})
		}
	}
	return list
}

// compared reports whether a code point counts in comparisons: all do but white
// space and the marks that [normalise.Map] drops.
func compared(r rune) bool {
	f := normalise.Rune(r)
	return f != ' ' && f != normalise.Attached && f != normalise.Dropped
}

// editTable is the edit distances of every pair of endings of a and b, row by
// row, in the memory of d; insertions, deletions, substitutions and swaps of two neighbours cost 1.
func editTable(d []int32, a, b []foldedLetter) []int32 {
	n, m := len(a), len(b)
	d = slices.Grow(d[:0], (n+1)*(m+1))[:(n+1)*(m+1)]
	for i := n; i >= 0; i-- {
		for j := m; j >= 0; j-- {
			switch {
			case i == n:
				d[i*(m+1)+j] = int32(m - j)
			case j == m:
				d[i*(m+1)+j] = int32(n - i)
			default:
				replace := d[(i+1)*(m+1)+j+1]
				if a[i].r != b[j].r {
					replace++
				}
				d[i*(m+1)+j] = min(replace, d[(i+1)*(m+1)+j]+1, d[i*(m+1)+j+1]+1)
				if swapped(a, b, i, j) {
					d[i*(m+1)+j] = min(d[i*(m+1)+j], d[(i+2)*(m+1)+j+2]+1)
				}
			}
		}
	}
	return d
}

// swapped reports whether two neighbouring letters have changed places.
func swapped(a, b []foldedLetter, i, j int) bool {
	return i+1 < len(a) && j+1 < len(b) && a[i].r == b[j+1].r && a[i+1].r == b[j].r && a[i].r != b[j].r
}

// letters turns the pairs of words into pairs of code points.
func (w *wordAligner) letters() *alignment {
	al := &alignment{old: w.old.runes, new: w.new.runes}
	al.to, al.from = make([]int32, len(al.old)), make([]int32, len(al.new))
	for _, list := range [][]int32{al.to, al.from} {
		for p := range list {
			list[p] = -1
		}
	}
	for i, j := range w.old.to {
		if j < 0 {
			continue
		}
		a, b := w.old.words[i], w.new.words[j]
		if w.old.ids[i] == w.new.ids[j] {
			for d := range a.Len() {
				al.pair(a.Start+d, b.Start+d)
			}
			continue
		}
		al.pairLetters(a, b)
	}
	al.pairSpaces()
	shared, inOld, inNew := 0, 0, 0
	for p, r := range al.old {
		if compared(r) {
			inOld++
			if q := al.to[p]; q >= 0 && normalise.Rune(r) == normalise.Rune(al.new[q]) {
				shared++
			}
		}
	}
	for _, r := range al.new {
		if compared(r) {
			inNew++
		}
	}
	al.related = shared > 0 && shared*100 >= minShared*min(inOld, inNew)
	return al
}

func (al *alignment) pair(p, q int32) { al.to[p], al.from[q] = q, p }

// pairLetters pairs the letters of a changed word along a shortest edit script.
func (al *alignment) pairLetters(old, new schema.Span) {
	a, b := foldedLetters(al.old[old.Start:old.End]), foldedLetters(al.new[new.Start:new.End])
	d, m := editTable(nil, a, b), len(b)
	for i, j := 0, 0; i < len(a) && j < m; {
		here := d[i*(m+1)+j]
		replace := d[(i+1)*(m+1)+j+1]
		if a[i].r != b[j].r {
			replace++
		}
		switch {
		case swapped(a, b, i, j) && here == d[(i+2)*(m+1)+j+2]+1:
			al.pair(old.Start+a[i].at, new.Start+b[j+1].at)
			al.pair(old.Start+a[i+1].at, new.Start+b[j].at)
			i, j = i+2, j+2
		case here == replace:
			al.pair(old.Start+a[i].at, new.Start+b[j].at)
			i, j = i+1, j+1
		case here == d[(i+1)*(m+1)+j]+1:
			i++
		default:
			j++
		}
	}
}

// pairSpaces pairs white space that follows, on both sides, a pair or the
// beginning.
func (al *alignment) pairSpaces() {
	for p, r := range al.old {
		q := int32(0)
		if p > 0 {
			if al.to[p-1] < 0 {
				continue
			}
			q = al.to[p-1] + 1
		}
		if normalise.Rune(r) == ' ' && int(q) < len(al.new) && al.new[q] == r && al.from[q] < 0 {
			al.pair(int32(p), q)
		}
	}
}
