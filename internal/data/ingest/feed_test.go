package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/ingesttest"
)

const (
	sentence1 = "التقى وزير خارجية جزيرة الرمان نظيره من مملكة الصنوبر صباح اليوم في العاصمة، وبحث الجانبان فتح المعبر البحري."
	sentence2 = "وقال الوزير بعد اللقاء إن البلدين اتفقا على إرسال وفد مشترك إلى الميناء خلال الأسبوع المقبل."
)

const rss2 = `<?xml version="1.0" encoding="utf-8"?>
<!-- made-up -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>أخبار الرمان</title><link>http://pomegranate.example/</link><language>ar-SA</language>
<atom:link rel="self" href="http://pomegranate.example/feed"/>
<item><title>محادثات &amp;quot;المعبر&amp;quot; البحري</title><link>http://pomegranate.example/1</link><guid isPermaLink="false">tag-1</guid>
 <dc:creator>سمير الزعتر</dc:creator><dc:creator>هدى اللوز</dc:creator>
 <pubDate>Tue, 05 Jul 2016 23:10:00 +0300</pubDate>
 <description>ملخص قصير للخبر.</description>
 <content:encoded><![CDATA[<p>` + sentence1 + `</p><p>` + sentence2 + `</p>]]></content:encoded></item>
<item><title>خبر ثان</title><link>/2</link><author>news@pomegranate.example (قسم الأخبار)</author>
 <source url="http://pine.example/feed">وكالة الصنوبر</source>
 <pubDate>Wed, 06 Jul 16 01:00:00 +0300</pubDate>
 <description>&lt;p&gt;` + sentence2 + `&lt;/p&gt;</description></item>
<item><title>صورة بلا نص</title><guid>http://pomegranate.example/3</guid></item>
<item><title>خبر رابع</title><guid>http://pomegranate.example/4</guid><dc:publisher>صحيفة الزعتر</dc:publisher><dc:date>2016-07-07T00:30:00+03:00</dc:date><description>` + sentence1 + `</description></item>
<item><title>تكرار</title><guid isPermaLink="false">tag-1</guid><description>` + sentence2 + `</description></item>
</channel></rss>`

const atom1 = `<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar" xml:base="http://pomegranate.example/news/">
<title>أخبار الرمان</title><id>urn:feed</id><updated>2016-07-08T00:00:00Z</updated><author><name>هيئة التحرير</name></author>
<entry><id>urn:1</id><title>محادثات المعبر</title><link href="1.html"/><published>2016-07-05T23:10:00+03:00</published><updated>2016-07-09T00:00:00Z</updated>
 <author><name>سمير الزعتر</name></author><author><name>هدى اللوز</name></author>
 <content type="html">&lt;p&gt;` + sentence1 + `&lt;/p&gt;</content></entry>
<entry><id>urn:2</id><title type="html">خبر ثان</title><link rel="alternate" href="http://pine.example/2"/><updated>2016-07-06T10:00:00Z</updated>
 <source><title>وكالة الصنوبر</title></source><summary>` + sentence2 + `</summary></entry>
<entry><id>urn:3</id><title>خبر ثالث</title><updated>2016-07-07T10:00:00Z</updated>
 <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>` + sentence1 + `</p><p>` + sentence2 + `</p></div></content></entry>
</feed>`

const rdf1 = `<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://pomegranate.example/"><title>أخبار الرمان</title><link>http://pomegranate.example/</link><dc:language>ar</dc:language></channel>
<item rdf:about="http://pomegranate.example/1"><title>محادثات المعبر</title><link>http://pomegranate.example/1</link><dc:date>2016-07-05T23:10:00+03:00</dc:date><description>` + sentence1 + `</description></item>
</rdf:RDF>`

const json1 = `{"version":"https://jsonfeed.org/version/1.1","title":"أخبار الرمان","language":"ar","authors":[{"name":"هيئة التحرير"}],
"items":[null,{"id":"1","url":"http://pomegranate.example/1","title":"محادثات المعبر","content_html":"<p>` + sentence1 + `</p>","date_published":"2016-07-05T23:10:00+03:00"}]}`

// feedLines is a line for each article: place, title, URL, author, outlet,
// language, day, stamp, how many paragraphs.
func feedLines(t *testing.T, name, feed string) (lines, errs, notes []string) {
	t.Helper()
	o := Options{Warn: func(n document.Note) { notes = append(notes, n.String()) }}
	for d, err := range Dir(fstest.MapFS{name: file(feed)}, o) {
		if err != nil {
			errs = append(errs, err.Error())
			continue
		}
		validArticle(t, d)
		a := d.Article
		lines = append(lines, strings.Join([]string{a.SourceFile, a.Title, a.URL, a.Author, a.Outlet, a.Language, a.Published, a.PublishedRaw,
			fmt.Sprint(strings.Count(a.Text, "الجانبان"), strings.Count(a.Text, "البلدين"))}, " | "))
		for _, n := range d.Notes {
			if n.Code == NoteSummary || n.Code == document.NoteGuess || n.Code == document.NoteNoDate {
				notes = append(notes, n.String())
			}
		}
	}
	return lines, errs, notes
}

