package main

import (
	"fmt"
	"strings"
)

// count is a number and what it counts: "1 article", "5 articles".
func count[N int | int64](n N, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// commandLine is a command as a person types it: words that a shell would take
// apart stand in single quotes.
func commandLine(words ...string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		if w == "" || strings.ContainsAny(w, " \t\n'\"\\$`*?[]{}()<>|&;#~!") {
			w = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
		}
		quoted[i] = w
	}
	return strings.Join(quoted, " ")
}

// lintCommand is the command that lints the same files; without any it is the
// one for the embedded corpus.
func lintCommand(labelDir string, articles []string) string {
	words := []string{"dataset", "lint"}
	if labelDir != "" {
		words = append(words, labelDir)
	}
	for _, a := range articles {
		words = append(words, "--articles", a)
	}
	return commandLine(words...)
}
