package document

import (
	"strings"
	"unicode"
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
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
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