func TestFeeds(t *testing.T) {
	for _, c := range []struct {
		name, feed         string
		lines, errs, notes []string
	}{
		{"a.rss", rss2, []string{
			`a.rss:1 | محادثات "المعبر" البحري | http://pomegranate.example/1 | سمير الزعتر, هدى اللوز | أخبار الرمان | ar | 2016-07-05 | Tue, 05 Jul 2016 23:10:00 +0300 | 1 1`,
			`a.rss:2 | خبر ثان | http://pomegranate.example/2 | قسم الأخبار | وكالة الصنوبر | ar | 2016-07-06 | Wed, 06 Jul 16 01:00:00 +0300 | 0 1`,
			`a.rss:4 | خبر رابع | http://pomegranate.example/4 |  | صحيفة الزعتر | ar | 2016-07-07 | 2016-07-07T00:30:00+03:00 | 1 0`,
		}, []string{"a.rss: item 5: it has the id of item 1"}, []string{"a.rss: one of 5 items has no text",
			"a.rss:2: only a summary: the feed has no more of the text", "a.rss:4: only a summary: the feed has no more of the text"}},
		{"a.atom", atom1, []string{
			`a.atom:1 | محادثات المعبر | http://pomegranate.example/news/1.html | سمير الزعتر, هدى اللوز | أخبار الرمان | ar | 2016-07-05 | 2016-07-05T23:10:00+03:00 | 1 0`,
			`a.atom:2 | خبر ثان | http://pine.example/2 | هيئة التحرير | وكالة الصنوبر | ar | 2016-07-06 | 2016-07-06T10:00:00Z | 0 1`,
			`a.atom:3 | خبر ثالث |  | هيئة التحرير | أخبار الرمان | ar | 2016-07-07 | 2016-07-07T10:00:00Z | 1 1`,
		}, nil, []string{"a.atom:2: the date is that of the last change; the feed gives none of publication",
			"a.atom:2: only a summary: the feed has no more of the text", "a.atom:3: the date is that of the last change; the feed gives none of publication"}},
		{"a.rdf", rdf1, []string{
			`a.rdf:1 | محادثات المعبر | http://pomegranate.example/1 |  | أخبار الرمان | ar | 2016-07-05 | 2016-07-05T23:10:00+03:00 | 1 0`,
		}, nil, []string{"a.rdf:1: only a summary: the feed has no more of the text"}},
		{"a.xml", json1, []string{
			`a.xml:1 | محادثات المعبر | http://pomegranate.example/1 | هيئة التحرير | أخبار الرمان | ar | 2016-07-05 | 2016-07-05T23:10:00+03:00 | 1 0`,
		}, nil, nil},
		{"a.xml", `<rss><channel><title>x</title></channel></rss>`, nil, nil, []string{"a.xml: the feed has no items"}},
	} {
		lines, errs, notes := feedLines(t, c.name, c.feed)
		for _, x := range []struct {
			what      string
			got, want []string
		}{{"articles", lines, c.lines}, {"errors", errs, c.errs}, {"notes", notes, c.notes}} {
			if g, w := strings.Join(x.got, "\n"), strings.Join(x.want, "\n"); g != w {
				t.Errorf("%s: %s are\n%s\nwant\n%s", c.name, x.what, g, w)
			}
		}
	}
}

// TestFeedIDs: an item keeps its id when the feed moves on.
func TestFeedIDs(t *testing.T) {
	before, _, _ := read(t, fstest.MapFS{"a.rss": file(rss2)}, Options{})
	newer := strings.Replace(rss2, "<item>", "<item><title>خبر جديد</title><guid>http://pomegranate.example/9</guid><description>"+sentence2+"</description></item><item>", 1)
	after, _, _ := read(t, fstest.MapFS{"a.rss": file(newer)}, Options{})
	if len(after) != len(before)+1 || strings.Join(after[1:], " ") != strings.Join(before, " ") {
		t.Errorf("ids are %v, then %v", before, after)
	}
	// printf %s tag-1 | sha256sum
	wantItems(t, before, "a-5a1320d99546", "a-432485ad637a", "a-c722356ce44b", "!a.rss")
	long := (&feedEntry{guid: "x"}).docID(strings.Repeat("x", 128))
	if !ValidDocID(long) || len(long) != maxDocID {
		t.Errorf("doc_id %q", long)
	}
}

