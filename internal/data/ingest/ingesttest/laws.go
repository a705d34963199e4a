package ingesttest

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/schema"
)

// CheckMap verifies the law of the map to the raw file: segments are ordered
// and do not overlap, every code point in a segment equals the raw one it maps
// to, and every code point but a line break is in a segment.
func CheckMap(t interface{ Fatalf(string, ...any) }, a *schema.Article) {
	raw, text := []rune(a.Raw), []rune(a.Text)
	end := int32(0)
	for _, s := range a.RawMap {
		if s.Start < end || s.Length < 1 || int(s.Start+s.Length) > len(text) || s.RawStart < 0 || int(s.RawStart+s.Length) > len(raw) {
			t.Fatalf("segment %+v is out of order or out of range", s)
		}
		end = s.Start + s.Length
	}
	for i, r := range text {
		p, ok := a.RawOffset(int32(i))
		if ok && raw[p] != r {
			t.Fatalf("code point %d is %q, raw code point %d is %q", i, r, p, raw[p])
		}
		if !ok && r != '\n' {
			t.Fatalf("code point %d, %q, is in no segment", i, r)
		}
	}
	for line := range strings.SplitSeq(a.Text, "\n") {
		if line != strings.TrimFunc(line, unicode.IsSpace) || line == "" && a.Text != "" {
			t.Fatalf("line %q is blank or has white space at its ends", line)
		}
	}
	if strings.ContainsRune(a.Text, '\r') || strings.HasPrefix(a.Text, "\uFEFF") {
		t.Fatalf("text has a carriage return or a byte-order mark: %q", a.Text)
	}
	if a.TextSHA256 != hexSum(a.Text) || a.RawSHA256 != hexSum(a.Raw) {
		t.Fatalf("hashes differ")
	}
}

func hexSum(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

// CheckPageMap verifies the law of the map to a page: segments are ordered,
// apart or not contiguous, and equal to what the page has; what is in no segment
// is a line break, a folded space or written as a character reference.
func CheckPageMap(t interface{ Fatalf(string, ...any) }, a *schema.Article) {
	checkPageSegments(t, a)
	for line := range strings.SplitSeq(a.Text, "\n") {
		if line == "" || line != strings.TrimFunc(line, unicode.IsSpace) {
			t.Fatalf("line %q is blank or has white space at its ends", line)
		}
		if strings.ContainsAny(line, "\r\t\f") || strings.Contains(line, "  ") {
			t.Fatalf("line %q has white space that is not folded", line)
		}
	}
	if !utf8.ValidString(a.Raw) || strings.ContainsRune(a.Raw, 0) || !utf8.ValidString(a.Text) {
		t.Fatalf("raw or text is no text")
	}
	if a.Title != "" && a.Text != a.Title && !strings.HasPrefix(a.Text, a.Title+"\n") {
		t.Fatalf("text does not begin with title %q", a.Title)
	}
	if a.TextSHA256 != hexSum(a.Text) || a.RawSHA256 != hexSum(a.Raw) {
		t.Fatalf("hashes differ")
	}
	if (a.Published == "") != (a.PublishedRaw == "") || !strings.Contains(a.Raw, a.PublishedRaw) {
		t.Fatalf("published %q, as printed %q", a.Published, a.PublishedRaw)
	}
}

func checkPageSegments(t interface{ Fatalf(string, ...any) }, a *schema.Article) {
	raw, text := []rune(a.Raw), []rune(a.Text)
	in := make([]bool, len(text))
	end, rawEnd := int32(0), int32(-1)
	for _, s := range a.RawMap {
		if s.Start < end || s.Length < 1 || int(s.Start+s.Length) > len(text) || s.RawStart < 0 || int(s.RawStart+s.Length) > len(raw) {
			t.Fatalf("segment %+v is out of order or out of range", s)
		}
		if s.Start == end && s.RawStart == rawEnd {
			t.Fatalf("segment %+v continues the one before", s)
		}
		end, rawEnd = s.Start+s.Length, s.RawStart+s.Length
		for k := range s.Length {
			if in[s.Start+k] = true; text[s.Start+k] != raw[s.RawStart+k] {
				t.Fatalf("code point %d is %q, that of the page %q", s.Start+k, text[s.Start+k], raw[s.RawStart+k])
			}
		}
	}
	references := strings.Contains(a.Raw, "&") || strings.Contains(a.Raw, `\`)
	for i, r := range text {
		if !in[i] && r != '\n' && r != ' ' && !references {
			t.Fatalf("code point %d, %q, is in no segment", i, r)
		}
	}
}
