package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
)

// Paragraphs of the pages of these tests.
const (
	par1 = "The harbour office said on Tuesday that the ferry to the outer islands would run again from the first of the month."
	par2 = "It had been laid up since the winter storm that took the old pier with it, and two hundred islanders had to be flown out."
	par3 = "The council has promised a new pier within two years, though nobody at the office would say who is to pay for it."
)

func pOf(s string) string { return "<p>" + s + "</p>" }

// storyPage is a page with a headline and the given body.
func storyPage(body string) string {
	return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Ferry returns to islands</title></head><body>` + body + `</body></html>`
}

// TestKeeps fixes what of an article's midst belongs to it: each line is the body
// and what the text must have of it, in order, or must not have.
func TestKeeps(t *testing.T) {
	h1 := "<h1>Ferry returns to islands</h1>"
	others := ""
	for i := range 9 {
		others += pOf(fmt.Sprintf("Another story of the harbour, number %d, is told at some length on a page of its own.", i))
	}
	for _, c := range []struct{ name, body, has, hasNot string }{
		{"photo credits and copyright inside", "<article>" + h1 + pOf(par1) + "<figure><img src=a.jpg><figcaption>The pier © J. Roe</figcaption></figure><div>© The Harbour Post</div>" + pOf(par2) + "<p>All rights reserved, the captain joked.</p>" + pOf(par3) + "</article><footer>Copyright 2014 Post</footer>",
			par1 + "|" + par2 + "|All rights reserved, the captain joked.|" + par3, "The pier|Copyright 2014"},
		{"a disclaimer that is news", "<article>" + h1 + pOf(par1) + "<p>The mayor said the letter did not necessarily reflect the views of the council.</p>" + pOf(par2) + "<p>He declined to comment.</p></article>",
			"necessarily reflect|" + par2 + "|declined to comment", ""},
		{"an agency's signature", "<article>" + h1 + pOf(par1) + "<p>\"We shall be back,\" the captain told reporters (Reuters)</p></article>", "told reporters (Reuters)", ""},
		{"a post on a messenger", "<article>" + h1 + pOf(par1) + "<p>The captain wrote on the Telegram app that all were safe.</p>" + pOf(par2) + "</article>", "Telegram app|" + par2, ""},
		{"numbers in tables and lists", "<article>" + h1 + pOf(par1) + "<table><tr><th>Island<th>Seats<tr><td>North<td>124<tr><td>South<td>٣١</table>" + pOf(par2) + "<ul><li>Cars<li>12</ul>" + pOf(par3) + "</article>", "North|124|South|٣١|Cars|12|" + par3, ""},
		{"a table inside a figure", "<article>" + h1 + pOf(par1) + "<figure><table><tr><td>North<td>124</table></figure>" + pOf(par2) + "</article>", par1 + "|North|124|" + par2, ""},
		{"a timeline", "<article>" + h1 + pOf(par1) + "<ul><li>15 March 2011: first ferry<li>June 30, 2012: the storm</ul>" + pOf(par2) + "</article>", "15 March 2011: first ferry|June 30, 2012: the storm|" + par2, ""},
		{"a timeline of terms", "<article>" + h1 + pOf(par1) + "<dl><dt>2011:<dd>the first ferry<dt>1998–2003<dd>the plans<dt>10:30<dd>the storm</dl>" + pOf(par2) + "</article>", "2011:|the first ferry|1998–2003|the plans|10:30|the storm|" + par2, ""},
		{"a timeline in divs", "<article>" + h1 + pOf(par1) + "<div class=e><time>12/05/2013</time> <span>The works begin</span></div><div class=e>Monday, 4 July 2016: <span>Divers go down</span></div><div class=e>2018 The end</div><div class=e>Spring The start</div>" + pOf(par2) + "</article>",
			"12/05/2013 The works begin|Monday, 4 July 2016: Divers go down|2018 The end|Spring The start|" + par2, ""},
		{"a date and a name in divs", "<article>" + h1 + pOf(par1) + "<div class=e>4 July 2016</div><div class=e>Laura Kent</div>" + pOf(par2) + "</article>", par1 + "|" + par2, "4 July 2016"},
		{"blocks of page builders", "<main>" + h1 + `<div class="elementor-widget elementor-widget-text-editor"><div class="elementor-widget-container">` + pOf(par1) + pOf(par2) + `</div></div><div class="elementor-widget elementor-widget-nav-menu"><p>Ferries, islands and the harbour office.</p></div></main><div class=foot>` + others + "</div>",
			par1 + "|" + par2, "Ferries, islands"},
		{"a question put twice", "<main>" + h1 + pOf(par1) + "<p>When will the new pier be ready for the ferries that have been waiting?</p>" + pOf(par2) + "<p>When will the new pier be ready for the ferries that have been waiting?</p>" + pOf(par3) + "</main>",
			"When will the new pier|" + par2 + "|When will the new pier|" + par3, ""},
		{"headings: a link, a class, in a div", "<article>" + h1 + pOf(par1) + `<h2 id=n><a href="#n">The pier is gone</a></h2>` + pOf(par2) + `<div><h3 class="widget-title">Who pays</h3></div>` + pOf(par3) + "</article>", par1 + "|The pier is gone|" + par2 + "|Who pays|" + par3, ""},
		{"steps in divs", `<div class=c>` + h1 + pOf(par1) + `<div><div>First, <a href=/x>call</a> the office</div><div>Second, choose a day on which the ferry runs and pay there</div></div><div><div>Third, <a href=/y>wait</a></div><div>Fourth, be at the pier an hour before it leaves with your papers</div></div>` + pOf(par2) + pOf(par3) + "</div>", "First, call the office|Second|Third, wait|Fourth|" + par2, ""},
		{"the aside that is the main text", `<div class=consent><p>We use cookies and similar technologies to show you what you like on this and other sites.</p></div><aside class=story>` + h1 + pOf(par1) + pOf(par2) + pOf(par3) + "</aside>", par1 + "|" + par2 + "|" + par3, "cookies"},
		{"full text that a paywall hides", "<article>" + h1 + pOf(par1) + `<div class="locked" style="display: none">` + pOf(par2) + "<h2>Who pays</h2>" + pOf(par3) + "</div><div><p>Subscribe to read on.</p><button>Subscribe</button></div></article>", par1 + "|" + par2 + "|" + par3, ""},
		{"a box with a form", "<article>" + h1 + pOf(par1) + pOf(par2) + `<div class=x><h3>Our letter</h3><p>Sign up for our letter and never miss a ferry again.</p><input type=email><button>Go</button></div>` + pOf(par3) + "</article>", par2 + "|" + par3, "never miss|Our letter"},
		{"a box of links", "<article>" + h1 + pOf(par1) + pOf(par2) + `<div><h4>More on this</h4><ul><li><a href=/1>Pier falls into the sea during the storm</a><li><a href=/2>Islanders flown out by the army</a></ul></div>` + pOf(par3) + "</article>", par2 + "|" + par3, "More on this|flown out by the army"},
		{"labels of advertisements", "<article>" + h1 + pOf(par1) + "<div><div>Advertisement</div></div>" + pOf(par2) + "<div><div>Advertisement</div></div>" + pOf(par3) + "</article>", par1 + "|" + par2 + "|" + par3, "Advertisement"},
		{"consent outside the article is longer", "<article>" + h1 + pOf(par1) + pOf(par2) + pOf(par3) + "</article><div>" + strings.Repeat("<p>When you visit our site we store cookies on your browser to collect information about you and your device.</p>", 8) + "</div>", par1 + "|" + par2 + "|" + par3, "cookies"},
		{"boxes of facts, inside and behind", "<article>" + h1 + pOf(par1) + "<aside class=factbox><h4>The ferry</h4><p>It was built in 1971 and takes forty cars.</p></aside>" + pOf(par2) + pOf(par3) + "<aside><ul><li>Two islands have no pier at all.<li>One has two.</ul></aside></article>",
			par1 + "|The ferry|It was built in 1971|" + par2 + "|" + par3 + "|Two islands have no pier at all.|One has two.", ""},
		{"an aside of links, one with a field", "<article>" + h1 + pOf(par1) + "<aside><p><a href=/1>The storm that took the pier.</a></p></aside>" + pOf(par2) + "<aside><p>Our letter comes on every morning of the week.</p><input></aside>" + pOf(par3) + "</article>",
			par1 + "|" + par2 + "|" + par3, "The storm that took|Our letter"},
		{"a verse at the end", "<article>" + h1 + pOf(par1) + pOf(par2) + pOf(par3) + "<div>The ferry goes<br>The harbour sleeps<br>And no one knows</div></article>", par3 + "|The ferry goes|The harbour sleeps|And no one knows", ""},
		{"a name in lines at the end", "<article>" + h1 + pOf(par1) + pOf(par2) + pOf(par3) + "<div>Laura Kent<br>Staff Writer<br>Port Town</div></article>", par3, "Laura Kent|Staff Writer|Port Town"},
		{"sentences before the first paragraph", "<article>" + h1 + "<p>By the time the storm came</p><p>Will it return?</p>" + pOf(par1) + pOf(par2) + "</article>", "By the time the storm came|Will it return?|" + par1, ""},
		{"steps with headings", "<article>" + h1 + "<div><h3>Step 1</h3><div>Bring your card.</div></div><div><h3>Step 2</h3><div>Go to the pier.</div></div>" + pOf(par1) + pOf(par2) + "</article>", "Step 1|Bring your card.|Step 2|Go to the pier.|" + par1, ""},
		{"paragraphs in divs", "<article>" + h1 + "<div class=story><div>" + par1 + "</div><div>Nobody came</div><div>" + par2 + "</div><div>Then silence</div></div></article>", par1 + "|Nobody came|" + par2 + "|Then silence", ""},
		{"articles in a list inside", "<article>" + h1 + pOf(par1) + pOf(par2) + "<ul><li><article><h3>Pier falls in storm</h3><span>Tom Fox</span><time datetime=2011-01-01>1 Jan</time></article></ul></article>", par1 + "|" + par2, "Pier falls in storm|Tom Fox"},
		{"comments end nothing that goes on", "<article>" + h1 + pOf(par1) + "<div>Comments</div>" + pOf(par2) + pOf(par3) + "</article><section class=comments><h3>Comments</h3>" + strings.Repeat("<p>I have been waiting for that ferry for a whole year now, and so has my old mother.</p>", 3) + "</section>", par1 + "|" + par2 + "|" + par3, "my old mother"},
	} {
		d := readPage(t, Page{}, storyPage(c.body))
		text, at := d.Article.Text, 0
		for want := range strings.SplitSeq(c.has, "|") {
			i := strings.Index(text[at:], want)
			if i < 0 {
				t.Errorf("%s: no %q in\n%s\ndropped %v", c.name, want, text, d.Dropped)
				break
			}
			at += i + len(want)
		}
		for not := range strings.SplitSeq(c.hasNot, "|") {
			if not == "" {
				continue
			}
			if strings.Contains(text, not) {
				t.Errorf("%s: %q in\n%s", c.name, not, text)
			}
			if !slices.ContainsFunc(d.Dropped, func(x document.Dropped) bool { return strings.Contains(x.Text, not) }) {
				t.Errorf("%s: %q is not listed: %v", c.name, not, d.Dropped)
			}
		}
	}
}

// pageParts are pieces of pages, each with the text that a reader sees of it.
var pageParts = []struct{ markup, text string }{
	{pOf(par1), par1}, {pOf(par2), par2}, {pOf(par3), par3},
	{"<h2>The pier</h2>", "The pier"}, {"<h2 class=related><a href=#>More</a></h2>", "More"},
	{"<ul><li>One<li>2</ul>", "One 2"}, {"<nav><a href=/>Home</a><a href=/n>News</a></nav>", "Home News"},
	{"<aside><p>Most read this week</p></aside>", "Most read this week"}, {"<figure><img><figcaption>The pier (AFP)</figcaption></figure>", "The pier (AFP)"},
	{`<div hidden><p>Behind the wall.</p></div>`, "Behind the wall."}, {"<div class=comments><h3>Comments</h3><p>Good.</p></div>", "Comments Good."},
	{"<time datetime=2014-05-03>3 May 2014</time>", "3 May 2014"}, {"<div>By <a rel=author href=#>Ann Lee</a></div>", "By Ann Lee"},
	{"<footer>© 2014 Post</footer>", "© 2014 Post"}, {"<div><button>Share</button><span>Share</span></div>", "Share"}, {"<script>var x = 'y';</script><style>p{}</style>", ""},
	{"<div>Ferry returns to islands | The Harbour Post</div>", "Ferry returns to islands The Harbour Post"}, {"<div>The Harbour Post</div>", "The Harbour Post"},
	{"<dl><dt>2011:<dd>the storm</dl>", "2011 the storm"}, {"<div class=e><time>12/05/2013</time> The works</div>", "12/05/2013 The works"},
	{"<table><tr><td>North<td>12</table>", "North 12"}, {"<p>" + par1[:60] + "…</p>", par1[:60]}, {"<p>1 &amp; 2</p>", "1 & 2"},
}

// Letters in are letters kept or letters listed, whatever a page is made of.
func TestNoLetterOfAPageIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var markup, text strings.Builder
		title := "Ferry returns to islands"
		h1 := rapid.Bool().Draw(t, "h1")
		if h1 {
			fmt.Fprintf(&markup, "<article><h1>%s</h1>", title)
			text.WriteString(title)
		}
		for _, i := range rapid.SliceOfN(rapid.IntRange(0, len(pageParts)-1), 1, 24).Draw(t, "parts") {
			markup.WriteString(pageParts[i].markup)
			text.WriteString(pageParts[i].text + "\n")
		}
		page := storyPage(markup.String())
		titled := rapid.Bool().Draw(t, "titled")
		if !titled {
			page = strings.Replace(page, "<title>"+title+"</title>", "", 1)
		}
		d, err := Read(Page{File: "x.html"}, []byte(page))
		if err != nil {
			return
		}
		all := document.CountLetters(text.String())
		kept := document.CountLetters(d.Article.Text)
		if !h1 && titled {
			kept -= document.CountLetters(d.Article.Title) // from <title>, which is not in the page's flow
		}
		if d.Letters != all || kept+d.DroppedLetters() != all {
			t.Fatalf("%d letters, %d said; %d kept, %d listed\n%s\ntext\n%s\ndropped %v", all, d.Letters, kept, d.DroppedLetters(), markup.String(), d.Article.Text, d.Dropped)
		}
	})
}
