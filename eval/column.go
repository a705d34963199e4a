package eval

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/suggest"
	"github.com/mizan-corpus/mizan/schema"
)

// Column is something that results can be sliced by and that filters can ask
// about: a property of the article, or of each mention or event.
type Column struct {
	Name    string // as given to --by and --where
	Meaning string
	Article func(p *Pair) string                             // set for a column of the article
	Mention func(m *schema.Mention) string                   // set for a column of mentions
	Event   func(o *schema.Ontology, e *schema.Event) string // set for a column of events
	// known tells whether a value can belong to a mention or to an event; nil
	// means that it can. Only a column of both has it.
	known func(o *schema.Ontology, value string) (mention, event bool)
}

var columns = map[string]*Column{}

func registerColumn(c Column) {
	if columns[c.Name] != nil {
		panic("eval: column " + c.Name + " registered twice")
	}
	columns[c.Name] = &c
}

func init() {
	article := func(name, meaning string, get func(a *schema.Article) string) {
		registerColumn(Column{Name: name, Meaning: meaning, Article: func(p *Pair) string {
			if p.Article == nil {
				return ""
			}
			return get(p.Article)
		}})
	}
	registerColumn(Column{Name: "article", Meaning: "the article's doc_id", Article: func(p *Pair) string { return p.DocID }})
	article("outlet", "the article's outlet", func(a *schema.Article) string { return a.Outlet })
	article("language", "the article's language", func(a *schema.Article) string { return a.Language })
	article("split", "the article's split", func(a *schema.Article) string { return a.Split })
	article("year", "the year of the article's date", func(a *schema.Article) string {
		year, _, _ := strings.Cut(a.Date(), "-")
		return year
	})
	registerColumn(Column{
		Name: "type", Meaning: "type of mention (PER …) or event (CONSULT …)",
		Mention: func(m *schema.Mention) string { return m.Type },
		Event:   func(_ *schema.Ontology, e *schema.Event) string { return e.Type },
		known: func(o *schema.Ontology, v string) (bool, bool) {
			return o.MentionType(v) != nil, o.EventType(v) != nil
		},
	})
	registerColumn(Column{Name: "level", Meaning: "level of mention: NAM, NOM, PRO", Mention: func(m *schema.Mention) string { return m.Level }})
	registerColumn(Column{Name: "length", Meaning: "length of mention in code points: 1-5, 6-10, 11-20, 21-40, 41+", Mention: func(m *schema.Mention) string { return lengthBucket(m.Span.Len()) }})
	registerColumn(Column{Name: "realis", Meaning: "realis of event: actual, other", Event: func(_ *schema.Ontology, e *schema.Event) string { return e.Realis }})
	registerColumn(Column{Name: "quad", Meaning: "quad class of event, 1 to 4", Event: func(o *schema.Ontology, e *schema.Event) string {
		if q := o.Quad(e.Type); q > 0 {
			return strconv.Itoa(q)
		}
		return ""
	}})
	registerColumn(Column{Name: nestingColumn, Meaning: "mention: outermost, or nested inside another"})
}

// nestingColumn is computed from all the mentions of an article, not from one.
const nestingColumn = "nesting"

func lengthBucket(n int32) string {
	for _, b := range []struct {
		most int32
		name string
	}{{5, "1-5"}, {10, "6-10"}, {20, "11-20"}, {40, "21-40"}} {
		if n <= b.most {
			return b.name
		}
	}
	return "41+"
}

// Columns lists the columns by name.
func Columns() []*Column {
	out := make([]*Column, 0, len(columns))
	for _, c := range columns {
		out = append(out, c)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}

// LookupColumn finds a column; the error names the nearest ones.
func LookupColumn(name string) (*Column, error) {
	if c := columns[name]; c != nil {
		return c, nil
	}
	var names []string
	for _, c := range Columns() {
		names = append(names, c.Name)
	}
	return nil, fmt.Errorf("unknown column %q; nearest: %s", name, strings.Join(suggest.Nearest(name, names, 3), ", "))
}

// ofMentions gives the value of every mention of a list. A predicted mention
// that says nothing of the column takes the value of the gold mention with the
// same span, since few extractors give levels; else its value stays "".
func (c *Column) ofMentions(list []schema.Mention, gold map[schema.Span]string) []string {
	if c.Name == nestingColumn {
		return nesting(list)
	}
	out := make([]string, len(list))
	for i := range list {
		if out[i] = c.Mention(&list[i]); out[i] == "" {
			out[i] = gold[list[i].Span]
		}
	}
	return out
}

func (c *Column) ofEvents(o *schema.Ontology, list []schema.Event, gold map[schema.Span]string) []string {
	out := make([]string, len(list))
	for i := range list {
		if out[i] = c.Event(o, &list[i]); out[i] == "" {
			out[i] = gold[list[i].Span]
		}
	}
	return out
}

func (c *Column) onMentions() bool { return c.Mention != nil || c.Name == nestingColumn }

// nesting says for each mention whether another, larger one contains it.
func nesting(list []schema.Mention) []string {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	sort.Slice(order, func(a, b int) bool { return list[order[a]].Span.Compare(list[order[b]].Span) < 0 })
	out := make([]string, len(list))
	reach := int32(-1) // greatest end of the spans that begin before, or at the same place and are longer
	for k := 0; k < len(order); {
		span := list[order[k]].Span
		value := "outermost"
		if span.End <= reach {
			value = "nested"
		}
		for ; k < len(order) && list[order[k]].Span == span; k++ {
			out[order[k]] = value
		}
		reach = max(reach, span.End)
	}
	return out
}
