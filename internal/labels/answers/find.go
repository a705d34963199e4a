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

// thoughtBegin is how a thought begins that nothing ends, when it is cut off.
var thoughtBegin = regexp.MustCompile(`(?i)^<(think|thinking|thought|reasoning|reflection|scratchpad)>`)

// find is the one value in a text that read accepts: the whole text, what is in a
// fence, or what stands in prose; the same value twice is one. read gives how good
// a reading is, 0 for none; of several readings the best one counts. A key that stands
// twice in an object is an error, as in the toolkit's own form.
func find(text string, read func(any) int) (any, error) {
	v, err := seek(text, read)
	if err == nil {
		if key := twice(v); key != "" {
			return nil, &Error{Found: "the key " + key + " twice", Expected: "one value", JSON: true}
		}
	}
	return v, err
}

// twice is a key, quoted, that stands twice in an object of a value, or "".
func twice(v any) string {
	switch v := v.(type) {
	case list:
		for _, e := range v {
			if key := twice(e); key != "" {
				return key
			}
		}
	case object:
		if v.twice != "" {
			return v.twice
		}
		for _, k := range v.keys {
			if key := twice(v.values[k]); key != "" {
				return key
			}
		}
	}
	return ""
}

func seek(text string, read func(any) int) (any, error) {
	text = bare(text)
	if tag := thoughtBegin.FindString(text); tag != "" {
		return nil, &Error{Found: fmt.Sprintf("a thought, %s, that does not end", tag), Expected: "one JSON object behind it"}
	}
	work := 64*len(text) + 1<<16
	if v, ok := whole(text, &work); ok {
		if s, is := v.(string); is { // JSON in a string of JSON
			if inner := strings.TrimSpace(s); strings.HasPrefix(inner, "{") || strings.HasPrefix(inner, "[") || strings.HasPrefix(inner, "`") || strings.HasPrefix(inner, `"`) {
				return find(s, read)
			}
		}
		return v, nil
	}
	inText, cut := scan(text, &work)
	if cut {
		return nil, &Error{Found: excerpt(text), Expected: "one JSON object"}
	}
	var all []any
	for _, block := range fences.FindAllStringSubmatch(text, -1) {
		if v, ok := whole(strings.TrimSpace(block[1]), &work); ok {
			all = append(all, v)
		} else {
			inBlock, _ := scan(block[1], &work)
			all = append(all, inBlock...)
		}
	}
	if best, n := better(all, read); n == 1 {
		return best, nil
	}
	all = inText
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

// scan is the objects and lists that stand in a text, one after the other. It is cut
// where one never closes: what is inside that is not the answer.
func scan(text string, work *int) (all []any, cut bool) {
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
			if p.begun && !closes(text[at+i:], work) {
				return all, true
			}
			at += i + 1
		}
	}
	return all, false
}

// closes reports whether the bracket that a text begins with is closed in it.
func closes(text string, work *int) bool {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth--; depth == 0 {
				*work -= i
				return true
			}
		}
	}
	*work -= len(text)
	return false
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
