package schema

import (
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// TestIndexAgreesWithTheStandardLibrary holds every conversion against a plain
// walk over the runes, for texts that mix one to four byte code points.
func TestIndexAgreesWithTheStandardLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		runes := rapid.SliceOfN(rapid.SampledFrom([]rune("aé\nبوتين ـ“😀𐍈")), 0, 300).Draw(t, "runes")
		text := string(runes)
		x := NewIndex(text)
		if int(x.Len()) != len(runes) || int(x.UTF16Len()) != len(utf16.Encode(runes)) {
			t.Fatalf("length %d, %d in UTF-16; expected %d, %d", x.Len(), x.UTF16Len(), len(runes), len(utf16.Encode(runes)))
		}
		for p := range len(runes) + 1 {
			wantByte, wantUnit := len(string(runes[:p])), len(utf16.Encode(runes[:p]))
			b, ok := x.Byte(int32(p))
			u, ok2 := x.UTF16(int32(p))
			if !ok || !ok2 || b != wantByte || int(u) != wantUnit {
				t.Fatalf("code point %d: byte %d, unit %d; expected %d, %d", p, b, u, wantByte, wantUnit)
			}
			back, ok := x.FromByte(b)
			back2, ok2 := x.FromUTF16(u)
			if !ok || !ok2 || int(back) != p || int(back2) != p {
				t.Fatalf("byte %d and unit %d lead to %d and %d, expected %d", b, u, back, back2, p)
			}
		}
		for b := range len(text) {
			if _, ok := x.FromByte(b); ok != utf8.RuneStart(text[b]) {
				t.Fatalf("byte %d: start of a code point is %v, found %v", b, utf8.RuneStart(text[b]), ok)
			}
		}
		if _, ok := x.Byte(-1); ok {
			t.Fatal("code point -1 has a byte")
		}
		if _, ok := x.Byte(x.Len() + 1); ok {
			t.Fatal("a code point past the end has a byte")
		}
	})
}

func TestFromUTF16RefusesHalfAPair(t *testing.T) {
	x := NewIndex("a😀b") // units: a=0, 😀=1,2, b=3
	if _, ok := x.FromUTF16(2); ok {
		t.Error("unit 2 is the second half of a surrogate pair and was accepted")
	}
	if p, ok := x.FromUTF16(3); !ok || p != 2 {
		t.Errorf("unit 3 is code point %d, %v; expected 2", p, ok)
	}
}

func TestSlice(t *testing.T) {
	x := NewIndex("قال بوتين")
	for _, c := range []struct {
		span Span
		want string
		ok   bool
	}{
		{Span{4, 9}, "بوتين", true},
		{Span{0, 3}, "قال", true},
		{Span{4, 4}, "", false},
		{Span{5, 4}, "", false},
		{Span{4, 10}, "", false},
		{Span{-1, 3}, "", false},
		{NoSpan, "", false},
	} {
		if got, ok := x.Slice(c.span); got != c.want || ok != c.ok {
			t.Errorf("%v: %q, %v; expected %q, %v", c.span, got, ok, c.want, c.ok)
		}
	}
}

func drawSpan(t *rapid.T, label string) Span {
	start := rapid.Int32Range(0, 20).Draw(t, label)
	return Span{start, start + rapid.Int32Range(1, 10).Draw(t, label)}
}

// TestSpanRelations holds the relations against sets of code points.
func TestSpanRelations(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawSpan(t, "a"), drawSpan(t, "b")
		shared := int32(0)
		for p := a.Start; p < a.End; p++ {
			if b.Start <= p && p < b.End {
				shared++
			}
		}
		if a.Intersection(b) != shared || a.Overlaps(b) != (shared > 0) || a.Contains(b) != (shared == b.Len()) {
			t.Fatalf("%v, %v: intersection %d, overlaps %v, contains %v; %d code points are shared", a, b, a.Intersection(b), a.Overlaps(b), a.Contains(b), shared)
		}
		if crosses := shared > 0 && shared < a.Len() && shared < b.Len(); a.Crosses(b) != crosses {
			t.Fatalf("%v crosses %v: %v", a, b, !crosses)
		}
		if a.Compare(b) != -b.Compare(a) || (a.Compare(b) == 0) != (a == b) {
			t.Fatalf("%v and %v: the order is not antisymmetric", a, b)
		}
	})
}
