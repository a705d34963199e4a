package describe

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
)

func init() { Descriptions["CITATION.cff"] = citationFile }

// citation is how a release is to be quoted: as the corpus says, or a BibTeX entry.
func citation(m *dataset.Manifest) string {
	a := aboutOf(m)
	if a.Citation != "" {
		return strings.TrimSpace(a.Citation)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "@misc{%s,\n  title = {%s},\n", m.Name, bibtex(cmp.Or(m.Title, m.Name)))
	if len(a.Creators) > 0 {
		var names []string
		for _, c := range a.Creators {
			name := bibtex(c.Name)
			if c.Organisation {
				name = "{" + name + "}"
			}
			names = append(names, name)
		}
		fmt.Fprintf(&b, "  author = {%s},\n", strings.Join(names, " and "))
	}
	if a.Published != "" {
		fmt.Fprintf(&b, "  year = {%s},\n", a.Published[:4])
	}
	fmt.Fprintf(&b, "  version = {%s},\n", m.Version)
	if a.Homepage != "" {
		fmt.Fprintf(&b, "  url = {%s},\n", a.Homepage)
	}
	fmt.Fprintf(&b, "  note = {Dataset, schema %s, content SHA-256 %s}\n}", m.SchemaVersion, m.ContentSHA256)
	return b.String()
}

// bibtex is a text inside braces, in which none may stand alone.
func bibtex(s string) string {
	return strings.NewReplacer("{", "(", "}", ")", "\\", "/").Replace(s)
}

// citationFile is the release's CITATION.cff, of the Citation File Format 1.2.0
// (https://citation-file-format.github.io).
func citationFile(m *dataset.Manifest, _ dataset.Meta) ([]byte, error) {
	a := aboutOf(m)
	var b strings.Builder
	line := func(key, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", key, yamlString(value))
		}
	}
	b.WriteString("cff-version: 1.2.0\ntype: dataset\n")
	line("message", "Please cite the dataset and its version, as below.")
	line("title", cmp.Or(m.Title, m.Name))
	line("version", m.Version)
	line("date-released", a.Published)
	b.WriteString("authors:\n")
	if len(a.Creators) == 0 { // the format asks for one
		line("  - name", "The authors of "+m.Name)
	}
	for _, c := range a.Creators {
		line("  - name", c.Name)
		if c.ORCID != "" {
			line("    orcid", orcidSite+c.ORCID)
		}
		if c.Affiliation != "" && !c.Organisation {
			line("    affiliation", c.Affiliation)
		}
		line("    website", c.URL)
	}
	line("abstract", strings.TrimSpace(m.Description))
	line("license", oneLicence(m))
	line("url", a.Homepage)
	fmt.Fprintf(&b, "identifiers:\n  - type: other\n    value: %s\n    description: %s\n", yamlString("sha256:"+m.ContentSHA256),
		yamlString("content hash of the rows, whatever their encoding"))
	return []byte(b.String()), nil
}

const orcidSite = "https://orcid.org/"
