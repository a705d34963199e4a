package page

import (
	"fmt"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"

	"github.com/mizan-corpus/mizan/internal/data/fold"
	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
)

// markedPage is a page of which somebody has marked what its text has and what
// it has not.
type markedPage struct {
	url, file, title, date string
	with, without          []string
}

// TestMeasurePages prints how well the reader does on the pages that come with
// the module github.com/markusmobius/go-trafilatura, whose folder
// MIZAN_TRAFILATURA names, see scripts/measure_pages.sh. A snippet that the text
// is to have counts as found or missed, one that it is not to have as wrongly
// found. It checks nothing but that nothing fails.
func TestMeasurePages(t *testing.T) {
	dir := os.Getenv("MIZAN_TRAFILATURA")
	if dir == "" {
		t.Skip("MIZAN_TRAFILATURA names no folder")
	}
	var all, alone measured
	titles, titled, dates, dated := 0, 0, 0, 0
	for _, p := range markedPages(t, dir) {
		raw, err := os.ReadFile(filepath.Join(dir, "test-files", "comparison", p.file))
		if err != nil {
			continue // some are not in the module
		}
		d, err := Read(Page{File: p.file, DocID: "a", URL: p.url}, raw)
		if err != nil {
			t.Logf("%v", err)
			d = &document.Document{Article: canonical.NewArticle(p.file, nil)}
		}
		a := d.Article
		all.add(p, strings.TrimPrefix(a.Text, a.Title))
		alone.add(p, readabilityAlone(raw, p.url))
		if p.title != "" {
			if titled++; fold.Phrase(a.Title) == fold.Phrase(p.title) {
				titles++
			}
		}
		if p.date != "" {
			if dated++; a.Published == p.date {
				dates++
			}
		}
	}
	fmt.Printf("body         %v\nreadability  %v\ntitles %d of %d, dates %d of %d\n", &all, &alone, titles, titled, dates, dated)
}

// measured counts snippets.
type measured struct{ pages, found, missed, wrong int }

func (m *measured) add(p markedPage, text string) {
	space := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	text = space(text)
	m.pages++
	for _, s := range p.with {
		if strings.Contains(text, space(s)) {
			m.found++
		} else {
			m.missed++
		}
	}
	for _, s := range p.without {
		if strings.Contains(text, space(s)) {
			m.wrong++
		}
	}
}

func (m *measured) String() string {
	precision := float64(m.found) / float64(m.found+m.wrong)
	recall := float64(m.found) / float64(m.found+m.missed)
	return fmt.Sprintf("%d pages, precision %.3f, recall %.3f, F1 %.3f", m.pages, precision, recall, 2*precision*recall/(precision+recall))
}

// readabilityAlone is the text that the library chooses, a space after blocks.
func readabilityAlone(raw []byte, address string) string {
	page, _, err := decodePage(raw, "")
	if err != nil {
		return ""
	}
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return ""
	}
	u, _ := url.Parse(address)
	p := readability.NewParser()
	a, err := p.ParseDocument(doc, u)
	if err != nil || a.Node == nil {
		return ""
	}
	var b strings.Builder
	var write func(n *html.Node)
	write = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			write(c)
		}
		if n.Type == html.ElementNode && (blockElements[n.Data] || n.Data == "br") {
			b.WriteByte(' ')
		}
	}
	write(a.Node)
	return b.String()
}

// markedPages reads the marks out of the module's Go source, a map of composite
// literals by address.
func markedPages(t *testing.T, dir string) []markedPage {
	t.Helper()
	f, err := parser.ParseFile(gotoken.NewFileSet(), filepath.Join(dir, "scripts", "comparison", "data.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var pages []markedPage
	ast.Inspect(f, func(n ast.Node) bool {
		kv, ok := n.(*ast.KeyValueExpr)
		if !ok {
			return true
		}
		entry, ok := kv.Value.(*ast.CompositeLit)
		if key := literal(kv.Key); ok && len(key) == 1 {
			p := markedPage{url: key[0]}
			for _, e := range entry.Elts {
				p.set(e)
			}
			pages = append(pages, p)
			return false
		}
		return true
	})
	return pages
}

func (p *markedPage) set(e ast.Expr) {
	kv, ok := e.(*ast.KeyValueExpr)
	if !ok {
		return
	}
	values := literal(kv.Value)
	one := strings.Join(values, "")
	switch fmt.Sprint(kv.Key) {
	case "File":
		p.file = one
	case "Title":
		p.title = one
	case "Date":
		p.date = one
	case "With":
		p.with = values
	case "Without":
		p.without = values
	}
}

// literal is the strings of a string literal or of a list of them.
func literal(e ast.Expr) []string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if s, err := strconv.Unquote(e.Value); err == nil && e.Kind == gotoken.STRING {
			return []string{s}
		}
	case *ast.CompositeLit:
		var list []string
		for _, v := range e.Elts {
			list = append(list, literal(v)...)
		}
		return list
	}
	return nil
}
