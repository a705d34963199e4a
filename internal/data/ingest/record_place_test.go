package ingest

import (
	"strings"
	"testing"
)

const oneRecord = "lines: {body: [2]}\n"

// A text file has its record however it was named.
func TestRecordOfNamedFile(t *testing.T) {
	folder(t, map[string]string{"a/one.txt": samplePage, "a/one.yaml": oneRecord, "list": "a/one.txt\n"})
	for _, arg := range []string{"a", "a/one.txt", "a/*.txt", "a/*", "@list"} {
		files, err := Find([]string{arg})
		if err != nil {
			t.Fatal(err)
		}
		for d, err := range files.Read(Options{}) {
			if err != nil || !d.Prepared {
				t.Errorf("%s: %v, %v, want an article by its record", arg, d, err)
			}
		}
	}
}

// Only text files have records; one beside another file is not passed over.
func TestRecordOfOtherFile(t *testing.T) {
	folder(t, map[string]string{"a/one.html": "<p>The ministers of both countries said in the capital on Tuesday that the talks would go on for another week.</p>" +
		"<p>All parties had shown themselves ready for dialogue, they added, and a second round was to follow in the spring.", "a/one.yaml": oneRecord, "b/two.txt": samplePage, "b/two.yaml": "x: y\n"})
	items, _ := found(t, Options{}, "a", "b")
	want := `one !a/one.yaml: record without a text file !b/two.yaml:1: invalid record: unknown key "x"`
	if got := strings.Join(items, " "); !strings.HasPrefix(got, want) {
		t.Errorf("got %s", got)
	}
}
