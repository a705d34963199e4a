package wording

import "testing"

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0 label files", 1: "1 label file", 2: "2 label files"} {
		if got := Count(n, "label file"); got != want {
			t.Errorf("%d: got %q", n, got)
		}
	}
}

func TestFirstOf(t *testing.T) {
	for want, names := range map[string][]string{
		"":                         nil,
		"a, b":                     {"a", "b"},
		"a, b, c, d, e":            {"a", "b", "c", "d", "e"},
		"a, b, c, d, e and 2 more": {"a", "b", "c", "d", "e", "f", "g"},
	} {
		if got := FirstOf(names); got != want {
			t.Errorf("%v: got %q", names, got)
		}
	}
}

func TestWrap(t *testing.T) {
	if got, want := Wrap([]string{"one", "two", "three"}, 9), "  one two\n  three"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCommandLine(t *testing.T) {
	for want, words := range map[string][]string{
		"lint --articles texts":  {"lint", "--articles", "texts"},
		"'my labels' 'p/*.html'": {"my labels", "p/*.html"},
		`'it'\''s' ''`:           {"it's", ""},
	} {
		if got := CommandLine(words...); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestLineAndCut(t *testing.T) {
	if got := Line("a\nb\r\u2028c"); got != `a\nb\r\u2028c` {
		t.Errorf("%q", got)
	}
	if got := FirstOf([]string{"a\n::error::", "b"}); got != `a\n::error::, b` {
		t.Errorf("%q", got)
	}
	for text, want := range map[string]string{"": "", "abc": "abc", "ééé": "ééé", "éééé": "ééé… (2 bytes more)", "abcdef": "abc… (3 bytes more)"} {
		if got := Cut(text, 3); got != want {
			t.Errorf("%q is cut to %q, expected %q", text, got, want)
		}
	}
}