func TestFeedEncodings(t *testing.T) {
	encode := func(label, s string) string {
		e, _ := charset.Lookup(label)
		b, err := e.NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	utf16, _ := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(rss2)
	want, _, _ := feedLines(t, "a.rss", rss2)
	for name, feed := range map[string]string{
		"windows-1256":      encode("windows-1256", strings.Replace(rss2, `"utf-8"`, `'Windows-1256'`, 1)),
		"iso-8859-6":        encode("iso-8859-6", strings.Replace(rss2, `"utf-8"`, `"iso-8859-6"`, 1)),
		"utf-16":            utf16,
		"utf-16le, no mark": encode("utf-16le", rss2),
		"said to be utf-16": strings.Replace(rss2, `"utf-8"`, `"utf-16"`, 1),
		"byte-order mark":   canonical.ByteOrderMark + rss2,
		"line breaks":       "\n\n" + rss2,
		"control character": strings.Replace(rss2, "<channel>", "\x0b<channel>\x00", 1),
	} {
		got, errs, _ := feedLines(t, "a.rss", feed)
		if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
			t.Errorf("%s: articles are\n%s\nwant\n%s\nerrors %v", name, g, w, errs)
		}
	}
}

func TestFeedDates(t *testing.T) {
	for stamp, want := range map[string]string{
		"Tue, 05 Jul 2016 23:10:00 +0300":         "2016-07-05",
		"Tue, 5 Jul 2016 23:10 GMT":               "2016-07-05",
		"Tue, 05 Jul 16 23:10:00 +0300":           "2016-07-05",
		"05 Jul 16 23:10 +0300":                   "2016-07-05",
		"Tuesday, 05-Jul-16 23:10:00 GMT":         "2016-07-05",
		"Tue Jul 05 2016 23:10:00 GMT+0300 (+03)": "2016-07-05",
		"Tue Jul  5 23:10:00 2016":                "2016-07-05",
		"الثلاثاء, 05 يوليو 2016 23:10:00 +0300":  "2016-07-05",
		"2016-07-05T23:10:00.123-11:00":           "2016-07-05",
		"2016-07-05":                              "2016-07-05",
		"05/07/2016 10:00":                        "",
		"yesterday":                               "",
	} {
		lines, _, notes := feedLines(t, "a.rss", "<rss><channel><item><title>خبر</title><pubDate>"+stamp+"</pubDate><description>"+sentence1+"</description></item></channel></rss>")
		raw := stamp
		if want == "" {
			raw = ""
		}
		if len(lines) != 1 || !strings.Contains(lines[0], " | "+want+" | "+raw+" | ") || (want == "") != strings.Contains(strings.Join(notes, "\n"), "no date of publication") {
			t.Errorf("%s: %v, notes %v", stamp, lines, notes)
		}
	}
}

