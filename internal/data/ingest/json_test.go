package ingest

import (
	"errors"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
)

const (
	noon  = "It came at noon, the office said."
	night = "It left at night, the office said."
)

// JSON in the shapes in which exports and news services give articles.
func TestJSONFiles(t *testing.T) {
	a, b := `{"title":"Ferry late","text":"`+noon+`"}`, `{"doc_id":"b1","title":"Ferry gone","text":"`+night+`"}`
	for _, c := range []struct{ name, content, want string }{
		{"an array", "[" + a + ", " + b + "]", "x-00000001 b1"},
		{"an array over lines, with a mark", "\uFEFF[\n" + a + ",\n" + b + "\n]\n", "x-00000001 b1"},
		{"one object", a, "x"},
		{"objects behind each other", a + "\n" + b, "x-00000001 b1"},
		{"an answer", `{"status":"ok","totalResults":2,"articles":[` + a + "," + b + `]}`, "x-00000001 b1"},
		{"an answer in an answer", `{"response":{"status":"ok","results":[` + a + `]}}`, "x-00000001"},
		{"a feed", `{"version":"https://jsonfeed.org/version/1.1","title":"Post","items":[{"id":"1","title":"Ferry late","content_text":"` + noon + `"}]}`, "x-6b86b273ff34"},
		{"a bad one among others", `[` + a + `,3,{"title":"no text"},` + b + `]`, "x-00000001 ! ! b1"},
		{"nothing", "", "!"},
		{"an empty array", "[]", "!"},
		{"a number", "17", "!"},
		{"cut off", "[" + a + `,{"title":"Fer`, "x-00000001 !"},
		{"no JSON", "Ferry late", "!"},
	} {
		articles, errs, _ := inFile(t, "x.json", c.content, Options{})
		want := strings.Fields(c.want)
		bad := strings.Count(c.want, "!")
		if len(articles) != len(want)-bad || len(errs) != bad {
			t.Errorf("%s: %d articles, errors %v; want %s", c.name, len(articles), errs, c.want)
			continue
		}
		k := 0
		for _, w := range want {
			if w != "!" {
				if articles[k].DocID != w {
					t.Errorf("%s: got %s, want %s", c.name, articles[k].DocID, w)
				}
				k++
			}
		}
	}
}

// A value over the limit ends the file with an error, without being held.
func TestJSONBounds(t *testing.T) {
	content := `[{"text":"` + noon + `"},{"text":"` + strings.Repeat("x", 1<<20) + `"}]`
	articles, errs, _ := inFile(t, "x.json", content, Options{MaxBytes: 1 << 12})
	if len(articles) != 1 || len(errs) != 1 || !strings.Contains(errs[0].Error(), "a value has over 4096 bytes") {
		t.Errorf("%d articles, %v", len(articles), errs)
	}
	if _, errs, _ := inFile(t, "x.json", strings.Repeat(`[`, 1<<16), Options{}); len(errs) != 1 {
		t.Errorf("nested: %v", errs)
	}
}

// An optional column of another shape costs no record: the name in an object is
// taken, what has none is noted.
func TestOptionalColumns(t *testing.T) {
	articles, errs, notes := inFile(t, "x.jsonl", `{"source":{"id":null,"name":"The Post"},"author":[{"name":"Ann Lee"},"Tom Fox"],"title":"Ferry late","publishedAt":"2014-05-03T23:30:00Z","content":"`+noon+`"}
{"source":{"id":7},"title":["a"],"language":true,"content":"`+night+`"}
{"content":{"text":"`+noon+`"}}`, Options{})
	if len(articles) != 2 || len(errs) != 1 {
		t.Fatalf("%d articles, %v", len(articles), errs)
	}
	if a := articles[0]; a.Outlet != "The Post" || a.Author != "Ann Lee, Tom Fox" || a.Published != "2014-05-03" || a.Title != "Ferry late" {
		t.Errorf("%+v", a)
	}
	left := 0
	for _, n := range notes {
		if n.Code == document.NoteColumns && strings.Contains(n.Text, "was not taken") {
			left++
		}
	}
	if a := articles[1]; a.Outlet != "" || a.Title != "" || a.Text != night || left != 3 {
		t.Errorf("%+v, notes %v", a, notes)
	}
}

// Tags in a column of text are read as HTML, and that is said; a text that only
// speaks of one is not.
func TestMarkupInText(t *testing.T) {
	articles, _, notes := inFile(t, "x.jsonl", `{"title":"Ferry late","text":"<p>It came at noon.<br>All were safe.</p><ul><li>12</ul>"}
{"text":"The tag <b> makes text bold, the office said."}
{"text":"1 < 2 and 3 > 2, said the office."}`, Options{})
	if len(articles) != 3 || articles[0].Text != "Ferry late\nIt came at noon.\nAll were safe.\n12" || !strings.Contains(articles[1].Text, "<b>") || !strings.Contains(articles[2].Text, "1 < 2 and 3 > 2") {
		t.Fatalf("%v", articles)
	}
	n := 0
	for _, x := range notes {
		if x.Code == document.NoteMarkup {
			n++
		}
	}
	if n != 1 {
		t.Errorf("notes %v", notes)
	}
}

