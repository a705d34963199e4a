package page

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/analysis"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/schema"
)

// DefaultArticles is how many articles a page shows in full.
const DefaultArticles = 50

// Options say what a page shows.
type Options struct {
	Predictions string // how the predictions are called
	Articles    int    // most articles in full, those with the most errors; 0 means [DefaultArticles]
}

// Article is one article of a page with its labels side by side.
type Article struct {
	DocID     string
	Title     string
	Date      string // ISO 8601
	Outlet    string
	Language  string // of the text, ISO 639-1
	Text      string // "" when the article is not at hand
	Omitted   bool   // the predictions leave the article out
	Alignment *analysis.Alignment
	Errors    *analysis.ErrorSummary
	Wrong     int64 // errors in all layers
}

// Builder gathers a page from pairs in any order. It holds in memory no
// more than twice the articles that the page shows.
type Builder struct {
	page   *Page
	most   int
	counts *analysis.DetailCounts
}

// NewBuilder begins a page about a result. The pairs that are added must
// be those from which the result was computed, under its filters; see
// [eval.Restrict].
func NewBuilder(r *scoring.Result, opt Options) *Builder {
	b := &Builder{
		page: &Page{Result: r, Predictions: opt.Predictions, Details: &Details{}},
		most: opt.Articles, counts: analysis.NewDetailCounts(),
	}
	if b.most <= 0 {
		b.most = DefaultArticles
	}
	return b
}

// Add counts a pair and keeps it when it may be shown in full.
func (b *Builder) Add(p *eval.Pair) {
	d := b.page.Details
	d.Total++
	own := b.counts.Add(p)
	a := &Article{DocID: p.DocID, Omitted: p.Omitted, Alignment: analysis.Align(p), Errors: own}
	for _, l := range own.Layers {
		for _, n := range l.Kinds {
			a.Wrong += n
		}
	}
	if p.Article != nil {
		a.describe(p.Article)
	}
	d.Articles = append(d.Articles, a)
	if len(d.Articles) >= 2*b.most {
		b.cut()
	}
}

func (a *Article) describe(from *schema.Article) {
	a.Title, a.Date, a.Outlet, a.Language, a.Text = from.Title, from.Date(), from.Outlet, from.Language, from.Text
}

// cut keeps the articles with the most errors, by doc_id where equal.
func (b *Builder) cut() {
	d := b.page.Details
	slices.SortFunc(d.Articles, func(x, y *Article) int {
		return cmp.Or(cmp.Compare(y.Wrong, x.Wrong), strings.Compare(x.DocID, y.DocID))
	})
	if len(d.Articles) > b.most {
		clear(d.Articles[b.most:])
		d.Articles = d.Articles[:b.most]
	}
}

// Page is the page of all pairs added so far.
func (b *Builder) Page() *Page {
	b.cut()
	b.page.Details.Details = b.counts.Details()
	return b.page
}
