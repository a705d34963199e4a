package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/normalise"
	"github.com/mizan-corpus/mizan/internal/labels/occurrence"
	"github.com/mizan-corpus/mizan/schema"
)

var ruleUnlabelled = rule("unlabelled-name", SeverityQuestion, "a known actor's name stands in a text without a mention of the actor")

func init() { groups = append(groups, checkNames) }

// minName is the least length of a name form, in code points, that is searched.
const minName = 4

// nameForm is a normalised name of an actor.
type nameForm struct {
	text  string
	actor string
}

// checkNames reads each labelled text word by word and looks each word up among
// the first words of all name forms, so that its cost does not grow with the
// number of actors.
func checkNames(k *checker) {
	if k.corpus.WithoutNames {
		return
	}
	forms := k.nameForms()
	if len(forms) == 0 {
		return
	}
	for _, d := range k.documents {
		if a := k.articles[d.DocID]; a != nil {
			k.names(d, a, forms)
		}
	}
}

// nameForms are the names and aliases of all actors by first word, the longest
// first. A form that several actors have is left out: it tells nothing.
func (k *checker) nameForms() map[string][]nameForm {
	owner := map[string]string{}
	for _, a := range k.actorRows {
		for _, name := range append([]string{a.NameAR, a.NameEN}, a.Aliases...) {
			n := normalise.Map(name).Text
			if utf8.RuneCountInString(n) < minName {
				continue
			}
			if o, ok := owner[n]; ok && o != a.ID {
				owner[n] = ""
			} else if !ok {
				owner[n] = a.ID
			}
		}
	}
	forms := map[string][]nameForm{}
	for n, id := range owner {
		if id != "" {
			first := firstWord(n)
			forms[first] = append(forms[first], nameForm{n, id})
		}
	}
	for _, list := range forms {
		slices.SortFunc(list, func(a, b nameForm) int {
			if len(a.text) != len(b.text) {
				return len(b.text) - len(a.text)
			}
			return strings.Compare(a.text, b.text)
		})
	}
	return forms
}

// firstWord is the letters up to the first character that is none; a form that
// begins with such a character has that as its first word.
func firstWord(s string) string {
	for i, r := range s {
		if !occurrence.InWord(r) {
			return s[:max(i, utf8.RuneLen(r))]
		}
	}
	return s
}

func (k *checker) names(d *labels.Document, a *article, forms map[string][]nameForm) {
	norm := normalise.Map(a.Text)
	index := schema.NewIndex(norm.Text)
	text := norm.Text
	for b := 0; b < len(text); {
		_, size := utf8.DecodeRuneInString(text[b:])
		if !occurrence.StartsWord(text, b) {
			b += size
			continue
		}
		form, ok := matchName(text[b:], forms)
		if !ok {
			b += size
			continue
		}
		from, _ := index.FromByte(b)
		to, _ := index.FromByte(b + len(form.text))
		if s := norm.Original(schema.Span{Start: from, End: to}); !k.covered(d, s, form.actor) {
			surface, _ := a.index.Slice(s)
			k.add(ruleUnlabelled, d.At, d.DocID, fmt.Sprintf("text at %s", s), strconv.Quote(surface),
				"a mention of "+nameActor(form.actor)+", if it is one")
			last := &k.findings[len(k.findings)-1]
			last.Span, last.Actor = s, form.actor
		}
		b += len(form.text)
	}
}

// matchName is the longest form that the text begins with as whole words.
func matchName(text string, forms map[string][]nameForm) (nameForm, bool) {
	for _, f := range forms[firstWord(text)] {
		if strings.HasPrefix(text, f.text) && occurrence.EndsWord(text, len(f.text)) {
			return f, true
		}
	}
	return nameForm{}, false
}

// covered reports whether the labels account for the name: a mention with
// exactly this span or head, or a mention of the actor around it.
func (k *checker) covered(d *labels.Document, s schema.Span, actor string) bool {
	for i := range d.Mentions {
		m := &d.Mentions[i]
		if m.Span == s || m.Head == s || m.ActorID == actor && m.Span.Overlaps(s) {
			return true
		}
	}
	return false
}
