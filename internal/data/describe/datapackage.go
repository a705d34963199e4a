package describe

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/field"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

func init() { Descriptions["datapackage.json"] = dataPackage }

// dataPackage is the release's datapackage.json: a Data Package 2.0
// (https://datapackage.org/standard/data-package/), one resource a table with
// its schema, key and references.
func dataPackage(m *dataset.Manifest, meta dataset.Meta) ([]byte, error) {
	return TablePackage(m, ontology.Or(meta.Ontology), parquetFormat, "application/vnd.apache.parquet")
}

const parquetFormat = "parquet"

// The descriptor of a data package, as far as it is written (Data Package 2.0).
type (
	packageLicense struct {
		Name  string `json:"name,omitempty"`
		Title string `json:"title,omitempty"`
	}
	packageContributor struct {
		Title        string   `json:"title"`
		Path         string   `json:"path,omitempty"`
		Organization string   `json:"organization,omitempty"`
		Roles        []string `json:"roles"`
	}
	packageField struct {
		Name        string          `json:"name"`
		Type        string          `json:"type"`
		Description string          `json:"description"`
		Constraints map[string]bool `json:"constraints,omitempty"`
	}
	packageTarget struct {
		Resource string   `json:"resource"`
		Fields   []string `json:"fields"`
	}
	packageKey struct {
		Fields    []string      `json:"fields"`
		Reference packageTarget `json:"reference"`
	}
	packageSchema struct {
		Schema      string         `json:"$schema"`
		Fields      []packageField `json:"fields"`
		PrimaryKey  []string       `json:"primaryKey,omitempty"`
		ForeignKeys []packageKey   `json:"foreignKeys,omitempty"`
	}
	packageFile struct {
		Path  string `json:"path"`
		Bytes int64  `json:"bytes,omitempty"`
		Hash  string `json:"hash"`
	}
	packageResource struct {
		Name        string        `json:"name"`
		Type        string        `json:"type"`
		Description string        `json:"description"`
		Path        any           `json:"path"` // a string, or a list of several
		Format      string        `json:"format"`
		MediaType   string        `json:"mediatype"`
		Bytes       int64         `json:"bytes,omitempty"`
		Hash        string        `json:"hash,omitempty"`
		Files       []packageFile `json:"files,omitempty"`
		Schema      packageSchema `json:"schema"`
	}
	tablePackage struct {
		Schema       string               `json:"$schema"`
		Name         string               `json:"name"`
		Title        string               `json:"title,omitempty"`
		Description  string               `json:"description,omitempty"`
		Homepage     string               `json:"homepage,omitempty"`
		Version      string               `json:"version"`
		Contributors []packageContributor `json:"contributors,omitempty"`
		Licenses     []packageLicense     `json:"licenses"`
		Resources    []packageResource    `json:"resources"`
	}
)

// TablePackage describes the manifest's files, all in one format. The standard
// has one hash a resource, of its one file; a table of several files has a list
// "files" beside their paths, with the hash of each.
func TablePackage(m *dataset.Manifest, o *schema.Ontology, format, mediaType string) ([]byte, error) {
	pkg := tablePackage{
		Schema: "https://datapackage.org/profiles/2.0/datapackage.json", Name: m.Name, Title: m.Title,
		Description: m.Description, Version: m.Version,
		Licenses: packageLicences(m), Homepage: aboutOf(m).Homepage,
	}
	for _, c := range aboutOf(m).Creators {
		pkg.Contributors = append(pkg.Contributors, packageContributor{Title: c.Name, Path: c.URL, Organization: c.Affiliation, Roles: []string{"creator"}})
	}
	for _, t := range m.Tables {
		pkg.Resources = append(pkg.Resources, tableResource(m, o, t.Name, format, mediaType))
	}
	return indented(pkg)
}

// packageLicences names the licence of the texts, then that of the labels.
func packageLicences(m *dataset.Manifest) []packageLicense {
	list := []packageLicense{{Name: orElse(aboutOf(m).TextsLicence, "LicenseRef-publishers"), Title: textsSentence(m)}}
	if m.Licence != "" {
		list = append(list, packageLicense{Name: m.Licence, Title: "The labels"})
	}
	return list
}

// tableResource describes one table: its files, columns and keys.
func tableResource(m *dataset.Manifest, o *schema.Ontology, table, format, mediaType string) packageResource {
	r := packageResource{Name: table, Type: "table", Description: tableOf(table).Meaning, Format: format, MediaType: mediaType,
		Schema: packageSchema{Schema: "https://datapackage.org/profiles/2.0/tableschema.json", PrimaryKey: tableOf(table).Key}}
	var files []packageFile
	paths := []string{}
	for _, f := range m.Files {
		if f.Table == table {
			bytes := f.Bytes
			if format == parquetFormat {
				bytes = 0 // frictionless 5.21 counts no bytes of Parquet and calls every size wrong
			}
			files = append(files, packageFile{f.Path, bytes, "sha256:" + f.SHA256})
			paths = append(paths, f.Path)
		}
	}
	if r.Path = paths; len(files) == 1 {
		r.Path, r.Bytes, r.Hash = files[0].Path, files[0].Bytes, files[0].Hash
	} else {
		r.Files = files
	}
	for _, c := range tableOf(table).Columns {
		x := packageField{Name: c.Name, Type: dataPackageType(&c), Description: c.Under(o)}
		if !c.Has(field.Nullable) {
			x.Constraints = map[string]bool{"required": true}
		}
		r.Schema.Fields = append(r.Schema.Fields, x)
	}
	for _, ref := range tableOf(table).References {
		if !partlyNull(table, ref) && Holds(m, ref) {
			r.Schema.ForeignKeys = append(r.Schema.ForeignKeys, packageKey{ref.Columns, packageTarget{ref.Table, ref.Keys}})
		}
	}
	return r
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

// Holds reports whether every row has the target of a reference: without a table of
// actors their ids are names of clusters, and so are, beside one, those that begin
// with NIL.
func Holds(m *dataset.Manifest, r field.Reference) bool {
	if r.Table != dataset.TableActors {
		return true
	}
	t, _ := m.Table(r.Table)
	return t.Rows > 0 && m.NILActors == 0
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
