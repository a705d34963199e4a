package join

import (
	"errors"
	"iter"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	datapredictions "github.com/mizan-corpus/mizan/internal/data/predictions"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// A score of Parquet against Parquet reads the columns that the metrics look
// at and nothing else. Offsets in Parquet are code points by definition, so
// that predictions need no texts to be read by; they are held against the texts
// where these are read anyway.

// errNoOffsets says that predictions give surfaces without offsets, which can
// be placed only in the texts.
var errNoOffsets = errors.New("predictions without offsets")

// reading says what of gold and predictions is read.
type reading struct {
	needs eval.Needs
	// trusted says that predicted offsets are taken as they are.
	trusted bool
	// surfaces says that the texts of gold spans are looked at.
	surfaces bool
}

// everything is what a command reads that looks at single items.
var everything = reading{needs: eval.Needs{Articles: true, Events: true, Details: true}, surfaces: true}

// of is the part of a release that is read. Surfaces are kept for commands
// that show them.
func (r reading) of() release.ReadOptions {
	if r == everything {
		return release.ReadOptions{}
	}
	opt := release.ReadOptions{Parts: release.AllParts, NoText: true, SpansOnly: !r.needs.Details}
	if !r.needs.Events {
		opt.Parts = release.PartMentions
	}
	return opt
}

// gold streams the gold labels.
func (r reading) gold(ds dataset.Dataset) annotations {
	if built, ok := ds.(*release.Release); ok {
		return built.AnnotationsOf(r.of())
	}
	return ds.Annotations()
}

// predictions streams predictions from Parquet tables as they are. It ends with
// errNoOffsets at the first span that has only a surface.
func (r reading) predictions(path string) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		p, err := datapredictions.Open(labels.FileSource(path))
		if err != nil {
			yield(nil, err)
			return
		}
		for d, err := range p.Documents(r.of()) {
			if err == nil && lacksOffsets(&d.Annotation) {
				d, err = nil, errNoOffsets
			}
			if !yield(d, err) || err != nil {
				return
			}
		}
	}
}

func lacksOffsets(a *schema.Annotation) bool {
	for i := range a.Mentions {
		if !a.Mentions[i].Span.IsSet() {
			return true
		}
	}
	for i := range a.Events {
		e := &a.Events[i]
		if !e.Span.IsSet() {
			return true
		}
		for k := range e.Arguments {
			if g := &e.Arguments[k]; g.MentionID == "" && g.TargetEventID == "" && !g.Span.IsSet() {
				return true
			}
		}
	}
	return false
}
