// Package ontology finds ontologies: those that come with the program.
package ontology

import (
	"maps"
	"slices"

	"github.com/mizan-corpus/mizan/schema"
)

// Default is the ontology of the default corpus, and of every dataset and label
// file that names no other. It is the one place that decides which that is.
func Default() *schema.Ontology { return schema.PLOVER() }

// Or is o, or [Default] where there is none.
func Or(o *schema.Ontology) *schema.Ontology {
	if o == nil {
		return Default()
	}
	return o
}

// Sorted are the keys of a map in order.
func Sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
