package describe

import (
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/ontology"
)

func init() { Descriptions[licenceFile] = licences }

// licenceFile is the file of a release that says what may be done with its parts.
const licenceFile = "LICENSE.md"

// LicenceOfTexts is what every description of a release says of the articles, where
// nothing else is known.
const LicenceOfTexts = "The texts of the articles stay under the terms of their publishers."

// noLicence is said of labels without one.
const noLicence = "terms that the corpus does not state"

// aboutOf is what the corpus says of itself, nothing in releases of earlier versions.
func aboutOf(m *dataset.Manifest) *dataset.About {
	if m.About == nil {
		return &dataset.About{}
	}
	return m.About
}

// textsSentence says what licence the texts of the articles have.
func textsSentence(m *dataset.Manifest) string {
	if m.WithoutTexts {
		return "The texts of the articles are not in this release: `dataset hydrate` puts them back from copies that you have, and holds the whole against the content hash."
	}
	if l := aboutOf(m).TextsLicence; l != "" {
		return "The texts of the articles are licensed under " + l + "."
	}
	return LicenceOfTexts
}

// oneLicence is the licence of all of a release, "" where its parts have several.
func oneLicence(m *dataset.Manifest) string {
	if m.WithoutTexts {
		return m.Licence
	}
	if m.Licence == aboutOf(m).TextsLicence {
		return m.Licence
	}
	return ""
}

// licenceLines are the lines of a card's front matter that name the licence. A dataset
// hub has one for all of a dataset: where texts and labels differ it is "other", with
// a name of both and the file that tells them apart.
func licenceLines(m *dataset.Manifest) string {
	if one := oneLicence(m); one != "" {
		return "license: " + yamlString(strings.ToLower(one)) + "\n"
	}
	part := func(licence, none string) string {
		if licence == "" {
			return none
		}
		return strings.ToLower(licence)
	}
	return fmt.Sprintf("license: other\nlicense_name: %s\nlicense_link: %s\n",
		yamlString("texts-"+part(aboutOf(m).TextsLicence, "publishers-terms")+"-labels-"+part(m.Licence, "not-stated")), licenceFile)
}

// olderLicenceLine is the line of cards of earlier versions, which named the labels'
// licence for all.
func olderLicenceLine(m *dataset.Manifest) string {
	return "license: " + yamlString(strings.ToLower(m.Licence)) + "\n"
}

// labelsSentence is a sentence up to its last stop.
func labelsSentence(m *dataset.Manifest) string {
	return "The labels are licensed under " + orElse(m.Licence, noLicence) + ";"
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// licences is the release's LICENSE.md: what may be done with its parts.
func licences(m *dataset.Manifest, meta dataset.Meta) ([]byte, error) {
	o := ontology.Or(meta.Ontology)
	var b strings.Builder
	fmt.Fprintf(&b, "# Licences of %s %s\n\n", m.Name, m.Version)
	fmt.Fprintf(&b, "**Texts.** %s", textsSentence(m))
	if !m.WithoutTexts {
		b.WriteString(" They are the columns `title`, `subtitle`, `text` and `raw` of the table `articles`; short parts of them stand as surfaces in the column `text` of the labels.")
	}
	if aboutOf(m).TextsLicence == "" && !m.WithoutTexts {
		b.WriteString(" Nothing here grants rights to them. A release without texts (`dataset build --without-texts`) has the labels, hashes and offsets alone.")
	}
	fmt.Fprintf(&b, "\n\n**Labels.** Everything else in the tables, with the descriptions beside them, is licensed under %s%s.", orElse(m.Licence, noLicence), linkOf(m.Licence))
	fmt.Fprintf(&b, " Name the dataset and its version: %s\n\n", "`CITATION.cff` says how.")
	fmt.Fprintf(&b, "**Ontology.** Types and codes are those of %s.%s\n", strings.TrimSpace(o.Name+" "+o.Version), after(o.Licence))
	if c := canary(m); c != "" {
		b.WriteString("\n**Canary.** " + c + "\n")
	}
	return []byte(b.String()), nil
}

// linkOf is a licence's page in brackets.
func linkOf(licence string) string {
	if licence == "" || strings.HasPrefix(licence, "LicenseRef-") {
		return ""
	}
	return " (" + spdxURL(licence) + ")"
}

// canary is what the canary says and what it is for.
func canary(m *dataset.Manifest) string {
	c := aboutOf(m).Canary
	if c == "" {
		return ""
	}
	return fmt.Sprintf("Benchmark data must not be trained on: canary GUID %s. Who collects texts to train a model on leaves out every document that has this string; a model that can continue it has seen the dataset, and its scores here say nothing.", c)
}
