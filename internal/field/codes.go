package field

import (
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// mostCodes is the most codes of an ontology that a meaning lists.
const mostCodes = 16

// codes lists the codes of an ontology that may stand in a column.
type codes = func(*schema.Ontology) []string

// coded is a field with codes of the ontology.
func coded[T any](list codes, f Field[T]) Field[T] {
	f.codes = list
	return f
}

func plain(list func(*schema.Ontology) []schema.Code) codes {
	return func(o *schema.Ontology) []string { return each(list(o), func(c schema.Code) string { return c.Code }) }
}

var (
	mentionTypes = func(o *schema.Ontology) []string {
		return each(o.MentionTypes, func(t schema.MentionType) string { return t.Code.Code })
	}
	eventTypes = func(o *schema.Ontology) []string {
		return each(o.EventTypes, func(t schema.EventType) string { return t.Code.Code })
	}
	roles = func(o *schema.Ontology) []string {
		return each(o.Roles, func(r schema.Role) string { return r.Code.Code })
	}
	quads = func(o *schema.Ontology) []string {
		return each(o.Quads, func(q schema.Quad) string { return strings.TrimSpace(fmt.Sprint(q.Code, " ", q.Gloss)) })
	}
	levels      = plain(func(o *schema.Ontology) []schema.Code { return o.Levels })
	contexts    = plain(func(o *schema.Ontology) []schema.Code { return o.Contexts })
	realis      = plain(func(o *schema.Ontology) []schema.Code { return o.Realis })
	auxiliaries = plain(func(o *schema.Ontology) []schema.Code { return o.Auxiliaries })
	sectors     = plain(func(o *schema.Ontology) []schema.Code { return o.Sectors })
)

func each[T any](list []T, name func(T) string) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = name(x)
	}
	return out
}

// Under says what the column holds under an ontology: its meaning, and the codes
// that may stand in it, or how many there are.
func (c *Column) Under(o *schema.Ontology) string {
	var list []string
	if c.codes != nil {
		list = c.codes(o)
	}
	switch {
	case len(list) == 0:
		return c.Meaning
	case len(list) > mostCodes:
		return fmt.Sprintf("%s: one of %d", c.Meaning, len(list))
	case len(list) == 1:
		return c.Meaning + ": " + list[0]
	}
	last := len(list) - 1
	return c.Meaning + ": " + strings.Join(list[:last], ", ") + " or " + list[last]
}
