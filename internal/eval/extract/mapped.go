package extract

import (
	"context"
	"maps"
	"sync"

	"github.com/mizan-corpus/mizan/internal/labels/typemap"
	"github.com/mizan-corpus/mizan/schema"
)

// Mapped is an extractor whose types and roles are mapped to those of the labels.
type Mapped struct {
	Extractor
	names *typemap.Map

	lock   sync.Mutex
	counts typemap.Counts
}

// NewMapped is ex with its answers mapped.
func NewMapped(ex Extractor, names *typemap.Map) *Mapped {
	return &Mapped{Extractor: ex, names: names, counts: typemap.Counts{}}
}

// Extract asks the extractor and maps its answer.
func (x *Mapped) Extract(ctx context.Context, a *schema.Article) (*schema.Annotation, error) {
	found, err := x.Extractor.Extract(ctx, a)
	if err != nil {
		return found, err
	}
	x.lock.Lock()
	defer x.lock.Unlock()
	return x.names.Apply(found, x.counts), nil
}

// Name is the extractor's.
func (x *Mapped) Name() string { return Name(x.Extractor) }

// Settings are the extractor's, and the map.
func (x *Mapped) Settings() map[string]string {
	all := maps.Clone(Settings(x.Extractor))
	if all == nil {
		all = map[string]string{}
	}
	all["map"] = x.names.String()
	return all
}

// AlignsItself is the extractor's.
func (x *Mapped) AlignsItself() bool { return AlignsItself(x.Extractor) }

// Warnings is what the map did to the answers so far.
func (x *Mapped) Warnings() []string {
	x.lock.Lock()
	defer x.lock.Unlock()
	return x.names.Warnings(x.counts)
}

// Close closes the extractor.
func (x *Mapped) Close() error { return Close(x.Extractor) }
