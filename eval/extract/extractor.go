// Package extract asks extractors for their annotations: the [Extractor]
// interface, the table of ways to reach one (a Go value, a child process, a
// file of predictions, a built-in baseline), and [Run], which asks one about
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

// Close releases what the extractor holds, if anything.
func Close(ex Extractor) error {
	if c, ok := ex.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

// attemptsKey is the context key under which Run counts attempts.
type attemptsKey struct{}

// CountAttempt records that the article of ctx is being asked (again).
// Extractors that retry call it once a try, so that [Result.Attempts] is true;
// others need not. It must be called from within Extract or from something
// that Extract waits for.
func CountAttempt(ctx context.Context) {
	if n, ok := ctx.Value(attemptsKey{}).(*attemptCounter); ok {
		n.add()
	}
}
