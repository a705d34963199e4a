package forms

import (
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/wording"
)

// remarks are what a reader had to say, each once with the places that it is
// said of.
type remarks struct {
	texts  []string // in the order of their first place
	places map[string]*remark
}

type remark struct {
	count int
	first []string // the first few
}

// add has the signature of [labels.ReadOptions].Warn.
func (r *remarks) add(at labels.Position, text string) {
	if r.places == nil {
		r.places = map[string]*remark{}
	}
	p := r.places[text]
	if p == nil {
		p = &remark{}
		r.places[text] = p
		r.texts = append(r.texts, text)
	}
	if p.count++; len(p.first) < mostExamples {
		p.first = append(p.first, at.String())
	}
}

func (r *remarks) say(say func(string, ...any)) {
	for _, text := range r.texts {
		switch p := r.places[text]; {
		case p.first[0] == "":
			say("%s: %s", text, wording.Count(p.count, "time"))
		case p.count == 1:
			say("%s: %s", p.first[0], text)
		default:
			say("%s: %s, the first at %s", text, wording.Count(p.count, "time"), strings.Join(p.first, ", "))
		}
	}
}
