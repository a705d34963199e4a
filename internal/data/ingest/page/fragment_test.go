package page

import (
	"errors"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/ingesttest"
)

func TestReadFragment(t *testing.T) {
	for _, c := range []struct{ title, in, text string }{
		{"عنوان", "<p>" + para1 + "</p><ul><li>اقرأ أيضا</li></ul><script>x</script>", "عنوان\n" + para1 + "\nاقرأ أيضا"},
		{"عنوان", "سطر &amp; آخر\n\nسطر ثان\n", "عنوان\nسطر & آخر\nسطر ثان"},
		{"عنوان", "<h1>عنوان</h1>نص", "عنوان\nنص"},
		{"", "نص 1 < 2", "نص 1 < 2"},
		{" عنوان\nآخر ", "نص<br>ثان", "عنوان آخر\nنص\nثان"},
	} {
		d, err := ReadFragment(Page{File: "f/feed.xml:3", DocID: "feed-3", URL: "https://news.example/3"}, c.title, c.in)
		if err != nil {
			t.Fatal(err)
		}
		a := d.Article
		ingesttest.CheckPageMap(t, a)
		if a.Text != c.text || a.DocID != "feed-3" || a.SourceFile != "feed.xml:3" || a.URL != "https://news.example/3" {
			t.Errorf("%q: %q %q %q", c.in, a.Text, a.DocID, a.SourceFile)
		}
	}
	for _, in := range []string{"", " \n", "<script>a</script>", "<p>عنوان</p>"} {
		if _, err := ReadFragment(Page{File: "x"}, "عنوان", in); !errors.Is(err, document.ErrNoText) {
			t.Errorf("%q: %v", in, err)
		}
	}
	if _, err := ReadFragment(Page{File: "x"}, "", "a\xff"); err == nil {
		t.Error("invalid UTF-8 was read")
	}
}
