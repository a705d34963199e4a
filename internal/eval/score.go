package eval

import (
	"context"
	"iter"
	"runtime"
	"slices"
	"sync"

	"github.com/mizan-corpus/mizan/schema"
)

// Scorer counts articles under a layout. It keeps each article's counts, from
// which tests and bootstrap intervals are computed, or only sums over them.
type Scorer struct {
	settings *Settings
	layout   *Layout
	families []*Family
	corpus   []CorpusCounting
	filters  []*Filter
	by       []*Column

	sumsOnly bool
	moments  bool
	watch    []func(*Pair)

	mu       sync.Mutex
	articles []ArticleCounts
	sums     *parts // of articles that were not kept
	counted  int    // articles, kept or not
	claimed  Claims // of the predictions
}

// ArticleCounts are the counts of one article with what slices need of it.
type ArticleCounts struct {
	DocID   string
	Article *schema.Article // may be nil; Text and Raw are not kept
	Tally   *Tally
	Slices  []SliceCounts // by the scorer's columns, in sorted order
}

// SliceCounts are the counts of a part of an article.
type SliceCounts struct {
	Values []string // one a column
	Tally  *Tally
}

// NewScorer prepares to count the given metrics on what the filters keep, and
// again in every slice by the columns. canonical is the canonical text of
// everything that the counts depend on.
func NewScorer(metrics []*Metric, settings *Settings, filters []*Filter, by []*Column, canonical string) *Scorer {
	s := &Scorer{settings: settings, layout: NewLayout(metrics, canonical), filters: filters, by: by}
	if settings != nil && settings.LeaveOut {
		s.layout.LeaveOutUndefined()
	}
	chosen := map[*Metric]bool{}
	for _, m := range metrics {
		chosen[m] = true
	}
	for _, f := range families {
		for i := range f.Metrics {
			if chosen[&f.Metrics[i]] {
				s.families = append(s.families, f)
				if f.NewCorpus != nil {
					s.corpus = append(s.corpus, f.NewCorpus(settings))
				}
				break
			}
		}
	}
	return s
}

// WithMoments makes the scorer add up what logit-t intervals need. It is called
// before Run.
func (s *Scorer) WithMoments() { s.moments = true }

// KeepSums makes the scorer forget the articles' own counts once they are
// added up, so that memory does not grow with their number. Then there are no
// tests and no bootstrap. It has no effect where a family that looks at the
// whole corpus needs them. It is called before Run.
func (s *Scorer) KeepSums() { s.sumsOnly = len(s.corpus) == 0 }

// Watch calls f, one call at a time and in the order of the stream, for every
// pair that the filters keep. It is called before Run.
func (s *Scorer) Watch(f func(*Pair)) { s.watch = append(s.watch, f) }

// By are the columns that articles are sliced by.
func (s *Scorer) By() []*Column { return s.by }

// Counted is the number of articles that the filters kept.
func (s *Scorer) Counted() int { return s.counted }

// Claims reports whether the predictions hold any label of the kind that the metric
// is about; true for no article.
func (s *Scorer) Claims(m *Metric) bool {
	return m.Claims == 0 || s.claimed&m.Claims != 0 || s.counted == 0
}

// Layout is the layout of every tally that the scorer makes.
func (s *Scorer) Layout() *Layout { return s.layout }

// Run counts every pair of the stream on all processors. It returns the first
// error of the stream, or the context's.
func (s *Scorer) Run(ctx context.Context, pairs iter.Seq2[*Pair, error]) error {
	workers := runtime.GOMAXPROCS(0)
	jobs := make(chan []*Pair, workers)
	s.sums = s.newParts()
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			var countings []familyCounting
			for _, f := range s.families {
				if f.New != nil {
					countings = append(countings, familyCounting{f, f.New(s.settings)})
				}
			}
			own := s.newParts()
			var spare *Tally // its counts are added up, its memory is used again
			for batch := range jobs {
				for _, p := range batch {
					a := s.count(p, countings, spare)
					if !s.sumsOnly {
						s.Add(a)
						continue
					}
					own.add(&a, false)
					spare = a.Tally
				}
			}
			s.mu.Lock()
			s.sums.merge(own)
			s.mu.Unlock()
		})
	}
	err := s.feed(ctx, pairs, jobs)
	close(jobs)
	wg.Wait()
	if err != nil {
		return err
	}
	return s.finish()
}

