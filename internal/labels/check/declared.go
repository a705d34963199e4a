package check

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

func init() { groups = append(groups, checkDeclared) }

// item is a mention, an event, an argument or an actor that the ontology's
// rules are held against.
type item struct {
	at    labels.Position
	docID string
	name  string // as findings name it
	field func(name string) []string
}

// checkDeclared applies the rules that the ontology itself states.
func checkDeclared(k *checker) {
	of := map[string][]*declared{}
	for i := range k.ontology.Rules {
		r := &k.ontology.Rules[i]
		of[r.Of] = append(of[r.Of], &declared{r, &Rule{r.Code, severityOf(r.Severity), r.Meaning}, ontology.Sorted(r.When), ontology.Sorted(r.Values), ontology.Sorted(r.Roles)})
	}
	apply := func(kind string, x *item) {
		for _, r := range of[kind] {
			r.apply(k, x)
		}
	}
	hoppers := k.hopperFacts()
	for _, d := range k.documents {
		facts := newFacts(k, d, hoppers)
		for i := range d.Mentions {
			apply("mention", facts.mention(i))
		}
		for i := range d.Events {
			apply("event", facts.event(i))
			for j := range d.Events[i].Arguments {
				apply("argument", facts.argument(i, j))
			}
		}
	}
	for i, a := range k.actorRows {
		apply("actor", &item{at: a.At, name: labels.ItemRef{Kind: "actor", ID: a.ID, Index: i}.String(), field: func(name string) []string { return actorField(a, name) }})
	}
}

func severityOf(name string) Severity {
	switch name {
	case "note":
		return SeverityNote
	case "question":
		return SeverityQuestion
	}
	return SeverityError
}

// declared is a rule of the ontology with what findings of it bear.
type declared struct {
	*schema.Rule
	rule                *Rule
	when, values, named []string // what the rule's maps have, sorted
}

func (r *declared) apply(k *checker, x *item) {
	for _, field := range r.when {
		if !fits(x.field(field), r.When[field]) {
			return
		}
	}
	for _, field := range r.Require {
		if len(x.field(field)) == 0 {
			expected := ""
			if list := codeList(k.ontology, field); len(list) > 0 {
				expected = oneOf(list)
			}
			r.add(k, x, "", "nothing", expected)
		}
	}
	for _, field := range r.Forbid {
		for _, v := range x.field(field) {
			r.add(k, x, v, "{value}", "")
		}
	}
	for _, field := range r.values {
		list := codeList(k.ontology, field)
		for _, v := range x.field(field) {
			if !slices.Contains(r.Values[field], v) && (len(list) == 0 || schema.Has(list, v)) {
				r.add(k, x, v, "{value}", "one of "+strings.Join(r.Values[field], ", "))
			}
		}
	}
	r.roles(k, x)
}

// fits reports whether one of the values is wanted.
func fits(values, wanted []string) bool {
	for _, w := range wanted {
		if w == "*" && len(values) > 0 || w == "" && len(values) == 0 || slices.Contains(values, w) {
			return true
		}
	}
	return false
}

// roles counts the arguments of an event, whose field of a role's name is their
// number.
func (r *declared) roles(k *checker, x *item) {
	var found, expected []string
	broken := false
	for _, role := range r.named {
		bound, n := r.Roles[role], countOf(x, role)
		broken = broken || n < bound.Min || bound.Max != nil && n > *bound.Max
		found = append(found, strconv.Itoa(n)+" "+role)
		if bound.Min > 0 {
			expected = append(expected, "at least "+strconv.Itoa(bound.Min)+" "+role)
		}
		if bound.Max != nil {
			expected = append(expected, "at most "+strconv.Itoa(*bound.Max)+" "+role)
		}
	}
	if broken {
		r.add(k, x, "", strings.Join(found, " and "), strings.Join(expected, " and "))
	}
	if len(r.AnyRole) > 0 && !slices.ContainsFunc(r.AnyRole, func(role string) bool { return countOf(x, role) > 0 }) {
		r.add(k, x, "", "none of "+strings.Join(r.AnyRole, ", "), "one of them")
	}
}

func countOf(x *item, role string) int {
	if v := x.field(role); len(v) == 1 {
		n, _ := strconv.Atoi(v[0])
		return n
	}
	return 0
}

// add adds a finding in the rule's words, or in those given where it has none.
func (r *declared) add(k *checker, x *item, value, found, expected string) {
	words := func(own, otherwise string) string {
		if own == "" {
			own = otherwise
		}
		return x.words(own, value)
	}
	k.add(r.rule, x.at, x.docID, words(r.What, "{item}"), words(r.Found, found), words(r.Expected, expected))
}

// words fills the fields of an item into a text.
func (x *item) words(text, value string) string {
	var b strings.Builder
	for {
		from := strings.IndexByte(text, '{')
		to := strings.IndexByte(text, '}')
		if from < 0 || to < from {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:from])
		name, quoted := strings.CutSuffix(text[from+1:to], ":q")
		s := ""
		switch name {
		case "item":
			s = x.name
		case "value":
			s = value
		default:
			s = strings.Join(x.field(name), ", ")
		}
		if quoted {
			s = strconv.Quote(s)
		}
		b.WriteString(s)
		text = text[to+1:]
	}
}

// codeList is the ontology's list of what a field may hold, nil for none.
func codeList(o *schema.Ontology, field string) []schema.Code {
	switch field {
	case "level":
		return o.Levels
	case "contexts":
		return o.Contexts
	case "realis":
		return o.Realis
	case "auxiliaries":
		return o.Auxiliaries
	case "sector", "other_sectors":
		return o.Sectors
	}
	return nil
}
