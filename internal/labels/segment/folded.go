package segment

import (
	"strings"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/labels/folding"
	"github.com/mizan-corpus/mizan/schema"
)

// marks are what tokenizers put on pieces of words, and escapes inside them.
var marks = strings.NewReplacer("##", "", "▁", "", "Ġ", "", "</w>", "", `\/`, "/", `\*`, "*")

// escapes are what tokenisers write for single tokens, the Penn Treebank's way
// (Bies et al. 1995, Bracketing Guidelines for Treebank II Style, section 3; and
// Stanford's tokeniser).
var escapes = map[string]string{
	"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}",
	"``": `"`, "''": `"`, `""`: `"`, "--": "-",
}

// farthest is how many letters of the text may lie before a token that does not come next.
const farthest = 200

// folded places one sentence's tokens by their letters ([folding.Text]), where they
// are not in the text as they are: preprocessing leaves vowel signs out, takes letters
// apart or marks pieces of words. Letters that no token has are passed over up to
// [farthest]; a token of which nothing is known ([UNK]) takes what lies between its
// neighbours.
func (a *tokenAligner) folded(tokens []string) ([]schema.Span, *Error) {
	if a.fold == nil {
		a.fold = folding.New(a.x.Text())
	}
	t := a.fold
	at, _ := a.x.FromByte(a.pos)
	pos := t.From(at)
	spans := make([]schema.Span, len(tokens))
	unknown := -1 // the first of the tokens before this one that have no letters of their own
	for i, token := range tokens {
		letters := folding.New(plainToken(token)).Folded
		if letters == "" {
			if unknown < 0 && special(token) {
				unknown = i
			}
			spans[i] = empty(t, pos)
			continue
		}
		n := utf8.RuneCountInString(letters)
		from := a.next(pos, letters, n, i == 0)
		if from < 0 {
			return nil, &Error{i, a.aheadOf(pos)}
		}
		if unknown >= 0 && from > pos {
			spans[unknown], _ = t.Span(pos, from)
		}
		unknown = -1
		spans[i], _ = t.Span(from, from+n)
		pos = from + n
	}
	if pos > 0 && pos <= t.Len() {
		s, _ := t.Span(pos-1, pos)
		a.pos, _ = a.x.Byte(s.End)
	}
	return spans, nil
}

// follows places a sentence whose letters are the next ones of the text.
func (a *tokenAligner) follows(tokens []string) ([]schema.Span, bool) {
	if a.fold == nil {
		a.fold = folding.New(a.x.Text())
	}
	at, _ := a.x.FromByte(a.pos)
	pos := a.fold.From(at)
	var letters strings.Builder
	for _, t := range tokens {
		letters.WriteString(folding.New(plainToken(t)).Folded)
	}
	if n := utf8.RuneCountInString(letters.String()); n == 0 || pos+n > a.fold.Len() || a.fold.Slice(pos, pos+n) != letters.String() {
		return nil, false
	}
	spans, err := a.folded(tokens)
	return spans, err == nil
}

// next is the letter from pos on where the letters of a token stand, -1 for none
// near. The first token of a sentence may stand anywhere.
func (a *tokenAligner) next(pos int, letters string, n int, first bool) int {
	t := a.fold
	if pos+n <= t.Len() && t.Slice(pos, pos+n) == letters {
		return pos
	}
	to := t.Len()
	if !first {
		to = min(to, pos+farthest)
	}
	a.work += to - pos
	if a.work > 1<<20+64*t.Len() {
		return -1
	}
	for from := pos; from < to; {
		i := strings.Index(t.Slice(from, to), letters)
		if i < 0 {
			return -1
		}
		from += utf8.RuneCountInString(t.Slice(from, to)[:i])
		if !t.Joined(from) { // a word begins there
			return from
		}
		from++
	}
	return -1
}

// aheadOf is some letters of the text from letter pos on, for messages.
func (a *tokenAligner) aheadOf(pos int) string {
	if pos >= a.fold.Len() {
		return ""
	}
	s, _ := a.fold.Span(pos, pos+1)
	b, _ := a.x.Byte(s.Start)
	return ahead(a.x.Text(), b)
}

func empty(t *folding.Text, pos int) schema.Span {
	if pos == 0 {
		return schema.Span{}
	}
	s, _ := t.Span(pos-1, pos)
	return schema.Span{Start: s.End, End: s.End}
}

// plainToken is a token without a tokenizer's marks: the + that segmenters of Arabic
// put where they cut a word, and those of pieces of words.
func plainToken(token string) string {
	if special(token) {
		return ""
	}
	if plain, ok := escapes[strings.ToUpper(token)]; ok {
		return plain
	}
	if len(token) > 1 {
		token = strings.TrimPrefix(strings.TrimSuffix(token, "+"), "+")
	}
	return marks.Replace(token)
}

// special reports whether a token is one of a model's own.
func special(token string) bool {
	switch token {
	case "[UNK]", "<unk>", "[CLS]", "[SEP]", "<s>", "</s>", "[PAD]", "<pad>":
		return true
	}
	return false
}
