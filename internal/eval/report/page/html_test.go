package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/analysis"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/schema"
)

// hostile are strings that must stay text wherever they come from.
var hostile = []string{
	`</script><script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `</style><style>*{}`,
	"name\u202Etxt.exe", "\x00\x01\x1b[31m", "\u2066\u2069\u200f\ufeff", `{{.Title}}`, `<!--`, `]]>`, `javascript:alert(1)`, "\xff\xfe", "a\r\nb", "\u2028",
}

func span(start, end int32) schema.Span { return schema.Span{Start: start, End: end} }

// testPair is one article with every kind of error, seeded with a string.
func testPair(id, foreign string) *eval.Pair {
	number := func(v float64) *float64 { return &v }
	text := "قال بوتين في RT Arabic إن " + foreign + "\nسوريا والعراق"
	mention := func(id, typ, text string, start, end int32, conf *float64) schema.Mention {
		return schema.Mention{ID: id, Type: typ, Text: text, Span: span(start, end), Level: foreign, ActorID: foreign, Confidence: conf}
	}
	gold := &schema.Annotation{DocID: id,
		Mentions: []schema.Mention{mention("m1", "PER", "بوتين", 4, 9, nil), mention("m2", "ORG", "RT Arabic", 13, 22, nil), mention("m3", foreign, foreign, 26, 30, nil), mention("m4", "GPE", "x", 0, 3, nil)},
		Events: []schema.Event{{ID: "e1", Span: span(0, 3), Text: "قال", Type: "CONSULT", Modes: []string{foreign}, Realis: "actual", Auxiliaries: []string{foreign},
			Arguments: []schema.Argument{{Role: "ACTOR", MentionID: "m1"}, {Role: foreign, Span: span(13, 22), Text: foreign, Value: foreign}}}},
	}
	pred := &schema.Annotation{DocID: id,
		Mentions: []schema.Mention{mention(foreign, "PER", "بوتين", 4, 9, number(0.9)), mention(foreign, "GPE", "RT Arabic", 13, 22, number(0.4)), mention("p3", "ORG", "Arabic", 16, 22, number(0.2)), mention("", foreign, foreign, 24, 28, nil),
			{Type: "PER", Text: foreign, Span: schema.NoSpan}, mention("p4", "PER", "بوتين", 4, 9, number(0.8)), mention("p5", "LOC", "far", 1000, 2000, number(0.1))},
		Events: []schema.Event{{ID: foreign, Span: span(0, 3), Text: "قال", Type: "CONSULT", Arguments: []schema.Argument{{Role: "RECIPIENT", Span: span(4, 9), Text: foreign}, {Role: "TIME", Text: foreign}}},
			{ID: "", Span: span(4, 9), Text: foreign, Type: foreign, Confidence: number(1)}},
	}
	return &eval.Pair{DocID: id, Gold: gold, Pred: pred, Article: &schema.Article{DocID: id, Title: foreign, Outlet: foreign, Language: "ar", Text: text, Published: foreign}}
}

func testResult(foreign string) *scoring.Result {
	f := func(v float64) *float64 { return &v }
	iv := &eval.FigureInterval{Level: 0.95, Method: "bca", F1: &[2]float64{0.2, 0.6}}
	return &scoring.Result{Version: 1, Articles: 1,
		Signature: scoring.Signature{Dataset: foreign, ContentHash: foreign, Filters: []string{foreign}, Tool: "0"},
		Metrics: []eval.Figure{
			{Name: "mentions.strict", Precision: f(0.5), Recall: f(0.25), F1: f(1.0 / 3), Interval: iv, Ceiling: f(0.8)},
			{Name: "mentions.strict", Class: foreign, Precision: nil, F1: f(7)},
			{Name: foreign, Average: "macro"},
			{Name: "mentions.strict", Slice: map[string]string{foreign: foreign}, F1: f(0.1)},
		},
		Warnings: []string{foreign}}
}

func testPage(foreign string, pairs ...*eval.Pair) *Page {
	b := NewBuilder(testResult(foreign), Options{Predictions: foreign})
	for _, p := range pairs {
		b.Add(p)
	}
	return b.Page()
}

func render(t *testing.T, p *Page) string {
	t.Helper()
	var b bytes.Buffer
	if err := HTML(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var (
	scriptBlock = regexp.MustCompile(`(?s)<script>(.*?)</script>`)
	styleBlock  = regexp.MustCompile(`(?s)<style>(.*?)</style>`)
)

// checkHTML holds what must be true of every page: elements are closed in
// order, ids are unique, links within the page lead somewhere, nothing is
// loaded or run but what the policy allows by hash.
func checkHTML(t *testing.T, page string) {
	t.Helper()
	for _, block := range []*regexp.Regexp{scriptBlock, styleBlock} {
		found := block.FindAllStringSubmatch(page, -1)
		if len(found) != 1 {
			t.Fatalf("%d blocks %s, expected 1", len(found), block)
		}
		sum := sha256.Sum256([]byte(found[0][1]))
		if hash := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(html.UnescapeString(page), hash) {
			t.Errorf("the policy does not allow %s", hash)
		}
		page = block.ReplaceAllString(page, "")
	}
	ids, links := map[string]int{}, []string{}
	dec := xml.NewDecoder(strings.NewReader(page))
	dec.Strict, dec.AutoClose, dec.Entity = false, []string{"meta", "input"}, xml.HTMLEntity
	var open []string
	for {
		token, err := dec.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("not well formed: %v", err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			name := e.Name.Local
			if !strings.Contains(allowedElements, " "+name+" ") {
				t.Errorf("element %s with %v was not meant", name, e.Attr)
			}
			if name != "meta" && name != "input" {
				open = append(open, name)
			}
			if name == "script" && !slices.Contains([]string{"text/plain", "application/json"}, e.Attr[0].Value) {
				t.Errorf("<script %v> is not data", e.Attr)
			}
			for _, a := range e.Attr {
				if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "style" || a.Name.Local == "src" {
					t.Errorf("<%s %s=%q> was not meant", name, a.Name.Local, a.Value)
				}
				switch a.Name.Local {
				case "id":
					ids[a.Value]++
				case "href":
					links = append(links, a.Value)
				}
			}
		case xml.EndElement:
			if name := e.Name.Local; name != "meta" && name != "input" {
				if len(open) == 0 || open[len(open)-1] != name {
					t.Fatalf("</%s> closes %v", name, open)
				}
				open = open[:len(open)-1]
			}
		}
	}
	if len(open) > 0 {
		t.Errorf("%v were not closed", open)
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("id %s stands %d times", id, n)
		}
	}
	for _, l := range links {
		if !strings.HasPrefix(l, "#") || ids[l[1:]] == 0 {
			t.Errorf("the link %q leads nowhere", l)
		}
	}
	for i, r := range page {
		if isHidden(r) {
			t.Errorf("U+%04X at byte %d does not show", r, i)
		}
	}
}

const allowedElements = " html head meta title body a header h1 h2 h3 h4 dl div dt dd p span code nav ul li main section bdi small b strong" +
	" table caption thead tbody tr th td details summary svg path rect circle text figure figcaption form fieldset legend label input select option optgroup button article script noscript "

// TestHTMLHostile: whatever comes from articles, labels, results and file
// names stays text.
func TestHTMLHostile(t *testing.T) {
	for _, s := range append(hostile, strings.Join(hostile, " "), "") {
		t.Run(fmt.Sprintf("%.20q", s), func(t *testing.T) {
			other := testPair("b", s)
			other.Article.Language = s
			page := render(t, testPage(s, testPair("a"+s, s), other))
			checkHTML(t, page)
			checkHTML(t, render(t, &Page{Result: testResult(s), Predictions: s}))
			if strings.Contains(s, "\u202e") && !strings.Contains(page, "⟨U+202E⟩") {
				t.Error("U+202E is not shown")
			}
			if strings.Contains(s, "\x00") && !strings.Contains(html.UnescapeString(page), "⟨U+0000⟩") {
				t.Error("NUL is not shown")
			}
			if strings.Contains(s, "<") && !strings.Contains(page, html.EscapeString(s[:strings.Index(s, "<")+1])) {
				t.Error("the string is not shown")
			}
		})
	}
}

// TestHTMLDeterministic: the same pairs in any order give the same bytes.
func TestHTMLDeterministic(t *testing.T) {
	pairs := []*eval.Pair{testPair("a", "x"), testPair("b", "y"), testPair("c", "z")}
	first := render(t, testPage("p", pairs...))
	for range 3 {
		pairs[0], pairs[1], pairs[2] = pairs[2], pairs[0], pairs[1]
		if render(t, testPage("p", pairs...)) != first {
			t.Fatal("the bytes depend on the order of the articles")
		}
	}
}

// TestHTMLArticles: of many articles only those with the most errors are shown,
// and the page says so; the numbers above are of all.
func TestHTMLArticles(t *testing.T) {
	b := NewBuilder(testResult("d"), Options{Articles: 2})
	for i := range 9 {
		p := testPair(fmt.Sprintf("doc-%d", i), "x")
		if i != 3 && i != 7 {
			p.Pred = p.Gold // no errors
		}
		b.Add(p)
	}
	page := b.Page()
	if len(page.Details.Articles) != 2 || page.Details.Articles[0].DocID != "doc-3" || page.Details.Articles[1].DocID != "doc-7" || page.Details.Total != 9 {
		t.Errorf("%d of %d articles, beginning with %s", len(page.Details.Articles), page.Details.Total, page.Details.Articles[0].DocID)
	}
	if l := page.Details.Errors.Layers[analysis.MentionErrors]; l.Gold != 36 {
		t.Errorf("%d gold mentions, expected 9 × 4", l.Gold)
	}
	out := render(t, page)
	if !strings.Contains(out, "2 of 9 articles are shown") {
		t.Error("the page does not say that articles are left out")
	}
	if strings.Count(out, "<article ") != 2 {
		t.Errorf("%d articles, expected 2", strings.Count(out, "<article "))
	}
}

// TestHTMLLimits: a huge article is cut, and the page says where.
func TestHTMLLimits(t *testing.T) {
	p := testPair("d", "x")
	p.Article.Text = strings.Repeat("كلمة ", mostText)
	for i := range int32(mostRows + 5) {
		p.Pred.Mentions = append(p.Pred.Mentions, schema.Mention{Type: "PER", Text: "x", Span: span(2*i, 2*i+30)})
	}
	out := render(t, testPage("p", p))
	checkHTML(t, out)
	for _, want := range []string{"Of the text the first 30000 of 150000 characters are shown.", "Of the mentions the first 2000 of"} {
		if !strings.Contains(out, want) {
			t.Errorf("the page does not say: %s", want)
		}
	}
	if len(out) > 6<<20 {
		t.Errorf("%d bytes", len(out))
	}
}

// TestHTMLArabic: the text is set from right to left, Latin inside it apart.
func TestHTMLArabic(t *testing.T) {
	p := testPair("d", "x")
	p.Gold.Mentions, p.Gold.Events = p.Gold.Mentions[1:2], nil
	p.Pred = &schema.Annotation{}
	out := render(t, testPage("p", p))
	for _, want := range []string{
		`<p dir="rtl" lang="ar">قال بوتين في <span class="s k-missed h0" id="a1m0g" data-l="mention" data-k="missed" data-g="ORG" data-p="" data-n="a1m0">`,
		`<bdi>RT Arabic</bdi>`, // in the text without the mark, predicted
		`aria-label="missed mention ORG">− ORG</span>`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if got := strings.Count(out, "<bdi>RT Arabic</bdi>"); got != 1 {
		t.Errorf("RT Arabic is set apart %d times, expected 1: a mark's last word cuts it on the other side", got)
	}
}
