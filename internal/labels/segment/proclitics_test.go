package segment

import (
	"slices"
	"testing"
)

// The examples are those of data/GUIDELINES.md, 3.2 and 6.1.
func TestPeels(t *testing.T) {
	for word, want := range map[string][]int32{
		"وماكرون":    {1},
		"بسوريا":     {1},
		"لبوتين":     {1},
		"للكرملين":   {1},
		"للجنة":      {1},
		"وللرئيس":    {1, 2},
		"سيعقد":      {1},
		"وَلِماكرون": {2, 4},
		"لـNATO":     {2},
		"الكرملين":   nil,
		"له":         nil,
		"وله":        {1},
		"لوفد":       {1}, // ل first: no conjunction follows it
		"NATO":       nil,
		"":           nil,
	} {
		if got := Peels(word); !slices.Equal(got, want) {
			t.Errorf("%s: got %v, expected %v", word, got, want)
		}
	}
}

func TestGraphemes(t *testing.T) {
	for text, want := range map[string][]int32{
		"":        {0},
		"ab":      {0, 1, 2},
		"e\u0301": {0, 2}, // e and a combining acute
		"مَا":     {0, 2, 3},
		"a👨‍👩‍👧b": {0, 1, 6, 7}, // three persons and two joiners
		"🇫🇷🇩🇪":    {0, 2, 4},
		"\r\n":    {0, 2},
	} {
		if got := Graphemes(text); !slices.Equal(got, want) {
			t.Errorf("%q: got %v, expected %v", text, got, want)
		}
	}
}
