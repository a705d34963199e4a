package folding

import (
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/mizan-corpus/mizan/schema"
)

// Difference says how two writings with the same letters differ, the least first.
type Difference uint8

const (
	None     Difference = iota // letter for letter
	Marks                      // marks left out, composed or not, invisible characters, spaces at punctuation, quotes, digits
	Case                       // small and capital letters, a hamza left out
	Letters                    // letters that are written for one another: ة ه, ى ي, ß ss
	Conflict                   // marks that contradict each other
	Respaced                   // a space between letters too many or too few
)

// Differs compares letters [from, to) of the text with all of a surface, which has
// the same letters: the greatest difference among them.
func (t *Text) Differs(from, to int, surface *Text, exact bool) Difference {
	if exact {
		return None
	}
	d := Marks
	for i := from; i < to; i++ {
		j := i - from
		if t.letters[i].flags&part == 0 || surface.letters[j].flags&part == 0 {
			d = max(d, between(t.piece(i), surface.piece(j)))
		}
		if j > 0 && t.Spaced(i) != surface.Spaced(j) && t.InWord(i-1) && t.InWord(i) && !t.NoSpace(i-1) && !t.NoSpace(i) {
			d = max(d, Respaced)
		}
	}
	return d
}

// between compares two writings of one letter.
func between(a, b []rune) Difference {
	if string(a) == string(b) {
		return None
	}
	baseA, marksA := apart(a)
	baseB, marksB := apart(b)
	d := Marks
	switch {
	case baseA == baseB:
	case unicode.ToLower(baseA) == unicode.ToLower(baseB):
		d = Case
	case unicode.IsLetter(baseA) && unicode.IsLetter(baseB):
		d = Letters
	}
	switch {
	case marksA == marksB:
	case marksA == "" || marksB == "":
		if hamza(marksA + marksB) {
			d = max(d, Case)
		}
	default:
		d = max(d, Conflict)
	}
	return d
}

// apart is the base letter and the marks of one letter, tatweel aside.
func apart(piece []rune) (base rune, marks string) {
	for _, r := range norm.NFKD.String(string(piece)) {
		switch {
		case r == 0x0640 || classOf(r) == classDropped:
		case base == 0:
			base = r
		case classOf(r) == classMark:
			marks += string(r)
		}
	}
	return base, marks
}

// hamza reports whether marks have a hamza or madda, which makes another letter.
func hamza(marks string) bool {
	for _, r := range marks {
		if r >= 0x0653 && r <= 0x0655 {
			return true
		}
	}
	return false
}

// mostOfOne is how many letters one code point is taken apart into at most (U+FDFA, a
// phrase, has 15).
const mostOfOne = 15

// Same reports whether two texts have the same letters.
func Same(a, b string) bool {
	if a == b {
		return true
	}
	if Longer(a, mostOfOne*len(b)) || Longer(b, mostOfOne*len(a)) {
		return false // and nothing is made of the longer one
	}
	return New(a).Folded == New(b).Folded
}

// Trimmed is a span without the white space at its ends and with the marks of its
// last letter; changed says whether it was another. A span without a letter stays.
func (t *Text) Trimmed(s schema.Span) (trimmed schema.Span, changed bool) {
	from, to := t.Letters(s)
	if from >= to {
		return s, false
	}
	out := s
	for out.Start < out.End && classOf(t.source[out.Start]) == classSpace {
		out.Start++
	}
	for out.End > out.Start && classOf(t.source[out.End-1]) == classSpace {
		out.End--
	}
	if last := t.letters[to-1]; last.start < out.End && last.end > out.End {
		out.End = last.end
	}
	return out, out != s
}
