package align

import (
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels/placement"
)

// Counts counts how spans of predictions found their place in the text.
type Counts struct {
	Given int `json:"given"` // had offsets, and their surface, if any, stands there

	// Had no offsets, or wrong ones, and were placed by their surface: by kind.
	Exact   int `json:"exact"`
	Context int `json:"context"`
	Likely  int `json:"likely"`
	Folded  int `json:"folded"` // also those whose surface is written otherwise at their offsets
	Edge    int `json:"edge"`
	Several int `json:"several"`
	Inside  int `json:"inside"`
	Absent  int `json:"absent"` // have no place

	Rewritten int `json:"rewritten,omitempty"` // of the folded, those at the offsets that they had
	Moved     int `json:"moved,omitempty"`     // of these, had offsets that hold another text
	Padded    int `json:"padded,omitempty"`    // of the given, begin or end with white space
	Cut       int `json:"cut,omitempty"`       // of the given, begin or end inside a word
	Trimmed   int `json:"trimmed,omitempty"`   // of the given, were padded or cut a mark off: see Resolver.Trim
	Tokens    int `json:"tokens,omitempty"`    // of token labels, tokens that are written otherwise in the article
	Converted int `json:"converted,omitempty"` // articles whose offsets were counted in another unit and converted
	Long      int `json:"long,omitempty"`      // articles of [longText] code points and more with predictions whose place is sure
	Early     int `json:"early,omitempty"`     // of these, the last prediction begins in the first third
}

// of is the counter of a kind.
func (a *Counts) of(k placement.Kind) *int {
	return [...]*int{&a.Exact, &a.Context, &a.Likely, &a.Folded, &a.Edge, &a.Several, &a.Inside, &a.Absent}[k]
}

// Add adds the counts of other.
func (a *Counts) Add(other Counts) {
	a.Given += other.Given
	for k := placement.Exact; k <= placement.Nowhere; k++ {
		*a.of(k) += *other.of(k)
	}
	a.Rewritten += other.Rewritten
	a.Moved += other.Moved
	a.Padded += other.Padded
	a.Cut += other.Cut
	a.Trimmed += other.Trimmed
	a.Tokens += other.Tokens
	a.Converted += other.Converted
	a.Long += other.Long
	a.Early += other.Early
}

// Placed is how many spans were placed by their surface.
func (a *Counts) Placed() int {
	return a.Exact + a.Context + a.Likely + a.Folded + a.Edge + a.Several + a.Inside
}

// longText is how many code points an article has at least for the place of its
// last prediction to say anything.
const longText = 300

// Lines say what of the counts a reader must know: how spans without offsets
// were placed, which offsets were wrong, and what in the spans looks like the
// fault of a tokenizer.
func (a *Counts) Lines() []string {
	var lines []string
	say := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	if a.Placed()+a.Absent > 0 {
		parts := []string{fmt.Sprintf("%d placed exactly", a.Exact)}
		for _, p := range []struct {
			n    int
			what string
		}{
			{a.Context, "by context"}, {a.Likely, "at the likeliest of several places"}, {a.Folded, "after folding"},
			{a.Edge, "with an end changed"}, {a.Several, "at one of several places"}, {a.Inside, "inside a word"}, {a.Absent, "not at all"},
		} {
			if p.n > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
			}
		}
		say("spans placed by their text: %s", strings.Join(parts, ", "))
	}
	if a.Moved > 0 {
		say("offsets: %d of %d fit; the others hold another text than the surface and were placed by it", a.Given+a.Rewritten, a.Given+a.Rewritten+a.Moved)
	}
	if a.Padded+a.Cut > 0 {
		what := fmt.Sprintf("%d cut a word", a.Cut)
		if a.Padded > 0 {
			what = fmt.Sprintf("%d begin or end with white space, %s; --trim-spans of run takes the white space off", a.Padded, what)
		}
		say("offsets: of %d spans, %s", a.Given+a.Rewritten, what)
	}
	if a.Trimmed > 0 {
		say("offsets: %d spans were trimmed", a.Trimmed)
	}
	if a.Tokens > 0 {
		say("tokens: %d are written otherwise in the article and were found by folding", a.Tokens)
	}
	if a.Converted > 0 {
		say("offsets of %d articles were counted in another unit and converted to code points", a.Converted)
	}
	if a.Early > 0 && a.Early == a.Long && (a.Long > 1 || a.Given+a.Exact > 2) {
		say("the last prediction of every article lies in its first third: was the text cut off at the extractor's maximal length?")
	}
	return lines
}
