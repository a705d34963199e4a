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
		{"licence", labelsSentence(m)},
	}
	says = append(says, aboutSays(m)...)
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

// aboutSays is what the card repeats of what the corpus says of itself.
func aboutSays(m *dataset.Manifest) []Saying {
	if m.About == nil { // of a release of an earlier version
		if m.Licence == "" {
			return nil
		}
		return []Saying{{"licence", olderLicenceLine(m)}}
	}
	says := []Saying{{"licence", licenceLines(m)}, {"licence", textsSentence(m)}, {"citation", citation(m)}}
	if a := m.About.Annotators; a != "" {
		says = append(says, Saying{"annotators", annotatorsLine(a)})
	}
	for _, s := range []Saying{{"canary", canary(m)}, {"contact", contact(m)}, {"history", historySays(m)}} {
		if s.Words != "" {
			says = append(says, s)
		}
	}
	datasheet(m, func(title, text string) {
		if text != "" {
			says = append(says, Saying{"about", section(title, text)})
		}
	})
	return says
}

// historySays is the history up to what follows it, so that no version can be missing
// at its end.
func historySays(m *dataset.Manifest) string {
	if h := strings.TrimSpace(history(m)); h != "" {
		return h + "\n\n## "
	}
	return ""
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
	names := func(list []packageLicense) string {
		var names []string
		for _, l := range list {
			names = append(names, l.Name)
		}
		return strings.Join(names, ", ")
	}
	differ(bad, [][3]string{{"name", p.Name, m.Name}, {"title", p.Title, m.Title}, {"description", p.Description, m.Description},
		{"version", p.Version, m.Version}, {"licenses", names(p.Licenses), names(packageLicences(m))}})
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
		License       any
		DatePublished string
		CiteAs        string
		Distribution  []struct {
			ID     string `json:"@id"`
			SHA256 string
		}
	}
	if err := json.Unmarshal(content, &c); err != nil {
		return err
	}
	differ(bad, [][3]string{{"name", c.Name, m.Name}, {"alternateName", c.AlternateName, cmp.Or(m.Title, m.Name)},
		{"version", c.Version, m.Version}})
	if want := croissantLicence(m); compact(c.License) != compact(want) {
		bad("license", licenceAddresses(c.License), licenceAddresses(want)+", with the words for it, as the manifest has it")
	}
	if m.About != nil {
		differ(bad, [][3]string{{"datePublished", c.DatePublished, m.About.Published}, {"citeAs", c.CiteAs, citation(m)}})
	}
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

// licenceAddresses is a licence as an address, or those of the parts.
func licenceAddresses(v any) string {
	list, ok := v.([]any)
	if !ok {
		return fmt.Sprintf("%q", fmt.Sprint(v))
	}
	var all []string
	for _, x := range list {
		work, _ := x.(map[string]any)
		all = append(all, fmt.Sprintf("%q", fmt.Sprint(work["url"])))
	}
	return strings.Join(all, " and ")
}

// compact is a value as JSON, to be compared.
func compact(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// differ reports the fields whose second value is not the third.
func differ(bad func(field, found, expected string), fields [][3]string) {
	for _, f := range fields {
		if f[1] != f[2] {
			bad(f[0], fmt.Sprintf("%q", wording.Cut(f[1], 200)), fmt.Sprintf("%q, as the manifest has it", wording.Cut(f[2], 200)))
		}
	}
}
