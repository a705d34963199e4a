package rebase

import "slices"

// hunk is unpaired words in a row of the old text and the words of the new text
// that stand where they stood.
type hunk struct{ old, new []int32 }

// hunks cuts the unpaired words of the old text up. Where the neighbours of a
// row of words are neighbours in the new text, too, it is one hunk. Where one of
// them moved, what stands in the line of the left one goes with it, and
// likewise with the right one; other words may have gone with either.
func (w *wordAligner) hunks() []hunk {
	var list []hunk
	a, n := w.old, len(w.old.words)
	for i := 0; i < n; {
		if a.to[i] >= 0 {
			i++
			continue
		}
		end := i
		for end < n && a.to[end] < 0 {
			end++
		}
		after, before := w.opposite(i, end)
		head, tail := i, end // the words between may have gone with either
		if !slices.Equal(after, before) {
			for i > 0 && head < end && a.inLine[head] == a.inLine[i-1] {
				head++
			}
			for end < n && tail > head && a.inLine[tail-1] == a.inLine[end] {
				tail--
			}
			if i > 0 && end < n && a.inLine[i-1] == a.inLine[end] {
				head, tail = i, end
			}
			list = appendHunk(list, i, head, after)
			list = appendHunk(list, tail, end, before)
			after = append(slices.Clone(after), before...)
		}
		list = appendHunk(list, head, tail, after)
		i = end
	}
	return list
}

func appendHunk(list []hunk, i, end int, new []int32) []hunk {
	if i == end || len(new) == 0 {
		return list
	}
	return append(list, hunk{wordRange(i, end), new})
}

func wordRange(from, until int) []int32 {
	list := make([]int32, until-from)
	for k := range list {
		list[k] = int32(from + k)
	}
	return list
}

// opposite is the unpaired new words after the partner of the old word before
// i, and those before the partner of the old word at end.
func (w *wordAligner) opposite(i, end int) (after, before []int32) {
	b := w.new
	from, until := 0, len(b.words)
	if i > 0 {
		from = int(w.old.to[i-1]) + 1
	}
	if end < len(w.old.words) {
		until = int(w.old.to[end])
	}
	stop, start := from, until
	for stop < len(b.words) && b.to[stop] < 0 {
		stop++
	}
	for start > 0 && b.to[start-1] < 0 {
		start--
	}
	return wordRange(from, stop), wordRange(start, until)
}

// unpaired is the words of a list that have no partner.
func (t *wordText) unpaired(list []int32) []int32 {
	return slices.DeleteFunc(slices.Clone(list), func(i int32) bool { return t.to[i] >= 0 })
}

// pairPassages pairs passages of at least shingleWords words, moved or not:
// each begins at words in a row that occur once among the unpaired ones of
// either side, and goes as far as the words are equal.
func (w *wordAligner) pairPassages() {
	a, b := w.old, w.new
	inOld, inNew := a.shingles(), b.shingles()
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
			w.pair(from, to)
		}
	}
}

// shingle is the ids of words in a row.
type shingle [shingleWords]int32

// shingles is where each shingle of unpaired words begins, -1 when there are
// several places.
func (t *wordText) shingles() map[shingle]int {
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
