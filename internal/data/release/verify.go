package release

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/describe"
	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/internal/field"
	"github.com/mizan-corpus/mizan/internal/regular"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/schema"
)

// Violation is one way in which a release is not what its manifest or the rules
// say. Empty fields do not apply.
type Violation struct {
	File     string `json:"file,omitempty"` // inside the release
	Table    string `json:"table,omitempty"`
	DocID    string `json:"doc_id,omitempty"`
	Row      string `json:"row,omitempty"` // key of the row
	Column   string `json:"column,omitempty"`
	Rule     string `json:"rule,omitempty"` // code of a label rule
	Found    string `json:"found"`
	Expected string `json:"expected,omitempty"`
}

// String is "file, table, row, column: found …, expected … [rule]".
func (v Violation) String() string {
	var where []string
	for _, part := range [][2]string{{"", v.File}, {"table ", v.Table}, {"article ", v.DocID}, {"row ", v.Row}, {"column ", v.Column}} {
		if part[1] != "" {
			where = append(where, part[0]+part[1])
		}
	}
	const most = 300 // of a surface that a violation repeats
	s := wording.Cut(strings.Join(where, ", "), most) + ": found " + wording.Cut(v.Found, most)
	if v.Expected != "" {
		s += ", expected " + wording.Cut(v.Expected, most)
	}
	if v.Rule != "" {
		s += " [" + v.Rule + "]"
	}
	return wording.Line(s)
}

// maxViolations bounds the list for a release that is wrong throughout.
const maxViolations = 10000

// Verify holds a release against its manifest and the rules. It reads every
// byte and every row once or twice, in bounded memory, and checks: the hash of the
// manifest and what the card and the descriptions repeat of it; the files
// that are there, their sizes and hashes; columns, types, order, metadata and
// row counts of each Parquet file; the content hash of each table and of the
// release; every span, head, cue and argument against the text; every
// reference between the tables; hashes and raw map of the articles; and the
// label rules of the package labels. Of a release without texts, what needs the texts is
// not checked: content hashes, spans, label rules. An empty list says that all of it holds.
// The error is for what prevents checking: I/O, or a folder that is no release.
func Verify(fsys fs.FS) ([]Violation, error) {
	v := &verifier{fsys: fsys}
	m, src, err := dataset.ReadDamaged(fsys)
	if errors.Is(err, dataset.ErrNoManifest) {
		return nil, err
	}
	if err != nil {
		v.add(Violation{File: dataset.ManifestFile, Found: "an invalid manifest: " + err.Error()})
		return v.list, nil
	}
	v.manifest = m
	if err := m.CheckSeal(src); err != nil {
		v.add(Violation{File: dataset.ManifestFile, Column: "manifest_sha256", Found: err.Error()})
	}
	v.checkFiles()
	v.checkDescriptions()
	r := &Release{fsys: fsys, manifest: m}
	if v.ontology, err = r.Ontology(); err != nil { // without it labels cannot be judged
		v.add(Violation{File: dataset.ManifestFile, Column: "ontology", Found: err.Error()})
		v.unreadable, v.ontology = true, &schema.Ontology{}
	}
	v.checkManifest()
	v.checkTables()
	if !v.unreadable && !m.WithoutTexts {
		v.checkContent()
	}
	slices.SortStableFunc(v.list, func(a, b Violation) int {
		return cmp.Or(cmp.Compare(a.File, b.File), slices.Index(dataset.Tables, a.Table)-slices.Index(dataset.Tables, b.Table), cmp.Compare(a.DocID, b.DocID))
	})
	return v.list, nil
}

type verifier struct {
	fsys     fs.FS
	manifest *dataset.Manifest
	ontology *schema.Ontology
	list     []Violation
	// unreadable says that a table could not be read whole, so that what
	// refers to it cannot be judged.
	unreadable bool
}

func (v *verifier) add(x Violation) {
	if len(v.list) == maxViolations {
		x = Violation{Found: fmt.Sprintf("more than %d violations; the rest is not listed", maxViolations)}
	}
	if len(v.list) <= maxViolations {
		v.list = append(v.list, x)
	}
}

// checkFiles compares the folder with the manifest's list.
func (v *verifier) checkFiles() {
	listed := map[string]bool{dataset.ManifestFile: true}
	for _, f := range v.manifest.Files {
		listed[f.Path] = true
		if x := checkFile(v.fsys, f); x != nil {
			v.add(Violation{File: f.Path, Table: f.Table, Found: x.Found, Expected: x.Expected})
			v.unreadable = v.unreadable || x.Missing && f.Table != ""
		}
	}
	fs.WalkDir(v.fsys, ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			v.add(Violation{File: path, Found: reason(err), Expected: "a folder that can be read"})
			return fs.SkipDir
		case d.IsDir():
		case !listed[path]:
			v.add(Violation{File: path, Found: "a file that the manifest does not list", Expected: "no such file"})
		case d.Type()&fs.ModeSymlink != 0:
			v.add(Violation{File: path, Found: regular.Kind(d.Type()), Expected: "the file itself"})
		}
		return nil
	})
}

// checkManifest checks what the manifest says by itself.
func (v *verifier) checkManifest() {
	m := v.manifest
	bad := func(field, found, expected string) {
		v.add(Violation{File: dataset.ManifestFile, Column: field, Found: found, Expected: expected})
	}
	if sum := dataset.ContentHash(m.Tables); sum != m.ContentSHA256 {
		bad("content_sha256", m.ContentSHA256, sum+" by the tables' hashes")
	}
	if m.SchemaVersion != tables.KnownSchema && !tables.IsOlderVersion(m.SchemaVersion, tables.KnownSchema) {
		bad("schema_version", m.SchemaVersion, tables.KnownSchema+", which this program knows, or an earlier one of its major version")
	}
	splits := map[string]bool{}
	rows := map[string]int64{}
	for i, f := range m.Files {
		if i > 0 && m.Files[i-1].Path >= f.Path {
			bad("files", f.Path+" after "+m.Files[i-1].Path, "files in the order of their paths")
		}
		if f.Table == "" && (f.Rows != 0 || f.Split != "") {
			bad("files", fmt.Sprintf("%s with %s of the split %q", f.Path, describe.Count(f.Rows, "row"), f.Split), "none, of a file that is no table")
		}
		rows[f.Table] += f.Rows
		if f.Table == dataset.TableArticles {
			splits[f.Split] = true
		}
		if f.Table != "" && field.TableByName(f.Table) == nil {
			bad("files", "a file of the table "+f.Table, "one of "+strings.Join(dataset.Tables, ", "))
		}
	}
	last := -1
	for _, t := range m.Tables {
		if at := slices.Index(dataset.Tables, t.Name); at <= last {
			bad("tables", t.Name+" in another place", "the order "+strings.Join(dataset.Tables, ", "))
		} else {
			last = at
		}
		if rows[t.Name] != t.Rows {
			bad("tables", fmt.Sprintf("%s: %s", t.Name, describe.Count(t.Rows, "row")), fmt.Sprintf("%d, the sum over its files", rows[t.Name]))
		}
	}
	for _, name := range dataset.Tables[:5] {
		if _, ok := m.Table(name); !ok {
			bad("tables", "no table "+name, "an entry for it")
		}
	}
	if found := slices.Sorted(maps.Keys(splits)); !slices.Equal(found, m.Splits) {
		bad("splits", strings.Join(m.Splits, ", "), strings.Join(found, ", ")+", the splits of its files")
	}
}
