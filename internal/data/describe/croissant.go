package describe

import (
	"cmp"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/field"
	"github.com/mizan-corpus/mizan/internal/ontology"
)

func init() { Descriptions["croissant.json"] = croissant }

// croissant is the release's croissant.json: metadata of the format Croissant
// 1.1 (https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html), a
// file object a Parquet file, a file set and a record set a table.
func croissant(m *dataset.Manifest, meta dataset.Meta) ([]byte, error) {
	o := ontology.Or(meta.Ontology)
	type object = map[string]any // encoding/json sorts the members
	var distribution, recordSets []object
	for _, f := range m.Files {
		if f.Table == "" {
			continue
		}
		distribution = append(distribution, object{
			"@type": "cr:FileObject", "@id": f.Path, "name": f.Path, "contentUrl": f.Path,
			"encodingFormat": "application/x-parquet", "sha256": f.SHA256, "contentSize": Count(f.Bytes, "B"),
		})
	}
	for _, t := range m.Tables {
		set := "files-" + t.Name
		distribution = append(distribution, object{
			"@type": "cr:FileSet", "@id": set, "name": set, "encodingFormat": "application/x-parquet",
			"includes": "data/" + t.Name + "/*.parquet",
		})
		var fields []object
		for _, c := range tableOf(t.Name).Columns {
			if c.Has(field.Nullable) && c.Members() != nil {
				continue // mlcroissant 1.1 reads a null list of structs as one struct of nulls
			}
			field := object{
				"@type": "cr:Field", "@id": t.Name + "/" + c.Name, "name": c.Name, "description": c.Under(o),
				"source": object{"fileSet": object{"@id": set}, "extract": object{"column": c.Name}},
			}
			setCroissantType(field, t.Name, &c)
			if of := croissantReference(m, t.Name, c.Name); of != "" {
				field["references"] = object{"field": object{"@id": of}}
			}
			fields = append(fields, field)
		}
		record := object{"@type": "cr:RecordSet", "@id": t.Name, "name": t.Name, "description": tableOf(t.Name).Meaning, "field": fields}
		var keys []object
		for _, k := range tableOf(t.Name).Key {
			keys = append(keys, object{"@id": t.Name + "/" + k})
		}
		if keys != nil {
			record["key"] = keys
		}
		recordSets = append(recordSets, record)
	}
	whole := object{
		"@context": croissantContext(), "@type": "sc:Dataset",
		"conformsTo": []string{"http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"},
		"name":       m.Name, "alternateName": cmp.Or(m.Title, m.Name), "version": m.Version,
		"description":   strings.TrimSpace(cmp.Or(m.Description, m.Title, m.Name) + " " + textsSentence(m)),
		"license":       croissantLicence(m),
		"citeAs":        citation(m),
		"isLiveDataset": false,
		"distribution":  distribution, "recordSet": recordSets,
	}
	croissantAbout(whole, m)
	return indented(whole)
}

// setCroissantType gives a field its type: a list has isArray, a list of
// structs has fields below it.
func setCroissantType(field map[string]any, table string, c *field.Column) {
	if c.List() {
		field["isArray"] = true
		field["arrayShape"] = "-1"
	}
	typ := map[string]string{"string": "sc:Text", "int32": "cr:Int32", "date": "sc:Date", "bool": "sc:Boolean"}[c.Element()]
	if c.Members() == nil {
		field["dataType"] = typ
		return
	}
	var below []map[string]any
	for _, name := range c.Members() {
		below = append(below, map[string]any{
			"@type": "cr:Field", "@id": table + "/" + c.Name + "/" + name, "name": name, "dataType": typ,
			"source": map[string]any{"fileSet": map[string]any{"@id": "files-" + table},
				"extract": map[string]any{"column": c.Name}, "transform": map[string]any{"jsonPath": name}},
		})
	}
	field["subField"] = below
}

// croissantReference is the field that a column refers to by itself, "" for
// none: that of an article or an actor. A reference of Croissant has one field,
// so it cannot say that event_id and mention_id hold within an article.
func croissantReference(m *dataset.Manifest, table, column string) string {
	if key := tableOf(dataset.TableArticles).Key[0]; column == key && table != dataset.TableArticles {
		return dataset.TableArticles + "/" + key
	}
	for _, r := range tableOf(table).References {
		if len(r.Columns) == 1 && r.Columns[0] == column && Holds(m, r) {
			return r.Table + "/" + r.Keys[0]
		}
	}
	return ""
}

func spdxURL(licence string) string {
	if licence == "" {
		return ""
	}
	return "https://spdx.org/licenses/" + licence + ".html"
}

// croissantContext is the JSON-LD context that the format prescribes.
func croissantContext() map[string]any {
	data := func(id string) map[string]string { return map[string]string{"@id": id, "@type": "@json"} }
	context := map[string]any{
		"@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/",
		"cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
		"dct": "http://purl.org/dc/terms/", "prov": "http://www.w3.org/ns/prov#",
		"conformsTo": "dct:conformsTo", "data": data("cr:data"), "examples": data("cr:examples"),
		"dataType": map[string]string{"@id": "cr:dataType", "@type": "@vocab"},
	}
	for _, name := range strings.Fields(`annotation arrayShape citeAs column containedIn equivalentProperty extract field
		fileObject fileProperty fileSet format includes isArray isLiveDataset jsonPath key md5 parentField path
		recordSet references regex repeated replace samplingRate separator source subField transform value`) {
		context[name] = "cr:" + name
	}
	return context
}
