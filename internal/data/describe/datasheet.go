package describe

import (
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
)

// What a corpus says of itself, in the card's prose.

func annotatorsLine(annotators string) string {
	return "annotations_creators:\n- " + annotators + "\n"
}

// datasheet writes a section for each thing that the corpus says of how it was made
// and what it is for.
func datasheet(m *dataset.Manifest, section func(title, text string)) {
	a := aboutOf(m)
	section("Where the texts are from", a.Collection)
	section("What was done to the texts", a.Preprocessing)
	section("Who labelled", a.AnnotatorDetails)
	section("Uses", a.Uses)
	section("What it cannot show", a.Limits)
	section("Biases", a.Biases)
	section("Persons", a.Personal)
	section("Maintenance", a.Maintenance)
}

// history is the table of the corpus' versions, "" without any.
func history(m *dataset.Manifest) string {
	list := aboutOf(m).History
	if len(list) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n\n| version | published | changes |\n|---|---|---|\n")
	for _, e := range list {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", e.Version, e.Published, cell(e.Changes))
	}
	return b.String()
}

// cell is a text in a table of Markdown.
func cell(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "|", `\|`)
}

// contact says whom to ask, and where the corpus is at home.
func contact(m *dataset.Manifest) string {
	a := aboutOf(m)
	var lines []string
	for _, c := range a.Creators {
		line := c.Name
		if c.Affiliation != "" {
			line += ", " + c.Affiliation
		}
		if c.ORCID != "" {
			line += ", " + orcidSite + c.ORCID
		}
		lines = append(lines, "- by "+line)
	}
	if a.Homepage != "" {
		lines = append(lines, "- at "+a.Homepage)
	}
	if a.Contact != "" {
		lines = append(lines, "- questions and errors to "+a.Contact)
	}
	if a.Published != "" {
		lines = append(lines, "- published "+a.Published)
	}
	return strings.Join(lines, "\n")
}