func TestFeedHostile(t *testing.T) {
	in := func(s string) string { return "<rss><channel><item>" + s + "</item></channel></rss>" }
	many := func(n int, s string) string { return strings.Repeat(s, n) }
	for _, c := range []struct{ name, feed, want string }{
		{"empty", "", document.ErrEmpty.Error()},
		{"blank", " \n", document.ErrEmpty.Error()},
		{"text", "no feed", "not a feed"},
		{"page", "<!DOCTYPE html><html><body></body></html>", "not a feed: found <html>, expected <rss>, <rdf:RDF> or <feed>"},
		{"sitemap", `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>`, "not a feed: found <urlset>"},
		{"JSON", `{"a":1}`, "not a feed: found a JSON object, expected a JSON Feed"},
		{"cut", rss2[:len(rss2)-100], "line 17 is no XML: unexpected EOF"},
		{"unknown encoding", `<?xml version="1.0" encoding="klingon"?><rss/>`, `unknown encoding "klingon"`},
		{"not UTF-8", in("<title>\xe1</title>"), "byte 0xE1 at byte offset 27 is not valid UTF-8, and the feed names no other encoding"},
		{"deep", in(many(100000, "<a>")), "over 256 elements one inside the other"},
		{"deep, with ends", in(many(300, "<a>") + many(300, "</a>")), "over 256 elements one inside the other"},
		{"elements", in(many(600000, "<a/>")), "over 524288 elements and attributes"},
		{"attributes", in("<a " + many(600000, "a='' ") + "/>"), "over 524288 elements and attributes"},
		{"items", "<rss><channel>" + many(70000, "<item/>") + "</channel></rss>", "over 65536 items"},
		{"pieces", in("<x:a>" + many(4000, many(1000, "x")+"<![CDATA[]]>"+many(200, "<!---->x")) + "</x:a>"), "text in too many pieces"},
		{"namespaces", "<rss " + many(2000, "xmlns:a='b' ") + "><channel>" + many(50000, "<a/>") + "</channel></rss>", "too many namespaces"},
		{"entities", `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>` + in("<description>&b;</description>"), "it declares entities, which are not read"},
		{"base", `<rss xmlns:y="http://www.w3.org/XML/1998/namespace"><channel y:base="http://a/"></channel></rss>`, "xml:base under another name"},
		{"JSON, deep", `{"version":"https://jsonfeed.org/version/1","items":` + many(100000, "["), "over 256 values one inside the other"},
		{"JSON, values", `{"version":"https://jsonfeed.org/version/1","items":[{}` + many(600000, ",{}") + "]}", "over 524288 values"},
		{"over the limit", "<rss>" + many(1<<20, "     "), "file has 5242885 bytes, the limit is 4194304"},
	} {
		var errs map[string]error
		got := ingesttest.Allocated(func() { _, errs, _ = read(t, fstest.MapFS{"a.xml": file(c.feed)}, Options{MaxBytes: 1 << 20}) })
		if err := errs["a.xml"]; err == nil || !strings.Contains(err.Error(), c.want) {
			if c.name != "over the limit" && len(c.feed) > 4<<20 {
				_, err = parseFeed([]byte(c.feed), 1<<30)
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: error %v, want %q", c.name, err, c.want)
			}
		}
		if got > 512<<20 {
			t.Errorf("%s: %d bytes allocated", c.name, got)
		}
	}
	items, errs, _ := read(t, fstest.MapFS{"a.xml": file(in("<description>" + many(1<<20, "x") + "y</description>"))}, Options{MaxBytes: 1 << 20})
	if err := errs["a.xml"]; len(items) != 1 || err == nil || err.Error() != "a.xml: item 1: 1048577 bytes, the limit is 1048576" {
		t.Errorf("items %v, errors %v", items, errs)
	}
}

// TestFeedBase: links may be relative to an address that is long, a million
// times.
func TestFeedBase(t *testing.T) {
	feed := `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://a.example/` + strings.Repeat("x", 1<<16) + `/"><entry xml:base="y/"><title>خبر</title><content type="html">` +
		sentence1 + strings.Repeat("&lt;a href=x&gt;", 1<<16) + `</content></entry></feed>`
	var lines []string
	got := ingesttest.Allocated(func() { lines, _, _ = feedLines(t, "a.atom", feed) })
	if len(lines) != 1 || got > 256<<20 {
		t.Errorf("%d articles, %d bytes allocated", len(lines), got)
	}
}

// Nulls among the authors and items of a JSON feed, which some writers have, are nobody
// and nothing.
func TestFeedNulls(t *testing.T) {
	feed := `{"version":"https://jsonfeed.org/version/1.1","title":"Feed","author":null,"authors":[null,{"name":"Huda"}],
"items":[null,{"id":"1","content_text":"The minister spoke in the morning.","authors":[null],"author":null,"tags":null,"attachments":[null]},
{"id":"2","content_text":"The envoy spoke in the evening.","authors":[null,{"name":"Samir"},null]}]}`
	entries, err := parseFeed([]byte(feed), 1<<20)
	if err != nil || len(entries) != 2 || entries[0].author != "Huda" || entries[1].author != "Samir" {
		t.Errorf("%+v, %v", entries, err)
	}
}

func FuzzFeed(f *testing.F) {
	for _, s := range []string{rss2, atom1, rdf1, json1, "<rss><channel><item><description>x</description>"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		in := File{Name: "a.xml", ID: "a", Size: -1, Reader: io.Reader(bytes.NewReader(b)), Note: func(document.Note) {}}
		for item, err := range readFeed(in, Options{MaxBytes: 1 << 16}) {
			if err != nil {
				continue
			}
			d, err := item()
			if err != nil {
				var fe *document.FileError
				if !errors.As(err, &fe) || fe.File != "a.xml" {
					t.Fatalf("untyped error %v", err)
				}
				continue
			}
			if a := d.Article; (a.Published == "") != (a.PublishedRaw == "") || !utf8.ValidString(a.PublishedRaw) {
				t.Fatalf("published %q, as printed %q", a.Published, a.PublishedRaw)
			}
			// The stamp stands in the feed, not in the raw text of its item.
			a := *d.Article
			a.Published, a.PublishedRaw = "", ""
			d.Article = &a
			validArticle(t, d)
		}
	})
}
