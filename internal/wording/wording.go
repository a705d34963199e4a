// Package wording is how results and messages are put: numbers, lists and
// commands in words, values as JSON.
package wording

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Count is a number and what it counts: "1 article", "5 articles".
func Count[N int | int64](n N, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// Cut is a text for a message: of a long one the beginning, as many code points as are
// said, and how many bytes there are more.
func Cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	n := 0
	for i := range s {
		if n++; n > most {
			return fmt.Sprintf("%s… (%d bytes more)", s[:i], len(s)-i)
		}
	}
	return s
}

var lineBreaks = strings.NewReplacer("\n", `\n`, "\r", `\r`, "\u0085", `\u0085`, "\u2028", `\u2028`, "\u2029", `\u2029`)

// Line is a text in one line: a name from data begins no line of its own in a message.
func Line(s string) string { return lineBreaks.Replace(s) }

// FirstOf is the first five names, in one line, and how many more there are.
func FirstOf(names []string) string {
	const most = 5
	text := Line(strings.Join(names[:min(len(names), most)], ", "))
	if more := len(names) - most; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// Wrap sets words in indented lines of at most so many bytes.
func Wrap(words []string, width int) string {
	var lines []string
	line := " "
	for _, w := range words {
		if len(line)+1+len(w) > width {
			lines = append(lines, line)
			line = " "
		}
		line += " " + w
	}
	return strings.Join(append(lines, line), "\n")
}

// CommandLine is a command as a person types it: words that a shell would take
// apart stand in single quotes.
func CommandLine(words ...string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		if w == "" || strings.ContainsAny(w, " \t\n'\"\\$`*?[]{}()<>|&;#~!") {
			w = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
		}
		quoted[i] = w
	}
	return strings.Join(quoted, " ")
}

// JSON writes a value as indented JSON that leaves text as it is.
func JSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
