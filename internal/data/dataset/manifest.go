package dataset

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/regular"
	"github.com/mizan-corpus/mizan/internal/version"
	"github.com/mizan-corpus/mizan/schema"
)

// ManifestFile is the file of a release that says what the release holds.
const ManifestFile = "manifest.json"

// OntologyFile is the file of a release that holds its ontology.
const OntologyFile = "ontology.json"

// ManifestVersion is the version of the manifest's own form.
const ManifestVersion = 1

// ErrNoManifest says that a folder is no release: it has no manifest.
var ErrNoManifest = errors.New("not a release: no " + ManifestFile)

// Identity is what tells one dataset from another.
type Identity struct {
	Name            string `json:"name"`
	Version         string `json:"version"`
	Title           string `json:"title"`
	Description     string `json:"description,omitempty"`
	Labelling       string `json:"labelling,omitempty"` // how the labels were made
	Language        string `json:"language,omitempty"`  // ISO 639-1
	SchemaVersion   string `json:"schema_version"`
	Ontology        string `json:"ontology"`
	OntologyVersion string `json:"ontology_version"`
	// OntologySHA256 is the hash of [OntologyFile]; "" in a release that has none,
	// as older ones.
	OntologySHA256   string `json:"ontology_sha256,omitempty"`
	GuidelineVersion string `json:"guideline_version,omitempty"`
	OffsetUnit       string `json:"offset_unit"`
	Licence          string `json:"licence"`
	ContentSHA256    string `json:"content_sha256"`
}

// Manifest is the content of manifest.json.
type Manifest struct {
	ManifestVersion int `json:"manifest_version"`
	Identity
	About       *About      `json:"about,omitempty"` // nil in releases of earlier versions
	ToolVersion string      `json:"tool_version"`
	Splits      []string    `json:"splits"` // sorted
	Tables      []TableInfo `json:"tables"` // in the order of [Tables]
	Files       []FileInfo  `json:"files"`  // sorted by path
	// WithoutTexts says that the columns of texts are empty; the content hashes are
	// those of the release with them.
	WithoutTexts bool `json:"without_texts,omitempty"`
	// NILActors is how many gold mentions have an actor_id that names a cluster outside
	// the table of actors, so that the column refers to no table.
	NILActors int64 `json:"nil_actors,omitempty"`
	// SHA256 is over the file itself, see [Sealed]; "" in older releases.
	SHA256 string `json:"manifest_sha256,omitempty"`
}

// TableInfo is one table of a release.
type TableInfo struct {
	Name          string `json:"name"`
	Rows          int64  `json:"rows"`
	ContentSHA256 string `json:"content_sha256"` // over its canonical form
}

// FileInfo is one file of a release; the manifest itself is not listed. Table,
// Split and Rows are those of a Parquet file.
type FileInfo struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
	Table  string `json:"table,omitempty"`
	Split  string `json:"split,omitempty"`
	Rows   int64  `json:"rows"`
}

// Table is the manifest's entry for a table; one that it does not list has no rows.
func (m *Manifest) Table(name string) (TableInfo, bool) {
	for _, t := range m.Tables {
		if t.Name == name {
			return t, true
		}
	}
	return TableInfo{Name: name}, false
}

// TableFiles is the files of a table by split, in the order of their shards.
func (m *Manifest) TableFiles(name string) map[string][]FileInfo {
	files := map[string][]FileInfo{}
	for _, f := range m.Files {
		if f.Table == name {
			files[f.Split] = append(files[f.Split], f)
		}
	}
	return files
}

// Encode is the manifest as it stands in the file, sealed with its own hash.
func (m *Manifest) Encode() ([]byte, error) {
	open := *m
	open.SHA256 = noHash
	b, err := open.encode()
	if err != nil {
		return nil, err
	}
	return sealed(b), nil
}

func (m *Manifest) encode() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(m); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// ReadManifest reads and checks the manifest of a release. Unknown fields, a
// second value, paths that leave the folder, counts below zero and a manifest that was
// changed after it was sealed are errors;
// whether the files agree with it is for [release.Verify]. A folder without a manifest
// gives [ErrNoManifest].
func ReadManifest(fsys fs.FS) (*Manifest, error) {
	m, b, err := manifestFile(fsys)
	if err == nil {
		err = m.CheckSeal(b)
	}
	if err != nil && b != nil {
		return nil, fmt.Errorf("%s: %w", ManifestFile, err)
	}
	return m, err
}

// ReadDamaged is [ReadManifest] for who lists what is wrong: a manifest that can be
// read, with the bytes of its file, whether or not it is as it was sealed.
func ReadDamaged(fsys fs.FS) (*Manifest, []byte, error) {
	m, b, err := manifestFile(fsys)
	if err != nil && b != nil {
		return nil, nil, fmt.Errorf("%s: %w", ManifestFile, err)
	}
	return m, b, err
}

// maxManifest is the most bytes of a manifest: about 200,000 files.
const maxManifest = 64 << 20

// manifestFile reads the manifest; the bytes are nil where the file could not be read.
func manifestFile(fsys fs.FS) (*Manifest, []byte, error) {
	b, err := regular.Read(fsys, ManifestFile, maxManifest)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, ErrNoManifest
	}
	if err != nil {
		return nil, nil, err
	}
	m, err := ParseManifest(b)
	return m, b, err
}

