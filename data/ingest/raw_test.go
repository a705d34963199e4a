package ingest

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/schema"
)

func TestSplitLines(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []rawLine
	}{
		{"", nil},
		{"a", []rawLine{{"a", 0, -1}}},
		{"a\n", []rawLine{{"a", 0, 1}}},
		{"a\n\nb", []rawLine{{"a", 0, 1}, {"", 2, 2}, {"b", 3, -1}}},
		{"a\r\nb\r\n", []rawLine{{"a", 0, 2}, {"b", 3, 5}}},
		{"a\rb", []rawLine{{"a", 0, -1}, {"b", 2, -1}}},
		{"\ufeffa\n", []rawLine{{"a", 1, 2}}},
		{"\u00a0 ب ت\u2003\nج", []rawLine{{"ب ت", 2, 6}, {"ج", 7, -1}}},
		{"\u200fa\u200f\n", []rawLine{{"\u200fa\u200f", 0, 3}}}, // direction marks are no white space
	} {
		if got := splitLines(c.in); !slices.Equal(got, c.want) {
			t.Errorf("splitLines(%q) = %v, want %v", c.in, got, c.want)
		}
	}
}

func TestAssemble(t *testing.T) {
	for _, c := range []struct {
		raw   string
		lines []int
		text  string
		want  []schema.RawSegment
	}{
		// The joining line break follows directly: one segment with it.
		{"ab\ncd", []int{0, 1}, "ab\ncd", []schema.RawSegment{{Start: 0, RawStart: 0, Length: 3}, {Start: 3, RawStart: 3, Length: 2}}},
		// White space was trimmed before it: a segment of its own.
		{"ab \ncd", []int{0, 1}, "ab\ncd", []schema.RawSegment{{Start: 0, RawStart: 0, Length: 2}, {Start: 2, RawStart: 3, Length: 1}, {Start: 3, RawStart: 4, Length: 2}}},
		{"ab\r\ncd", []int{0, 1}, "ab\ncd", []schema.RawSegment{{Start: 0, RawStart: 0, Length: 2}, {Start: 2, RawStart: 3, Length: 1}, {Start: 3, RawStart: 4, Length: 2}}},
		// The first line ends with the file: the line break is in no segment.
		{"cd\nab", []int{1, 0}, "ab\ncd", []schema.RawSegment{{Start: 0, RawStart: 3, Length: 2}, {Start: 3, RawStart: 0, Length: 2}}},
		{"ab\rcd", []int{0, 1}, "ab\ncd", []schema.RawSegment{{Start: 0, RawStart: 0, Length: 2}, {Start: 3, RawStart: 3, Length: 2}}},
	} {
		all := splitLines(c.raw)
		var parts []rawLine
		for _, i := range c.lines {
			parts = append(parts, all[i])
		}
		text, got := assemble(parts)
		if text != c.text || !slices.Equal(got, c.want) {
			t.Errorf("assemble(%q) = %q %v, want %q %v", c.raw, text, got, c.text, c.want)
		}
	}
}

func TestMapProperty(t *testing.T) {
	piece := rapid.SampledFrom([]string{"a", "ب", "😀", " ", "\u00a0", "\n", "\r\n", "\r", "\t", "\u200f", "\u2028", "كلمة أخرى", "."})
	rapid.Check(t, func(t *rapid.T) {
		raw := strings.Join(rapid.SliceOfN(piece, 1, 60).Draw(t, "raw"), "")
		var parts []rawLine
		for _, l := range splitLines(raw) {
			if l.text != "" && rapid.Bool().Draw(t, "take") {
				parts = append(parts, l)
			}
		}
		if len(parts) > 1 && rapid.Bool().Draw(t, "title last") {
			parts = append(parts[len(parts)-1:], parts[:len(parts)-1]...)
		}
		a := newArticle("x.txt", []byte(raw))
		a.Text, a.RawMap = assemble(parts)
		a.TextSHA256 = sum(a.Text)
		checkMap(t, a)
	})
}

func TestCheckText(t *testing.T) {
	for _, c := range []struct {
		in           string
		offset, line int
	}{
		{"ok\n\xff", 3, 2}, {"a\x00", 1, 1}, {"a\r\nb\rc\x00\xff", 6, 3}, {"ab\n\n\xed\xa0\x80", 4, 3}, {"\x00", 0, 1},
	} {
		e := checkText([]byte(c.in))
		if e == nil || e.Offset != c.offset || e.Line != c.line {
			t.Errorf("checkText(%q) = %v, want offset %d line %d", c.in, e, c.offset, c.line)
		}
	}
	if e := checkText([]byte("نص\n\ufeff\ufffd")); e != nil {
		t.Errorf("clean text: %v", e)
	}
}
