package describe

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/wording"
)

// A Saying is what a description repeats of a manifest: a field of the manifest, and
// how the description has to put it.
type Saying struct{ Field, Words string }

// CardSays is what the card repeats of the manifest, in the words in which it does. The
// card of every release has them, whatever version of the program wrote it.
func CardSays(m *dataset.Manifest) []Saying {
	says := []Saying{
		{"title", "pretty_name: " + yamlString(cmp.Or(m.Title, m.Name)) + "\n"},
		{"version", versionLine(m)},
		{"schema_version", versionsLine(m)},
		{"licence", "The labels are licensed under " + cmp.Or(m.Licence, noLicence) + ";"},
	}
	if m.Licence != "" {
		says = append(says, Saying{"licence", licenceLine(m)})
	}
	if m.Language != "" {
		says = append(says, Saying{"language", languageLine(m.Language)})
	}
	if m.Description != "" {
		says = append(says, Saying{"description", section("What it is", m.Description)})
	}
	if m.Labelling != "" {
		says = append(says, Saying{"labelling", section("How the labels were made", m.Labelling)})
	}
	return says
}

// Contradictions are the fields in which a description, by its name, says something else
// than the manifest: what it says, in place of what.
func Contradictions(name string, content []byte, m *dataset.Manifest, bad func(field, found, expected string)) error {
	switch name {
	case "README.md":
		for _, s := range CardSays(m) {
			if !strings.Contains(string(content), s.Words) {
				bad(s.Field, "something else", fmt.Sprintf("%q, as the manifest has it", wording.Cut(strings.TrimSpace(s.Words), 200)))
			}
		}
	case "datapackage.json":
		return packageContradictions(content, m, bad)
	case "croissant.json":
		return croissantContradictions(content, m, bad)
	}
	return nil
}

func packageContradictions(content []byte, m *dataset.Manifest, bad func(field, found, expected string)) error {
	var p tablePackage
	if err := json.Unmarshal(content, &p); err != nil {
		return err
	}
	licence := ""
	for _, l := range p.Licenses[min(1, len(p.Licenses)):] {
		licence = l.Name
	}
	differ(bad, [][3]string{{"name", p.Name, m.Name}, {"title", p.Title, m.Title}, {"description", p.Description, m.Description},
		{"version", p.Version, m.Version}, {"licenses", licence, m.Licence}})
	for i, t := range m.Tables {
		if i >= len(p.Resources) || p.Resources[i].Name != t.Name {
			bad("resources", fmt.Sprintf("%d tables in another order", len(p.Resources)), t.Name+" as number "+fmt.Sprint(i+1))
			break
		}
	}
	return nil
}

func croissantContradictions(content []byte, m *dataset.Manifest, bad func(field, found, expected string)) error {
	var c struct {
		Name          string
		AlternateName string
		Version       string
		License       string
		Distribution  []struct {
			ID     string `json:"@id"`
			SHA256 string
		}
	}
	if err := json.Unmarshal(content, &c); err != nil {
		return err
	}
	differ(bad, [][3]string{{"name", c.Name, m.Name}, {"alternateName", c.AlternateName, cmp.Or(m.Title, m.Name)},
		{"version", c.Version, m.Version}, {"license", c.License, spdxURL(m.Licence)}})
	sums := map[string]string{}
	for _, d := range c.Distribution {
		sums[d.ID] = d.SHA256
	}
	for _, f := range m.Files {
		if f.Table != "" && sums[f.Path] != f.SHA256 {
			bad("distribution", f.Path+" with sha256 "+sums[f.Path], f.SHA256)
		}
	}
	return nil
}

// differ reports the fields whose second value is not the third.
func differ(bad func(field, found, expected string), fields [][3]string) {
	for _, f := range fields {
		if f[1] != f[2] {
			bad(f[0], fmt.Sprintf("%q", wording.Cut(f[1], 200)), fmt.Sprintf("%q, as the manifest has it", wording.Cut(f[2], 200)))
		}
	}
}
