package ontology

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/suggest"
	"github.com/mizan-corpus/mizan/schema"
)

// mostCode and mostText bound codes and other texts, in code points.
const (
	mostCode = 100
	mostText = 2000
)

var (
	validName = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]*$`)
	ruleCode  = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	inBraces  = regexp.MustCompile(`\{([^{}]*)\}`)
)

// checker holds an ontology against itself.
type checker struct {
	*schema.Ontology
	bad func(place, found, expected, next string)
}

// check tells what is wrong with an ontology, place by place.
func check(o *schema.Ontology, bad func(place, found, expected, next string)) {
	c := &checker{o, bad}
	if !validName.MatchString(o.Name) || len(o.Name) > mostCode {
		bad("name", strconv.Quote(o.Name), "lower-case letters, digits, dots, dashes and underscores", "")
	}
	if len(o.MentionTypes)+len(o.EventTypes) == 0 {
		bad("", "neither mention_types nor event_types", "one of them at least", "")
	}
	codes(c, "mention_types", o.MentionTypes)
	codes(c, "levels", o.Levels)
	codes(c, "event_types", o.EventTypes)
	codes(c, "contexts", o.Contexts)
	codes(c, "sectors", o.Sectors)
	codes(c, "non_state", o.NonState)
	codes(c, "roles", o.Roles)
	codes(c, "realis", o.Realis)
	codes(c, "auxiliaries", o.Auxiliaries)
	codes(c, "cameo.codes", o.CAMEO.Codes)
	for i, t := range o.EventTypes {
		place := fmt.Sprintf("event_types[%d]", i)
		codes(c, place+".modes", t.Modes)
		if t.Quad != 0 && !slices.ContainsFunc(o.Quads, func(q schema.Quad) bool { return q.Code == t.Quad }) && (len(o.Quads) > 0 || t.Quad > 4) {
			bad(place+".quad", strconv.Itoa(t.Quad), "one of quads, or of 1 to 4 where there are none", "")
		}
	}
	for i, r := range o.Roles {
		for j, f := range r.Fillers {
			c.oneOf(fmt.Sprintf("roles[%d].fillers[%d]", i, j), f, []string{"mention", "event", "span"})
		}
		c.oneOf(fmt.Sprintf("roles[%d].value", i), r.Value, []string{"", "time"})
	}
	c.oneOf("countries", o.Countries, []string{"", "iso3166-1"})
	for i, x := range o.CAMEO.Crosswalk {
		c.eventType(fmt.Sprintf("cameo.crosswalk[%d].type", i), x.Type, true)
	}
	if o.Records != nil {
		c.records(o.Records)
	}
	for i := range o.Rules {
		c.rule(fmt.Sprintf("rules[%d]", i), &o.Rules[i])
	}
}

// codes checks the entries of one list.
func codes[T schema.Coded](c *checker, place string, list []T) {
	first := map[string]int{}
	for i, s := range schema.Codes(list) {
		at := fmt.Sprintf("%s[%d]", place, i)
		if before, twice := first[s]; twice {
			c.bad(at, strconv.Quote(s)+" again", fmt.Sprintf("it only at %s[%d]", place, before), "")
			continue
		}
		first[s] = i
		odd := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) >= 0
		if s == "" || odd || strings.TrimSpace(s) != s || utf8.RuneCountInString(s) > mostCode {
			c.bad(at, strconv.Quote(shortened(s)), fmt.Sprintf("a code of 1 to %d printable characters", mostCode), "")
		}
	}
}

func shortened(s string) string {
	if r := []rune(s); len(r) > mostCode {
		return string(r[:mostCode]) + "…"
	}
	return s
}

func (c *checker) oneOf(place, value string, known []string) {
	if slices.Contains(known, value) {
		return
	}
	shown := slices.DeleteFunc(slices.Clone(known), func(s string) bool { return s == "" })
	next := ""
	if near := suggest.Near(value, shown, 1); len(near) > 0 {
		next = "did you mean " + strconv.Quote(near[0]) + "?"
	}
	expected := "one of " + strings.Join(shown, ", ")
	switch {
	case len(shown) == 0:
		expected = "none: the ontology has no such list"
	case len(shown) > 30:
		expected = "a code of the list"
	}
	c.bad(place, strconv.Quote(value), expected, next)
}

func (c *checker) eventType(place, value string, optional bool) {
	known := schema.Codes(c.EventTypes)
	if optional {
		known = append(known, "")
	}
	c.oneOf(place, value, known)
}

func (c *checker) records(r *schema.Records) {
	roles, auxiliaries := schema.Codes(c.Roles), schema.Codes(c.Auxiliaries)
	c.oneOf("records.source", r.Source, roles)
	c.oneOf("records.target", r.Target, roles)
	c.oneOf("records.time", r.Time, append(roles, ""))
	c.oneOf("records.actual", r.Actual, append(schema.Codes(c.Realis), ""))
	for i, t := range r.Mutual {
		c.eventType(fmt.Sprintf("records.mutual[%d]", i), t, false)
	}
	for i, t := range r.Symmetric {
		c.eventType(fmt.Sprintf("records.symmetric[%d]", i), t, false)
	}
	if p := r.Promises; p != nil {
		c.oneOf("records.promises.auxiliary", p.Auxiliary, auxiliaries)
		for i, a := range p.Unless {
			c.oneOf(fmt.Sprintf("records.promises.unless[%d]", i), a, auxiliaries)
		}
		for i, n := range p.Count {
			place := fmt.Sprintf("records.promises.count[%d]", i)
			for j, t := range n.Types {
				c.eventType(fmt.Sprintf("%s.types[%d]", place, j), t, false)
			}
			c.eventType(place+".as", n.As, false)
		}
	}
}

func (c *checker) rule(place string, r *schema.Rule) {
	if !ruleCode.MatchString(r.Code) {
		c.bad(place+".code", strconv.Quote(r.Code), "lower-case words with dashes between", "")
	}
	c.oneOf(place+".severity", r.Severity, []string{"", "error", "note", "question"})
	if Fields[r.Of] == nil {
		c.oneOf(place+".of", r.Of, Sorted(Fields))
		return
	}
	var known []string
	for _, f := range Fields[r.Of] {
		known = append(known, f.Name)
	}
	roles := schema.Codes(c.Roles)
	if len(r.Require)+len(r.Forbid)+len(r.Values)+len(r.Roles)+len(r.AnyRole) == 0 {
		c.bad(place, "nothing that the rule asks", "require, forbid, values, roles or any_role", "")
	}
	for _, f := range Sorted(r.When) {
		c.oneOf(place+".when", f, known)
		c.values(place+".when", r.Of, f, r.When[f])
	}
	for _, f := range slices.Concat(r.Require, r.Forbid, Sorted(r.Values)) {
		c.oneOf(place, f, known)
	}
	for _, f := range Sorted(r.Values) {
		c.values(place+".values", r.Of, f, r.Values[f])
	}
	if r.Of != "event" && len(r.Roles)+len(r.AnyRole) > 0 {
		c.bad(place, "roles of "+r.Of, "them in a rule of event", "")
	}
	for _, role := range append(Sorted(r.Roles), r.AnyRole...) {
		c.oneOf(place+".roles", role, roles)
	}
	words := append(slices.Clone(known), "item", "value")
	if r.Of == "event" {
		words = append(words, roles...)
	}
	for _, t := range []string{r.What, r.Found, r.Expected, r.Meaning} {
		if utf8.RuneCountInString(t) > mostText {
			c.bad(place, "a text of more than "+strconv.Itoa(mostText)+" characters", "a shorter one", "")
		}
		for _, m := range inBraces.FindAllStringSubmatch(t, -1) {
			c.oneOf(place, strings.TrimSuffix(m[1], ":q"), words)
		}
	}
}

// values checks the values that a rule gives for a field against the codes of
// that field: a rule about a code that no label may have would never speak.
func (c *checker) values(place, of, field string, values []string) {
	known, has := c.listOf(of, field)
	for i, v := range values {
		if has && v != "*" && v != "" {
			c.oneOf(fmt.Sprintf("%s.%s[%d]", place, field, i), v, known)
		}
	}
}

// listOf is the codes that a field of a kind of item may have, false where any
// value may stand. Types and roles are those of the ontology even if it has none.
func (c *checker) listOf(of, field string) ([]string, bool) {
	var known []string
	switch field {
	case "mention_type", "source_type":
		return schema.Codes(c.MentionTypes), true
	case "role", "also_fills":
		return schema.Codes(c.Roles), true
	case "type", "hopper_type":
		switch of {
		case "mention":
			return schema.Codes(c.MentionTypes), true
		case "event", "argument":
			return schema.Codes(c.EventTypes), true
		}
		known = schema.Codes(c.MentionTypes)
	case "modes":
		for _, t := range c.EventTypes {
			known = append(known, schema.Codes(t.Modes)...)
		}
	case "level":
		known = schema.Codes(c.Levels)
	case "contexts":
		known = schema.Codes(c.Contexts)
	case "realis":
		known = schema.Codes(c.Realis)
	case "auxiliaries":
		known = schema.Codes(c.Auxiliaries)
	case "sector", "other_sectors":
		known = schema.Codes(c.Sectors)
	}
	return known, len(known) > 0
}
