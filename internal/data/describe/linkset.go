package describe

import (
	"github.com/mizan-corpus/mizan/internal/data/dataset"
)

func init() { Descriptions["linkset.json"] = linkset }

// linkset is the release's linkset.json: typed links between its parts, as FAIR
// Signposting asks for (https://signposting.org/FAIR/), in the form of RFC 9264,
// section 4.2. Addresses are relative to the file.
func linkset(m *dataset.Manifest, _ dataset.Meta) ([]byte, error) {
	type target struct {
		Href string `json:"href"`
		Type string `json:"type,omitempty"`
	}
	type context = map[string]any // encoding/json sorts the members
	a := aboutOf(m)
	whole := context{
		"anchor":  "./",
		"type":    []target{{Href: "https://schema.org/Dataset"}},
		"license": []target{{Href: licenceFile, Type: "text/markdown"}},
		"describedby": []target{
			{"croissant.json", "application/ld+json"}, {"datapackage.json", "application/json"},
			{"README.md", "text/markdown"}, {"CITATION.cff", "application/yaml"}, {dataset.ManifestFile, "application/json"},
		},
	}
	if one := oneLicence(m); one != "" {
		whole["license"] = []target{{Href: spdxURL(one)}}
	}
	if a.Homepage != "" {
		whole["cite-as"] = []target{{Href: a.Homepage}}
	}
	var authors []target
	for _, c := range a.Creators {
		switch {
		case c.ORCID != "":
			authors = append(authors, target{Href: orcidSite + c.ORCID})
		case c.URL != "":
			authors = append(authors, target{Href: c.URL})
		}
	}
	if authors != nil {
		whole["author"] = authors
	}
	items := []target{}
	contexts := []context{whole}
	for _, f := range m.Files {
		if f.Table == "" {
			continue
		}
		items = append(items, target{f.Path, "application/vnd.apache.parquet"})
		contexts = append(contexts, context{"anchor": f.Path, "collection": []target{{Href: "./"}}})
	}
	whole["item"] = items
	return indented(map[string]any{"linkset": contexts})
}
