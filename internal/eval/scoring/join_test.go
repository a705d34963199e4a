package scoring

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/schema"
)

var errDisk = errors.New("disk on fire")

// annotations streams one empty annotation an id; "!" stands for an error.
func annotations(ids ...string) iter.Seq2[*schema.Annotation, error] {
	return func(yield func(*schema.Annotation, error) bool) {
		for _, id := range ids {
			if id == "!" {
				yield(nil, errDisk)
				return
			}
			if !yield(&schema.Annotation{DocID: id, Mentions: []schema.Mention{{ID: id}}}, nil) {
				return
			}
		}
	}
}

// joined is what a join gives: "a" for a pair, "a-" for one without
// predictions, and the error at the end.
func joined(pairs iter.Seq2[*eval.Pair, error]) string {
	var got []string
	for p, err := range pairs {
		switch {
		case err != nil:
			got = append(got, "error: "+err.Error())
		case p.Omitted:
			if len(p.Pred.Mentions) != 0 || p.Pred.DocID != p.DocID {
				got = append(got, fmt.Sprintf("omitted %+v", p.Pred))
			}
			got = append(got, p.DocID+"-")
		default:
			if p.Gold.DocID != p.DocID || p.Pred.DocID != p.DocID || len(p.Pred.Mentions) != 1 {
				got = append(got, fmt.Sprintf("pair %+v", p))
			}
			got = append(got, p.DocID)
		}
	}
	return strings.Join(got, " ")
}

func TestJoin(t *testing.T) {
	for name, c := range map[string]struct {
		gold, pred, want string
		omitted, unknown string
		buffered         string // what JoinBuffered gives, where that is another
	}{
		"all":                    {gold: "a b c", pred: "a b c", want: "a b c"},
		"none":                   {},
		"gold only":              {gold: "a b", want: "a- b-", omitted: "a b"},
		"predictions only":       {pred: "a b", unknown: "a b"},
		"left out":               {gold: "a b c", pred: "b", want: "a- b c-", omitted: "a c"},
		"more than gold":         {gold: "b d", pred: "a b c d e", want: "b d", unknown: "a c e"},
		"neither meets":          {gold: "a c", pred: "b d", want: "a- c-", omitted: "a c", unknown: "b d"},
		"predicted twice":        {gold: "a b", pred: "a a", want: "a error: article a was predicted twice", buffered: "error: article a was predicted twice"},
		"twice, not in gold":     {gold: "b", pred: "a a", unknown: "a", want: "error: article a was predicted twice"},
		"predictions not sorted": {gold: "a b", pred: "b a", want: "a- b error: predictions are not sorted by doc_id", omitted: "a", buffered: "a b"},
		"gold not sorted":        {gold: "b a", pred: "a b", want: "b error: gold labels are not in ascending doc_id order: a after b", unknown: "a", buffered: "b a"},
		"gold breaks off":        {gold: "a !", pred: "a b", want: "a error: disk on fire"},
		"predictions break off":  {gold: "a b c", pred: "a !", want: "a error: disk on fire", buffered: "error: disk on fire"},
	} {
		t.Run(name, func(t *testing.T) {
			r := &JoinReport{}
			got := joined(Join(annotations(strings.Fields(c.gold)...), annotations(strings.Fields(c.pred)...), nil, r))
			if omitted, unknown := strings.Join(r.Omitted, " "), strings.Join(r.Unknown, " "); got != c.want || omitted != c.omitted || unknown != c.unknown {
				t.Errorf("got %q, omitted %q, unknown %q, expected %q, %q, %q", got, omitted, unknown, c.want, c.omitted, c.unknown)
			}
			want := c.want
			if c.buffered != "" {
				want = c.buffered
			}
			if got := joined(JoinBuffered(annotations(strings.Fields(c.gold)...), annotations(strings.Fields(c.pred)...), nil, &JoinReport{})); got != want {
				t.Errorf("buffered: got %q, expected %q", got, want)
			}
		})
	}
}

// A pair has the article that is looked up; what cannot be looked up ends the
// join.
func TestJoinLooksUpArticles(t *testing.T) {
	lookup := func(id string) (*schema.Article, error) {
		if id == "c" {
			return nil, errDisk
		}
		return &schema.Article{DocID: id}, nil
	}
	for name, join := range map[string]func(gold, pred iter.Seq2[*schema.Annotation, error], article func(string) (*schema.Article, error), r *JoinReport) iter.Seq2[*eval.Pair, error]{
		"join": Join, "buffered": JoinBuffered,
	} {
		var got []string
		var last error
		for p, err := range join(annotations("a", "b", "c", "d"), annotations("b"), lookup, &JoinReport{}) {
			if last = err; err == nil {
				got = append(got, p.Article.DocID)
			}
		}
		if !slices.Equal(got, []string{"a", "b"}) || !errors.Is(last, errDisk) {
			t.Errorf("%s: articles %v, then %v", name, got, last)
		}
	}
}

// Any subset of the articles of either side: every gold article is paired once,
// in order, and each id is reported on the one side that lacks it. Predictions
// in any order give the same, where they are held.
func TestJoinIsAMergeOfSets(t *testing.T) {
	ids := []string{"a", "b", "c", "d", "e", "f", "g"}
	rapid.Check(t, func(t *rapid.T) {
		var gold, pred, omitted, unknown []string
		for _, id := range ids {
			inGold, inPred := rapid.Bool().Draw(t, "gold"), rapid.Bool().Draw(t, "pred")
			if inGold {
				gold = append(gold, id)
			}
			if inPred {
				pred = append(pred, id)
			}
			switch {
			case inGold && !inPred:
				omitted = append(omitted, id)
			case inPred && !inGold:
				unknown = append(unknown, id)
			}
		}
		want := make([]string, len(gold))
		for i, id := range gold {
			if want[i] = id; !slices.Contains(pred, id) {
				want[i] += "-"
			}
		}
		check := func(name, got string, r *JoinReport) {
			if got != strings.Join(want, " ") || r.Articles != len(gold) || !slices.Equal(r.Omitted, omitted) || !slices.Equal(r.Unknown, unknown) {
				t.Fatalf("%s: got %q, %+v, expected %q, omitted %v, unknown %v", name, got, r, want, omitted, unknown)
			}
		}
		r := &JoinReport{}
		check("join", joined(Join(annotations(gold...), annotations(pred...), nil, r)), r)
		r = &JoinReport{}
		check("buffered", joined(JoinBuffered(annotations(gold...), annotations(rapid.Permutation(pred).Draw(t, "order")...), nil, r)), r)
	})
}
