package describe

import (
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
)

// croissantLicence is the licence of a release, or one after the other those of the
// texts and of the labels, each a work of its own. In releases of earlier versions it
// was that of the labels.
func croissantLicence(m *dataset.Manifest) any {
	if one := oneLicence(m); one != "" || m.About == nil {
		return spdxURL(orElse(one, m.Licence))
	}
	texts := map[string]any{"@type": "sc:CreativeWork", "name": "Texts of the articles", "description": textsSentence(m), "url": licenceFile}
	if l := aboutOf(m).TextsLicence; l != "" {
		texts["url"] = spdxURL(l)
	}
	labels := map[string]any{"@type": "sc:CreativeWork", "name": "Labels", "description": strings.TrimSuffix(labelsSentence(m), ";") + ".", "url": licenceFile}
	if m.Licence != "" {
		labels["url"] = spdxURL(m.Licence)
	}
	return []any{texts, labels}
}

// croissantAbout adds who made a release, when, how, of what and for what: properties of
// schema.org, of Croissant RAI 1.0 (https://docs.mlcommons.org/croissant/docs/croissant-rai-spec.html)
// and of PROV-O (https://www.w3.org/TR/prov-o/).
func croissantAbout(whole map[string]any, m *dataset.Manifest) {
	a := aboutOf(m)
	set := func(key, value string) {
		if value = strings.TrimSpace(value); value != "" {
			whole[key] = value
		}
	}
	set("inLanguage", m.Language)
	set("datePublished", a.Published)
	set("url", a.Homepage)
	if c := aboutOf(m).Canary; c != "" {
		whole["identifier"] = "canary GUID " + c
	}
	var creators []any
	for _, c := range a.Creators {
		creators = append(creators, croissantCreator(c))
	}
	if creators != nil {
		whole["creator"] = creators
	}
	set("rai:dataCollection", a.Collection)
	set("rai:dataPreprocessingProtocol", a.Preprocessing)
	set("rai:dataAnnotationProtocol", m.Labelling)
	set("rai:annotatorDemographics", a.AnnotatorDetails)
	if a.Annotators == "machine-generated" {
		set("rai:machineAnnotationTools", orElse(a.AnnotatorDetails, a.Annotators))
	}
	set("rai:dataUseCases", a.Uses)
	set("rai:dataLimitations", a.Limits)
	set("rai:dataBiases", a.Biases)
	set("rai:personalSensitiveInformation", a.Personal)
	set("rai:dataReleaseMaintenancePlan", a.Maintenance)

	whole["prov:wasGeneratedBy"] = []any{map[string]any{
		"@type": "prov:Activity", "prov:label": "building the release",
		"prov:wasAssociatedWith": map[string]any{"@type": "prov:SoftwareAgent", "prov:label": "mizan " + m.ToolVersion},
	}}
	if m.Labelling != "" {
		agent := map[string]any{"@type": "prov:Person", "prov:label": orElse(a.AnnotatorDetails, "annotators")}
		if a.Annotators == "machine-generated" {
			agent["@type"] = "prov:SoftwareAgent"
		}
		whole["prov:wasGeneratedBy"] = append(whole["prov:wasGeneratedBy"].([]any), map[string]any{
			"@type": "prov:Activity", "prov:label": "labelling", "prov:wasAssociatedWith": agent,
		})
	}
	if before := previous(m); before != "" {
		whole["prov:wasRevisionOf"] = map[string]any{"@type": "prov:Entity", "prov:label": m.Name + " " + before}
	}
}

// previous is the version before this one, "" where the history has none.
func previous(m *dataset.Manifest) string {
	list := aboutOf(m).History
	for i, e := range list {
		if e.Version == m.Version && i+1 < len(list) {
			return list[i+1].Version
		}
	}
	return ""
}

func croissantCreator(c dataset.Creator) map[string]any {
	typ := "sc:Person"
	if c.Organisation {
		typ = "sc:Organization"
	}
	o := map[string]any{"@type": typ, "name": c.Name}
	if c.URL != "" {
		o["url"] = c.URL
	}
	if c.ORCID != "" {
		o["sameAs"] = orcidSite + c.ORCID
	}
	if c.Affiliation != "" && !c.Organisation {
		o["affiliation"] = map[string]any{"@type": "sc:Organization", "name": c.Affiliation}
	}
	return o
}
