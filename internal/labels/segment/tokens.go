// Package segment cuts texts into tokens and sentences, and finds the tokens of
// others in a text.
package segment

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/folding"
	"github.com/mizan-corpus/mizan/schema"
)

// Tokens cuts a text into tokens, given as spans in code points: its words by
// Unicode text segmentation (words.go) and every other visible character by
// itself. Tokens are cut further wherever one of the spans begins or ends, so
// that every span that covers visible text is a row of whole tokens. White
// space and control characters are in no token.
func Tokens(x *schema.Index, spans []schema.Span) []schema.Span {
	cut, begins := make(map[int32]bool, 2*len(spans)), make(map[int32]bool, len(spans))
	for _, s := range spans {
		cut[s.Start], cut[s.End], begins[s.Start] = true, true, true
	}
	var tokens []schema.Span
	words := newWordScanner(x.Text())
	at, open := int32(0), false // open: the last token ends here
	for _, r := range x.Text() {
		joins := words.joins(int(at))
		switch {
		case words.classes[at] == classSpace:
			open = false
		case open && joins && !cut[at]:
			tokens[len(tokens)-1].End++
		case unicode.Is(unicode.Cf, r) && !begins[at]: // alone, and invisible
			open = false
		default:
			tokens = append(tokens, schema.Span{Start: at, End: at + 1})
			open = true
		}
		at++
	}
	return tokens
}

// TokenRange is the tokens [from, to) that make up a span. It reports false
// where the span does not begin and end with a token.
func TokenRange(tokens []schema.Span, s schema.Span) (from, to int, ok bool) {
	from, ok = slices.BinarySearchFunc(tokens, s.Start, func(t schema.Span, at int32) int { return int(t.Start - at) })
	if !ok {
		return 0, 0, false
	}
	to, ok = slices.BinarySearchFunc(tokens, s.End, func(t schema.Span, at int32) int { return int(t.End - at) })
	return from, to + 1, ok && to >= from
}

// Sentences cuts tokens into rows, as ranges [from, to): at line breaks
// and after . ! ? ؟ … when white space follows. No span is cut.
func Sentences(x *schema.Index, tokens, spans []schema.Span) [][2]int {
	reach := make(map[int32]int32, len(spans)) // start of a span → its end
	for _, s := range spans {
		reach[s.Start] = max(reach[s.Start], s.End)
	}
	var list [][2]int
	from, covered := 0, int32(0)
	for i, t := range tokens {
		for p := t.Start; p < t.End; p++ {
			covered = max(covered, reach[p])
		}
		if i+1 == len(tokens) {
			break
		}
		gap, _ := x.Slice(schema.Span{Start: t.End, End: tokens[i+1].Start})
		mark, _ := x.Slice(t)
		if covered <= t.End && (strings.Contains(gap, "\n") || gap != "" && strings.Contains(".!?؟…", mark)) {
			list = append(list, [2]int{from, i + 1})
			from = i + 1
		}
	}
	if from < len(tokens) {
		list = append(list, [2]int{from, len(tokens)})
	}
	return list
}

// tokenAligner finds the tokens of sentences, in order, in a text.
type tokenAligner struct {
	x    *schema.Index
	fold *folding.Text // of x, made on first need
	pos  int           // byte where the next sentence is looked for
	work int           // letters compared so far; bounded, for texts made to be slow
}

// Error says which token of a sentence has no place.
type Error struct {
	Token int
	Found string // what the text has there
}

func (e *Error) Error() string {
	return fmt.Sprintf("token %d: text has %q there", e.Token, e.Found)
}

