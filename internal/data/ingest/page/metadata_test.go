package page

import (
	"strings"
	"testing"
)

// TestMetadataOfTheArticle fixes whose the metadata are that a page's article
// gets: its own, never those of comments, lists or other articles.
func TestMetadataOfTheArticle(t *testing.T) {
	ld := func(s string) string { return `<script type="application/ld+json">` + s + `</script>` }
	story := "<article><h1>Ferry returns to islands</h1>" + pOf(par1) + pOf(par2) + "</article>"
	object := `{"@type":"NewsArticle","headline":"Ferry returns to islands","datePublished":"2014-05-03","author":{"@type":"Person","name":"Ann Lee"}}`
	for _, c := range []struct{ name, head, body, date, author, outlet string }{
		{"a comment's microdata", "", story + `<div itemscope itemtype="https://schema.org/Comment"><span itemprop="author">Bob</span><time itemprop="datePublished" datetime="2019-05-05">5 May 2019</time></div>`, "", "", ""},
		{"another article's in a list", "", story + `<ul><li itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="datePublished" content="2019-02-02"><span itemprop="author">Bob</span></li></ul>`, "", "", ""},
		{"its own microdata", "", `<div itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="datePublished" content="2014-05-03"><span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">Ann Lee</span></span>` + story + "</div>", "2014-05-03", "Ann Lee", ""},
		{"the second of two objects", ld(`[{"@type":"NewsArticle","headline":"Bank cuts its rates","datePublished":"2019-01-01","author":"Bob"},` + object + `]`), story, "2014-05-03", "Ann Lee", ""},
		{"told by its address", `<link rel=canonical href="https://x.example/2">` + ld(`[{"@type":"Article","url":"https://x.example/1","datePublished":"2019-01-01"},{"@type":"Article","url":"https://x.example/2","datePublished":"2014-05-03"}]`), story, "2014-05-03", "", ""},
		{"a line break and a tab in a string", ld(strings.Replace(object, "Ferry returns", "Ferry\t\nreturns", 1)), story, "2014-05-03", "Ann Lee", ""},
		{"commas before brackets", ld(strings.Replace(object, "}}", ",},}", 1)), story, "2014-05-03", "Ann Lee", ""},
		{"a comment around it", ld("<!--\n" + object + "\n-->"), story, "2014-05-03", "Ann Lee", ""},
		{"CDATA in a comment", ld("//<![CDATA[\n" + object + "\n//]]>"), story, "2014-05-03", "Ann Lee", ""},
		{"two objects in one block", ld(object + "\n" + `{"@type":"WebSite","name":"The Post"}`), story, "2014-05-03", "Ann Lee", ""},
		{"words behind it", ld(object + " var x"), story, "2014-05-03", "Ann Lee", ""},
		{"a byte order mark before it", ld("\ufeff" + object), story, "2014-05-03", "Ann Lee", ""},
		{"the article within its page", ld(`{"@type":"WebPage","mainEntityOfPage":` + object + `}`), story, "2014-05-03", "Ann Lee", ""},
		{"names in a list", ld(strings.Replace(object, `"Ann Lee"`, `["Ann Lee","Tom Fox"]`, 1)), story, "2014-05-03", "Ann Lee, Tom Fox", ""},
		{"whose a report is, is not said", "", "<article><h1>عودة العبارة إلى الجزر</h1><div>تقرير: ليلى منصور</div>" + pOf(par1) + pOf(par2) + "</article>", "", "", ""},
		{"agencies beside an outlet", "", "<article><h1>عودة العبارة إلى الجزر</h1><div>صحيفة المرفأ - وكالات</div>" + pOf(par1) + pOf(par2) + "</article>", "", "وكالات", "صحيفة المرفأ"},
		{"types as addresses", ld(strings.Replace(object, `"NewsArticle"`, `"http://schema.org/NewsArticle"`, 1)), story, "2014-05-03", "Ann Lee", ""},
		{"all authors", `<meta name=author content="Ann Lee"><meta name=author content="Tom Fox">`, story, "", "Ann Lee, Tom Fox", ""},
		{"all authors of an object", ld(`{"@type":"NewsArticle","author":[{"@type":"Person","name":"Ann Lee"},{"@type":"Person","givenName":"Tom","familyName":"Fox"}]}`), story, "", "Ann Lee, Tom Fox", ""},
		{"a longer list that has the first", `<meta name=author content="Ann Lee"><meta name=author content="Tom Fox">` + ld(`{"@type":"NewsArticle","author":{"@type":"Person","name":"Ann Lee"}}`), story, "", "Ann Lee, Tom Fox", ""},
		{"a person before the company", `<meta name=author content="Post Media Ltd">` + ld(`{"@type":"NewsArticle","author":{"@type":"Person","name":"Ann Lee"},"publisher":{"@type":"Organization","name":"Post Media Ltd"}}`), story, "", "Ann Lee", "Post Media Ltd"},
		{"an id and a number are nobody", `<meta name=author content="4711"><meta name=author content="https://x.example/ann">`, story, "", "", ""},
		{"an author by reference", ld(`{"@graph":[{"@type":"Person","@id":"#a","name":"Ann Lee"},{"@type":"NewsArticle","author":{"@id":"#a"}}]}`), story, "", "Ann Lee", ""},
		{"a time beside the heading", "", `<article><h1>Ferry returns to islands</h1><time datetime="2014-05-03T12:00:00+00:00">May 3</time>` + pOf(par1) + pOf(par2) + "</article>", "2014-05-03", "", ""},
		{"a time below the text", "", "<article><header><h1>Ferry returns to islands</h1></header>" + pOf(par1) + pOf(par2) + `<footer>Posted <time datetime="2014-05-03">May 3, 2014</time></footer></article>`, "2014-05-03", "", ""},
		{"two days below the text", "", "<article><h1>Ferry returns to islands</h1>" + pOf(par1) + pOf(par2) + `<footer><time datetime="2014-05-03"></time><time datetime="2014-05-04"></time></footer></article>`, "", "", ""},
		{"changed and published on one line", "", "<article><h1>Ferry returns to islands</h1><div>Last updated: 6 May 2014 10:00 - Published: 3 May 2014 09:00</div>" + pOf(par1) + pOf(par2) + "</article>", "2014-05-03", "", ""},
		{"an event's date", "", "<article><h1>Ferry returns to islands</h1>" + pOf(par1) + "<ul><li>15 March 2011: first ferry<li>Location: north pier</ul>" + pOf(par2) + "</article>", "", "", ""},
		{"a subheading is no byline", "", "<article><h1>Ferry returns to islands</h1>" + pOf(par1) + "<h2>By Friday the Town Had Fallen</h2>" + pOf(par2) + "<p>Reporter: Will the captain resign?</p>" + pOf(par3) + "</article>", "", "", ""},
		{"a caption's copyright", "", "<article><h1>Ferry returns to islands</h1>" + pOf(par1) + "<figure><figcaption>The pier © Jane Roe</figcaption></figure>" + pOf(par2) + "</article>", "", "", ""},
		{"a dotted date", "", "<article><h1>Ferry returns to islands</h1><div>03.05.2014</div>" + pOf(par1) + pOf(par2) + "</article>", "2014-05-03", "", ""},
	} {
		page := strings.Replace(storyPage(c.body), "</head>", c.head+"</head>", 1)
		d := readPage(t, Page{}, page)
		if a := d.Article; a.Published != c.date || a.Author != c.author || a.Outlet != c.outlet || !strings.Contains(a.Text, par2) {
			t.Errorf("%s: published %q, author %q, outlet %q; want %q, %q, %q\n%s", c.name, a.Published, a.Author, a.Outlet, c.date, c.author, c.outlet, a.Text)
		}
	}
}

// Broken JSON-LD says nothing, however it is broken.
func TestMendJSON(t *testing.T) {
	for in, want := range map[string]string{
		`{"a":"b, ]","c":[1,2,],}`: `{"a":"b, ]","c":[1,2]}`,
		"{\"a\":\"b\nc\\\"\td\"}":  `{"a":"b c\" d"}`,
		"<!-- {} -->":              "{}",
		`{"a":"b`:                  `{"a":"b`,
		"":                         "",
		`,`:                        ",",
	} {
		if got := string(mendJSON(in)); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
