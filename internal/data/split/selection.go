package split

import (
	"iter"
	"sync"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/walk"
	"github.com/mizan-corpus/mizan/schema"
)

// selection is some articles of a dataset, with their labels and passes, and
// all of its actors.
type selection struct {
	dataset.Dataset
	part     string
	has      func(docID string) bool
	identity func() (dataset.Identity, error)
}

// Select is the articles of a dataset that a partition puts into a part, with
// their labels and passes, and the whole table of actors. The articles' split
// is the part. Its content hash, as part of its identity, is its own.
func (p *Partition) Select(ds dataset.Dataset, part string) dataset.Dataset {
	s := &selection{Dataset: ds, part: part, has: func(docID string) bool { return p.Of[docID] == part }}
	s.identity = sync.OnceValues(s.identify)
	return s
}

func (s *selection) Identity() (dataset.Identity, error) { return s.identity() }

func (s *selection) identify() (dataset.Identity, error) {
	id, err := s.Dataset.Identity()
	if err != nil {
		return dataset.Identity{}, err
	}
	id.ContentSHA256, err = walk.ContentOf(s)
	return id, err
}

func (s *selection) Articles() iter.Seq2[*schema.Article, error] {
	return func(yield func(*schema.Article, error) bool) {
		for a, err := range s.Dataset.Articles() {
			if err == nil {
				if !s.has(a.DocID) {
					continue
				}
				moved := *a
				moved.Split = s.part
				a = &moved
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

func (s *selection) Annotations() iter.Seq2[*schema.Annotation, error] {
	return selected(s.Dataset.Annotations(), func(a *schema.Annotation) bool { return s.has(a.DocID) })
}

func (s *selection) Passes() iter.Seq2[*dataset.Pass, error] {
	return selected(s.Dataset.Passes(), func(p *dataset.Pass) bool { return s.has(p.Annotation.DocID) })
}

func selected[T any](stream iter.Seq2[*T, error], keep func(*T) bool) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		for item, err := range stream {
			if (err != nil || keep(item)) && !yield(item, err) {
				return
			}
		}
	}
}
