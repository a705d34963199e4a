package page

import (
	"encoding/json"
	"strings"

	"golang.org/x/net/html"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
)

// linkedData is what a page's JSON-LD says of its article.
type linkedData struct {
	headline, author, publisher, published, url string
}

// Bounds on JSON-LD: blocks that are read, and objects of one.
const (
	maxBlocks  = 32
	maxObjects = 4096
)

// articleTypes are the types of schema.org that are articles.
var articleTypes = nameSet(`Article NewsArticle AnalysisNewsArticle AskPublicNewsArticle BackgroundNewsArticle OpinionNewsArticle
	ReportageNewsArticle ReviewNewsArticle AdvertiserContentArticle Report SatiricalArticle ScholarlyArticle BlogPosting LiveBlogPosting
	SocialMediaPosting TechArticle WebPage`)

// readLinkedData reads the blocks of JSON-LD, each an object, an array or an
// object with a @graph. A broken block says nothing. Articles go before pages;
// the first that says something holds.
func readLinkedData(blocks []string) linkedData {
	var articles, pages []map[string]any
	organizations := map[string]string{} // names by @id
	for _, b := range blocks[:min(len(blocks), maxBlocks)] {
		var v any
		b = strings.TrimSpace(b)
		b = strings.TrimSuffix(strings.TrimPrefix(b, "<![CDATA["), "]]>")
		if json.Unmarshal([]byte(b), &v) != nil {
			continue
		}
		queue := []any{v}
		for i := 0; i < len(queue) && i < maxObjects; i++ {
			switch v := queue[i].(type) {
			case []any:
				queue = append(queue, v...)
			case map[string]any:
				if g, ok := v["@graph"]; ok {
					queue = append(queue, g)
				}
				if id, ok := v["@id"].(string); ok {
					if n := ldText(v["name"]); n != "" {
						organizations[id] = n
					}
				}
				for _, t := range ldList(v["@type"]) {
					if t, _ := t.(string); t == "WebPage" {
						pages = append(pages, v)
						if m, ok := v["mainEntity"]; ok {
							queue = append(queue, m)
						}
					} else if articleTypes[t] {
						articles = append(articles, v)
					}
				}
			}
		}
	}
	var d linkedData
	set := func(to *string, v string) {
		if *to == "" {
			*to = v
		}
	}
	names := func(v any) string {
		var out []string
		for _, e := range ldList(v) {
			n := ldText(e)
			if m, ok := e.(map[string]any); ok {
				if n = ldText(m["name"]); n == "" {
					id, _ := m["@id"].(string)
					n = organizations[id]
				}
			}
			if n != "" && !isURL(n) {
				out = append(out, n)
			}
		}
		return strings.Join(out, ", ")
	}
	for _, a := range append(articles, pages...) {
		set(&d.headline, ldText(a["headline"]))
		set(&d.author, names(a["author"]))
		set(&d.publisher, names(a["publisher"]))
		set(&d.published, ldText(a["datePublished"]))
		set(&d.url, ldText(a["url"]))
	}
	return d
}

func ldList(v any) []any {
	if l, ok := v.([]any); ok {
		return l
	}
	if v == nil {
		return nil
	}
	return []any{v}
}

// ldText is a value that is text, or the first of a list of texts.
func ldText(v any) string {
	for _, e := range ldList(v) {
		switch e := e.(type) {
		case string:
			return canonical.OneLine(html.UnescapeString(e))
		case map[string]any:
			if s, ok := e["@value"].(string); ok {
				return canonical.OneLine(html.UnescapeString(s))
			}
		}
		return ""
	}
	return ""
}

func isURL(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}
