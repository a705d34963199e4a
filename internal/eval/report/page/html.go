package page

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io"
	"strings"
	"sync"

	"github.com/mizan-corpus/mizan/internal/eval/analysis"
	"github.com/mizan-corpus/mizan/internal/eval/report"
	"github.com/mizan-corpus/mizan/internal/eval/report/figures"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

func init() {
	report.Register(report.Renderer{Name: "html", Title: "one page for a browser; with predictions also every article", Render: func(w io.Writer, measured any, _ report.View) error {
		if r, ok := measured.(*scoring.Result); ok {
			return HTML(w, &Page{Result: r})
		}
		return &report.UnfitError{Form: "html", For: "scores", Found: report.KindOf(measured)}
	}})
}

// Page is what the HTML report shows. [Builder] makes one that shows
// articles; a page with a result alone shows the scores.
type Page struct {
	Result      *scoring.Result
	Predictions string   // how the predictions are called
	Details     *Details // nil without predictions
}

// Details is what only the labels themselves can tell.
type Details struct {
	*analysis.Details
	Articles []*Article // those shown in full, most errors first
	Total    int        // all articles
}

//go:embed html
var htmlFiles embed.FS

// htmlTemplate is parsed when the first page is written.
var htmlTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("page.html").Funcs(template.FuncMap{"dict": templateDict}).ParseFS(htmlFiles, "html/*.html"))
})

var (
	htmlStyle  = htmlFile("html/base.css") + htmlFile("html/figures.css") + htmlFile("html/articles.css")
	htmlScript = htmlFile("html/page.js")
	// htmlPolicy lets the page run its own style and script, by their hashes,
	// and load nothing.
	htmlPolicy = "default-src 'none'; style-src " + htmlHash(htmlStyle) + "; script-src " + htmlHash(htmlScript) + "; base-uri 'none'; form-action 'none'"
)

// templateDict gives a template several arguments by name.
func templateDict(pairs ...any) map[string]any {
	m := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		m[pairs[i].(string)] = pairs[i+1]
	}
	return m
}

func htmlFile(name string) string {
	b, err := htmlFiles.ReadFile(name)
	if err != nil {
		panic(err) // embedded at build time
	}
	return string(b)
}

func htmlHash(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// HTML writes the report as one page that needs nothing else: no network, and
// JavaScript only for its filters and the articles behind the first five. The bytes
// depend on p alone. Texts from
// articles and predictions are escaped, and characters that do not show, such
// as those that turn the direction of a text, are written as ⟨U+202E⟩.
func HTML(w io.Writer, p *Page) error {
	var b bytes.Buffer
	view, err := newHTMLView(p)
	if err == nil {
		err = htmlTemplate().Execute(&b, view)
	}
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, revealHidden(b.String()))
	return err
}

// htmlView is what the template is given. Whatever is to be decided or
// computed is decided before.
type htmlView struct {
	Policy        string
	Style         template.CSS
	Script        template.JS
	Title         string
	Predictions   string
	Facts         []htmlFact
	Warnings      []string
	Signature     string
	Headline      []htmlHeadline
	IntervalTitle string // "95 %"; "" without intervals
	Ceiling       bool
	Scores        []htmlScoreTable
	Layers        []htmlLayer
	Confidence    []htmlConfidence
	Kinds         []*htmlKind // the legend: those on the page
	Classes       []htmlClasses
	Articles      []*htmlArticle  // those that stand open
	Packed        []packedArticle // those behind them
	List          []htmlListed    // all of them
	Counts        *htmlCounts
	Total         int
	Details       bool
}

type htmlFact struct{ Name, Value string }

func newHTMLView(p *Page) (*htmlView, error) {
	r := p.Result
	v := &htmlView{
		Policy: htmlPolicy, Style: template.CSS(htmlStyle), Script: template.JS(htmlScript),
		Title: "Evaluation on " + r.Signature.Dataset, Predictions: p.Predictions,
		Facts: htmlFacts(p), Warnings: r.Warnings, Signature: r.Signature.String(),
		Headline: htmlHeadlines(r), IntervalTitle: strings.TrimPrefix(figures.IntervalTitle(r), "F1, "), Ceiling: figures.HasCeiling(r),
		Scores: htmlScores(r),
	}
	if p.Predictions != "" {
		v.Title = "Evaluation of " + p.Predictions + " on " + r.Signature.Dataset
	}
	if d := p.Details; d != nil {
		v.Details, v.Total = true, d.Total
		v.Layers = htmlLayers(d)
		v.Confidence = htmlConfidences(d)
		v.Kinds, v.Classes = htmlLegend(d)
		v.Counts = newHTMLCounts()
		for i, a := range d.Articles {
			x := newHTMLArticle(i+1, a)
			v.Counts.add(x)
			v.List = append(v.List, htmlListed{x.Number, x.Wrong, x.DocID, x.Title, x.Language})
			if i < openArticles {
				v.Articles = append(v.Articles, x)
				continue
			}
			packed, err := pack(htmlTemplate(), x)
			if err != nil {
				return nil, err
			}
			v.Packed = append(v.Packed, packed)
		}
	}
	return v, nil
}

// htmlListed is an article in the list.
type htmlListed struct {
	Number                 int
	Wrong                  int64
	DocID, Title, Language string
}

func htmlFacts(p *Page) []htmlFact {
	s := &p.Result.Signature
	facts := []htmlFact{{"Dataset", s.Dataset}}
	add := func(name, value string) {
		if value != "" {
			facts = append(facts, htmlFact{name, value})
		}
	}
	add("Content hash", s.ContentHash)
	add("Predictions", p.Predictions)
	add("Articles", figures.Count(float64(p.Result.Articles)))
	add("Split", s.Split)
	add("Filters", strings.Join(s.Filters, ", "))
	add("Slices", strings.Join(s.Slices, ", "))
	add("Tool", s.Tool)
	return facts
}
