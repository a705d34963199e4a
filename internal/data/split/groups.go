package split

import (
	"maps"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/release"
)

// splitGroup is articles that stay on one side of a split.
type splitGroup struct {
	docIDs   []string // ascending
	labelled int      // of them
	latest   string   // latest date, "" when none has one
	order    uint64
}

// sets is a union-find over strings: what shares a set is one group.
type sets map[string]string

// find is the least member of the set, with the path to it made short.
func (s sets) find(x string) string {
	if s[x] == "" {
		s[x] = x
	}
	root := x
	for s[root] != root {
		root = s[root]
	}
	for s[x] != root {
		x, s[x] = s[x], root
	}
	return root
}

// join makes one set of two; the least name stands for it, so that the order
// of joins does not matter.
func (s sets) join(a, b string) {
	a, b = s.find(a), s.find(b)
	s[max(a, b)] = min(a, b)
}

// The members of the sets are articles and what ties them: a prefix keeps their
// names apart.
const (
	setArticle = "article "
	setHopper  = "hopper "
	setOutlet  = "outlet "
)

// splitGroups is the articles of a dataset by what must stay together, each
// group once, in the order of their first articles, and how many articles have
// no date.
func splitGroups(ds dataset.Dataset, byOutlet bool) (groups []*splitGroup, undated int, err error) {
	s := sets{}
	dates, labelled := map[string]string{}, map[string]bool{}
	for a, err := range ds.Articles() {
		if err != nil {
			return nil, 0, err
		}
		dates[a.DocID], labelled[a.DocID] = strings.Clone(a.Date()), a.Labelled // without the article around it
		if a.Date() == "" {
			undated++
		}
		if a.DuplicateOf != "" {
			s.join(setArticle+a.DocID, setArticle+a.DuplicateOf)
		}
		if byOutlet && a.Outlet != "" {
			s.join(setArticle+a.DocID, setOutlet+a.Outlet)
		}
	}
	events := ds.Annotations()
	if r, ok := ds.(*release.Release); ok {
		events = r.AnnotationsOf(release.ReadOptions{Parts: release.PartEvents, NoText: true})
	}
	for a, err := range events {
		if err != nil {
			return nil, 0, err
		}
		for i := range a.Events {
			for _, hopper := range []string{a.Events[i].HopperID, a.Events[i].PartOf} {
				if hopper != "" {
					s.join(setArticle+a.DocID, setHopper+hopper)
				}
			}
		}
	}
	byRoot := map[string]*splitGroup{}
	for _, docID := range slices.Sorted(maps.Keys(dates)) {
		root := s.find(setArticle + docID)
		g := byRoot[root]
		if g == nil {
			g = &splitGroup{}
			byRoot[root] = g
			groups = append(groups, g)
		}
		g.docIDs = append(g.docIDs, docID)
		if labelled[docID] {
			g.labelled++
		}
		g.latest = max(g.latest, dates[docID])
	}
	return groups, undated, nil
}
