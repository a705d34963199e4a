package labels_test

import (
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/mizan-corpus/mizan/labels"
)

// A file is read in the format that it is found to have.
func Example() {
	dir, err := os.MkdirTemp("", "labels")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	name := filepath.Join(dir, "berlin.jsonl")
	line := `{"doc_id":"a","text":"Talks in Berlin.","labels":[[9,15,"GPE"]]}` + "\n"
	if err := os.WriteFile(name, []byte(line), 0o666); err != nil {
		log.Fatal(err)
	}
	src := labels.FileSource(name)
	format, err := labels.DetectFormat(src)
	if err != nil {
		log.Fatal(err)
	}
	docs, err := labels.ReadAll(format.Read(src, labels.ReadOptions{}))
	if err != nil {
		log.Fatal(err)
	}
	for _, d := range docs {
		for _, m := range d.Mentions {
			fmt.Println(format.Name, d.DocID, m.Span, m.Type, m.Text)
		}
	}
	// Output:
	// doccano a [9,15) GPE Berlin
}
