package language

import (
	"strings"
	"unicode/utf8"
)

// languageSample is the most bytes of a text that are looked at.
const languageSample = 16 << 10

// tongue is a language that the evidence can point to. otherArabic and
// otherLatin stand for the many whose name is not given (Punjabi and Sindhi,
// Portuguese's neighbours and so on); knowing some of their words keeps a text
// in them from being called by the name of a relative.
type tongue uint8

const (
	arabic tongue = iota
	persian
	urdu
	sorani
	pashto
	uyghur
	otherArabic
	english
	french
	german
	spanish
	turkish
	kurmanji
	italian
	portuguese
	dutch
	otherLatin
	tongues

	firstLatin = english
)

// tongueCode is the ISO 639-1 code of each, which knows one Kurdish only.
var tongueCode = [tongues]string{
	"ar", "fa", "ur", "ku", "ps", "ug", "",
	"en", "fr", "de", "es", "tr", "ku", "it", "pt", "nl", "",
}

// usualWeight is the evidence that a hundred words of prose in a language give
// for it. Scores are divided by it, so that they count words: without that a
// third of Sorani, whose letters give nearly every word away, would outweigh
// two thirds of Arabic. The figures are rounded from what texts have: words
// drawn by their frequency in wordfreq 3.1.1, the Universal Declaration of
// Human Rights, and translated messages of programs. Nothing hangs on the
// second digit.
var usualWeight = [tongues]int{
	arabic: 115, persian: 85, urdu: 165, sorani: 210, pashto: 105, uyghur: 225, otherArabic: 45,
	english: 80, french: 80, german: 80, spanish: 63, turkish: 85, kurmanji: 80,
	italian: 65, portuguese: 63, dutch: 85, otherLatin: 35,
}

const (
	// leastEvidence is one word that only one language has, or two that few have.
	leastEvidence = 2
	// leastArabic and leastLatin are the least share of the usual evidence, in
	// percent. It is more for Latin letters, which far more languages share.
	leastArabic, leastLatin = 35, 50
	// leadPercent is how far the best must be ahead of the second.
	leadPercent = 120
	// relativeLead is how much more the words of languages without a name count: a
	// text in a named language has hardly any, one in its relative many of both.
	relativeLead = 2
)

// Of is the language that most words of a text are in, by its ISO 639-1
// code: of those in Arabic letters ar, fa, ur, ku (Sorani), ps or ug, of those
// in Latin letters en, fr, de, es, tr, ku (Kurmanji), it, pt or nl, of others
// what the script alone decides (he, el, ko, …). It is "" for other languages
// and where the evidence is thin or divided.
//
// Evidence are the words that hold sentences together ([arabicWords],
// [latinWords]), letters that one language has and others have not, and the
// article ال; see [arabicScan.word]. Neither digits nor addresses count, and
// in a text of another script neither do capitalised Latin words, for these
// are mostly names.
//
// It reads the first 16 KiB, in linear time.
func Of(text string) string {
	if len(text) > languageSample {
		cut := languageSample
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut]
	}
	var t tally
	t.read(text)
	return t.decide()
}

// tally is what was found in a text.
type tally struct {
	score       [tongues]int
	arabic      int               // words in Arabic letters
	lower       int               // words in Latin letters
	capitalised int               // words in Latin letters that begin with a capital
	foreign     [tongues]int      // words of lower that have a letter which the language does not write
	phonetic    int               // letters of the phonetic alphabets
	scripts     [len(scripts)]int // words in the other scripts
	unknown     int               // words in a script of many languages
	han         int               // Chinese characters, as words
	yiddish     int               // those of the words in Hebrew letters that are Yiddish
}

func (t *tally) decide() string {
	if 4*t.scripts[japanese] >= t.han {
		t.scripts[japanese] += t.han
	} else {
		t.unknown += t.han
	}
	if 10*t.yiddish > t.scripts[hebrew] {
		t.unknown += t.scripts[hebrew]
		t.scripts[hebrew] = 0
	}
	other, best := t.unknown, -1
	for i, n := range t.scripts {
		other += n
		if n > 0 && (best < 0 || n > t.scripts[best]) {
			best = i
		}
	}
	latin := t.lower + t.capitalised
	switch {
	case 2*t.arabic > t.arabic+t.lower+other && 4*t.arabic >= t.capitalised:
		return t.among(0, firstLatin, leastArabic*t.arabic)
	case 2*latin > t.arabic+latin+other && t.lower > t.arabic+other:
		return t.among(firstLatin, tongues, leastLatin*latin)
	case best >= 0 && 2*t.scripts[best] > t.arabic+t.lower+other && 4*t.scripts[best] >= t.capitalised:
		return scripts[best].code
	}
	return ""
}

// among is the code of the language from first to before end that has most of
// the words, and least hundredths of a word at least.
func (t *tally) among(first, end tongue, least int) string {
	best, top, second := first, 0, 0
	for l := first; l < end; l++ {
		n := 100 * 100 * t.score[l] / usualWeight[l]
		if l == otherLatin {
			n *= relativeLead
		}
		switch {
		case n > top:
			best, top, second = l, n, top
		case n > second:
			second = n
		}
	}
	if t.score[best] < leastEvidence || top < least || 100*top < leadPercent*second || t.isForeign(best) {
		return ""
	}
	return tongueCode[best]
}

// codes are those of ISO 639-1, without the withdrawn ones.
const codes = ` aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es 
 et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki 
 kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no 
 nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te 
 tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu `

// IsCode reports whether s is a code of ISO 639-1.
func IsCode(s string) bool {
	return len(s) == 2 && s[0] > ' ' && s[1] > ' ' && strings.Contains(codes, " "+s+" ")
}
