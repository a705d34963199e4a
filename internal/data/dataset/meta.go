package dataset

import (
	"fmt"
	"regexp"

	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/internal/version"
	"github.com/mizan-corpus/mizan/schema"
)

// Meta is what a corpus says of itself.
type Meta struct {
	Name             string // lower-case letters, digits, dots and dashes
	Version          string
	Title            string
	Description      string // Markdown, one paragraph
	Labelling        string // how the labels were made; Markdown
	Split            string // of articles that name none
	Licence          string // of the labels, an SPDX identifier
	Language         string // ISO 639-1
	GuidelineVersion string
	About            About
	// Ontology is the inventory of codes that the labels carry; nil is
	// [ontology.Default].
	Ontology *schema.Ontology
}

// Identity is all of an Identity but the content hash.
func (m Meta) Identity() Identity {
	o := ontology.Or(m.Ontology)
	return Identity{
		Name: m.Name, Version: m.Version, Title: m.Title, Description: m.Description,
		Labelling: m.Labelling, Language: m.Language,
		SchemaVersion: schema.SchemaVersion, Ontology: o.Name, OntologyVersion: o.Version, OntologySHA256: ontology.Hash(o),
		GuidelineVersion: m.GuidelineVersion, OffsetUnit: schema.OffsetUnit, Licence: m.Licence,
	}
}

// Check says what of a name, a split and a version is not valid.
func (m Meta) Check() error {
	if !validName(m.Name) {
		return fmt.Errorf("name: found %q, expected lower-case letters, digits, dots and dashes", m.Name)
	}
	if m.Split != "" && !ValidSplit(m.Split) {
		return fmt.Errorf("split: found %q, expected letters, digits and underscores", m.Split)
	}
	_, err := version.Parse(m.Version)
	return err
}

var guidelineVersion = regexp.MustCompile(`(?m)^(?:\W*)Version:(?:\W*?)\s*(\d+\.\d+\.\d+)\b`)

// GuidelineVersion finds the line "Version: x.y.z" of the labelling
// guidelines; "" when there is none.
func GuidelineVersion(guidelines string) string {
	if m := guidelineVersion.FindStringSubmatch(guidelines); m != nil {
		return m[1]
	}
	return ""
}
