package corpus

import (
	"fmt"

	"github.com/mizan-corpus/mizan/internal/data/duplicates"
)

// markDuplicates finds the articles that repeat each other, by a resemblance of
// at least threshold, and marks all of a cluster but one as duplicates of that:
// the one that has labels, or else the earliest, or else the first by doc_id.
// ended is asked before each comparison; its error ends the search.
func (s *spool) markDuplicates(threshold float64, ended func() error) error {
	sketches := make([]*duplicates.Sketch, len(s.slots))
	for i := range s.slots {
		if s.slots[i].sketch == nil {
			return fmt.Errorf("article %s has no sketch", s.slots[i].docID)
		}
		sketches[i] = s.slots[i].sketch
	}
	clusters, err := duplicates.Find(sketches, threshold, func(i, j int) (float64, error) {
		if err := ended(); err != nil {
			return 0, err
		}
		a, err := s.read(&s.slots[i])
		if err != nil {
			return 0, err
		}
		b, err := s.read(&s.slots[j])
		if err != nil {
			return 0, err
		}
		if a.Text == b.Text {
			return 1, nil
		}
		return duplicates.Resemblance(a.Text, b.Text), nil
	})
	if err != nil {
		return err
	}
	originals := make([]int, len(clusters)) // by cluster
	for i, c := range clusters {
		if int(c) == i || s.slots[i].before(&s.slots[originals[c]]) {
			originals[c] = i
		}
	}
	for i, c := range clusters {
		s.slots[i].duplicateOf = ""
		if o := originals[c]; o != i {
			s.slots[i].duplicateOf = s.slots[o].docID
		}
	}
	return nil
}

// before reports whether the article is rather the original than the other: it
// is labelled, or dated earlier, or dated at all. Of two that are alike the one
// that comes first is.
func (x *slot) before(y *slot) bool {
	switch {
	case x.labelled != y.labelled:
		return x.labelled
	case x.date != y.date && x.date != "" && y.date != "":
		return x.date < y.date
	}
	return x.date != "" && y.date == ""
}

// DuplicateRecall is the share of the pairs at a threshold of near-duplicates that
// are expected to be found.
func DuplicateRecall(threshold float64) float64 {
	_, _, recall := duplicates.Bands(threshold)
	return recall
}
