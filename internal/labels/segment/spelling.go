package segment

import (
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels/normalise"
	"github.com/mizan-corpus/mizan/schema"
)

// escapes are what tokenisers write for single tokens, the Penn Treebank's way
// (Bies et al. 1995, Bracketing Guidelines for Treebank II Style, section 3; and
// Stanford's tokeniser), as they are compared.
var escapes = map[string]string{
	"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}",
	"``": `"`, "''": `"`, `""`: `"`, "--": "-", "...": "…",
}

// spellings are the ways in which a token may stand in a normalised text: as it
// is, or without its escapes.
func spellings(token string) []string {
	list := []string{normalise.Map(token).Text}
	plain, ok := escapes[strings.ToUpper(token)]
	if !ok {
		plain = strings.NewReplacer(`\/`, "/", `\*`, "*").Replace(token)
	}
	if plain = normalise.Map(plain).Text; plain != list[0] {
		list = append(list, plain)
	}
	return list
}

// speller finds tokens that are escaped or normalised in a text of which spellings
// are made one.
type speller struct {
	x, folded *schema.Index
	letters   *normalise.Mapped
}

func newSpeller(x *schema.Index) *speller {
	m := normalise.Map(x.Text())
	return &speller{x: x, letters: m, folded: schema.NewIndex(m.Text)}
}

// sentence places one sentence's tokens behind a byte of the text, with white
// space or nothing between them. It reports false where they do not stand there;
// work bounds the letters compared.
func (s *speller) sentence(tokens []string, pos int, work *int) ([]schema.Span, bool) {
	point, ok := s.x.FromByte(pos)
	if !ok {
		return nil, false
	}
	rest, ok := s.letters.Letters(schema.Span{Start: point, End: s.x.Len()})
	if !ok {
		return nil, false
	}
	from, _ := s.folded.Byte(rest.Start)
	forms := make([][]string, len(tokens))
	for i, t := range tokens {
		forms[i] = spellings(t)
	}
	text := s.folded.Text()
	for *work < 1<<20+64*len(text) {
		at := -1
		for _, f := range forms[0] {
			if i := strings.Index(text[from:], f); f != "" && i >= 0 && (at < 0 || from+i < at) {
				at = from + i
			}
		}
		if at < 0 {
			return nil, false
		}
		if spans, ok := s.match(at, forms, work); ok {
			return spans, true
		}
		from = at + 1
	}
	return nil, false
}

// match places the tokens one after the other from a byte of the normalised text.
func (s *speller) match(at int, forms [][]string, work *int) ([]schema.Span, bool) {
	text := s.folded.Text()
	var spans []schema.Span
	for _, list := range forms {
		if at < len(text) && text[at] == ' ' && len(spans) > 0 {
			at++
		}
		end := -1
		for _, f := range list {
			*work += 1 + len(f)
			if f != "" && strings.HasPrefix(text[at:], f) {
				end = at + len(f)
				break
			}
		}
		a, ok1 := s.folded.FromByte(at)
		b, ok2 := s.folded.FromByte(end)
		if end < 0 || !ok1 || !ok2 {
			return nil, false
		}
		spans = append(spans, s.letters.Original(schema.Span{Start: a, End: b}))
		at = end
	}
	return spans, true
}
