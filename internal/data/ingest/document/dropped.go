package document

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Rule says why something that a reader would see is not in an article's text.
type Rule string

// The rules.
const (
	RuleHidden   Rule = "hidden"     // the page hides it
	RuleElement  Rule = "navigation" // in an element that is none of the article: nav, aside, footer, dialog
	RuleCaption  Rule = "caption"    // of a picture, or its credit
	RuleClass    Rule = "widget"     // in an element whose class or id names furniture
	RuleBox      Rule = "box"        // a box or label among the paragraphs
	RuleLinks    Rule = "links"      // nothing but links
	RuleMenu     Rule = "menu"       // menus, sharing, counts
	RuleRelated  Rule = "related"    // lists of other articles
	RuleComments Rule = "comments"   // readers' comments and their form
	RuleNotice   Rule = "notice"     // copyright, credits, disclaimers
	RuleMeta     Rule = "metadata"   // date, byline, source
	RuleTitle    Rule = "title"      // a further copy of the title, or the site's name beside it
	RuleRepeat   Rule = "repeat"     // a further copy of text that is kept
	RuleOutside  Rule = "outside"    // outside the part of the page that is the article
	RuleRecord   Rule = "record"     // the hand-verified record does not name it
)

// Dropped is a line, or the rest of one, that is in the input and not in the
// text.
type Dropped struct {
	Line int    `json:"line"` // 1-based line of the file, or of the column
	Rule Rule   `json:"rule"`
	Text string `json:"text"`
}

// CountLetters counts the letters and digits of s: what the law counts, that what
// goes into a reader is kept or listed.
func CountLetters(s string) (n int) {
	table := shortLetters()
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c < utf8.RuneSelf:
			n += int(table[c])
			i++
		case 0xC2 <= c && c <= 0xDF && i+1 < len(s) && s[i+1]&0xC0 == 0x80:
			n += int(table[int(c&0x1F)<<6|int(s[i+1]&0x3F)])
			i += 2
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			n += int(isLetter(r))
			i += size
		}
	}
	return n
}

// isLetter is 1 for a letter or digit, else 0.
func isLetter(r rune) uint8 {
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return 1
	}
	return 0
}

// shortLetters are those of at most two bytes of UTF-8.
var shortLetters = sync.OnceValue(func() *[0x800]uint8 {
	var table [0x800]uint8
	for r := range table {
		table[r] = isLetter(rune(r))
	}
	return &table
})

// leastShare is the share of an article's letters, in percent, from which on
// it is noted that they are left out.
const leastShare = 20

// NoteDropped notes that so much of an article is left out, and by which rules.
func (d *Document) NoteDropped() {
	out := d.DroppedLetters()
	if d.Prepared || d.Letters == 0 || 100*out <= leastShare*d.Letters {
		return
	}
	d.Notes = append(d.Notes, Note{File: d.Article.SourceFile, Code: NoteLeftOut, Text: LeftOut(d.Letters, d.ByRule())})
}

// ByRule counts the letters that each rule left out.
func (d *Document) ByRule() map[Rule]int {
	by := map[Rule]int{}
	for _, x := range d.Dropped {
		by[x.Rule] += CountLetters(x.Text)
	}
	return by
}

// LeftOut says which share of letters the rules left out, the most first.
func LeftOut(all int, by map[Rule]int) string {
	rules := slices.SortedFunc(maps.Keys(by), func(a, b Rule) int { return cmp.Or(by[b]-by[a], strings.Compare(string(a), string(b))) })
	out := 0
	var list []string
	for _, r := range rules {
		out += by[r]
		if share := 100 * by[r] / all; share > 0 {
			list = append(list, fmt.Sprintf("%s %d %%", r, share))
		}
	}
	text := fmt.Sprintf("%d %% of the letters are left out", 100*out/all)
	if len(list) > 0 {
		text += " (" + strings.Join(list, ", ") + ")"
	}
	return text
}

// Drop lists a text that is left out, if there is any letter or other mark in it.
func (d *Document) Drop(line int, rule Rule, text string) {
	if text = strings.TrimSpace(text); text != "" {
		d.Dropped = append(d.Dropped, Dropped{line, rule, text})
		d.Letters += CountLetters(text)
	}
}

// DroppedLetters is how many letters and digits are listed as dropped; d.Letters
// are all of the input.
func (d *Document) DroppedLetters() (n int) {
	for _, x := range d.Dropped {
		n += CountLetters(x.Text)
	}
	return n
}
