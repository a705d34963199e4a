package release

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/datatest"
	"github.com/mizan-corpus/mizan/internal/field"
)

// The card, the data package and the summary of a small release.
func TestDescriptions(t *testing.T) {
	dir := datatest.Built(t, Build, datatest.Synthetic{Size: 12, WithPasses: true, Splits: []string{"train", "test"}}, BuildOptions{ArticlesPerFile: 4})
	for name, file := range map[string]string{"card.md": "README.md", "datapackage.json": "datapackage.json"} {
		b, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		datatest.Golden(t, name, b)
	}
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Info(r)
	if err != nil {
		t.Fatal(err)
	}
	for i := range s.Tables {
		s.Tables[i].Bytes = int64(i) // they change with the compression
	}
	var b bytes.Buffer
	if err := s.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	datatest.Golden(t, "info.txt", b.Bytes())
}

// Every file object of croissant.json is a file of the release, every field a
// column, and every id is used once.
func TestCroissant(t *testing.T) {
	dir := datatest.Built(t, Build, datatest.Synthetic{Size: 4, WithPasses: true}, BuildOptions{})
	b, err := os.ReadFile(filepath.Join(dir, "croissant.json"))
	if err != nil {
		t.Fatal(err)
	}
	type node struct {
		Type   string `json:"@type"`
		ID     string `json:"@id"`
		URL    string `json:"contentUrl"`
		SHA256 string `json:"sha256"`
		Name   string
		Field  []struct {
			ID       string `json:"@id"`
			Name     string
			DataType string
			SubField []struct{ DataType string }

			References struct {
				Field struct {
					ID string `json:"@id"`
				}
			}
		}
	}
	var c struct {
		ConformsTo   []string
		Distribution []node
		RecordSet    []node
	}
	if err := json.Unmarshal(b, &c); err != nil {
		t.Fatal(err)
	}
	if want := "http://mlcommons.org/croissant/1.1"; len(c.ConformsTo) == 0 || c.ConformsTo[0] != want {
		t.Errorf("conforms to %q, expected %q first", c.ConformsTo, want)
	}
	ids := map[string]bool{}
	once := func(id string) {
		if ids[id] || id == "" {
			t.Errorf("id %q is empty or used twice", id)
		}
		ids[id] = true
	}
	for _, d := range c.Distribution {
		once(d.ID)
		if d.Type != "cr:FileObject" {
			continue
		}
		_, sum, err := hashOf(dir, d.URL)
		if err != nil || sum != d.SHA256 {
			t.Errorf("%s: hash %s, %v, expected %s", d.URL, sum, err, d.SHA256)
		}
	}
	refers := map[string]string{}
	for _, r := range c.RecordSet {
		once(r.ID)
		for _, f := range r.Field {
			refers[f.ID] = f.References.Field.ID
		}
		var columns []field.Column // lists of structs that may be null are left out
		for _, c := range field.TableByName(r.Name).Columns {
			if c.Name != "fragments" && c.Name != "not_labelled" {
				columns = append(columns, c)
			}
		}
		if len(columns) != len(r.Field) {
			t.Fatalf("record set %s has %d fields, the table %d columns", r.Name, len(r.Field), len(columns))
		}
		for i, f := range r.Field {
			once(f.ID)
			if f.Name != columns[i].Name || f.DataType == "" && len(f.SubField) == 0 {
				t.Errorf("record set %s: field %+v, expected column %+v", r.Name, f, columns[i])
			}
		}
	}
	for field, want := range map[string]string{"mentions/doc_id": "articles/doc_id", "mentions/actor_id": "actors/actor_id",
		"pass_events/doc_id": "articles/doc_id", "articles/doc_id": "", "actors/actor_id": "", "arguments/mention_id": ""} {
		if refers[field] != want {
			t.Errorf("%s refers to %q, expected %q", field, refers[field], want)
		}
	}
	for field, of := range refers {
		if of != "" && !ids[of] {
			t.Errorf("%s refers to %q, which is no field", field, of)
		}
	}
}

// A table of one file has its hash where the standard wants it, one of several
// files beside each. Sizes are not stated: frictionless counts none of Parquet files and
// calls every stated one wrong.
func TestDataPackageHashes(t *testing.T) {
	for _, perFile := range []int{0, 2} {
		dir := datatest.Built(t, Build, datatest.Synthetic{Size: 4}, BuildOptions{ArticlesPerFile: perFile})
		b, err := os.ReadFile(filepath.Join(dir, "datapackage.json"))
		if err != nil {
			t.Fatal(err)
		}
		type file struct {
			Path  any
			Bytes int64
			Hash  string
			Files []file
		}
		var p struct{ Resources []file }
		if err := json.Unmarshal(b, &p); err != nil {
			t.Fatal(err)
		}
		checked := 0
		for _, r := range p.Resources {
			for _, f := range append(r.Files, r) {
				path, single := f.Path.(string)
				if !single {
					continue
				}
				_, sum, err := hashOf(dir, path)
				if err != nil || f.Hash != "sha256:"+sum || f.Bytes != 0 {
					t.Errorf("%+v: hash %s, %v, and no size", f, sum, err)
				}
				checked++
			}
		}
		if r, err := Open(dir); err != nil || checked == 0 || checked < len(r.Manifest().Tables) {
			t.Errorf("%d files checked, %v", checked, err)
		}
	}
}

func hashOf(dir, name string) (int64, string, error) {
	b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	return int64(len(b)), fmt.Sprintf("%x", sha256.Sum256(b)), err
}
