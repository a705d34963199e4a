package answers

import (
	"fmt"
	"slices"
)

// besideKeys are lists of mentions by what they are, which stand beside another list.
var besideKeys = []string{"persons", "people", "organizations", "organisations", "locations", "places", "countries", "groups"}

// mentions is the list of mentions under a key, if there are any.
func (o object) mentions(key string) (part []Item, is bool) {
	switch v := o.values[key].(type) {
	case list:
		part, err := items(v)
		isObject := func(e any) bool { _, is := e.(object); return is }
		return part, len(v) > 0 && (err == nil || slices.ContainsFunc(v, isObject))
	case object:
		if key == "spans" { // spaCy's groups of spans, of which ents are none
			return nil, false
		}
		part, is = grouped(v)
	}
	return part, is && len(part) > 0
}

// fuller reports whether another list than the one under a key has mentions.
func (o object) fuller(key string) bool {
	return slices.ContainsFunc(listKeys, func(k string) bool {
		_, is := o.mentions(k)
		return k != key && is
	})
}

// beside refuses an object with two lists of mentions, each with some that the other
// lacks: there is no telling which one is the answer, or whether both are.
func beside(o object) *Error {
	first, known := "", []Item(nil)
	for i, key := range slices.Concat(listKeys, besideKeys) {
		part, is := o.mentions(key)
		switch {
		case !is:
		case first == "" && i < len(listKeys):
			first, known = key, part
		case first != "" && (len(part) == 0 || !within(part, known)):
			return &Error{Found: fmt.Sprintf("mentions under both %q and %q", first, key), Expected: "one list", JSON: true}
		}
	}
	return nil
}

// within reports whether each of some mentions is one of others, with no more said.
func within(part, others []Item) bool {
	for _, p := range part {
		if !slices.ContainsFunc(others, func(q Item) bool {
			return p.Text == q.Text && (p.Type == "" || p.Type == q.Type) && (!p.Span.IsSet() || p.Span == q.Span)
		}) {
			return false
		}
	}
	return true
}

// Beside says what is wrong where an object, as [Object] gives it, has other lists of
// mentions than "mentions".
func Beside(text []byte) error {
	work := 64*len(text) + 1<<16
	v, _ := whole(string(text), &work)
	o, _ := v.(object)
	if err := beside(o); err != nil {
		return err
	}
	if _, has := o.mentions("mentions"); !has && o.fuller("mentions") {
		return &Error{Found: "an object with " + keysOf(o) + ` and no "mentions"`, Expected: "one list", JSON: true}
	}
	return nil
}
