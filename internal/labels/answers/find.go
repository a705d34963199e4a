// Package answers reads what extractors answer in forms that are not the toolkit's
// own: JSON as language models write it, and the results of well-known tools.
package answers

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
)

// Error says why an answer cannot be read, naming what was found.
type Error struct {
	Found    string
	Expected string
	JSON     bool // there was JSON, of another form
}

func (e *Error) Error() string { return "found " + e.Found + ", expected " + e.Expected }

// thoughts are what reasoning models write before their answer. The template of some
// writes the opening tag itself, so that only the closing one is seen.
var thoughts = regexp.MustCompile(`(?is)<(think|thinking|thought|reasoning|reflection|scratchpad)>.*?</(think|thinking|thought|reasoning|reflection|scratchpad)>`)

var thoughtEnd = regexp.MustCompile(`(?is)^.*</(think|thinking|thought|reasoning)>`)

// fences are blocks of code in Markdown.
var fences = regexp.MustCompile("(?s)(?:```|~~~)[ \t]*[A-Za-z0-9_+-]*[ \t]*\r?\n?(.*?)(?:```|~~~)")

// bare takes off what stands around an answer: a byte order mark and thoughts.
func bare(text string) string {
	text = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "\ufeff"))
	if strings.Contains(text, "</") {
		text = thoughtEnd.ReplaceAllString(thoughts.ReplaceAllString(text, ""), "")
	}
	return strings.TrimSpace(text)
}

// find is the one value in a text that read accepts: the whole text, what is in a
// fence, or what stands in prose; the same value twice is one. read gives how good
// a reading is, 0 for none; of several readings the best one counts.
func find(text string, read func(any) int) (any, error) {
	text = bare(text)
	work := 64*len(text) + 1<<16
	if v, ok := whole(text, &work); ok {
		if s, is := v.(string); is { // JSON in a string of JSON
			if inner := strings.TrimSpace(s); strings.HasPrefix(inner, "{") || strings.HasPrefix(inner, "[") || strings.HasPrefix(inner, "`") || strings.HasPrefix(inner, `"`) {
				return find(s, read)
			}
		}
		return v, nil
	}
	var all []any
	for _, block := range fences.FindAllStringSubmatch(text, -1) {
		if v, ok := whole(strings.TrimSpace(block[1]), &work); ok {
			all = append(all, v)
		} else {
			all = append(all, scan(block[1], &work)...)
		}
	}
	if best, n := better(all, read); n == 1 {
		return best, nil
	}
	all = scan(text, &work)
	best, n := better(all, read)
	switch {
	case n == 1:
		return best, nil
	case n > 1:
		if l := list(all); read(l) > 0 { // an item a line
			return l, nil
		}
		return nil, &Error{Found: fmt.Sprintf("%d answers that differ", n), Expected: "one", JSON: true}
	}
	for _, v := range slices.Backward(all) { // for the reader to say what is wrong with it
		if o, ok := v.(object); ok && len(o.keys) > 0 {
			return v, nil
		}
	}
	return nil, &Error{Found: excerpt(text), Expected: "one JSON object"}
}

// whole reads a text that is one value.
func whole(text string, work *int) (any, bool) {
	p := parser{text: text, work: work}
	v, ok := p.value()
	p.space()
	return v, ok && p.at == len(text)
}

// scan is the objects and lists that stand in a text, one after the other.
func scan(text string, work *int) []any {
	var all []any
	for at := 0; at < len(text) && *work > 0; {
		i := strings.IndexAny(text[at:], "{[")
		if i < 0 {
			break
		}
		p := parser{text: text, at: at + i, work: work}
		if v, ok := p.value(); ok {
			all = append(all, v)
			at = p.at
		} else {
			at += i + 1
		}
	}
	return all
}

// better is the value that read likes best, and how many different ones it likes as much.
func better(all []any, read func(any) int) (best any, n int) {
	most := 0
	for _, v := range all {
		switch g := read(v); {
		case g == 0 || g < most:
		case g > most:
			best, most, n = v, g, 1
		case !reflect.DeepEqual(v, best):
			n++
		}
	}
	return best, n
}

// excerpt is the beginning of a text, quoted.
func excerpt(text string) string {
	const limit = 80
	r := []rune(text)
	switch {
	case len(r) == 0:
		return "nothing"
	case len(r) > limit:
		return fmt.Sprintf("%q… (%d bytes)", string(r[:limit]), len(text))
	}
	return fmt.Sprintf("%q", text)
}
