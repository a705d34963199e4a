package release

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/datatest"
)

// described is a dataset that says more of itself.
type described struct {
	datatest.Synthetic
	licence string
	about   dataset.About
}

func (d described) Meta() dataset.Meta {
	m := d.Synthetic.Meta()
	m.About, m.Licence = d.about, d.licence
	return m
}

var everything = dataset.About{
	Creators: []dataset.Creator{{Name: "Josiah \"J\" Carberry", ORCID: "0000-0002-1825-0097", Affiliation: "Brown"}, {Name: "An {Institute}", Organisation: true, URL: "https://example.org/i"}},
	Homepage: "https://example.org/corpus", Contact: "corpus@example.org", Published: "2024-02-29",
	Canary: "7e610fbe-0000-4395-ab48-e409a008b97d", Annotators: "expert-generated", AnnotatorDetails: "Three: students | of law.",
	Collection: "From a crawl.", Preprocessing: "None.", Uses: "Measuring.", Limits: "Few.", Biases: "Many.", Personal: "Names.", Maintenance: "Yearly.",
	History: []dataset.Edition{{Version: "1.0.0", Published: "2024-02-29", Changes: "a | b"}, {Version: "0.9.0", Changes: "first"}},
}

// frontMatter is the YAML at the head of a release's card.
func frontMatter(t *testing.T, dir string) (card string, head map[string]any) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "README.md"))
	if err == nil {
		err = yaml.Unmarshal([]byte(strings.Split(string(b), "---\n")[1]), &head)
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(b), head
}

// Where texts and labels have one licence, the hub's card names it; where they differ,
// it is "other" with the file that tells them apart.
func TestLicences(t *testing.T) {
	for _, tc := range []struct {
		texts, labels string
		want          []any // license, license_name, license_link
	}{
		{"", "CC-BY-4.0", []any{"other", "texts-publishers-terms-labels-cc-by-4.0", "LICENSE.md"}},
		{"", "", []any{"other", "texts-publishers-terms-labels-not-stated", "LICENSE.md"}},
		{"CC0-1.0", "CC-BY-4.0", []any{"other", "texts-cc0-1.0-labels-cc-by-4.0", "LICENSE.md"}},
		{"CC0-1.0", "CC0-1.0", []any{"cc0-1.0", nil, nil}},
	} {
		dir := datatest.Built(t, Build, described{datatest.Synthetic{Size: 1}, tc.labels, dataset.About{TextsLicence: tc.texts}}, BuildOptions{})
		_, head := frontMatter(t, dir)
		if got := []any{head["license"], head["license_name"], head["license_link"]}; !reflect.DeepEqual(got, tc.want) {
			t.Errorf("texts %q, labels %q: %v, expected %v", tc.texts, tc.labels, got, tc.want)
		}
		if list, err := Verify(os.DirFS(dir)); err != nil || len(list) > 0 {
			t.Errorf("%v, %v", list, err)
		}
	}
}

