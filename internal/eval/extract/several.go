package extract

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/align"
	"github.com/mizan-corpus/mizan/schema"
)

// mostPlaces is how many places of one surface are looked at.
const mostPlaces = 256

// Places gives, for each surface that occurs more than once in the text, its
// Places in text order, by the rule of [align.Spans]: exact occurrences hide
// normalised ones, whole words those inside words.
func Places(x *schema.Index, surfaces []string) map[string][]schema.Span {
	var d labels.Document
	normalised := ""
	number := map[string]int{}
	for _, s := range surfaces {
		if _, seen := number[s]; seen || strings.TrimSpace(s) == "" {
			continue
		}
		number[s] = len(number)
		n := strings.Count(x.Text(), strings.TrimSpace(s))
		if n == 0 {
			if normalised == "" {
				normalised = align.Normalise(x.Text())
			}
			if folded := align.Normalise(s); folded != "" {
				n = strings.Count(normalised, folded)
			}
		}
		if n < 2 {
			continue
		}
		// As many mentions of a type of their own as there may be places: each
		// takes one, and what is left over has none.
		for range min(n, mostPlaces) {
			d.Mentions = append(d.Mentions, schema.Mention{Span: schema.NoSpan, Head: schema.NoSpan, Text: s, Type: strconv.Itoa(number[s])})
		}
	}
	if len(d.Mentions) == 0 {
		return nil
	}
	align.Spans(&d, x)
	byNumber := map[string][]schema.Span{}
	for _, m := range d.Mentions {
		if m.Span.IsSet() {
			byNumber[m.Type] = append(byNumber[m.Type], m.Span)
		}
	}
	out := map[string][]schema.Span{}
	for s, n := range number {
		if list := byNumber[strconv.Itoa(n)]; len(list) > 1 {
			out[s] = list
		}
	}
	return out
}

// several are the spans of an annotation that could stand in several places.
type several []undecided

type undecided struct {
	Unplaced
	span *schema.Span
}

// findSeveral lists the spans without offsets whose surface occurs more than
// once.
func findSeveral(a *schema.Annotation, x *schema.Index) several {
	var open several
	add := func(span *schema.Span, text, item string) {
		if !span.IsSet() && text != "" {
			open = append(open, undecided{Unplaced{Item: item, Text: text}, span})
		}
	}
	for i := range a.Mentions {
		m := &a.Mentions[i]
		add(&m.Span, m.Text, fmt.Sprintf("mention %q", m.ID))
	}
	for i := range a.Events {
		e := &a.Events[i]
		add(&e.Span, e.Text, fmt.Sprintf("event %q", e.ID))
		for j := range e.Arguments {
			g := &e.Arguments[j]
			add(&g.Span, g.Text, fmt.Sprintf("%s of event %q", g.Role, e.ID))
		}
	}
	if len(open) == 0 {
		return nil
	}
	surfaces := make([]string, len(open))
	for i, u := range open {
		surfaces[i] = u.Text
	}
	found := Places(x, surfaces)
	list := open[:0]
	for _, u := range open {
		if n := len(found[u.Text]); n > 1 {
			u.Reason = fmt.Sprintf("%d places in the text", n)
			list = append(list, u)
		}
	}
	return list
}

// placed are those that have a place now, chosen among several.
func (s several) placed() []Unplaced {
	var list []Unplaced
	for _, u := range s {
		if u.span.IsSet() {
			u.Reason += fmt.Sprintf("; %v was chosen by rule", *u.span)
			list = append(list, u.Unplaced)
		}
	}
	return list
}
