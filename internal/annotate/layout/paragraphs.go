// Package layout is what a page needs to know of a text: its lines, the places where a
// cursor may stand, words, sentences and proclitics.
package layout

import (
	"encoding/json"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/bidi"

	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/schema"
)

// Paragraph is a line of an article with the places that a page needs, all in code
// points of the article's text but Astral, which counts from the paragraph's start.
type Paragraph struct {
	Start     int32      `json:"start"`
	End       int32      `json:"end"`
	Text      string     `json:"text"`
	Dir       string     `json:"dir"`       // "rtl" or "ltr"
	Astral    []int32    `json:"astral"`    // code points that are two UTF-16 units
	Graphemes []int32    `json:"graphemes"` // where a cursor may stand
	Words     [][2]int32 `json:"words"`
	Sentences [][2]int32 `json:"sentences"`
	Peels     []Peel     `json:"peels"`
}

// Peel is a word that may begin with proclitics, and where it begins without them.
type Peel struct {
	Word   int32
	Starts []int32
}

// Paragraphs cuts a text into its lines.
func Paragraphs(x *schema.Index) []Paragraph {
	tokens := segment.Tokens(x, nil)
	sentences := segment.Sentences(x, tokens, nil)
	list := []Paragraph{}
	at := int32(0)
	for line := range strings.SplitSeq(x.Text(), "\n") {
		p := Paragraph{Start: at, Text: line, Dir: Direction(line), Astral: []int32{}, Words: [][2]int32{}, Sentences: [][2]int32{}, Peels: []Peel{}}
		for i, r := range []rune(line) {
			if r > 0xFFFF {
				p.Astral = append(p.Astral, int32(i))
			}
		}
		p.Graphemes = segment.Graphemes(line)
		for i := range p.Graphemes {
			p.Graphemes[i] += at
		}
		p.End = p.Graphemes[len(p.Graphemes)-1]
		for len(tokens) > 0 && tokens[0].Start < p.End {
			p.addWord(x, tokens[0])
			tokens = tokens[1:]
		}
		list = append(list, p)
		at = p.End + 1
	}
	all := segment.Tokens(x, nil)
	for i := 0; len(sentences) > 0 && i < len(list); {
		first, last := all[sentences[0][0]], all[sentences[0][1]-1]
		if first.Start >= list[i].End {
			i++
			continue
		}
		list[i].Sentences = append(list[i].Sentences, [2]int32{first.Start, min(last.End, list[i].End)})
		sentences = sentences[1:]
	}
	return list
}

func (p *Paragraph) addWord(x *schema.Index, s schema.Span) {
	word, _ := x.Slice(s)
	if strings.IndexFunc(word, func(r rune) bool { return !unicode.IsPunct(r) }) < 0 {
		return
	}
	p.Words = append(p.Words, [2]int32{s.Start, s.End})
	starts := segment.Peels(word)
	for i := range starts {
		starts[i] += s.Start
	}
	if len(starts) > 0 {
		p.Peels = append(p.Peels, Peel{s.Start, starts})
	}
}

// Direction is that of a line by its first strong character (UAX #9, P2 and P3).
func Direction(line string) string {
	for _, r := range line {
		props, _ := bidi.LookupRune(r)
		switch props.Class() {
		case bidi.R, bidi.AL:
			return "rtl"
		case bidi.L:
			return "ltr"
		}
	}
	return "ltr"
}

// MarshalJSON is [word, [starts…]].
func (p Peel) MarshalJSON() ([]byte, error) { return json.Marshal([2]any{p.Word, p.Starts}) }