// ParseManifest reads and checks the content of a manifest.json.
func ParseManifest(b []byte) (*Manifest, error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	m := &Manifest{}
	if err := d.Decode(m); err != nil {
		return nil, atLine(b, d.InputOffset(), err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, atLine(b, d.InputOffset(), errors.New("more after the manifest, expected the end"))
	}
	return m, m.check()
}

func atLine(b []byte, offset int64, err error) error {
	return fmt.Errorf("line %d: %w", 1+bytes.Count(b[:min(offset, int64(len(b)))], []byte("\n")), err)
}

var (
	namePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]*$`)
	splitName   = regexp.MustCompile(`^\w+$`)
	validSHA256 = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

// validName reports whether a dataset may be called so.
func validName(s string) bool { return namePattern.MatchString(s) }

// ValidSplit reports whether a split may be called so.
func ValidSplit(s string) bool { return splitName.MatchString(s) }

// readable reports whether a release of a schema version can be read by a
// program that knows another: columns keep their meaning within a major version.
func readable(found, known string) bool {
	f, errF := version.Parse(found)
	k, errK := version.Parse(known)
	return errF == nil && errK == nil && f.Major == k.Major
}

func (m *Manifest) check() error {
	if err := m.checkHead(); err != nil {
		return err
	}
	if err := m.checkTables(); err != nil {
		return err
	}
	return m.checkFiles()
}

// bad is a field of a manifest that is not what it has to be.
func bad(field, found, expected string) error {
	return fmt.Errorf("%s: found %s, expected %s", field, found, expected)
}

func (m *Manifest) checkHead() error {
	if m.ManifestVersion != ManifestVersion {
		return bad("manifest_version", fmt.Sprint(m.ManifestVersion), fmt.Sprint(ManifestVersion))
	}
	if !validName(m.Name) {
		return bad("name", fmt.Sprintf("%q", m.Name), "lower-case letters, digits, dots and dashes")
	}
	for _, v := range [][2]string{{"version", m.Version}, {"schema_version", m.SchemaVersion}} {
		if _, err := version.Parse(v[1]); err != nil {
			return fmt.Errorf("%s: %w", v[0], err)
		}
	}
	if !readable(m.SchemaVersion, schema.SchemaVersion) {
		return bad("schema_version", m.SchemaVersion, "the major version of "+schema.SchemaVersion+", which this program reads")
	}
	if m.OffsetUnit != schema.OffsetUnit {
		return bad("offset_unit", fmt.Sprintf("%q", m.OffsetUnit), schema.OffsetUnit)
	}
	if !validSHA256.MatchString(m.ContentSHA256) {
		return bad("content_sha256", fmt.Sprintf("%q", m.ContentSHA256), "64 hexadecimal digits")
	}
	if m.OntologySHA256 != "" && !validSHA256.MatchString(m.OntologySHA256) {
		return bad("ontology_sha256", fmt.Sprintf("%q", m.OntologySHA256), "64 hexadecimal digits")
	}
	for _, s := range m.Splits {
		if !ValidSplit(s) {
			return bad("splits", fmt.Sprintf("%q", s), "letters, digits and underscores")
		}
	}
	return nil
}

func (m *Manifest) checkTables() error {
	for i, t := range m.Tables {
		if first, _ := m.Table(t.Name); first != t {
			return bad(fmt.Sprintf("tables[%d]", i), t.Name+" a second time", "each table once")
		}
		if t.Rows < 0 || !validSHA256.MatchString(t.ContentSHA256) {
			return bad(fmt.Sprintf("tables[%d]", i), fmt.Sprintf("%+v", t), "rows from 0 and 64 hexadecimal digits")
		}
	}
	return nil
}

func (m *Manifest) checkFiles() error {
	seen := map[string]bool{}
	for i, f := range m.Files {
		field := fmt.Sprintf("files[%d]", i)
		switch {
		case !fs.ValidPath(f.Path) || f.Path == ManifestFile || strings.Contains(f.Path, "\\"):
			return bad(field+".path", fmt.Sprintf("%q", f.Path), "a path inside the release")
		case seen[f.Path]:
			return bad(field+".path", fmt.Sprintf("%q a second time", f.Path), "each file once")
		case f.Bytes < 0 || f.Rows < 0 || !validSHA256.MatchString(f.SHA256):
			return bad(field, fmt.Sprintf("%+v", f), "bytes and rows from 0 and 64 hexadecimal digits")
		case f.Table != "" && !ValidSplit(f.Split):
			return bad(field+".split", fmt.Sprintf("%q", f.Split), "letters, digits and underscores")
		}
		seen[f.Path] = true
	}
	return nil
}

// ContentHash is the content hash of a release with these tables.
func ContentHash(tables []TableInfo) string {
	sorted := slices.SortedFunc(slices.Values(tables), func(a, b TableInfo) int { return cmp.Compare(a.Name, b.Name) })
	sum := sha256.New()
	for _, t := range sorted {
		if t.Rows > 0 {
			fmt.Fprintf(sum, "%s %d %s\n", t.Name, t.Rows, t.ContentSHA256)
		}
	}
	return hex.EncodeToString(sum.Sum(nil))
}
