package data

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

func init() { descriptions["datapackage.json"] = dataPackage }

// dataPackage is the release's datapackage.json: a Data Package 2.0
// (https://datapackage.org/standard/data-package/), one resource a table with
// its schema, key and references.
func dataPackage(m *Manifest, _ Meta) ([]byte, error) {
	return tablePackage(m, "parquet", "application/vnd.apache.parquet")
}

// tablePackage describes the manifest's files, all in one format. The standard
// has one hash a resource, of its one file; a table of several files has a list
// "files" beside their paths, with the hash of each.
func tablePackage(m *Manifest, format, mediaType string) ([]byte, error) {
	type license struct {
		Name  string `json:"name,omitempty"`
		Title string `json:"title,omitempty"`
	}
	type field struct {
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
		Fields      []field      `json:"fields"`
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
		r := resource{Name: t.Name, Type: "table", Description: TableMeaning(t.Name), Format: format, MediaType: mediaType,
			Schema: tableSchema{Schema: "https://datapackage.org/profiles/2.0/tableschema.json", PrimaryKey: primaryKeys[t.Name]}}
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
		for _, c := range Columns(t.Name) {
			x := field{Name: c.Name, Type: dataPackageType(c.Type), Description: c.Meaning}
			if !strings.HasPrefix(c.Type, "nullable ") {
				x.Constraints = map[string]bool{"required": true}
			}
			r.Schema.Fields = append(r.Schema.Fields, x)
		}
		for _, ref := range references {
			if ref.table == t.Name && !ref.partlyNull() {
				r.Schema.ForeignKeys = append(r.Schema.ForeignKeys, foreignKey{ref.columns, target{ref.of, ref.keys}})
			}
		}
		pkg.Resources = append(pkg.Resources, r)
	}
	return indented(pkg)
}

func dataPackageType(columnType string) string {
	columnType = strings.TrimPrefix(columnType, "nullable ")
	switch {
	case columnType == "int32":
		return "integer"
	case columnType == "bool":
		return "boolean"
	case strings.HasPrefix(columnType, "list of "):
		return "array"
	}
	return columnType // string, date
}

// primaryKeys are the columns that name one row; arguments have none.
var primaryKeys = map[string][]string{
	TableArticles: {"doc_id"}, TableMentions: {"doc_id", "mention_id"}, TableActors: {"actor_id"},
	TableEvents: {"doc_id", "event_id"}, TablePassMentions: {"doc_id", "annotator", "mention_id"},
	TablePassEvents: {"doc_id", "annotator", "event_id"},
}

// reference is columns that name a row of another table.
type reference struct {
	table   string
	columns []string
	of      string
	keys    []string
}

// partlyNull reports whether one of several columns may be null. SQL then
// checks nothing; the standard of data packages does not say, and validators
// take such a row for a broken reference.
func (r reference) partlyNull() bool {
	if len(r.columns) == 1 {
		return false
	}
	for _, c := range Columns(r.table) {
		if slices.Contains(r.columns, c.Name) && strings.HasPrefix(c.Type, "nullable ") {
			return true
		}
	}
	return false
}

var references = []reference{
	{TableMentions, []string{"doc_id"}, TableArticles, []string{"doc_id"}},
	{TableMentions, []string{"actor_id"}, TableActors, []string{"actor_id"}},
	{TableEvents, []string{"doc_id"}, TableArticles, []string{"doc_id"}},
	{TableEvents, []string{"doc_id", "source_mention_id"}, TableMentions, []string{"doc_id", "mention_id"}},
	{TableArguments, []string{"doc_id", "event_id"}, TableEvents, []string{"doc_id", "event_id"}},
	{TableArguments, []string{"doc_id", "mention_id"}, TableMentions, []string{"doc_id", "mention_id"}},
	{TableArguments, []string{"doc_id", "target_event_id"}, TableEvents, []string{"doc_id", "event_id"}},
	{TablePassMentions, []string{"doc_id"}, TableArticles, []string{"doc_id"}},
	{TablePassEvents, []string{"doc_id"}, TableArticles, []string{"doc_id"}},
	{TablePassArguments, []string{"doc_id"}, TableArticles, []string{"doc_id"}},
}

func indented(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return b.Bytes(), err
}
