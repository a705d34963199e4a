package language

import (
	"sync"
	"unicode/utf8"
)

// mostForeign is the most words in a hundred that may hold a letter which the
// language does not write, and leastForeign how many there must be for that to
// count. News in a language has such letters in borrowed words and names, of
// which those with a capital are not counted.
const (
	mostForeign  = 8
	leastForeign = 3
)

// ownLetters are the letters outside ASCII that prose in a language has, borrowed
// words included, and rareLetters those of ASCII that it has in borrowed words
// alone.
var ownLetters = map[tongue]string{
	english:    "àâçèéêëîïñôöüœæ",
	french:     "àâæçèéêëîïñôùûüÿœ",
	german:     "àäéèêöüß",
	spanish:    "áéíñóúüç",
	turkish:    "âçğîıöşûüi̇",
	kurmanji:   "çêîşû",
	italian:    "àèéìîíòóùú",
	portuguese: "àáâãçéêíóôõúü",
	dutch:      "áàâäçèéêëíïîóôöúûü",
}

var rareLetters = map[tongue]string{
	french: "kw", spanish: "kw", turkish: "qwx", italian: "jkwxy", portuguese: "kwy",
}

// allLatin is every language in Latin letters that has a name.
const allLatin = 1<<otherLatin - 1<<firstLatin

// asciiForeign and latinForeign say of a small letter which languages do not
// write it.
var asciiForeign = func() (ascii [utf8.RuneSelf]uint32) {
	for l, letters := range rareLetters {
		for i := range len(letters) {
			ascii[letters[i]] |= 1 << l
		}
	}
	return ascii
}()

var latinForeign = sync.OnceValue(func() map[rune]uint32 {
	latin := map[rune]uint32{}
	for l, letters := range ownLetters {
		for _, r := range letters {
			if _, ok := latin[r]; !ok {
				latin[r] = allLatin
			}
			latin[r] &^= 1 << l
		}
	}
	return latin
})

// foreignTo are the languages that do not write a small letter outside ASCII.
func foreignTo(r rune) uint32 {
	if of, ok := latinForeign()[r]; ok {
		return of
	}
	return allLatin
}

// isPhonetic reports whether r is a letter of the phonetic alphabets, which
// many languages of Africa write.
func isPhonetic(r rune) bool { return 0x250 <= r && r < 0x2B0 && r != 'ə' }

// isForeign reports whether too many words have letters that the language does
// not write.
func (t *tally) isForeign(l tongue) bool {
	n := t.foreign[l] + t.phonetic
	return n >= leastForeign && 100*n > mostForeign*t.lower
}
