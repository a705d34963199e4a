package segment

import (
	"strings"
	"unicode"
)

// leastStem is how many letters a word keeps when a proclitic is taken off.
const leastStem = 2

// Peels are where a span at the start of an Arabic word may begin instead, in code
// points of the word: after a conjunction و or ف, then after ب, ل, ك or س. In لل the
// span begins at the second ل, the article or the word's own letter, so that one ل
// is taken off. Diacritics and tatweels go with the letter before them. Spelling
// alone decides, and the و of وزير is offered too: who labels chooses.
func Peels(word string) []int32 {
	runes := []rune(word)
	var at []int32
	for _, particles := range []string{"وف", "بلكس"} {
		from := 0
		if len(at) > 0 {
			from = int(at[len(at)-1])
		}
		if from >= len(runes) || !strings.ContainsRune(particles, runes[from]) {
			continue
		}
		to := from + 1
		for to < len(runes) && (unicode.IsMark(runes[to]) || runes[to] == 'ـ') {
			to++
		}
		if letters(runes[to:]) < leastStem {
			break
		}
		at = append(at, int32(to))
	}
	return at
}

// letters counts letters and digits.
func letters(runes []rune) int {
	n := 0
	for _, r := range runes {
		if unicode.IsLetter(r) && r != 'ـ' || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}
