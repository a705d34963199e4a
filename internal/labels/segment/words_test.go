package segment

import (
	"slices"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/schema"
)

// The expected words are those of UAX #29 (its figures, and cases of
// auxiliary/WordBreakTest.txt of Unicode 15.0), but for the Arabic full stop.
func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"قال بوتين: إنّ":           "قال|بوتين|:|إنّ",
		"قال.وأضاف":                "قال|.|وأضاف",
		"قال:بوتين":                "قال|:|بوتين",
		"كتـَبَ، ثم":               "كتـَبَ|،|ثم",
		"٣٫٥ و١٬٠٠٠":               "٣٫٥|و١٬٠٠٠",
		"3.5 1,000 v2.0":           "3.5|1,000|v2.0",
		"can't e.g. U.N":           "can't|e.g|.|U.N",
		"a_b __x__ a-b":            "a_b|__x__|a|-|b",
		"«موسكو»":                  "«|موسكو|»",
		"😀👍🏽👨\u200d👩\u200d👧":       "😀|👍🏽|👨\u200d👩\u200d👧",
		"🇸🇾🇷🇺🇫":                    "🇸🇾|🇷🇺|🇫",
		"می\u200cخواهم":            "می\u200cخواهم",
		"\u200fموسكو\u200f \u200f": "موسكو\u200f",
		"カタカナ漢字ひ":                  "カタカナ|漢|字|ひ",
		"ח\"א א'":                  "ח\"א|א'",
		"\ufeffa\u0085b\u200bc":    "a|b|c",
		"a\u0308b 1'2 a'1":         "a\u0308b|1'2|a|'|1",
	} {
		x := schema.NewIndex(text)
		var got []string
		for _, s := range Tokens(x, nil) {
			v, _ := x.Slice(s)
			got = append(got, v)
		}
		if !slices.Equal(got, strings.Split(want, "|")) {
			t.Errorf("%q: got %q", text, got)
		}
	}
}
