package canonical

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/data/ingest/ingesttest"
	"github.com/mizan-corpus/mizan/schema"
)

func TestSplitLines(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []Line
	}{
		{"", nil},
		{"a", []Line{{"a", 0, -1}}},
		{"a\n", []Line{{"a", 0, 1}}},
		{"a\n\nb", []Line{{"a", 0, 1}, {"", 2, 2}, {"b", 3, -1}}},
		{"a\r\nb\r\n", []Line{{"a", 0, 2}, {"b", 3, 5}}},
		{"a\rb", []Line{{"a", 0, -1}, {"b", 2, -1}}},
		{"\ufeffa\n", []Line{{"a", 1, 2}}},
		{"\u00a0 ب ت\u2003\nج", []Line{{"ب ت", 2, 6}, {"ج", 7, -1}}},
		{"\u200fa\u200f\n", []Line{{"\u200fa\u200f", 0, 3}}}, // direction marks are no white space
	} {
		if got := SplitLines(c.in); !slices.Equal(got, c.want) {
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
		all := SplitLines(c.raw)
		var parts []Line
		for _, i := range c.lines {
			parts = append(parts, all[i])
		}
		text, got := Assemble(parts)
		if text != c.text || !slices.Equal(got, c.want) {
			t.Errorf("assemble(%q) = %q %v, want %q %v", c.raw, text, got, c.text, c.want)
		}
	}
}

func TestMapProperty(t *testing.T) {
	piece := rapid.SampledFrom([]string{"a", "ب", "😀", " ", "\u00a0", "\n", "\r\n", "\r", "\t", "\u200f", "\u2028", "كلمة أخرى", "."})
	rapid.Check(t, func(t *rapid.T) {
		raw := strings.Join(rapid.SliceOfN(piece, 1, 60).Draw(t, "raw"), "")
		var parts []Line
		for _, l := range SplitLines(raw) {
			if l.Text != "" && rapid.Bool().Draw(t, "take") {
				parts = append(parts, l)
			}
		}
		if len(parts) > 1 && rapid.Bool().Draw(t, "title last") {
			parts = append(parts[len(parts)-1:], parts[:len(parts)-1]...)
		}
		a := NewArticle("x.txt", []byte(raw))
		a.Text, a.RawMap = Assemble(parts)
		a.TextSHA256 = Sum(a.Text)
		ingesttest.CheckMap(t, a)
	})
}

func TestCheckText(t *testing.T) {
	for _, c := range []struct {
		in           string
		offset, line int
	}{
		{"ok\n\xff", 3, 2}, {"a\x00", 1, 1}, {"a\r\nb\rc\x00\xff", 6, 3}, {"ab\n\n\xed\xa0\x80", 4, 3}, {"\x00", 0, 1},
	} {
		e := CheckText([]byte(c.in))
		if e == nil || e.Offset != c.offset || e.Line != c.line {
			t.Errorf("checkText(%q) = %v, want offset %d line %d", c.in, e, c.offset, c.line)
		}
	}
	if e := CheckText([]byte("نص\n\ufeff\ufffd")); e != nil {
		t.Errorf("clean text: %v", e)
	}
}
