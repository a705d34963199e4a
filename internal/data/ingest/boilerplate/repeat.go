package boilerplate

import (
	"hash/maphash"
	"strings"
	"unicode/utf8"
)

// Bounds for repeated text, in bytes of the comparison key.
const (
	minRepeat  = 32 // a shorter line is a repeat only inside a repeated block
	minWeak    = 48 // the same for a line that is no paragraph
	anchorSize = 32 // what two copies must share to be compared at all
	maxAnchors = 8  // places with the same anchor that are tried
)

// repeats finds text that a page has twice, also when the line breaks differ:
// the keys of all lines kept so far are one stream, and a line is looked up at
// the places of the stream where a line or a sentence begins, and where the
// line before it left off. It works in linear time.
type repeats struct {
	seed    maphash.Seed
	stream  strings.Builder
	anchors map[uint64][]anchor
	cursor  int // where the last repeated line ended in the stream; -1 when the last line was new
	line    int // the line in which the block that cursor is in began
}

type anchor struct {
	at   int  // byte of the stream
	line int  // index of the line it is in
	head bool // whether the line begins there
}

// MarkRepeats marks lines that repeat earlier text, and earlier lines that a
// later one has completely and continues: the first complete copy is kept. It
// returns the index of the first repeated line and of the line it repeats, or
// -1, -1.
func MarkRepeats(lines []Line) (first, of int) {
	r := repeats{seed: maphash.MakeSeed(), anchors: map[uint64][]anchor{}, cursor: -1}
	first, of = -1, -1
	cut := teasers{}
	for i := range lines {
		l := &lines[i]
		if l.Class != ClassText || l.aside {
			continue
		}
		from, whole := r.find(l)
		if whole {
			l.Repeat = true
			l.same = lines[from].Key == l.Key
			// A repeated headline is no second copy of the text.
			if first < 0 && (l.Strong || lines[from].Strong) {
				first, of = i, from
			}
			continue
		}
		if from >= 0 {
			for j := from; j < i; j++ {
				lines[j].Repeat = lines[j].Class == ClassText && !lines[j].aside
				lines[j].Partial = lines[j].Repeat
			}
			if first < 0 {
				first, of = i, from
			}
		}
		r.add(i, l)
		if len(l.Key) >= minRepeat {
			cut.meet(lines, i, r.hash(l.Key))
		}
	}
	if keepRefrains(lines); first >= 0 && !lines[first].Repeat && !lines[of].Repeat {
		return firstCopy(lines)
	}
	return first, of
}

// teasers are the lines that end in dots, by the hash of their beginning.
type teasers map[uint64][]int

// meet marks the teasers that line i has whole, and notes it if it is one.
func (t teasers) meet(lines []Line, i int, hash uint64) {
	key := lines[i].Key
	for _, j := range t[hash] {
		if start := strings.TrimRight(lines[j].Key, ".…"); len(key) > len(start) && strings.HasPrefix(key, start) {
			lines[j].Repeat, lines[j].Partial = true, true
		}
	}
	if (strings.HasSuffix(key, "...") || strings.HasSuffix(key, "…")) && len(t[hash]) < maxAnchors {
		t[hash] = append(t[hash], i)
	}
}

// firstCopy is the first paragraph that is a copy and the line that it repeats, or -1, -1.
func firstCopy(lines []Line) (first, of int) {
	for i := range lines {
		if l := &lines[i]; l.Repeat && l.Strong {
			for j := range i {
				if lines[j].Key == l.Key {
					return i, j
				}
			}
		}
	}
	return -1, -1
}

// keepRefrains keeps single lines that repeat a whole line before them and stand
// between new text: the questions of an interview, a refrain, a list's heading.
func keepRefrains(lines []Line) {
	before := -1 // the text line before
	for i := range lines {
		if lines[i].Class != ClassText || lines[i].aside {
			continue
		}
		if l := &lines[i]; l.Repeat && l.same && before >= 0 && !lines[before].Repeat {
			if next := nextText(lines, i); next >= 0 && !lines[next].Repeat && !lines[next].aside {
				l.Repeat = false
			}
		}
		before = i
	}
}

func (r *repeats) hash(key string) uint64 { return maphash.String(r.seed, key[:anchorSize]) }

// find looks a line up in the stream. With whole, the line repeats text that
// begins in line from; else, with from ≥ 0, it repeats all of the stream from
// line from on and continues it. From is -1 when the line is new.
func (r *repeats) find(l *Line) (from int, whole bool) {
	s, key := r.stream.String(), l.Key
	if r.cursor >= 0 && strings.HasPrefix(s[r.cursor:], key) {
		r.cursor += len(key)
		return r.line, true
	}
	r.cursor = -1
	if len(key) < minRepeat || !l.Strong && len(key) < minWeak {
		return -1, false
	}
	for _, a := range r.anchors[r.hash(key)] {
		rest := s[a.at:]
		if strings.HasPrefix(rest, key) {
			r.cursor, r.line = a.at+len(key), a.line
			return a.line, true
		}
		if a.head && len(rest) >= 2*minRepeat && strings.HasPrefix(key, rest) {
			return a.line, false
		}
	}
	return -1, false
}

// add appends a line to the stream with its places to look at.
func (r *repeats) add(i int, l *Line) {
	r.place(anchor{r.stream.Len(), i, true}, l.Key)
	for at, c := range l.Key {
		if strings.ContainsRune(".؟?!:۔", c) {
			next := at + utf8.RuneLen(c)
			r.place(anchor{r.stream.Len() + next, i, false}, l.Key[next:])
		}
	}
	r.stream.WriteString(l.Key)
}

func (r *repeats) place(a anchor, key string) {
	if len(key) < anchorSize {
		return
	}
	if h := r.hash(key); len(r.anchors[h]) < maxAnchors {
		r.anchors[h] = append(r.anchors[h], a)
	}
}
