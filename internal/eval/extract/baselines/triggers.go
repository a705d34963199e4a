package baselines

import "github.com/mizan-corpus/mizan/schema"

// trigger is a word of the lexicon found in a text.
type trigger struct {
	first, last int // tokens, inclusive
	span        schema.Span
	form        lexForm
	prep        rune // ب ل ك in front, 0 for none
}

// find looks every token up, from left to right, skipping tokens that are
// taken (part of a name). The form with the longest phrase wins, then the
// least stripped reading, then the earlier line.
func (lex *lexicon) find(tokens []token, taken []bool) []trigger {
	var list []trigger
	var buf [12]reading
	for i := 0; i < len(tokens); i++ {
		if taken[i] {
			continue
		}
		var best trigger
		length := -1
		for _, r := range tokens[i].readings(buf[:0]) {
			for _, f := range lex.byWord[r.norm] {
				if len(f.tail) <= length || !fits(f, r) || !f.follows(tokens[i+1:], taken[i+1:]) {
					continue
				}
				start := r.strip
				if f.future {
					start++
				}
				length = len(f.tail)
				best = trigger{first: i, last: i + f.joint, form: f, prep: r.prep,
					span: schema.Span{Start: tokens[i].starts[min(start, knownStarts-1)], End: tokens[i+f.joint].end}}
			}
		}
		if length >= 0 {
			list = append(list, best)
			i = best.last
		}
	}
	return list
}

// fits reports whether the reading is possible: only nouns take the article
// and prepositions (a ل before an imperfect is the purpose particle).
func fits(f lexForm, r reading) bool {
	switch f.tense {
	case noun:
		return true
	case imperfect:
		return !r.noArticle && (r.prep == 0 || r.prep == 'ل' && !f.future)
	}
	return !r.noArticle && r.prep == 0
}

// objectReach is how many words after a verb the rest of its phrase is looked
// for: the subject may stand between.
const objectReach = 6

// follows reports whether the words of the tail come next in the sentence: at
// once after a noun, within objectReach words after a verb.
func (f *lexForm) follows(tokens []token, taken []bool) bool {
	reach := min(len(f.tail), len(tokens))
	if f.tense != noun {
		reach = min(objectReach, len(tokens))
	}
	rest := f.tail
	for i := 0; i < reach && len(rest) > 0; i++ {
		if tokens[i].gap == gapStop || f.tense == noun && tokens[i].gap > gapQuote {
			return false
		}
		if !taken[i] && agrees(tokens[i].norm, rest[0]) {
			rest = rest[1:]
		} else if f.tense == noun {
			return false
		}
	}
	return len(rest) == 0
}
