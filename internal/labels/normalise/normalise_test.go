package normalise

import (
	"testing"

	"github.com/mizan-corpus/mizan/schema"
)

func TestNormalise(t *testing.T) {
	for in, want := range map[string]string{
		"مُحَمَّد":             "محمد",    // vowel signs
		"العــــربية":          "العربية", // tatweel
		"أحمد إلى آل ٱلله":     "احمد الي ال الله",
		"مدرسة مدرسه":          "مدرسة مدرسه", // ta marbuta stays apart from ha
		"مسؤول بيئة ماء":       "مسؤول بيئة ماء",
		"٢١ ۲۱":                "21 21",
		"“أ” «ب» 'ج'":          `"ا" "ب" "ج"`,
		"a – b — c":            "a - b - c",
		" a\u00a0\n\tb ":       "a b",
		"\u200fab\u202c\uFEFF": "ab",
		"ایران ک":              "ايران ك",
		"":                     "",
		"\u064b":               "",
	} {
		if got := Map(in).Text; got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
	// Dropped marks go with the letter before them, white space with its run.
	n := Map("\u200f مُحـ  أَ")
	if n.Text != "مح ا" {
		t.Fatalf("%q", n.Text)
	}
	for _, tt := range [][2]schema.Span{{{Start: 0, End: 1}, {Start: 2, End: 4}}, {{Start: 0, End: 2}, {Start: 2, End: 6}},
		{{Start: 2, End: 3}, {Start: 6, End: 8}}, {{Start: 3, End: 4}, {Start: 8, End: 10}}} {
		if got := n.Original(tt[0]); got != tt[1] {
			t.Errorf("%v: got %v, want %v", tt[0], got, tt[1])
		}
	}
}
