// Package join reads a dataset and predictions side by side and makes pairs of
// them.
package join

import (
	"iter"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/schema"
)

// Gold is the name under which the adjudicated labels stand among the passes.
const Gold = "gold"

type (
	annotations = iter.Seq2[*schema.Annotation, error]
	pairs       = iter.Seq2[*eval.Pair, error]
)

// Dataset is a dataset that is opened once: what every score of it asks for is
// read the first time and kept.
type Dataset struct {
	Data      dataset.Dataset
	actors    map[string]*schema.Actor
	signature *scoring.Signature
}

// Open opens the release in the folder, or the embedded corpus for "". A dataset
// that is open already is taken as it is.
func Open(folder string, opened dataset.Dataset) (*Dataset, error) {
	var err error
	switch {
	case opened != nil:
	case folder == "":
		opened, err = data.Default()
	default:
		opened, err = release.Open(folder)
	}
	if err != nil {
		return nil, err
	}
	return &Dataset{Data: opened}, nil
}

// Settings is what a score is told of the dataset. iou is the least intersection
// over union that counts as overlap, per cent.
func (d *Dataset) Settings(iou int) (*eval.Settings, error) {
	if d.actors == nil {
		table := map[string]*schema.Actor{}
		for a, err := range d.Data.Actors() {
			if err != nil {
				return nil, err
			}
			table[a.ID] = a
		}
		d.actors = table
	}
	o, err := d.Data.Ontology()
	if err != nil {
		return nil, err
	}
	return &eval.Settings{Ontology: o, Actors: d.actors, IoU: iou}, nil
}

// Signature is the part of a score's signature that the dataset decides.
func (d *Dataset) Signature() (scoring.Signature, error) {
	if d.signature == nil {
		id, err := d.Data.Identity()
		if err != nil {
			return scoring.Signature{}, err
		}
		d.signature = &scoring.Signature{
			Dataset:      id.Name + "@" + id.Version,
			ContentHash:  id.ContentSHA256,
			Schema:       id.SchemaVersion,
			Ontology:     id.Ontology + "@" + id.OntologyVersion,
			OntologyHash: id.OntologySHA256,
			Guidelines:   id.GuidelineVersion,
			Split:        "all",
		}
	}
	return *d.signature, nil
}

// Passes holds every annotation pass, and the gold labels, in memory.
func (d *Dataset) Passes() (map[string][]*schema.Annotation, error) {
	passes := map[string][]*schema.Annotation{}
	for p, err := range d.Data.Passes() {
		if err != nil {
			return nil, err
		}
		passes[p.Annotator] = append(passes[p.Annotator], p.Annotation)
	}
	for g, err := range d.Data.Annotations() {
		if err != nil {
			return nil, err
		}
		passes[Gold] = append(passes[Gold], g)
	}
	return passes, nil
}

// Pair pairs one pass with another that stands for gold.
func (d *Dataset) Pair(gold, pred []*schema.Annotation) iter.Seq2[*eval.Pair, error] {
	return func(yield func(*eval.Pair, error) bool) {
		cursor := NewCursor(d.Data)
		defer cursor.Close()
		scoring.Join(stream(gold), stream(pred), cursor.Article, &scoring.JoinReport{})(yield)
	}
}

func stream(list []*schema.Annotation) annotations {
	return func(yield func(*schema.Annotation, error) bool) {
		for _, a := range list {
			if !yield(a, nil) {
				return
			}
		}
	}
}