// A table that is no UTF-8 says which encoding it looks like, and how to convert
// it: "text" and "العنوان" in windows-1256.
func TestTableInAnotherEncoding(t *testing.T) {
	content := "text,\xc7\xe1\xda\xe4\xe6\xc7\xe4\n\xe6\xd5\xe1 \xc7\xe1\xe6\xd2\xed\xd1 \xc7\xe1\xed\xe6\xe3 \xc5\xe1\xec \xc7\xe1\xda\xc7\xd5\xe3\xc9,\xce\xc8\xd1\n"
	_, errs, _ := inFile(t, "x.csv", content, Options{})
	if len(errs) != 1 || errs[0].Error() != "x.csv:1: the file is not UTF-8; it looks like windows-1256" {
		t.Errorf("%v", errs)
	}
}

// What is no UTF-8 says which encoding it looks like where enough of it tells, and
// names the line of the first byte. The texts are "العنوان" and the like.
func TestTextInAnotherEncoding(t *testing.T) {
	arabic := "\xc7\xe1\xda\xe4\xe6\xc7\xe4 \xe6\xd5\xe1 \xc7\xe1\xe6\xd2\xed\xd1 \xc7\xe1\xed\xe6\xe3 \xc5\xe1\xec \xc7\xe1\xda\xc7\xd5\xe3\xc9"
	wide := func(s string) (le string) {
		for _, r := range s {
			le += string([]byte{byte(r), 0})
		}
		return le
	}
	for _, c := range []struct{ file, content, want, hint string }{
		{"x.txt", "Title\n" + arabic + "\n", "x.txt:2: byte 0xC7 at byte offset 6 is not valid UTF-8", "the file looks like windows-1256; convert it: iconv -f WINDOWS-1256 -t UTF-8"},
		{"x.txt", "caf\xe9\n", "x.txt:1: byte 0xE9 at byte offset 3 is not valid UTF-8", "convert the file to UTF-8"},
		{"x.txt", "é " + arabic, "x.txt:1: byte 0xC7 at byte offset 3 is not valid UTF-8", "convert the file to UTF-8"},
		{"x.txt", "\xff\xfea\x00", "x.txt: the file is in UTF-16", "convert it to UTF-8: iconv -f UTF-16 -t UTF-8"},
		{"x.txt", wide("A title, and a text"), "x.txt:1: NUL byte at byte offset 1, expected text", "the file looks like utf-16le; convert it: iconv -f UTF-16LE -t UTF-8"},
		{"x.txt", "one \x00 byte of many", "x.txt:1: NUL byte at byte offset 4, expected text", "convert the file to UTF-8"},
		{"x.csv", wide("title,text\na,b\n"), "x.csv:1: the file is not UTF-8; it looks like utf-16le", "convert it: iconv -f UTF-16LE -t UTF-8"},
		{"x.csv", "title,text\ra,b\r", "x.csv:1: lines end in CR alone, expected LF or CR LF", `convert it: tr '\r' '\n'`},
		{"x.jsonl", `{"text":"` + arabic + `"}`, "x.jsonl:1: byte 0xC7 at byte offset 9 is not valid UTF-8", "the file looks like windows-1256; convert it: iconv -f WINDOWS-1256 -t UTF-8"},
		{"x.json", `[{"text":"A text of its own."}] and more`, "x.json: found no JSON at byte 32: invalid character 'a' at start of value", ""},
		{"x.json", `[{"text":"A text of its own."}] [1]`, "x.json: found more behind the array, expected its end to be that of the file", ""},
	} {
		_, errs, _ := inFile(t, c.file, c.content, Options{})
		var e *document.FileError
		if len(errs) != 1 || !errors.As(errs[0], &e) || e.Error() != c.want || e.Hint != c.hint {
			t.Errorf("%s %q: %v, %+v, expected %q, hint %q", c.file, c.content, errs, e, c.want, c.hint)
		}
	}
}

func FuzzJSON(f *testing.F) {
	f.Add([]byte(`[{"title":"a","text":"b c."},{"text":["d","e"]}]`))
	f.Add([]byte(`{"articles":[{"content":"a b."}]}`))
	f.Add([]byte(`{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","content_html":"<p>a</p>"}]}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		inFile(t, "x.json", string(content), Options{MaxBytes: 1 << 16})
	})
}
