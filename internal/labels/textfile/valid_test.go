package textfile

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestValid(t *testing.T) {
	// Every kind of byte, so that all borders between characters occur.
	bytes := rapid.SampledFrom([]byte{'a', 0x7F, 0x80, 0xBF, 0xC0, 0xC1, 0xC2, 0xD8, 0xDF, 0xE0, 0xED, 0xA0, 0xEF, 0xF0, 0x90, 0xF4, 0xF5, 0xFF})
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOfN(bytes, 0, 20).Draw(t, "bytes")
		if rapid.Bool().Draw(t, "text") {
			b = []byte(rapid.StringOfN(rapid.SampledFrom([]rune("aطé\u0080\u07ff€😀")), 0, 12, -1).Draw(t, "text") + string(b[:min(len(b), 2)]))
		}
		if got, want := Valid(b), utf8.Valid(b); got != want {
			t.Fatalf("% x: got %t, expected %t", b, got, want)
		}
	})
}

func FuzzValid(f *testing.F) {
	f.Add([]byte("نص 😀 — text"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if got, want := Valid(b), utf8.Valid(b); got != want {
			t.Fatalf("% x: got %t, expected %t", b, got, want)
		}
	})
}
