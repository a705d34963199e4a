package eval

import (
	"cmp"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/place"
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
	})
	registerColumn(Column{Name: "level", Meaning: "level of mention: NAM, NOM, PRO", Mention: func(m *schema.Mention) string { return m.Level }})
	registerColumn(Column{Name: "length", Meaning: "length of mention in code points: 1-5, 6-10, 11-20, 21-40, 41+", Mention: func(m *schema.Mention) string { return lengthBucket(place.OfMention(m).Len()) }})
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

// divides reports whether items of the kind have values in the column; every
// item has that of its article.
func (c *Column) divides(k ItemKind) bool {
	switch {
	case c.Article != nil:
		return true
	case k == EventItems:
		return c.Event != nil
	}
	return c.onMentions()
}

// values are those of one side's items of a kind, [Unknown] where there is none.
func (c *Column) values(p *Pair, o *schema.Ontology, a *schema.Annotation, k ItemKind) []string {
	var out []string
	switch {
	case c.Name == nestingColumn:
		return nesting(a.Mentions)
	case k == EventItems:
		for i := range a.Events {
			if c.Article != nil {
				out = append(out, c.ofArticle(p))
			} else {
				out = append(out, cmp.Or(c.Event(o, &a.Events[i]), Unknown))
			}
		}
	default:
		for i := range a.Mentions {
			if c.Article != nil {
				out = append(out, c.ofArticle(p))
			} else {
				out = append(out, cmp.Or(c.Mention(&a.Mentions[i]), Unknown))
			}
		}
	}
	return out
}

func (c *Column) ofArticle(p *Pair) string { return cmp.Or(c.Article(p), Unknown) }

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
