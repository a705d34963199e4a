package ingest

import (
	"io"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/ingesttest"
)

func TestCSV(t *testing.T) {
	for name, content := range map[string]string{
		"news.csv": canonical.ByteOrderMark + "id,Title,body,date\r\nx1,عنوان 😀,\"قال \"\"الوزير\"\", أمس\nثم غادر\",2016-07-05\r\n,A title,Text.,05/07/2016\r\n",
		"semi.csv": "id;Title;body;date\nx1;عنوان 😀;\"قال \"\"الوزير\"\", أمس\nثم غادر\";2016-07-05\n;A title;Text.;05/07/2016\n",
		"news.tsv": "id\tTitle\tbody\tdate\nx1\tعنوان 😀\t\"قال \"\"الوزير\"\", أمس\nثم غادر\"\t2016-07-05\n\tA title\tText.\t05/07/2016\n",
	} {
		articles, errs, notes := inFile(t, name, content, Options{})
		if len(errs) > 0 || len(articles) != 2 {
			t.Fatalf("%s: %d articles, errors %s", name, len(articles), texts(errs))
		}
		stem, _ := canonical.SplitName(name)
		a, b := articles[0], articles[1]
		if a.DocID != "x1" || a.Text != "عنوان 😀\nقال \"الوزير\", أمس\nثم غادر" || a.Published != "2016-07-05" || a.SourceFile != name+":2" {
			t.Errorf("%s: got %+v", name, a)
		}
		if b.DocID != stem+"-00000002" || b.Published != "" || b.SourceFile != name+":4" {
			t.Errorf("%s: got %+v", name, b)
		}
		if len(notes) != 2 || notes[0].Code != document.NoteColumns || notes[1].String() != name+":4: no date of publication: \"05/07/2016\": day and month cannot be told apart" {
			t.Errorf("%s: notes %v", name, notes)
		}
	}
}

func TestCSVBadRecords(t *testing.T) {
	articles, errs, _ := inFile(t, "f.csv", "text,title\ngood,a\nonly one\nq\"uote,x\ntoo,many,columns\n\"good, again\",b\n"+strings.Repeat(" ", 5000)+"b\xffd,x\n\"not closed,x\n", Options{})
	if len(articles) != 2 || articles[1].Text != "b\ngood, again" || articles[1].DocID != "f-00000005" {
		t.Errorf("got %v", articles)
	}
	want := `f.csv:3: the row has 1 of 2 columns
f.csv:4: column 2: bare " in non-quoted-field
f.csv:5: the row has 3 of 2 columns
f.csv:7: text: byte 0xFF at byte offset 5001 is not valid UTF-8
f.csv:8: column 15: extraneous or missing " in quoted-field`
	if got := texts(errs); got != want {
		t.Errorf("got\n%s", got)
	}
	for content, want := range map[string]string{
		"":                 "f.csv: the file is empty",
		"\n\n":             "f.csv: the file is empty",
		"\xff\xfet\x00":    "f.csv: the file is in UTF-16",
		"a,b\n1,2\n":       `f.csv:1: no column with the text; found: "a", "b"`,
		"text\n":           "",
		"\n\ntext\nfine\n": "",
		"te\"xt,a\n":       `f.csv:1: column 3: bare " in non-quoted-field`,
	} {
		if _, errs, _ := inFile(t, "f.csv", content, Options{}); texts(errs) != want {
			t.Errorf("%q: got %s, want %s", content, texts(errs), want)
		}
	}
}

// A quote that is not closed makes one row of the rest; it is not held.
func TestCSVLongRowTakesNoMemory(t *testing.T) {
	f := File{Name: "f.csv", ID: "f", Reader: io.MultiReader(strings.NewReader("text\ngood\n\"open"), &ingesttest.Endless{Text: "x", N: 256 << 20}), Note: func(document.Note) {}}
	items, failed := 0, error(nil)
	n := ingesttest.Allocated(func() {
		for item, err := range readCSV(f, Options{MaxBytes: 1 << 20}) {
			if err != nil {
				failed = err
				continue
			}
			if _, err := item(); err == nil {
				items++
			}
		}
	})
	if items != 1 || failed == nil || !strings.Contains(failed.Error(), "f.csv:3: the row has over 1048576 bytes; perhaps a quote is not closed") {
		t.Errorf("%d articles, %v", items, failed)
	}
	if n > 64<<20 {
		t.Errorf("%d bytes were allocated", n)
	}
}

func FuzzCSV(f *testing.F) {
	f.Add("id,title,body\n1,a,\"b\nc\"\n")
	f.Add("text;x\n\"a\"\";b\n")
	f.Fuzz(func(t *testing.T, s string) { inFile(t, "f.csv", s, Options{MaxBytes: 1 << 10}) })
}

// A row over the limit is left out wherever it stands in the buffer.
func TestCSVRowOverTheLimit(t *testing.T) {
	articles, errs, _ := inFile(t, "f.csv", "text\nshort\n"+strings.Repeat("x", 50)+"\nlast\n", Options{MaxBytes: 40})
	if got := texts(errs); len(articles) != 2 || articles[1].Text != "last" || got != "f.csv:3: the row has 51 bytes, the limit is 40" {
		t.Errorf("%d articles, errors %s", len(articles), got)
	}
}

// A file that cannot be read is not an empty one.
func TestCSVReadError(t *testing.T) {
	for _, err := range readCSV(File{Name: "f.csv", ID: "f", Reader: failing{}}, Options{}) {
		if err == nil || err.Error() != "f.csv: disk on fire" {
			t.Errorf("got %v", err)
		}
	}
}
