package baselines

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// gap is what stands between a token and the one before it, the widest of it.
type gap int

const (
	gapSpace gap = iota // nothing or white space inside a line
	gapQuote            // a quotation mark or hyphen
	gapComma            // a comma or other mark inside a sentence
	gapStop             // the end of a sentence or line
)

// knownStarts is how many letters of a token keep their offset: as many as can
// be proclitics, and the one after them.
const knownStarts = 5

// token is one word of a text: a run of letters, marks and digits.
type token struct {
	norm   string             // folded
	start  int32              // code points
	end    int32              // half-open
	starts [knownStarts]int32 // offset of each of the first letters of norm
	gap    gap                // before the token
}

// tokenize cuts text into words and folds them, in one pass. Folding removes
// what Arabic spelling leaves to the writer: vowel signs, tatweel and
// invisible controls are dropped; the forms of alef become ا, alef maksura and
// Persian ya ي, ta marbuta ه, Persian kaf ك; digits become ASCII; letters of
// other scripts are lower-cased. Offsets stay those of the text as it is.
// Languages that write no spaces come out as one token a run.
func tokenize(text string) []token {
	var tokens []token
	var norm strings.Builder
	norm.Grow(len(text)) // never outgrown by Arabic: parts of its string stay valid
	var t token
	in, letters, from := false, 0, 0
	pending := gapStop
	pos := int32(0)
	end := func() {
		if !in {
			return
		}
		in = false
		t.norm = norm.String()[from:]
		if letters > 0 {
			tokens = append(tokens, t)
			pending = gapSpace
		}
	}
	runes := []rune(text)
	for i, r := range runes {
		pos = int32(i)
		if !isWordRune(r) {
			end()
			next := rune(' ')
			if i+1 < len(runes) {
				next = runes[i+1]
			}
			pending = max(pending, gapOf(r, next))
			continue
		}
		if !in {
			in, letters, from = true, 0, norm.Len()
			t = token{start: pos, gap: pending}
		}
		t.end = pos + 1
		if folded, keep := fold(r); keep {
			if letters < knownStarts {
				t.starts[letters] = pos
			}
			letters++
			norm.WriteRune(folded)
		}
	}
	end()
	return tokens
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || isJoiner(r)
}

// isJoiner reports the invisible characters that stand inside words: zero
// width (non-)joiner and the directional marks.
func isJoiner(r rune) bool { return r >= '\u200c' && r <= '\u200f' || r == '\u061c' || r == '\ufeff' }

func gapOf(r, next rune) gap {
	switch r {
	case '\n', '\r', '\u2028', '\u2029', '!', '?', '؟', '؛', '…', '۔':
		return gapStop
	case '.':
		if unicode.IsSpace(next) {
			return gapStop
		}
		return gapComma
	case '"', '\'', '«', '»', '“', '”', '‘', '’', '-', '‑', '–':
		return gapQuote
	}
	if unicode.IsSpace(r) {
		return gapSpace
	}
	return gapComma
}

// fold is the folded letter, or false for what is dropped.
func fold(r rune) (rune, bool) {
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا', true
	case 'ى', 'ی':
		return 'ي', true
	case 'ة':
		return 'ه', true
	case 'ک':
		return 'ك', true
	case 'ـ':
		return 0, false
	}
	switch {
	case isJoiner(r) || unicode.IsMark(r):
		return 0, false
	case r >= '٠' && r <= '٩':
		return '0' + r - '٠', true
	case r >= '۰' && r <= '۹':
		return '0' + r - '۰', true
	}
	return unicode.ToLower(r), true
}

// foldString folds a word or a phrase without changing its spaces.
func foldString(s string) string {
	var b strings.Builder
	for _, r := range s {
		if f, keep := fold(r); keep {
			b.WriteRune(f)
		}
	}
	return b.String()
}

// reading is a token without some of its proclitics.
type reading struct {
	norm      string
	strip     int  // letters before the span: its offset is starts[strip]
	conj      bool // و or ف was taken off
	prep      rune // ب ل ك that was taken off, 0 for none
	noArticle bool // the article was taken off norm; it stays inside the span
}

// minStem is how many letters must be left when a proclitic is taken off.
const minStem = 3

// readings are the ways to read a token as (و|ف)? (ب|ل|ك)? (ال)? word, the
// least stripped first. Proclitics are written as part of the word; in لل the
// article has lost its alef, which the reading puts back.
func (t *token) readings(dst []reading) []reading {
	word := t.norm
	dst = withArticle(dst, word, reading{})
	rest, strip := word, 0
	if hasLetters(word, minStem+1) && (strings.HasPrefix(word, "و") || strings.HasPrefix(word, "ف")) {
		rest, strip = word[len("و"):], 1
		dst = withArticle(dst, rest, reading{strip: 1, conj: true})
	}
	prep, size := utf8.DecodeRuneInString(rest)
	if (prep != 'ب' && prep != 'ل' && prep != 'ك') || !hasLetters(rest, minStem+1) {
		return dst
	}
	r := reading{strip: strip + 1, conj: strip == 1, prep: prep}
	rest = rest[size:]
	after, double := strings.CutPrefix(rest, "ل")
	if prep != 'ل' || !double {
		return withArticle(dst, rest, r)
	}
	// لل: the word may begin with the second ل (لجنة, with or without article).
	for _, stem := range []string{after, rest} {
		bare := r
		r.norm = "ال" + stem
		bare.norm, bare.noArticle = stem, true
		dst = append(dst, r, bare)
	}
	return dst
}

// withArticle adds the word as it stands and, where it has the article, the
// word without it.
func withArticle(dst []reading, word string, r reading) []reading {
	stem, has := strings.CutPrefix(word, "ال")
	r.norm = word
	dst = append(dst, r)
	if has && hasLetters(stem, minStem) {
		r.norm, r.noArticle = stem, true
		dst = append(dst, r)
	}
	return dst
}

// hasLetters reports whether s has at least n code points.
func hasLetters(s string, n int) bool {
	for range s {
		if n--; n <= 0 {
			return true
		}
	}
	return false
}
