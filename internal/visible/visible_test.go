package visible

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func shown(t interface{ Fatal(...any) }, pieces ...string) string {
	var b strings.Builder
	w := NewWriter(&b)
	for _, p := range pieces {
		if n, err := w.Write([]byte(p)); err != nil || n != len(p) {
			t.Fatal(n, err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWriter(t *testing.T) {
	for text, want := range map[string]string{
		"plain\ttext: a::b ##[x] é أب\n":         "plain\ttext: a::b ##[x] é أب\n",
		"\x1b[31mred\x1b]0;t\a":                  `\x1b[31mred\x1b]0;t\x07`,
		"\x1b[1mbold\x1b[0m\x1b":                 "\x1b[1mbold\x1b[0m" + `\x1b`,
		"over\rwritten\r\n":                      `over\rwritten\r` + "\n",
		"a\n::error::x\n  ::warning::y":          "a\n" + `:\u003aerror::x` + "\n  " + `:\u003awarning::y`,
		"##[error]x\n##vso[task]\n## Head [1]\n": `##\u005berror]x` + "\n" + `##vso\u005btask]` + "\n## Head [1]\n",
		"\xffx\u009b1m\u202e":                    `\xffx\u009b1m\u202e`,
		"\xd8":                                   `\xd8`,
	} {
		if got := shown(t, text); got != want {
			t.Errorf("%q is shown as\n%q, expected\n%q", text, got, want)
		}
	}
}

// Of a long line of a message the beginning is shown, and how much more there is.
func TestMessagesAreCut(t *testing.T) {
	var b strings.Builder
	w := NewMessages(&b)
	for _, s := range []string{"short\n", strings.Repeat("é", 1500), strings.Repeat("é", 1500), "\nend\n"} {
		if _, err := w.Write([]byte(s)); err != nil {
			t.Fatal(err)
		}
	}
	if want := "short\n" + strings.Repeat("é", 2000) + "… (2000 bytes more)\nend\n"; b.String() != want {
		t.Errorf("%d bytes, ending in %q", b.Len(), b.String()[b.Len()-40:])
	}
}

// However a text is cut, it is shown alike, and nothing in it acts.
func TestWriterLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"a", "\n", " ", ":", "::", "#", "[", "\x1b", "[1m", "[0m", "\r", "\u009b", "\xc2", "ب", "\u202e", "\x00"})).Draw(t, "text"), "")
		var pieces []string
		for rest := text; rest != ""; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "cut")
			pieces, rest = append(pieces, rest[:n]), rest[n:]
		}
		whole := shown(t, text)
		if cut := shown(t, pieces...); cut != whole {
			t.Fatalf("%q: whole %q, in pieces %q", text, whole, cut)
		}
		for line := range strings.SplitSeq(strings.NewReplacer("\x1b[1m", "", "\x1b[0m", "").Replace(whole), "\n") {
			if start := strings.TrimLeft(line, " \t"); strings.HasPrefix(start, "::") || strings.HasPrefix(start, "##[") {
				t.Fatalf("%q: the line %q is a command", text, line)
			}
			if i := strings.IndexFunc(line, func(r rune) bool { return r != '\t' && unicode.IsControl(r) }); i >= 0 {
				t.Fatalf("%q: control character in %q", text, line)
			}
		}
	})
}
