package ingest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/suggest"
)

// Columns says which column of a table of articles (JSON Lines, CSV) holds
// what: the name of the column by what it holds, one of [ColumnFields]. What is
// not in it is looked for under the usual names; "" says that there is none.
type Columns map[string]string

// The fields of an article that a column can hold. Either text or html must
// be there.
const (
	fieldDocID     = "doc_id"
	fieldText      = "text" // the body: one paragraph a line, or a list of paragraphs
	fieldHTML      = "html" // the whole page
	fieldTitle     = "title"
	fieldSubtitle  = "subtitle"
	fieldURL       = "url"
	fieldOutlet    = "outlet"
	fieldAuthor    = "author" // or a list of them
	fieldLanguage  = "language"
	fieldPublished = "published" // in the forms of [dates.Parse], a time behind it aside
)

// usualNames are the columns in which a field is looked for, best first, by
// lower-case name.
var usualNames = map[string][]string{
	fieldDocID:     {"doc_id", "id", "article_id", "uuid"},
	fieldText:      {"text", "body", "content", "article", "maintext", "article_body", "articlebody", "full_text", "plain_text", "article_text", "article body", "النص", "نص", "نص الخبر"},
	fieldHTML:      {"html", "raw_html", "page"},
	fieldTitle:     {"title", "headline", "العنوان", "عنوان"},
	fieldSubtitle:  {"subtitle", "subheadline", "deck"},
	fieldURL:       {"url", "link", "uri", "source_url", "الرابط", "رابط"},
	fieldOutlet:    {"outlet", "source", "publisher", "site", "sitename", "site_name", "newspaper", "source_domain", "domain", "المصدر", "مصدر"},
	fieldAuthor:    {"author", "authors", "byline", "creator", "الكاتب", "كاتب"},
	fieldLanguage:  {"language", "lang"},
	fieldPublished: {"published", "published_at", "date", "date_published", "datepublished", "date_publish", "publish_date", "pub_date", "pubdate", "publication_date", "publishedat", "datetime", "التاريخ", "تاريخ", "تاريخ النشر"},
}

var columnFields = slices.Sorted(maps.Keys(usualNames))

// ColumnFields lists what a column can hold, sorted.
func ColumnFields() []string { return slices.Clone(columnFields) }

// ParseColumns reads assignments "field=column".
func ParseColumns(list []string) (Columns, error) {
	c := Columns{}
	for _, s := range list {
		field, column, ok := strings.Cut(s, "=")
		field, column = strings.TrimSpace(field), strings.TrimSpace(column)
		if !ok {
			return nil, fmt.Errorf("found %q, expected FIELD=COLUMN", s)
		}
		if _, known := usualNames[field]; !known {
			hint := strings.Join(ColumnFields(), ", ")
			if near := suggest.Nearest(field, ColumnFields(), 1); len(near) > 0 {
				hint = fmt.Sprintf("did you mean %s? (%s)", near[0], hint)
			}
			return nil, fmt.Errorf("found the field %q, expected one of: %s", field, hint)
		}
		if _, twice := c[field]; twice {
			return nil, fmt.Errorf("the field %q is given twice", field)
		}
		c[field] = column
	}
	return c, nil
}

// resolve chooses the column of each field among those that are there. Columns
// that were asked for must be there.
func (c Columns) resolve(there []string) (map[string]string, error) {
	lower := map[string]string{}
	for _, t := range there {
		if _, ok := lower[strings.ToLower(t)]; !ok {
			lower[strings.ToLower(t)] = t
		}
	}
	found := map[string]string{}
	for _, field := range columnFields {
		column, asked := c[field]
		if asked && column != "" && !slices.Contains(there, column) {
			return nil, &ColumnsError{Missing: column, There: there}
		}
		for _, usual := range usualNames[field] {
			if !asked && column == "" {
				column = lower[usual]
			}
		}
		if column != "" {
			found[field] = column
		}
	}
	if found[fieldText] == "" && found[fieldHTML] == "" {
		return nil, &ColumnsError{There: there}
	}
	return found, nil
}

// columnsNote says which columns were taken under another name than the field's; ""
// when none was.
func columnsNote(found map[string]string) string {
	var list []string
	for _, field := range slices.Sorted(maps.Keys(found)) {
		if found[field] != field {
			list = append(list, field+"="+found[field])
		}
	}
	if len(list) == 0 {
		return ""
	}
	return "columns: " + strings.Join(list, ",")
}

// A ColumnsError says that a table has not the columns that are needed.
type ColumnsError struct {
	Missing string   // a column that was asked for; "" where no text was found
	There   []string // the columns that are there
}

func (e *ColumnsError) Error() string {
	there := make([]string, 0, len(e.There))
	for _, t := range e.There {
		there = append(there, fmt.Sprintf("%q", canonical.Clip(t)))
	}
	const most = 20
	if len(there) > most {
		there = append(there[:most], "…")
	}
	list := strings.Join(there, ", ")
	if list == "" {
		list = "none"
	}
	if e.Missing != "" {
		return fmt.Sprintf("no column %q; found: %s", e.Missing, list)
	}
	return "no column with the text; found: " + list
}

// hint is the next step.
func (e *ColumnsError) hint() string { return "name the column: --columns text=COLUMN" }
