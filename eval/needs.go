package eval

import "strings"

// Needs says what a score looks at, so that a reader of files can leave out the
// rest. Surface texts of spans are never looked at.
type Needs struct {
	Articles bool // [Pair.Article]
	Events   bool // events and their arguments; else mentions alone
	Details  bool // of a mention more than its span and type
}

// The beginnings of names of metrics that are known to get by with less; all
// others are taken to need everything. A test strips the rest and counts again.
var (
	spansAlone = []string{
		"mentions.strict", "mentions.exact", "mentions.partial", "mentions.type", "mentions.overlap", "mentions.characters", "nervaluate.",
	}
	mentionsAlone   = []string{"mentions.head", "actors.", "neleval.", "conll."}
	withoutArticles = append([]string{"events.", "textee."}, append(spansAlone, mentionsAlone...)...)
)

// Needs is what a score under the options looks at. The error is an
// [OptionError].
func (o *Options) Needs() (Needs, error) {
	metrics, filters, by, err := o.resolve()
	if err != nil {
		return Needs{}, err
	}
	n := Needs{Events: o.Details, Details: o.Details}
	for _, m := range metrics {
		spans := hasAnyPrefix(m.Name, spansAlone)
		n.Details = n.Details || !spans
		n.Events = n.Events || !spans && !hasAnyPrefix(m.Name, mentionsAlone)
		n.Articles = n.Articles || !hasAnyPrefix(m.Name, withoutArticles)
	}
	for _, f := range filters {
		by = append(by, f.Column)
	}
	for _, c := range by {
		n.Articles = n.Articles || c.Article != nil && c.Name != "article"
		n.Events = n.Events || c.Event != nil
		n.Details = n.Details || c.Article == nil
	}
	return n, nil
}

func hasAnyPrefix(name string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}
