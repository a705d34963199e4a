package labels

import "slices"

// pairWords pairs equal words of a hunk in order.
func (w *wordAligner) pairWords(p *pairing, h hunk) {
	idsOf := func(t *wordText, list []int32) []int32 {
		ids := make([]int32, len(list))
		for k, i := range list {
			ids[k] = t.ids[i]
		}
		return ids
	}
	to := p.pairUp(idsOf(w.old, h.old), idsOf(w.new, h.new), false)
	for k, l := range to {
		if l >= 0 {
			w.pair(int(h.old[k]), int(h.new[l]), pairedWord)
		}
	}
}

// run is paired words in a row on both sides, and the letters of the change
// before it.
type run struct {
	words          []int32 // of the old text
	letters        int
	gapOld, gapNew int
}

// unpairChance takes apart each run of paired words of a hunk that has no more
// letters than what was replaced before it and than what was replaced after it:
// most likely the words are alike by chance. A change that only inserts or only
// deletes replaces nothing.
func (w *wordAligner) unpairChance(h hunk) {
	var kept []run
	// settle takes the last runs apart that fail before a gap; it returns the
	// gap that is then before what follows.
	settle := func(gapOld, gapNew int) (int, int) {
		for len(kept) > 0 {
			r := kept[len(kept)-1]
			if r.letters > min(r.gapOld, r.gapNew) || r.letters > min(gapOld, gapNew) {
				break
			}
			for _, i := range r.words {
				w.unpair(i)
			}
			kept = kept[:len(kept)-1]
			gapOld, gapNew = gapOld+r.gapOld+r.letters, gapNew+r.gapNew+r.letters
		}
		return gapOld, gapNew
	}
	old, new := w.old.unmoved(h.old), w.new.unmoved(h.new)
	var doneOld, doneNew int
	for k := 0; k < len(old); {
		partner := w.old.to[old[k]]
		from, inHunk := slices.BinarySearch(new, partner)
		if !inHunk || from < doneNew {
			k++
			continue
		}
		end := 1
		for k+end < len(old) && from+end < len(new) && w.old.to[old[k+end]] == new[from+end] {
			end++
		}
		r := run{words: old[k : k+end], letters: w.old.lettersOf(old[k : k+end])}
		r.gapOld, r.gapNew = settle(w.old.lettersOf(old[doneOld:k]), w.new.lettersOf(new[doneNew:from]))
		kept = append(kept, r)
		doneOld, doneNew, k = k+end, from+end, k+end
	}
	settle(w.old.lettersOf(old[doneOld:]), w.new.lettersOf(new[doneNew:]))
}

// unmoved is the words of a list that are not in a moved passage.
func (t *wordText) unmoved(list []int32) []int32 {
	return slices.DeleteFunc(slices.Clone(list), func(i int32) bool { return t.how[i] == pairedMoved })
}

// lettersOf is the length of words in code points.
func (t *wordText) lettersOf(words []int32) (n int) {
	for _, i := range words {
		n += int(t.words[i].Len())
	}
	return n
}

// unpairStrangers takes a hunk apart again whose two sides share less than
// minShared per cent of the shorter one's letters.
func (w *wordAligner) unpairStrangers(h hunk) {
	shared := 0
	for _, i := range h.old {
		if how := w.old.how[i]; how == pairedWord || how == pairedLike {
			shared += int(w.old.words[i].Len())
		}
	}
	shorter := min(w.old.lettersOf(w.old.unmoved(h.old)), w.new.lettersOf(w.new.unmoved(h.new)))
	if shared*100 >= minShared*shorter {
		return
	}
	for _, i := range h.old {
		if how := w.old.how[i]; how == pairedWord || how == pairedLike {
			w.unpair(i)
		}
	}
}

// pairMoved pairs passages of at least shingleWords words that are in no hunk's
// order: each begins at words in a row that occur once among the unpaired ones
// of either side, and goes as far as the words are equal.
func (w *wordAligner) pairMoved() {
	type shingle [shingleWords]int32
	places := func(t *wordText) map[shingle]int { // -1 for several
		found := map[shingle]int{}
		free := 0 // unpaired words in a row
		for i := range t.words {
			if t.to[i] >= 0 {
				free = 0
				continue
			}
			if free++; free >= shingleWords {
				start := i + 1 - shingleWords
				key := shingle(t.ids[start : i+1])
				if _, again := found[key]; again {
					start = -1
				}
				found[key] = start
			}
		}
		return found
	}
	a, b := w.old, w.new
	inOld, inNew := places(a), places(b)
	for i := 0; i+shingleWords <= len(a.words); i++ {
		if a.to[i] >= 0 {
			continue
		}
		key := shingle(a.ids[i : i+shingleWords])
		j, ok := inNew[key]
		if at, free := inOld[key]; !ok || !free || at != i || j < 0 || b.to[j] >= 0 {
			continue
		}
		equal := func(i, j int) bool {
			return i >= 0 && j >= 0 && i < len(a.words) && j < len(b.words) && a.to[i] < 0 && b.to[j] < 0 && a.ids[i] == b.ids[j]
		}
		back := 0
		for equal(i-back-1, j-back-1) {
			back++
		}
		for from, to := i-back, j-back; equal(from, to); from, to = from+1, to+1 {
			w.pair(from, to, pairedMoved)
		}
	}
}
