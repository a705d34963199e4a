package eval

import (
	"fmt"
	"sort"
)

// finish puts the articles into doc_id order and adds the shares of the
// families that needed all articles at once.
func (s *Scorer) finish() error {
	sort.Slice(s.articles, func(i, j int) bool { return s.articles[i].DocID < s.articles[j].DocID })
	for i := 1; i < len(s.articles); i++ {
		if s.articles[i].DocID == s.articles[i-1].DocID {
			return fmt.Errorf("article %s was given twice", s.articles[i].DocID)
		}
	}
	byID := make(map[string]*Tally, len(s.articles))
	for i := range s.articles {
		byID[s.articles[i].DocID] = s.articles[i].Tally
	}
	for _, c := range s.corpus {
		c.CountAll(func(docID string) *Tally { return byID[docID] })
	}
	return nil
}

// Add adds an article's counts that were made elsewhere under an equal layout.
func (s *Scorer) Add(a ArticleCounts) {
	s.mu.Lock()
	s.articles = append(s.articles, a)
	s.mu.Unlock()
}

// Articles are the counts of every article, in doc_id order; none after
// [Scorer.KeepSums].
func (s *Scorer) Articles() []ArticleCounts { return s.articles }

// Total is the sum over all articles.
func (s *Scorer) Total() *Tally {
	t := Sum(s.layout, s.articles)
	if s.sums != nil {
		t.add(s.sums.whole.Total)
	}
	return t
}

// Sum adds up the articles' tallies.
func Sum(l *Layout, articles []ArticleCounts) *Tally {
	t := l.NewTally()
	for i := range articles {
		t.add(articles[i].Tally)
	}
	return t
}

// add merges a tally of the same scorer; nil is an empty one.
func (t *Tally) add(u *Tally) {
	if u == nil {
		return
	}
	if err := t.Merge(u); err != nil {
		panic(err) // all tallies of one scorer share its layout
	}
}
