package eval

import (
	"maps"
	"slices"
	"strings"
)

// Part is what was counted in all articles, or in one slice of them.
type Part struct {
	Values   []string // one a column of [Scorer.By]; nil for everything
	Articles int
	Total    *Tally
	Moments  *Moments // nil unless asked for, see [Scorer.WithMoments]
	// Counts are those of the articles, in doc_id order; nil after
	// [Scorer.KeepSums].
	Counts []ArticleCounts
}

// parts are the whole and the slices as they grow.
type parts struct {
	scorer *Scorer
	whole  *Part
	slices map[string]*Part
}

func (s *Scorer) newParts() *parts {
	return &parts{s, s.newPart(nil), map[string]*Part{}}
}

func (s *Scorer) newPart(values []string) *Part {
	p := &Part{Values: values, Total: s.layout.NewTally()}
	if s.moments {
		p.Moments = s.layout.NewMoments()
	}
	return p
}

// add adds one article, and keeps its counts where asked to.
func (p *parts) add(a *ArticleCounts, keep bool) {
	p.whole.add(ArticleCounts{DocID: a.DocID, Tally: a.Tally}, keep)
	for _, slice := range a.Slices {
		counts := slice.Tally
		if p.scorer.byArticles() { // the whole article, with its share of what looks at the corpus
			counts = a.Tally
		}
		p.slice(slice.Values).add(ArticleCounts{DocID: a.DocID, Tally: counts}, keep)
	}
}

func (p *parts) slice(values []string) *Part {
	key := strings.Join(values, "\x00")
	if p.slices[key] == nil {
		p.slices[key] = p.scorer.newPart(values)
	}
	return p.slices[key]
}

func (p *Part) add(a ArticleCounts, keep bool) {
	p.Articles++
	p.Total.add(a.Tally)
	if p.Moments != nil {
		p.Moments.Add(a.Tally)
	}
	if keep {
		p.Counts = append(p.Counts, a)
	}
}

func (p *parts) merge(o *parts) {
	p.whole.merge(o.whole)
	for _, slice := range o.slices {
		p.slice(slice.Values).merge(slice)
	}
}

func (p *Part) merge(o *Part) {
	p.Articles += o.Articles
	p.Total.add(o.Total)
	if p.Moments != nil {
		if err := p.Moments.Merge(o.Moments); err != nil {
			panic(err) // all parts of one scorer share its layout
		}
	}
}

// Parts are everything and then every slice, in the order of their values.
func (s *Scorer) Parts() []*Part {
	p := s.sums
	if !s.sumsOnly {
		p = s.newParts()
		for i := range s.articles {
			p.add(&s.articles[i], true)
		}
	}
	return append([]*Part{p.whole}, slices.SortedFunc(maps.Values(p.slices), func(a, b *Part) int { return compareValues(a.Values, b.Values) })...)
}
