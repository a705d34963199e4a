package check

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/occurrence"
	"github.com/mizan-corpus/mizan/schema"
)

var (
	ruleSpanInvalid = rule("span-invalid", SeverityError, "a span is missing, empty or outside the text")
	ruleSurface     = rule("surface-mismatch", SeverityError, "a span's text is not what stands at its offsets")
	ruleNoSurface   = rule("surface-missing", SeverityError, "a span does not carry its text")
	ruleSpanSpace   = rule("span-space", SeverityError, "a span begins or ends with white space")
	ruleHeadOutside = rule("head-outside", SeverityError, "a head is not inside its mention")
	ruleRegions     = rule("regions", SeverityError, "regions that are not labelled overlap or are out of order")
	ruleInRegion    = rule("in-region", SeverityError, "a label stands in a region that is not labelled")
	ruleFragments   = rule("fragments", SeverityError, "fragments are not two or more ordered parts that cover a span's two ends")
)

func init() { groups = append(groups, checkSpans) }

func checkSpans(k *checker) {
	for _, d := range k.documents {
		a := k.articles[d.DocID]
		wrong := map[schema.Span]bool{} // that do not have their surface
		for r := range d.Spans() {
			k.span(d, r, a, wrong)
		}
		for i := range d.Mentions {
			m := &d.Mentions[i]
			if m.Head.Valid() && !m.Span.Contains(m.Head) {
				k.add(ruleHeadOutside, d.MentionAt(i), d.DocID, "head of "+d.MentionRef(i).String(), m.Head.String(), "a span inside "+m.Span.String())
			}
			k.fragments(d, d.MentionAt(i), d.MentionRef(i).String(), m.Span, m.Fragments)
		}
		for i := range d.Events {
			e := &d.Events[i]
			k.fragments(d, d.EventAt(i), d.EventRef(i).String(), e.Span, e.Fragments)
		}
		k.regions(d)
	}
}

// span checks one span against the text; without the article only its form.
func (k *checker) span(d *labels.Document, r labels.SpanRef, a *article, wrong map[schema.Span]bool) {
	if !r.Span.IsSet() {
		if r.Kind == "mention" || r.Kind == "trigger" || r.Kind == "argument" && *r.Text != "" {
			k.advise(ruleSpanInvalid, r.At, d.DocID, r.String(), "no offsets", "start and end", a.everyPlace(*r.Text))
		}
		return
	}
	if !r.Span.Valid() {
		k.add(ruleSpanInvalid, r.At, d.DocID, r.String(), r.Span.String(), "0 ≤ start < end")
		return
	}
	if r.Text != nil && *r.Text == "" {
		k.add(ruleNoSurface, r.At, d.DocID, r.String(), "no text", "")
	}
	if a == nil {
		return
	}
	there, ok := a.index.Slice(*r.Span)
	if !ok {
		k.add(ruleSpanInvalid, r.At, d.DocID, r.String(), r.Span.String(), fmt.Sprintf("a span inside [0,%d)", a.index.Len()))
		return
	}
	if r.Text != nil && *r.Text != "" && *r.Text != there {
		k.advise(ruleSurface, r.At, d.DocID, r.String(), fmt.Sprintf("%q at %s", there, r.Span), strconv.Quote(*r.Text), a.otherPlace(*r.Text, *r.Span))
		wrong[*r.Span] = true
	}
	if r.Kind != "region" && !wrong[*r.Span] && strings.TrimFunc(there, unicode.IsSpace) != there {
		k.add(ruleSpanSpace, r.At, d.DocID, r.String(), strconv.Quote(there), "no white space at the ends")
	}
}

// otherPlace says where else than at a span a surface stands in the text, as
// near to the span as possible; "" where it does not.
func (a *article) otherPlace(surface string, at schema.Span) string {
	found := a.places.Find(surface)
	if len(found.Spans) == 0 {
		return ""
	}
	s := found.Spans[occurrence.Nearest(found.Spans, at.Start)]
	written, _ := a.index.Slice(s)
	switch {
	case s == at:
		return ""
	case found.Exact:
		return "the text has it at " + s.String()
	}
	return fmt.Sprintf("the text has %q at %s", written, s)
}

// everyPlace says where a surface stands in the text, "" where it does not.
func (a *article) everyPlace(surface string) string {
	if a == nil || surface == "" {
		return ""
	}
	found := a.places.Find(surface)
	var list []string
	for _, s := range found.Spans {
		list = append(list, s.String())
	}
	switch n := len(list); {
	case n == 0:
		return ""
	case n == 1:
		return "the text has it at " + list[0] + ", where --fix puts it"
	default:
		return fmt.Sprintf("the text has it at %s: which of these?", strings.Join(list[:min(n, 10)], " "))
	}
}

func (k *checker) fragments(d *labels.Document, at labels.Position, what string, span schema.Span, list []schema.Span) {
	if len(list) == 0 {
		return
	}
	ok := len(list) > 1 && list[0].Start == span.Start && list[len(list)-1].End == span.End
	for i, f := range list {
		ok = ok && f.Valid() && (i == 0 || list[i-1].End < f.Start)
	}
	if !ok {
		k.add(ruleFragments, at, d.DocID, what, fmt.Sprint(list), "two or more parts in order with gaps between them, from one end of "+span.String()+" to the other")
	}
}

// regions checks those that are not labelled: in text order, apart, and empty of
// mentions and triggers.
func (k *checker) regions(d *labels.Document) {
	list := d.NotLabelled
	for i := 1; i < len(list); i++ {
		if list[i].Start < list[i-1].End {
			k.add(ruleRegions, d.At, d.DocID, "not_labelled", fmt.Sprintf("%s after %s", list[i], list[i-1]), "regions in text order that do not overlap")
		}
	}
	if len(list) == 0 {
		return
	}
	for r := range d.Spans() {
		if r.Kind != "mention" && r.Kind != "trigger" {
			continue
		}
		for _, region := range list {
			if r.Span.Valid() && r.Span.Overlaps(region) {
				k.add(ruleInRegion, r.At, d.DocID, r.String(), fmt.Sprintf("%s in the region %s", r.Span, region), "no label there, or a smaller region")
			}
		}
	}
}