// What a corpus says of itself stands in all descriptions, survives a release made of
// the release, and verify holds each against the manifest.
func TestAbout(t *testing.T) {
	dir := datatest.Built(t, Build, described{datatest.Synthetic{Size: 2}, "CC-BY-4.0", everything}, BuildOptions{})
	if list, err := Verify(os.DirFS(dir)); err != nil || len(list) > 0 {
		t.Fatalf("%v, %v", list, err)
	}
	card, head := frontMatter(t, dir)
	if got := head["annotations_creators"]; !reflect.DeepEqual(got, []any{"expert-generated"}) {
		t.Errorf("annotations_creators %v", got)
	}
	for _, c := range head["configs"].([]any) {
		config := c.(map[string]any)
		if s, _ := config["description"].(string); config["version"] != "1.0.0" || !strings.HasPrefix(s, "content ") || len(s) != len("content ")+64 {
			t.Errorf("a client would keep old content: %v", config)
		}
	}
	for _, want := range []string{"author = {Josiah \"J\" Carberry and {An (Institute)}}", "year = {2024}", everything.Canary, `| 1.0.0 | 2024-02-29 | a \| b |`, "## Biases\n\nMany.\n", "https://orcid.org/0000-0002-1825-0097", "questions and errors to corpus@example.org"} {
		if !strings.Contains(card, want) {
			t.Errorf("the card has no %q", want)
		}
	}
	var cff map[string]any
	b, err := os.ReadFile(filepath.Join(dir, "CITATION.cff"))
	if err == nil {
		err = yaml.Unmarshal(b, &cff)
	}
	if err != nil || cff["cff-version"] != "1.2.0" || cff["type"] != "dataset" || cff["date-released"] != "2024-02-29" || cff["license"] != nil || len(cff["authors"].([]any)) != 2 {
		t.Errorf("CITATION.cff: %v, %v", cff, err)
	}
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Open(datatest.Built(t, Build, r, BuildOptions{}))
	if err != nil || !reflect.DeepEqual(again.About(), &everything) {
		t.Errorf("a release of the release says %+v, %v", again.About(), err)
	}
	for name, edit := range map[string]func(*dataset.About){
		"annotators": func(a *dataset.About) { a.Annotators = "found" },
		"canary":     func(a *dataset.About) { a.Canary = "00000000-0000-4395-ab48-e409a008b97d" },
		"citation":   func(a *dataset.About) { a.Homepage = "https://example.org/other" },
		"contact":    func(a *dataset.About) { a.Contact = "x@example.org" },
		"history":    func(a *dataset.About) { a.History = a.History[:1] },
		"licence":    func(a *dataset.About) { a.TextsLicence = "CC0-1.0" },
		"about":      func(a *dataset.About) { a.Biases = "None." },
	} {
		edited := t.TempDir()
		if err := os.CopyFS(edited, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		editManifest(t, edited, func(m *dataset.Manifest) { edit(m.About) })
		list, err := Verify(os.DirFS(edited))
		if err != nil || !slices.ContainsFunc(list, func(v Violation) bool { return v.File == "README.md" && v.Column == name }) {
			t.Errorf("%s: %v, %v", name, list, err)
		}
	}
}

// Every link leads to a file of the release or out of it, and every table's file back to
// the whole (RFC 9264, section 4.2; https://signposting.org/FAIR/).
func TestLinkset(t *testing.T) {
	dir := datatest.Built(t, Build, described{datatest.Synthetic{Size: 2}, "CC-BY-4.0", everything}, BuildOptions{})
	b, err := os.ReadFile(filepath.Join(dir, "linkset.json"))
	if err != nil {
		t.Fatal(err)
	}
	var set struct {
		Linkset []map[string]json.RawMessage
	}
	if err := json.Unmarshal(b, &set); err != nil {
		t.Fatal(err)
	}
	relations, items := map[string]int{}, 0
	for _, context := range set.Linkset {
		for relation, raw := range context {
			if relation == "anchor" {
				continue
			}
			var targets []struct{ Href string }
			if err := json.Unmarshal(raw, &targets); err != nil {
				t.Fatal(err)
			}
			relations[relation] += len(targets)
			for _, x := range targets {
				u, err := url.Parse(x.Href)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(u.Path))); !u.IsAbs() && err != nil {
					t.Errorf("%s leads to %s: %v", relation, x.Href, err)
				}
			}
		}
	}
	for _, f := range mustManifest(t, dir).Files {
		if f.Table != "" {
			items++
		}
	}
	want := map[string]int{"type": 1, "license": 1, "describedby": 5, "cite-as": 1, "author": 2, "item": items, "collection": items}
	if !reflect.DeepEqual(relations, want) {
		t.Errorf("%v, expected %v", relations, want)
	}
}

func mustManifest(t *testing.T, dir string) *dataset.Manifest {
	t.Helper()
	m, err := dataset.ReadManifest(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	return m
}
