// Package ontology finds and reads ontologies: those that come with the program,
// and those in files. It checks one against itself, compares two, and makes one
// from labels.
package ontology

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/mizan-corpus/mizan/internal/suggest"
	"github.com/mizan-corpus/mizan/schema"
)

// known holds one file an ontology.
//
//go:embed known/*.yaml
var known embed.FS

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

// AsksForActors reports whether every mention must have an actor. Where none must,
// and there is no table of actors, their ids are names of clusters.
func AsksForActors(o *schema.Ontology) bool {
	return slices.ContainsFunc(o.Rules, func(r schema.Rule) bool {
		return r.Of == "mention" && slices.Contains(r.Require, "actor_id")
	})
}

// all are the ontologies that come with the program, by name.
var all = sync.OnceValue(func() map[string]*schema.Ontology {
	list := map[string]*schema.Ontology{Default().Name: Default()}
	files, err := fs.Glob(known, "known/*.yaml")
	for _, name := range files {
		var src []byte
		if src, err = known.ReadFile(name); err != nil {
			break
		}
		o, failed := Parse(path.Base(name), src)
		if failed != nil || o.Name != strings.TrimSuffix(path.Base(name), ".yaml") {
			panic(fmt.Sprintf("ontology: %s: %v", name, failed)) // embedded at build time and covered by a test
		}
		list[o.Name] = o
	}
	if err != nil {
		panic(err)
	}
	return list
})

// Names are those of the ontologies that come with the program, sorted.
func Names() []string { return Sorted(all()) }

// Named is the ontology of that name that comes with the program, nil for none.
func Named(name string) *schema.Ontology { return all()[name] }

// Find is the ontology that comes with the program under that name, or else the
// one in that file. "" is nil: none is asked for.
func Find(nameOrFile string) (*schema.Ontology, error) {
	if o := Named(nameOrFile); o != nil || nameOrFile == "" {
		return o, nil
	}
	o, err := Read(nameOrFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, &UnknownError{nameOrFile}
	}
	var at *os.PathError
	if errors.As(err, &at) {
		return nil, fmt.Errorf("ontology: %w", err)
	}
	return o, err
}

// UnknownError is what is neither a known ontology nor a file.
type UnknownError struct{ Name string }

func (e *UnknownError) Error() string {
	s := fmt.Sprintf("ontology %q: found no such file, and none of that name comes with the program", e.Name)
	if near := suggest.Near(strings.ToLower(e.Name), Names(), 1); len(near) > 0 {
		s += fmt.Sprintf("; did you mean %q?", near[0])
	}
	return s
}

// Hint lists the names.
func (e *UnknownError) Hint() string {
	return "a file of an ontology, or one of " + strings.Join(Names(), ", ")
}

// Sorted are the keys of a map in order.
func Sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