// feed sends the pairs to the workers in batches, so that short articles do
// not spend their time on channel operations.
func (s *Scorer) feed(ctx context.Context, pairs iter.Seq2[*Pair, error], jobs chan<- []*Pair) error {
	const batchSize = 16
	batch := make([]*Pair, 0, batchSize)
	for p, err := range pairs {
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if p.Pred != nil && s.claimed != claimAll {
			s.claimed |= claimsOf(p.Pred)
		}
		known := p
		p = Judge(p, s.settings.Ontology, s.filters)
		if p != nil && len(s.corpus) > 0 {
			p = s.divided(p)
			known = p
		}
		for _, c := range s.corpus { // what the filters leave out is known, and not judged
			c.Observe(known)
		}
		if p == nil {
			continue
		}
		s.counted++
		for _, watch := range s.watch {
			watch(p)
		}
		if batch = append(batch, p); len(batch) == batchSize {
			jobs <- batch
			batch = make([]*Pair, 0, batchSize)
		}
	}
	jobs <- batch
	return nil
}

// familyCounting is a family's counting of one worker.
type familyCounting struct {
	family *Family
	Counting
}

// divided is the pair with the scope of the slices, where the columns divide
// articles.
func (s *Scorer) divided(p *Pair) *Pair {
	if len(s.by) == 0 || s.byArticles() {
		return p
	}
	q := *p
	q.Scope = newScope(p, s.settings.Ontology, s.filters, s.by)
	return &q
}

// tally counts one pair by itself, and again in each slice of its scope.
// spare is a tally to use, or nil.
func (s *Scorer) tally(p *Pair, countings []familyCounting, spare *Tally) *Tally {
	if p.Scope != nil {
		spare = nil
	}
	t := s.layout.tallyOf(p, spare)
	if p.Scope != nil {
		t.scope = p.Scope
		classes := p.classes()
		for range p.Scope.slices {
			part := s.layout.NewTally()
			part.Intern(classes)
			t.sliced = append(t.sliced, part)
		}
	}
	for _, c := range countings {
		if p.Scope == nil || !c.family.Sets {
			c.Count(p, t)
			continue
		}
		for part := int32(whole); int(part) < len(t.sliced); part++ {
			q, out := p.Scope.restricted(c.family.Counts, part), t
			if part != whole {
				out = t.sliced[part]
			}
			if q != nil {
				out.scope = nil
				c.Count(q, out)
			}
		}
		t.scope = p.Scope
	}
	return t
}

// count counts one pair and its slices.
func (s *Scorer) count(p *Pair, countings []familyCounting, spare *Tally) ArticleCounts {
	byItems := len(s.by) > 0 && !s.byArticles()
	if len(s.corpus) == 0 {
		p = s.divided(p)
	}
	a := ArticleCounts{DocID: p.DocID, Tally: s.tally(p, countings, spare)}
	switch {
	case byItems:
		for i, values := range p.Scope.slices {
			a.Slices = append(a.Slices, SliceCounts{values, a.Tally.sliced[i]})
		}
		slices.SortFunc(a.Slices, func(x, y SliceCounts) int { return slices.Compare(x.Values, y.Values) })
	case len(s.by) > 0: // the whole article, with its share of what looks at the corpus
		values := make([]string, len(s.by))
		for i, c := range s.by {
			values[i] = c.ofArticle(p)
		}
		a.Slices = []SliceCounts{{values, a.Tally}}
	}
	a.Tally.scope = nil
	if !s.sumsOnly {
		a.Tally.forget()
		for i := range a.Slices {
			a.Slices[i].Tally.forget()
		}
	}
	if p.Article != nil && !s.sumsOnly {
		lean := *p.Article
		lean.Text, lean.Raw, lean.RawMap = "", "", nil
		a.Article = &lean
	}
	return a
}
