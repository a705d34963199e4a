package rebase

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
			w.pair(int(h.old[k]), int(h.new[l]))
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
	old, new := h.old, h.new
	place := make(map[int32]int, len(new)) // of a word in new
	for l, j := range new {
		place[j] = l
	}
	var doneOld, doneNew int
	for k := 0; k < len(old); {
		partner := w.old.to[old[k]]
		from, inHunk := place[partner]
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
		if w.old.to[i] >= 0 {
			shared += int(w.old.words[i].Len())
		}
	}
	shorter := min(w.old.lettersOf(h.old), w.new.lettersOf(h.new))
	if shared*100 >= minShared*shorter {
		return
	}
	for _, i := range h.old {
		if w.old.to[i] >= 0 {
			w.unpair(i)
		}
	}
}
