package dataset

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/yamlnode"
)

func TestGuidelineVersion(t *testing.T) {
	for text, want := range map[string]string{
		"# Guidelines\n\nVersion: 1.2.3\n": "1.2.3",
		"**Version:** 1.0.0":               "1.0.0",
		"Version: 1.0":                     "",
		"see Version: 1.0.0":               "",
		"":                                 "",
	} {
		if got := GuidelineVersion(text); got != want {
			t.Errorf("%q: got %q, expected %q", text, got, want)
		}
	}
}

// Every key is taken, in YAML and in JSON; the values are made up but for the ORCID iD,
// which is the example of ORCID's own documentation.
func TestParseMeta(t *testing.T) {
	m, bad := ParseMeta("corpus.yaml", []byte(`name: a-b
version: 1.0.0
title: "T: t"
licence: CC-BY-SA-4.0
texts_licence: CC0-1.0
published: 2024-02-29
annotators: expert-generated
homepage: https://example.org/a
guideline_version: 2.0.0
creators:
  - Plain Name
  - {name: Josiah Carberry, orcid: "https://orcid.org/0000-0002-1825-0097", affiliation: Brown}
  - {name: An Institute, kind: organisation, url: "https://example.org"}
limits: >-
  one
  line
history:
  - {version: 1.0.0, published: 2024-02-29, changes: first}
`))
	want := Meta{Name: "a-b", Version: "1.0.0", Title: "T: t", Licence: "CC-BY-SA-4.0", GuidelineVersion: "2.0.0", About: About{
		TextsLicence: "CC0-1.0", Published: "2024-02-29", Annotators: "expert-generated", Homepage: "https://example.org/a", Limits: "one line",
		Creators: []Creator{{Name: "Plain Name"}, {Name: "Josiah Carberry", ORCID: "0000-0002-1825-0097", Affiliation: "Brown"}, {Name: "An Institute", URL: "https://example.org", Organisation: true}},
		History:  []Edition{{"1.0.0", "2024-02-29", "first"}},
	}}
	if bad != nil || !reflect.DeepEqual(m, want) {
		t.Errorf("got %+v, %v\nexpected %+v", m, bad, want)
	}
	if m, bad := ParseMeta("m.json", []byte(`{"name":"a-b","version":"1.0.0"}`)); bad != nil || m.Name != "a-b" {
		t.Errorf("got %+v, %v", m, bad)
	}
}

// Every fault of a description is told at once, with its line and what belongs there.
func TestParseMetaFaults(t *testing.T) {
	for src, want := range map[string]string{
		"{":                                   "c:1: not YAML",
		"- a":                                 "c:1: found sequence, expected keys and values",
		"name: A B":                           `c:1: name: found "A B", expected lower-case letters`,
		"name: a\nlicense: MIT":               `c:2: unknown key "license"; nearest: licence`,
		"name: a\nname: b":                    `c:2: key "name" was given in line 1 already`,
		"version: 1.0":                        `c:1: version: found "1.0", expected MAJOR.MINOR.PATCH`,
		"split: a b":                          "c:1: split:",
		"title: [a]":                          "c:1: title: found sequence, expected one value",
		"published: 2023-02-29":               `c:1: published: found "2023-02-29", expected a date`,
		"annotators: people":                  "c:1: annotators: found \"people\", expected one of crowdsourced",
		"homepage: example.org":               "c:1: homepage:",
		"canary: 123":                         "c:1: canary:",
		"licence: CC BY 4.0":                  "c:1: licence: found \"CC BY 4.0\", expected an SPDX identifier",
		"creators:\n - {affiliation: x}":      "c:2: creators[0]: found no name",
		"creators:\n - a\n - {name: b, x: 1}": `c:3: creators[1]: unknown key "x"`,
		"creators: {name: a, orcid: 0000-0002-1825-0098}": "check digit",
		"history: [{version: 1.0.0}]":                     "c:1: history[0]: found version",
	} {
		_, bad := ParseMeta("c", []byte(src))
		err := errors.Join(bad...)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, expected %s", src, err, want)
		}
		for _, e := range bad {
			if at := (*yamlnode.Error)(nil); !errors.As(e, &at) {
				t.Errorf("%q: %v has no line", src, e)
			}
		}
	}
}
