package ingest

import (
	"strings"
	"unicode"
)

// languageSample is the most bytes of a text that are looked at.
const languageSample = 16 << 10

// englishWords are the commonest function words of English; none of them is
// common in another language that is written without diacritics, save "in",
// "a" and "as", which are left out for that.
var englishWords = wordSet("the of and to that was for with his they this have from had not but what were when your said which their will would been has are")

// languageOf is "ar" or "en", or "" for a text that is neither for certain.
// Arabic is told from Persian, Urdu, Pashto and Kurdish by the letters that
// these have and Arabic has not.
func languageOf(text string) string {
	if len(text) > languageSample {
		text = strings.ToValidUTF8(text[:languageSample], "")
	}
	letters, arabic, foreign, latin := 0, 0, 0, 0
	for _, r := range text {
		switch {
		case r == 'ـ' || !unicode.IsLetter(r):
			continue
		case strings.ContainsRune("پچژگکیےٹڈڑںھہۀۂۃۆۇۈۋۅېۍڕڵێەټډړږښڅځڼ", r):
			foreign++
		case unicode.Is(unicode.Arabic, r):
			arabic++
		case unicode.Is(unicode.Latin, r):
			latin++
		}
		letters++
	}
	if letters == 0 {
		return ""
	}
	switch {
	case 2*(arabic+foreign) > letters && 50*foreign < arabic+foreign:
		return "ar"
	case 10*latin > 9*letters:
		words, hits := 0, 0
		for w := range strings.FieldsSeq(text) {
			words++
			if englishWords[strings.ToLower(strings.Trim(w, ".,;:!?\"'()“”‘’"))] {
				hits++
			}
		}
		if 100*hits >= 12*words {
			return "en"
		}
	}
	return ""
}
