package main

import (
	"fmt"
	"io"
	"log"
	"os"
)

// least is how many answers of a kind are made at least, from each group of texts
// where there are so many spans.
const least = 40

func main() {
	if err := table(os.Stdout, least); err != nil {
		log.Fatalf("placements: %v", err)
	}
}

// table prints the table of kinds in Markdown.
func table(w io.Writer, want int) error {
	all, err := texts()
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "| answers | | right | edge | other occurrence | wrong | unplaced | **silent** | right where determined |")
	fmt.Fprintln(w, "|---|--:|--:|--:|--:|--:|--:|--:|--:|")
	for i := range kinds {
		k := &kinds[i]
		t := measureKind(k, all, want)
		fmt.Fprintf(w, "| %s | %d | %d | %d | %d | %d | %d | %d | %d of %d |\n",
			k.name, t.answers, t.right, t.edge, t.other, t.wrong, t.unplaced, t.silent, t.rightOfDetermined, t.determined)
	}
	return nil
}
