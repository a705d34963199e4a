package describe

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/field"
)

func init() { Descriptions["datapackage.json"] = dataPackage }

// dataPackage is the release's datapackage.json: a Data Package 2.0
// (https://datapackage.org/standard/data-package/), one resource a table with
// its schema, key and references.
func dataPackage(m *dataset.Manifest, _ dataset.Meta) ([]byte, error) {
	return TablePackage(m, "parquet", "application/vnd.apache.parquet")
}

// TablePackage describes the manifest's files, all in one format. The standard
// has one hash a resource, of its one file; a table of several files has a list
// "files" beside their paths, with the hash of each.
func TablePackage(m *dataset.Manifest, format, mediaType string) ([]byte, error) {
	type license struct {
		Name  string `json:"name,omitempty"`
		Title string `json:"title,omitempty"`
	}
	type descriptor struct {
		Name        string          `json:"name"`
		Type        string          `json:"type"`
		Description string          `json:"description"`
		Constraints map[string]bool `json:"constraints,omitempty"`
	}
	type target struct {
		Resource string   `json:"resource"`
		Fields   []string `json:"fields"`
	}
	type foreignKey struct {
		Fields    []string `json:"fields"`
		Reference target   `json:"reference"`
	}
	type tableSchema struct {
		Schema      string       `json:"$schema"`
		Fields      []descriptor `json:"fields"`
		PrimaryKey  []string     `json:"primaryKey,omitempty"`
		ForeignKeys []foreignKey `json:"foreignKeys,omitempty"`
	}
	type file struct {
		Path  string `json:"path"`
		Bytes int64  `json:"bytes"`
		Hash  string `json:"hash"`
	}
	type resource struct {
		Name        string      `json:"name"`
		Type        string      `json:"type"`
		Description string      `json:"description"`
		Path        any         `json:"path"` // a string, or a list of several
		Format      string      `json:"format"`
		MediaType   string      `json:"mediatype"`
		Bytes       int64       `json:"bytes,omitempty"`
		Hash        string      `json:"hash,omitempty"`
		Files       []file      `json:"files,omitempty"`
		Schema      tableSchema `json:"schema"`
	}
	pkg := struct {
		Schema      string     `json:"$schema"`
		Name        string     `json:"name"`
		Title       string     `json:"title,omitempty"`
		Description string     `json:"description,omitempty"`
		Version     string     `json:"version"`
		Licenses    []license  `json:"licenses"`
		Resources   []resource `json:"resources"`
	}{
		Schema: "https://datapackage.org/profiles/2.0/datapackage.json", Name: m.Name, Title: m.Title,
		Description: m.Description, Version: m.Version,
		Licenses: []license{{Name: "LicenseRef-publishers", Title: LicenceOfTexts}},
	}
	if m.Licence != "" {
		pkg.Licenses = append(pkg.Licenses, license{Name: m.Licence, Title: "The labels"})
	}
	for _, t := range m.Tables {
		r := resource{Name: t.Name, Type: "table", Description: tableOf(t.Name).Meaning, Format: format, MediaType: mediaType,
			Schema: tableSchema{Schema: "https://datapackage.org/profiles/2.0/tableschema.json", PrimaryKey: tableOf(t.Name).Key}}
		var files []file
		paths := []string{}
		for _, f := range m.Files {
			if f.Table == t.Name {
				files = append(files, file{f.Path, f.Bytes, "sha256:" + f.SHA256})
				paths = append(paths, f.Path)
			}
		}
		if r.Path = paths; len(files) == 1 {
			r.Path, r.Bytes, r.Hash = files[0].Path, files[0].Bytes, files[0].Hash
		} else {
			r.Files = files
		}
		for _, c := range tableOf(t.Name).Columns {
			x := descriptor{Name: c.Name, Type: dataPackageType(&c), Description: c.Meaning}
			if !c.Has(field.Nullable) {
				x.Constraints = map[string]bool{"required": true}
			}
			r.Schema.Fields = append(r.Schema.Fields, x)
		}
		for _, ref := range tableOf(t.Name).References {
			if !partlyNull(t.Name, ref) {
				r.Schema.ForeignKeys = append(r.Schema.ForeignKeys, foreignKey{ref.Columns, target{ref.Table, ref.Keys}})
			}
		}
		pkg.Resources = append(pkg.Resources, r)
	}
	return indented(pkg)
}

func dataPackageType(c *field.Column) string {
	switch typ := c.Element(); {
	case c.List():
		return "array"
	case typ == "int32":
		return "integer"
	case typ == "bool":
		return "boolean"
	default:
		return typ // string, date
	}
}

// partlyNull reports whether one of several columns may be null. SQL then
// checks nothing; the standard of data packages does not say, and validators
// take such a row for a broken reference.
func partlyNull(table string, r field.Reference) bool {
	if len(r.Columns) == 1 {
		return false
	}
	t := field.TableByName(table)
	return slices.ContainsFunc(r.Columns, func(name string) bool { return t.Column(name).Has(field.Nullable) })
}

func indented(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return b.Bytes(), err
}