// sentence places one sentence's tokens, after those of the sentences before.
// Between its tokens the text may have white space and invisible characters;
// before its first one it may have anything.
func (a *tokenAligner) sentence(tokens []string) ([]schema.Span, error) {
	if len(tokens) == 0 {
		return nil, nil
	}
	text := a.x.Text()
	var first *Error
	for from := a.pos; ; {
		at := from
		if tokens[0] != "" {
			i := strings.Index(text[from:], tokens[0])
			if i < 0 {
				break
			}
			at += i
		}
		spans, end, err := a.match(at, tokens)
		if err == nil {
			if at > skipInvisible(text, a.pos) { // the next letters may be the ones, in another writing
				if next, ok := a.follows(tokens); ok {
					return next, nil
				}
			}
			a.pos = end
			return spans, nil
		}
		if first == nil || err.Token > first.Token {
			first = err
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		if from = at + size; size == 0 || a.work > 1<<20+64*len(text) {
			break
		}
	}
	if first == nil {
		first = &Error{Found: ahead(text, skipInvisible(text, a.pos))}
	}
	if spans, err := a.folded(tokens); err == nil {
		return spans, nil
	} else if err.Token > first.Token {
		first = err
	}
	return nil, first
}

// match places the tokens one after the other from a byte of the text.
func (a *tokenAligner) match(at int, tokens []string) ([]schema.Span, int, *Error) {
	text := a.x.Text()
	spans := make([]schema.Span, 0, min(len(tokens), 64))
	for i, token := range tokens {
		a.work += 1 + len(token)
		for i > 0 && !strings.HasPrefix(text[at:], token) {
			r, size := utf8.DecodeRuneInString(text[at:])
			if size == 0 || !Invisible(r) {
				break
			}
			at += size
		}
		if token == "" || !strings.HasPrefix(text[at:], token) {
			return nil, 0, &Error{i, ahead(text, at)}
		}
		start, ok1 := a.x.FromByte(at)
		end, ok2 := a.x.FromByte(at + len(token))
		if !ok1 || !ok2 {
			return nil, 0, &Error{i, ahead(text, at)}
		}
		spans = append(spans, schema.Span{Start: start, End: end})
		at += len(token)
	}
	return spans, at, nil
}

// skipInvisible is the next byte that is no white space and no invisible mark.
func skipInvisible(text string, at int) int {
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !Invisible(r) {
			break
		}
		at += size
	}
	return at
}

func Invisible(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

// ahead is some letters of the text, for messages.
func ahead(text string, at int) string {
	end := at
	for range 20 {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
	}
	return text[at:end]
}

// joinTokens is the text of sentences whose own is not at hand: tokens with a
// space between them, sentences with a line break, and each token's span.
func joinTokens(sentences [][]string) (*schema.Index, [][]schema.Span) {
	var b strings.Builder
	var at int32
	places := make([][]schema.Span, len(sentences))
	for i, tokens := range sentences {
		if i > 0 {
			b.WriteByte('\n')
			at++
		}
		for j, t := range tokens {
			if j > 0 {
				b.WriteByte(' ')
				at++
			}
			b.WriteString(t)
			end := at + int32(utf8.RuneCountInString(t))
			places[i] = append(places[i], schema.Span{Start: at, End: end})
			at = end
		}
	}
	return schema.NewIndex(b.String()), places
}

// Find is the id of the article that a document of these sentences is about, the
// one given where no other is found.
func Find(opt labels.ReadOptions, docID, file string, sentences [][]string) string {
	if opt.Find == nil {
		return docID
	}
	var b strings.Builder
	for _, tokens := range sentences {
		for _, t := range tokens {
			b.WriteString(t)
			b.WriteByte(' ')
		}
	}
	docID, _ = opt.Article(labels.Clue{DocID: docID, File: file, Text: b.String()})
	return docID
}

// Placed is where tokens stand.
type Placed struct {
	Index   *schema.Index
	Tokens  [][]schema.Span // by sentence
	Respelt [][2]int        // sentence and token of those that are escaped or normalised
}

// PlaceTokens finds the tokens of a document's sentences in the article's text, or in a
// text made from them where that is not at hand. Sentences whose tokens do not
// stand there as they are, are looked for by their letters ([folding.Text]), without the
// escapes of treebanks and the marks of tokenizers. The error is an [Error] and the place of its sentence
// in the list.
func PlaceTokens(opt labels.ReadOptions, docID string, sentences [][]string) (Placed, int, error) {
	var x *schema.Index
	if opt.Text != nil {
		x = opt.Text(docID)
	}
	if x == nil {
		x, places := joinTokens(sentences)
		return Placed{Index: x, Tokens: places}, 0, nil
	}
	a := tokenAligner{x: x}
	p := Placed{Index: x, Tokens: make([][]schema.Span, len(sentences))}
	for i, tokens := range sentences {
		var err error
		if p.Tokens[i], err = a.sentence(tokens); err != nil {
			return Placed{}, i, err
		}
		for j, s := range p.Tokens[i] {
			if surface, _ := x.Slice(s); surface != tokens[j] && surface != "" {
				p.Respelt = append(p.Respelt, [2]int{i, j})
			}
		}
	}
	return p, 0, nil
}

// Respelling is the remark on a token that is not the article's own.
const Respelling = "token escaped or normalised, taken for the article's own letters"

// Place is [PlaceTokens] for files whose lines are not told apart.
func Place(opt labels.ReadOptions, docID string, sentences [][]string) (*schema.Index, [][]schema.Span, int, error) {
	p, bad, err := PlaceTokens(opt, docID, sentences)
	for range p.Respelt {
		opt.Remark(labels.Position{}, Respelling)
	}
	return p.Index, p.Tokens, bad, err
}
