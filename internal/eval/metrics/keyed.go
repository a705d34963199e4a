package metrics

import (
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/eval"
)

// keyedItem is an item that is right when the other side has an item with the
// same key.
type keyedItem struct {
	key   string
	class string // "" for the overall class alone
	void  bool   // refers to nothing: counts, and is never right
}

func (k keyedItem) compare(l keyedItem) int {
	if c := strings.Compare(k.key, l.key); c != 0 {
		return c
	}
	if k.void != l.void {
		if k.void {
			return -1
		}
		return 1
	}
	return strings.Compare(k.class, l.class)
}

// countKeyed counts the greatest one-to-one matching of equal keys, which is
// the intersection of the two multisets. It sorts both lists.
func countKeyed(gold, pred []keyedItem, metric int, out *eval.Tally) {
	slices.SortFunc(gold, keyedItem.compare)
	slices.SortFunc(pred, keyedItem.compare)
	i, j := 0, 0
	for i < len(gold) || j < len(pred) {
		takeGold, takePred := i < len(gold), j < len(pred)
		if takeGold && takePred {
			order := strings.Compare(gold[i].key, pred[j].key)
			if order == 0 && gold[i].void != pred[j].void { // the void one has no partner
				order = -1
				if pred[j].void {
					order = 1
				}
			}
			takeGold, takePred = order <= 0, order >= 0
		}
		hit := int64(0)
		if takeGold && takePred && !gold[i].void {
			hit = 1
		}
		if takeGold {
			out.AddGold(metric, out.Class(gold[i].class), hit, 1)
			i++
		}
		if takePred {
			out.AddPredicted(metric, out.Class(pred[j].class), hit, 1)
			j++
		}
	}
}

// keyText joins the parts of a key so that different parts never give the same
// key.
func keyText(parts ...string) string { return strings.Join(parts, "\x1f") }
