package journal

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/mizan-corpus/mizan/internal/atomicfile"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

// OntologyFile is the file of the ontology that a folder of labels keeps, "" for none.
func OntologyFile(dir string) string {
	if dir == "" {
		return ""
	}
	if _, err := os.Stat(ontologyFile(dir)); err != nil {
		return ""
	}
	return ontologyFile(dir)
}

// ontologyFile is where a folder of labels keeps the ontology that it is made with.
func ontologyFile(dir string) string { return filepath.Join(dir, Dir, "ontology.json") }

// KeepOntology keeps the ontology of a folder of labels for the next time.
func KeepOntology(dir string, o *schema.Ontology) error {
	if err := os.MkdirAll(filepath.Join(dir, Dir), 0o777); err != nil {
		return err
	}
	return atomicfile.WriteSynced(ontologyFile(dir), ontology.Encode(o))
}

// KeptOntology is the ontology that the folder keeps, nil for none.
func KeptOntology(dir string) (*schema.Ontology, error) {
	o, err := ontology.Read(ontologyFile(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return o, err
}
