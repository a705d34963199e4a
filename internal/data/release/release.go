package release

import (
	"fmt"
	"io/fs"
	"iter"
	"os"
	"sync"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/internal/regular"
	"github.com/mizan-corpus/mizan/schema"
)

// Release is an open release: a folder of Parquet files with a manifest. It is
// read-only, keeps nothing in memory but the manifest, and is safe for
// concurrent use.
type Release struct {
	fsys     fs.FS
	manifest *dataset.Manifest
	ontology struct { // read when it is asked for
		once  sync.Once
		value *schema.Ontology
		err   error
	}
}

// Open opens the release in a folder. The manifest's own hash and the sizes of the
// tables' files are checked at once, the hash of each table's file before anything of it
// is read; a difference is a [FileError]. [Verify] checks the rest. A folder without a manifest gives
// [dataset.ErrNoManifest], what is no folder a [dataset.FolderError].
func Open(dir string) (*Release, error) {
	if err := dataset.CheckFolder(dir); err != nil {
		return nil, err
	}
	r, err := OpenFS(os.DirFS(dir))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	return r, nil
}

// OpenFS opens the release at the root of a file system. Files that have
// ReadAt, as those of the operating system do, are read piece by piece, others
// as a whole. A release without texts is [ErrWithoutTexts].
func OpenFS(fsys fs.FS) (*Release, error) {
	r, err := openFS(fsys)
	if err == nil && r.manifest.WithoutTexts {
		return nil, ErrWithoutTexts
	}
	return r, err
}

func openFS(fsys fs.FS) (*Release, error) {
	m, err := dataset.ReadManifest(fsys)
	if err != nil {
		return nil, err
	}
	if sum := dataset.ContentHash(m.Tables); sum != m.ContentSHA256 {
		return nil, &FileError{Path: dataset.ManifestFile, Found: "content_sha256 " + m.ContentSHA256, Expected: sum}
	}
	if err := checkSizes(fsys, m); err != nil {
		return nil, err
	}
	return &Release{fsys: newCheckedFS(fsys, m), manifest: m}, nil
}

// checkSizes holds the sizes of the tables' files against the manifest; their hashes are
// held against it before they are read.
func checkSizes(fsys fs.FS, m *dataset.Manifest) error {
	for _, f := range m.Files {
		if f.Table == "" {
			continue
		}
		if e := checkSize(fsys, f); e != nil {
			return e
		}
	}
	return nil
}

// Manifest is the release's manifest, which must not be changed.
func (r *Release) Manifest() *dataset.Manifest { return r.manifest }

// Identity says what dataset this is, by the manifest.
func (r *Release) Identity() (dataset.Identity, error) { return r.manifest.Identity, nil }

// About is what the corpus says of itself, nil in releases of earlier versions.
func (r *Release) About() *dataset.About { return r.manifest.About }

// Ontology is the one that the release carries, or of an older release, the one
// that it names. A file that is not what the manifest says is an error.
func (r *Release) Ontology() (*schema.Ontology, error) {
	m := r.manifest
	if m.OntologySHA256 == "" {
		if o := ontology.Named(m.Ontology); o != nil && o.Version == m.OntologyVersion {
			return o, nil
		}
		return nil, fmt.Errorf("ontology: found the name %s %s and no file, expected %s, or one that comes with this program", m.Ontology, m.OntologyVersion, dataset.OntologyFile)
	}
	r.ontology.once.Do(func() {
		var src []byte
		if src, r.ontology.err = regular.Read(r.fsys, dataset.OntologyFile, ontology.MostBytes); r.ontology.err == nil {
			r.ontology.value, r.ontology.err = ontology.Parse(dataset.OntologyFile, src)
		}
		if o := r.ontology.value; r.ontology.err == nil && (o.Name != m.Ontology || o.Version != m.OntologyVersion || ontology.Hash(o) != m.OntologySHA256) {
			r.ontology.err = fmt.Errorf("%s: found %s %s, SHA-256 %s, expected %s %s, SHA-256 %s by the manifest", dataset.OntologyFile,
				o.Name, o.Version, ontology.Hash(o), m.Ontology, m.OntologyVersion, m.OntologySHA256)
		}
	})
	return r.ontology.value, r.ontology.err
}

// Articles streams all articles in ascending order of doc_id, over all splits.
func (r *Release) Articles() iter.Seq2[*schema.Article, error] {
	return Rows[schema.Article](r)
}

// ArticleTexts streams the articles without their raw form.
func (r *Release) ArticleTexts() iter.Seq2[*schema.Article, error] {
	t := tables.ArticleTexts()
	return tables.TableRows(r.fsys, r.manifest.TableFiles(t.Name), t)
}

// Actors streams the table of actors in ascending order of actor_id.
func (r *Release) Actors() iter.Seq2[*schema.Actor, error] {
	return Rows[schema.Actor](r)
}

// Rows streams a table of the release in ascending key order, over all splits
// and shards. A table that the release does not have gives no rows.
func Rows[T tables.Row](r *Release) iter.Seq2[*T, error] {
	t := tables.TableOf[T]()
	return tables.TableRows(r.fsys, r.manifest.TableFiles(t.Name), t)
}
