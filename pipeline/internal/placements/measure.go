package main

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/align"
	"github.com/mizan-corpus/mizan/schema"
)

// item is one mention of an answer, and where it is meant to be.
type item struct {
	surface, before, after string
	offsets                schema.Span // NoSpan for none
	gold                   span
	aside                  bool // there for the others; not counted
}

// answer is an answer about a text.
type answer struct {
	text  []rune
	items []item
}

// tally is what became of the answers of one kind.
type tally struct {
	answers, determined, rightOfDetermined            int
	right, edge, other, wrong, unplaced, silent, lost int
}

// measure places an answer as run does, and counts where its items land.
func (t *tally) measure(a answer) {
	x := schema.NewIndex(string(a.text))
	d := &labels.Document{Annotation: schema.Annotation{DocID: "a"}, Hints: &labels.Hints{}}
	for _, it := range a.items {
		d.Mentions = append(d.Mentions, schema.Mention{Span: it.offsets, Head: schema.NoSpan, Text: it.surface, Type: "X"})
		d.Hints.Mentions = append(d.Hints.Mentions, labels.Hint{Before: it.before, After: it.after, Claim: schema.NoSpan})
	}
	listed := map[string]bool{}
	r := align.Resolver{Move: true, Text: func(string) *schema.Index { return x }, Listed: func(l align.Listed) { listed[l.Item] = true }}
	err := r.Resolve(d)
	repeats := map[string]int{}
	meant := map[string]map[schema.Span]int{} // the places of items with the same words, which change for one another
	for _, it := range a.items {
		repeats[letters(it.surface)]++
		if meant[it.key()] == nil {
			meant[it.key()] = map[schema.Span]int{}
		}
		meant[it.key()][schemaSpan(it.gold)]++
	}
	for i, it := range a.items {
		if it.aside {
			continue
		}
		t.answers++
		certain := a.determined(it, repeats)
		if certain {
			t.determined++
		}
		got := d.Mentions[i].Span
		switch {
		case err != nil:
			t.lost++
			t.unplaced++
			continue
		case meant[it.key()][got] > 0:
			meant[it.key()][got]--
			t.right++
			if certain {
				t.rightOfDetermined++
			}
			continue
		case !got.IsSet():
			t.unplaced++
		case got.Start < int32(it.gold.end) && int32(it.gold.start) < got.End:
			t.edge++
		case strings.Contains(letters(string(a.text[got.Start:got.End])), letters(string(a.text[it.gold.start:it.gold.end]))):
			t.other++
		default:
			t.wrong++
		}
		if !listed[d.MentionRef(i).String()] {
			t.silent++
		}
	}
}

// key is the same for items that an answer does not tell apart.
func (it *item) key() string { return it.surface + "\x00" + it.before + "\x00" + it.after }

// determined reports whether an answer leaves one place only for an item: by its
// offsets, by the words around it, or because its letters stand so often in the text as
// the answer has them. It looks at letters alone, with a folding of its own.
func (a answer) determined(it item, repeats map[string]int) bool {
	text := letters(string(a.text))
	gold := letters(string(a.text[it.gold.start:it.gold.end]))
	if it.offsets.IsSet() {
		return true
	}
	if it.before+it.after != "" {
		around := strings.TrimSuffix(letters(it.before), gold) + gold + strings.TrimPrefix(letters(it.after), gold)
		return strings.Count(text, around) == 1
	}
	surface := letters(it.surface)
	n := repeats[surface]
	return strings.Count(text, gold) == n && (surface == "" || strings.Count(text, surface) <= n)
}

// letters are the letters and digits of a text in small letters, without marks.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'ى' || r == 'ی':
			return 'ي'
		case r == 'ة':
			return 'ه'
		case r == 'ک':
			return 'ك'
		case r == 'ـ' || !unicode.IsLetter(r) && !unicode.IsDigit(r):
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(s))
}

// measureKind makes and measures the answers of a kind: at least want of each group
// of texts that it is for, if there are so many.
func measureKind(k *kind, all []labelled, want int) tally {
	var t tally
	count := map[string]int{}
	for _, l := range all {
		if !k.fits(l.name) {
			continue
		}
		if k.whole != nil {
			t.measure(k.whole(l))
			continue
		}
		gold := slices.Clone(l.gold)
		slices.SortFunc(gold, func(a, b span) int { return number(k.name+l.at(a)) - number(k.name+l.at(b)) })
		n := 0
		for _, g := range gold {
			if count[l.name] == want || n == (want+4)/5 && strings.HasPrefix(l.name, "ar") { // of five articles
				break
			}
			if a, ok := k.one(l, g); ok {
				t.measure(a)
				count[l.name]++
				n++
			}
		}
	}
	return t
}
