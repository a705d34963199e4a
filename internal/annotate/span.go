package annotate

import (
	"slices"
	"strings"
	"unicode"

	"github.com/mizan-corpus/mizan/internal/annotate/layout"
	"github.com/mizan-corpus/mizan/internal/labels/occurrence"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/schema"
)

// SpanView is what is known of a stretch of text that is about to be labelled.
type SpanView struct {
	Start int32   `json:"start"` // where a label would stand: at graphemes, without white space around
	End   int32   `json:"end"`
	Text  string  `json:"text"`
	Head  []int32 `json:"head"`  // [start, end] by rule; null where the span is empty
	Peels []int32 `json:"peels"` // where it begins without its proclitics
	Same  []Place `json:"same"`  // where else the same surface stands without a mention
	More  int     `json:"more"`  // further such places, that are not listed
	Actor string  `json:"actor"` // as the same surface has elsewhere, "" for none
	Type  string  `json:"type"`
	Level string  `json:"level"`
}

// Place is where a surface stands.
type Place struct {
	Article string    `json:"article"`
	Start   int32     `json:"start"`
	End     int32     `json:"end"`
	Context [3]string `json:"context"` // before, it, after
}

// mostPlaces bounds the places of a surface, contextWidth what is shown around one,
// in code points.
const (
	mostPlaces   = 100
	contextWidth = 40
)

// Span is what is known of a stretch of an article's text, given in code points.
func (s *Session) Span(docID string, start, end int32) (*SpanView, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, err := s.article(docID)
	if err != nil {
		return nil, err
	}
	span, ok := a.snap(schema.Span{Start: start, End: end})
	v := &SpanView{Start: span.Start, End: span.End, Peels: []int32{}, Same: []Place{}}
	if !ok {
		return v, nil
	}
	v.Text, _ = a.index.Slice(span)
	for _, p := range segment.Peels(firstWord(v.Text)) {
		if span.Start+p < span.End {
			v.Peels = append(v.Peels, span.Start+p)
		}
	}
	m := s.meaning(v.Text)
	v.Actor, v.Type, v.Level = m.actor, m.typ, m.level
	head := s.head(a, span)
	v.Head = []int32{head.Start, head.End}
	v.Same, v.More = s.same(a, span, v.Text)
	return v, nil
}

func firstWord(text string) string {
	if i := strings.IndexFunc(text, unicode.IsSpace); i >= 0 {
		return text[:i]
	}
	return text
}

// snap widens a stretch to whole graphemes and takes off the white space around it.
// It reports false where nothing is left.
func (a *article) snap(s schema.Span) (schema.Span, bool) {
	s.Start, s.End = min(max(s.Start, 0), a.index.Len()), min(max(s.End, 0), a.index.Len())
	if s.Start > s.End {
		s.Start, s.End = s.End, s.Start
	}
	for _, p := range a.layout() {
		for i, g := range p.Graphemes[1:] {
			from := p.Graphemes[i]
			if from < s.Start && s.Start < g {
				s.Start = from
			}
			if from < s.End && s.End < g {
				s.End = g
			}
		}
	}
	text, _ := a.index.Slice(s)
	runes := []rune(text)
	for len(runes) > 0 && unicode.IsSpace(runes[0]) {
		runes, s.Start = runes[1:], s.Start+1
	}
	for n := len(runes); n > 0 && unicode.IsSpace(runes[n-1]); n = len(runes) {
		runes, s.End = runes[:n-1], s.End-1
	}
	return s, s.Valid()
}

// layout is the lines of the text.
func (a *article) layout() []layout.Paragraph {
	if a.lines == nil {
		a.lines = layout.Paragraphs(a.index)
	}
	return a.lines
}

// same lists where else a surface stands that no mention has, in this article first.
func (s *Session) same(a *article, span schema.Span, text string) ([]Place, int) {
	list, more := []Place{}, 0
	for _, x := range append([]*article{a}, s.articles...) {
		if x == a && len(list)+more > 0 || !strings.Contains(x.Text, text) {
			continue
		}
		for _, at := range occurrence.Search(x.index, text) {
			if x == a && at == span || slices.ContainsFunc(x.state.mentions, func(m schema.Mention) bool { return m.Span == at }) {
				continue
			}
			if len(list) == mostPlaces {
				more++
				continue
			}
			list = append(list, x.place(at))
		}
	}
	return list, more
}

func (a *article) place(s schema.Span) Place {
	slice := func(from, to int32) string {
		text, _ := a.index.Slice(schema.Span{Start: max(from, 0), End: min(to, a.index.Len())})
		return text
	}
	return Place{a.DocID, s.Start, s.End, [3]string{slice(s.Start-contextWidth, s.Start), slice(s.Start, s.End), slice(s.End, s.End+contextWidth)}}
}
