// Package extract asks extractors for their annotations: the [Extractor]
// interface, the table of ways to reach one (a Go value, a child process, a
// file of predictions, a built-in baseline), and [run.Run], which asks one about
// many articles and loses none.
package extract

import (
	"context"
	"fmt"
	"io"

	"github.com/mizan-corpus/mizan/schema"
)

// Extractor finds actors and events in one article.
//
// Extract returns the annotation of a, whose DocID is a's, or an error; it
// must not change a. It must be safe for concurrent use, and should return
// soon after ctx is done. An extractor that holds resources also implements
// [io.Closer], and one that knows its name implements [Namer].
type Extractor interface {
	Extract(ctx context.Context, a *schema.Article) (*schema.Annotation, error)
}

// Namer is implemented by extractors that know their name.
type Namer interface {
	// Name is the name that stands before errors, for example the SPEC that
	// the extractor was opened with.
	Name() string
}

// Func is an ordinary function as an [Extractor].
type Func func(ctx context.Context, a *schema.Article) (*schema.Annotation, error)

// Extract calls f.
func (f Func) Extract(ctx context.Context, a *schema.Article) (*schema.Annotation, error) {
	return f(ctx, a)
}

// Name is the extractor's name, or its Go type where it has none.
func Name(ex Extractor) string {
	if n, ok := ex.(Namer); ok {
		return n.Name()
	}
	return fmt.Sprintf("%T", ex)
}

// Settings are what decides an extractor's answers besides its name, for the
// record of a run: nil for most, the prompt's hash and the like for a model. An
// extractor that has some implements Settings() map[string]string.
func Settings(ex Extractor) map[string]string {
	if s, ok := ex.(interface{ Settings() map[string]string }); ok {
		return s.Settings()
	}
	return nil
}

// Close releases what the extractor holds, if anything.
func Close(ex Extractor) error {
	if c, ok := ex.(io.Closer); ok {
		return c.Close()
	}
	return nil
}
