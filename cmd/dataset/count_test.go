package main

import "testing"

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0 label files", 1: "1 label file", 2: "2 label files"} {
		if got := count(n, "label file"); got != want {
			t.Errorf("%d: got %q", n, got)
		}
	}
}

func TestCommandLine(t *testing.T) {
	for want, words := range map[string][]string{
		"dataset lint":                                   {""},
		"dataset lint --articles texts":                  {"", "texts"},
		"dataset lint labels --articles a --articles b":  {"labels", "a", "b"},
		`dataset lint 'my labels' --articles 'p/*.html'`: {"my labels", "p/*.html"},
		`dataset lint 'it'\''s'`:                         {"it's"},
	} {
		if got := lintCommand(words[0], words[1:]); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
