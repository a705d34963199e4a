package dataset

import "github.com/mizan-corpus/mizan/schema"

// WithOntology is the dataset with another ontology; nil leaves it its own.
func WithOntology(ds Dataset, o *schema.Ontology) Dataset {
	if o == nil {
		return ds
	}
	return &otherwise{ds, o}
}

type otherwise struct {
	Dataset
	ontology *schema.Ontology
}

func (d *otherwise) Ontology() (*schema.Ontology, error) { return d.ontology, nil }
