package jsontext

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/labelstest"
)

// The scanner must accept just what encoding/json accepts, but for its stated
// limits: depth, UTF-8 and surrogates.
func FuzzScanner(f *testing.F) {
	for _, s := range labelstest.Seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.Contains(strings.ToLower(text), `\ud`) {
			return
		}
		s := NewScanner(text, labels.Position{File: "f", Line: 1})
		ok := s.skip() && s.Peek() == 0 && s.Pos == len(text)
		if want := json.Valid([]byte(text)); ok != want && !strings.Contains(s.Problems.Error(), "nesting") {
			t.Fatalf("accepted %v, encoding/json %v: %v", ok, want, s.Problems)
		}
	})
}
