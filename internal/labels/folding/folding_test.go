package folding

import (
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"
)

// Longer and Same rest on it: no letter vanishes when it is folded, and none becomes
// more than mostOfOne (U+FDFA is the longest decomposition that Unicode has).
func TestEveryLetterStays(t *testing.T) {
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if !utf8.ValidRune(r) || classOf(r) != classLetter {
			continue
		}
		if n := New(string(r)).Len(); n < 1 || n > mostOfOne {
			t.Errorf("%U is folded to %d letters, expected 1 to %d", r, n, mostOfOne)
		}
	}
	if n := New("\ufdfa").Len(); n != mostOfOne {
		t.Errorf("U+FDFA: %d letters", n)
	}
}

func TestLonger(t *testing.T) {
	for text, letters := range map[string]int{"": 0, " \t\u200f": 0, "abc": 3, "أَبٌ ج": 3, "e\u0301": 1} {
		if Longer(text, letters) || letters > 0 && !Longer(text, letters-1) {
			t.Errorf("%q has not %d letters", text, letters)
		}
	}
}

func TestSame(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"", "", true}, {"", " ", true}, {"أحمد", "احمد", true}, {"\ufdfa", New("\ufdfa").Folded, true}, {"a", "b", false}, {"a", strings.Repeat("a", 16), false},
	} {
		if Same(c.a, c.b) != c.same || Same(c.b, c.a) != c.same {
			t.Errorf("%q and %q: expected %v", c.a, c.b, c.same)
		}
	}
}

// A surface of millions of letters is not taken apart to be told from a word.
func TestSameMakesNothingOfLongTexts(t *testing.T) {
	long := strings.Repeat("ab ", 1<<20)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if Same("abc", long) || Same(long, "abc") {
		t.Error("they are not the same")
	}
	runtime.ReadMemStats(&after)
	if made := after.TotalAlloc - before.TotalAlloc; made > 1<<20 {
		t.Errorf("made %d bytes", made)
	}
}
