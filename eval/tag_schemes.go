package eval

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// tagPhrase is a phrase in a sentence: tokens first to last, both inclusive.
type tagPhrase struct {
	first, last int
	typ         string
}

// tagPhrases reads the phrases of a sentence as seqeval 1.2.2 does.
func tagPhrases(tags []string, mode TagMode) (map[tagPhrase]bool, error) {
	scheme, ok := tagSchemes[mode]
	if mode != TagsSeqeval && !ok {
		return nil, fmt.Errorf("unknown mode %q: expected conlleval, seqeval, iob1, iob2, ioe1, ioe2, iobes or bilou", mode)
	}
	tokens := make([]seqevalTag, 0, len(tags)+1)
	for i, s := range tags {
		if s == "" {
			return nil, fmt.Errorf("token %d: an empty tag", i+1)
		}
		_, n := utf8.DecodeRuneInString(s)
		t := seqevalTag{prefix: s[:n]}
		if mode == TagsSeqeval {
			t.typ = s[n:]
			if _, after, ok := strings.Cut(t.typ, "-"); ok {
				t.typ = after
			}
		} else {
			if !strings.Contains(scheme.allowed, t.prefix) {
				return nil, fmt.Errorf("token %d: tag %q, expected it to begin with one of %s as %s has it", i+1, s, strings.Join(strings.Split(scheme.allowed, ""), ", "), strings.ToUpper(string(mode)))
			}
			t.typ = strings.Trim(s[n:], "-")
		}
		if t.typ == "" {
			t.typ = "_"
		}
		tokens = append(tokens, t)
	}
	tokens = append(tokens, seqevalTag{"O", "_"})
	if mode == TagsSeqeval {
		return lenientPhrases(tokens), nil
	}
	return scheme.phrases(tokens), nil
}

type seqevalTag struct{ prefix, typ string }

// lenientPhrases is seqeval's default mode: conlleval's rules with S, and with
// E always at the end. The list ends with an outside tag.
func lenientPhrases(tokens []seqevalTag) map[tagPhrase]bool {
	out := map[tagPhrase]bool{}
	prev, begin := seqevalTag{"O", ""}, 0
	for i, t := range tokens {
		other := prev.typ != t.typ
		ends := prev.prefix == "E" || prev.prefix == "S" || prev.prefix != "O" && prev.prefix != "." && other
		switch prev.prefix + t.prefix {
		case "BB", "BS", "BO", "IB", "IS", "IO":
			ends = true
		}
		starts := t.prefix == "B" || t.prefix == "S" || t.prefix != "O" && t.prefix != "." && other
		switch prev.prefix + t.prefix {
		case "EE", "EI", "SE", "SI", "OE", "OI":
			starts = true
		}
		if ends {
			out[tagPhrase{begin, i - 1, prev.typ}] = true
		}
		if starts {
			begin = i
		}
		prev = t
	}
	return out
}

// tagPattern holds for two neighbours whose first letters are in prev and
// next and whose types are the same ('='), different ('!') or either ('?').
type tagPattern struct {
	prev, next string
	types      byte
}

const anyTag = "IOBESUL"

// tagScheme says where phrases begin, go on and end.
type tagScheme struct {
	allowed             string
	start, inside, ends []tagPattern
}

// tagSchemes are the patterns of seqeval 1.2.2's scheme.py, gaps included:
// IOE1 there misses some phrases.
var tagSchemes = map[TagMode]tagScheme{
	TagsIOB1: {"IOB",
		[]tagPattern{{"O", "I", '?'}, {"I", "I", '!'}, {"B", "I", '?'}, {"IB", "B", '='}},
		[]tagPattern{{"BI", "I", '='}},
		[]tagPattern{{"IB", "I", '!'}, {"IB", "O", '?'}, {"I", "B", '?'}, {"B", "B", '='}}},
	TagsIOB2: {"IOB",
		[]tagPattern{{anyTag, "B", '?'}},
		[]tagPattern{{"BI", "I", '='}},
		[]tagPattern{{"IB", "OB", '?'}, {"IB", "I", '!'}}},
	TagsIOE1: {"IOE",
		[]tagPattern{{"OE", "I", '?'}, {"I", "I", '!'}, {"E", "E", '='}},
		[]tagPattern{{"I", "IE", '='}},
		[]tagPattern{{"I", "IE", '!'}, {"I", "O", '?'}, {"E", "IE", '='}}},
	TagsIOE2: {"IOE",
		[]tagPattern{{"OE", "IE", '?'}, {"I", "IE", '!'}},
		[]tagPattern{{"I", "IE", '='}},
		[]tagPattern{{"E", anyTag, '?'}}},
	TagsIOBES: {"IOBES",
		[]tagPattern{{anyTag, "BS", '?'}},
		[]tagPattern{{"BI", "IE", '='}},
		[]tagPattern{{"SE", anyTag, '?'}}},
	TagsBILOU: {"BILOU",
		[]tagPattern{{anyTag, "BU", '?'}},
		[]tagPattern{{"BI", "IL", '='}},
		[]tagPattern{{"UL", anyTag, '?'}}},
}

func matchesAny(patterns []tagPattern, prev, next seqevalTag) bool {
	for _, p := range patterns {
		if strings.Contains(p.prev, prev.prefix) && strings.Contains(p.next, next.prefix) &&
			(p.types == '?' || (p.types == '=') == (prev.typ == next.typ)) {
			return true
		}
	}
	return false
}

// phrases reads the phrases that the scheme allows; the list ends with an
// outside tag. What begins a phrase and does not end one is passed over.
func (s tagScheme) phrases(tokens []seqevalTag) map[tagPhrase]bool {
	out := map[tagPhrase]bool{}
	prev := seqevalTag{"O", "_"}
	for i := 0; i < len(tokens); {
		if !matchesAny(s.start, prev, tokens[i]) {
			prev = tokens[i]
			i++
			continue
		}
		end := i + 1
		for end < len(tokens) && matchesAny(s.inside, tokens[end-1], tokens[end]) {
			end++
		}
		if matchesAny(s.ends, tokens[end-1], tokens[end]) {
			out[tagPhrase{i, end - 1, tokens[i].typ}] = true
		}
		prev, i = tokens[end-1], end
	}
	return out
}

// ErrTagScheme is returned by [DetectTagScheme] for tags of no known scheme.
var ErrTagScheme = errors.New("the tags are in none of IOB2, IOE2, IOBES and BILOU")

// DetectTagScheme tells the strict scheme of a corpus by the first letters of
// its tags, as seqeval 1.2.2 does; pass it the gold tags.
func DetectTagScheme(sentences [][]string) (TagMode, error) {
	seen := map[rune]bool{}
	for _, tags := range sentences {
		for _, s := range tags {
			letter, _ := utf8.DecodeRuneInString(s)
			seen[letter] = true
		}
	}
	var letters []rune
	for letter := range seen {
		letters = append(letters, letter)
	}
	slices.Sort(letters)
	switch string(letters) {
	case "BIO", "BI", "BO", "B":
		return TagsIOB2, nil
	case "EIO", "EI", "EO", "E":
		return TagsIOE2, nil
	case "BEIOS", "BEIS", "BEIO", "BEOS", "BEI", "BES", "BEO", "BE", "S":
		return TagsIOBES, nil
	case "BILOU", "BILU", "BILO", "BLOU", "BIL", "BLU", "BLO", "BL", "U":
		return TagsBILOU, nil
	}
	return "", fmt.Errorf("%w: their first letters are %q", ErrTagScheme, string(letters))
}
