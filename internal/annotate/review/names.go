package review

import (
	"cmp"
	"maps"
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/analysis"
	"github.com/mizan-corpus/mizan/schema"
)

// Names tell which actor and which happening of the second pass is which of the first:
// who labels independently gives names of one's own.
type Names struct {
	Actors, Hoppers map[string]string // names of the second pass → those of the first
}

// NamesOf pairs the names that stand on the same labels most often, each at most once.
// A name that both passes have stands for itself where it may.
func NamesOf(pairs []*eval.Pair) Names {
	actors, hoppers := map[[2]string]int{}, map[[2]string]int{}
	for _, p := range pairs {
		x := analysis.Align(p)
		for _, m := range x.Mentions {
			if m.Gold != nil && m.Pred != nil && m.Gold.ActorID != "" && m.Pred.ActorID != "" {
				actors[[2]string{m.Gold.ActorID, m.Pred.ActorID}]++
			}
		}
		for _, e := range x.Events {
			if e.Gold != nil && e.Pred != nil && e.Gold.HopperID != "" && e.Pred.HopperID != "" {
				hoppers[[2]string{e.Gold.HopperID, e.Pred.HopperID}]++
			}
		}
	}
	return Names{matched(actors), matched(hoppers)}
}

func matched(together map[[2]string]int) map[string]string {
	order := slices.SortedFunc(maps.Keys(together), func(x, y [2]string) int {
		same := func(p [2]string) int {
			if p[0] == p[1] {
				return 0
			}
			return 1
		}
		return cmp.Or(together[y]-together[x], same(x)-same(y), cmp.Compare(x[0], y[0]), cmp.Compare(x[1], y[1]))
	})
	first, out := map[string]bool{}, map[string]string{}
	for _, p := range order {
		if _, done := out[p[1]]; !done && !first[p[0]] {
			first[p[0]], out[p[1]] = true, p[0]
		}
	}
	return out
}

// Renamed is labels of the second pass under the names of the first. A name that has
// no counterpart stays, unless the first pass uses it for another: then it is marked.
func (n Names) Renamed(a *schema.Annotation) *schema.Annotation {
	out := &schema.Annotation{DocID: a.DocID, NotLabelled: a.NotLabelled, Mentions: slices.Clone(a.Mentions), Events: slices.Clone(a.Events)}
	for i := range out.Mentions {
		out.Mentions[i].ActorID = rename(n.Actors, out.Mentions[i].ActorID)
	}
	for i := range out.Events {
		e := &out.Events[i]
		e.HopperID, e.PartOf = rename(n.Hoppers, e.HopperID), rename(n.Hoppers, e.PartOf)
	}
	return out
}

func rename(names map[string]string, name string) string {
	if to, ok := names[name]; ok || name == "" {
		return to
	}
	for _, taken := range names {
		if taken == name {
			return name + "-2"
		}
	}
	return name
}
