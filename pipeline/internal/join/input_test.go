package join

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
	"github.com/mizan-corpus/mizan/schema"
)

// counted is a dataset of articles that counts how often each source is read.
type counted struct {
	labelled             []bool
	articles, gold, rest int
	broken               error // ends the articles
}

func docID(i int) string { return fmt.Sprintf("d%03d", i) }

func (*counted) Ontology() (*schema.Ontology, error) { return schema.PLOVER(), nil }

func (c *counted) Identity() (dataset.Identity, error) {
	c.rest++
	return dataset.Identity{Name: "counted", Version: "1.0.0", ContentSHA256: "0"}, nil
}

func (c *counted) Articles() iter.Seq2[*schema.Article, error] {
	c.articles++
	return func(yield func(*schema.Article, error) bool) {
		for i, labelled := range c.labelled {
			if !yield(&schema.Article{DocID: docID(i), Text: "Anna met Ben.", Labelled: labelled}, nil) {
				return
			}
		}
		if c.broken != nil {
			yield(nil, c.broken)
		}
	}
}

func (c *counted) Annotations() annotations {
	c.gold++
	return func(yield func(*schema.Annotation, error) bool) {
		for i, labelled := range c.labelled {
			if labelled && !yield(anna(i), nil) {
				return
			}
		}
	}
}

func (c *counted) Actors() iter.Seq2[*schema.Actor, error] {
	c.rest++
	return func(func(*schema.Actor, error) bool) {}
}

func (c *counted) Passes() iter.Seq2[*dataset.Pass, error] {
	return func(func(*dataset.Pass, error) bool) {}
}

// anna is the one mention of an article.
func anna(i int) *schema.Annotation {
	return &schema.Annotation{DocID: docID(i), Mentions: []schema.Mention{{ID: "m1", Span: schema.Span{Start: 0, End: 4}, Text: "Anna", Type: "PER", Level: "NAM"}}}
}

func predicted(ids ...int) annotations {
	return func(yield func(*schema.Annotation, error) bool) {
		for _, i := range ids {
			if !yield(anna(i), nil) {
				return
			}
		}
	}
}

func every(n, step int) (labelled []bool) {
	for i := range n {
		labelled = append(labelled, i%step == 0)
	}
	return labelled
}

// The texts that predictions are placed in and the articles of the pairs come
// from one reading, where predictions leave out no long stretch; and whatever
// they leave out, from two.
func TestEachSourceIsReadOnce(t *testing.T) {
	for name, c := range map[string]struct {
		labelled []bool
		pred     []int
		most     int // readings of the articles
	}{
		"all":                        {every(40, 1), slices.Collect(upTo(40, 1)), 1},
		"few are labelled":           {every(400, 50), slices.Collect(upTo(400, 50)), 1},
		"unlabelled predicted too":   {every(40, 2), slices.Collect(upTo(40, 1)), 1},
		"some left out":              {every(40, 1), slices.Collect(upTo(40, 5)), 1},
		"a long stretch is left out": {every(100, 1), []int{0, 99}, 2},
		"none predicted but the end": {every(100, 1), []int{99}, 2},
		"only the beginning":         {every(100, 1), []int{0}, 1},
		"unsorted":                   {every(10, 1), []int{3, 1, 2}, 3}, // begun once for each, then held in memory
	} {
		ds := &counted{labelled: c.labelled}
		opened, err := Open("", ds)
		if err != nil {
			t.Fatal(err)
		}
		in := Input{Dataset: opened, Predicted: predicted(c.pred...)}
		var pairs map[string]*eval.Pair // of the last reading
		err = in.Pairs(func() func(*eval.Pair) error {
			pairs = map[string]*eval.Pair{}
			return func(p *eval.Pair) error {
				pairs[p.DocID] = p
				return nil
			}
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for i, labelled := range c.labelled {
			p := pairs[docID(i)]
			switch {
			case (p != nil) != labelled:
				t.Errorf("%s: %s: labelled %v, pair %v", name, docID(i), labelled, p)
			case p == nil:
			case p.Article == nil || p.Article.DocID != p.DocID || p.Omitted == slices.Contains(c.pred, i):
				t.Errorf("%s: found %+v", name, p)
			}
		}
		if ds.articles > c.most || name != "unsorted" && ds.gold != 1 {
			t.Errorf("%s: articles were read %d times, gold %d; expected %d and 1", name, ds.articles, ds.gold, c.most)
		}
	}
}

func upTo(n, step int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 0; i < n; i += step {
			if !yield(i) {
				return
			}
		}
	}
}

// Identity and actors are asked for once for any number of scores, and offsets
// in Parquet need no article.
func TestScoresShareWhatTheyRead(t *testing.T) {
	ds := &counted{labelled: every(10, 1)}
	opened, err := Open("", ds)
	if err != nil {
		t.Fatal(err)
	}
	opt := scoring.Options{Metrics: []string{"mentions.strict"}}
	for range 3 {
		in := Input{Dataset: opened, Predicted: predicted(0, 1, 2, 3, 4)}
		ev, err := in.Score(t.Context(), 0, opt, nil)
		if err != nil {
			t.Fatal(err)
		}
		// 5 of 10 articles are predicted, each with its one mention.
		if f := ev.Result.Find("mentions.strict", ""); f.Correct.Recall != 5 || f.Predicted != 5 || f.Gold != 10 {
			t.Errorf("found %+v", f)
		}
	}
	if ds.rest != 2 || ds.articles != 3 || ds.gold != 3 {
		t.Errorf("identity and actors were read %d times, articles %d, gold %d; expected 2, 3, 3", ds.rest, ds.articles, ds.gold)
	}
}

// Articles that cannot be read end the score, and are said once.
func TestUnreadableArticlesEndTheScore(t *testing.T) {
	ds := &counted{labelled: every(3, 1), broken: errors.New("disk on fire")}
	opened, err := Open("", ds)
	if err != nil {
		t.Fatal(err)
	}
	in := Input{Dataset: opened, Predicted: predicted(0, 1, 2, 9)}
	_, err = in.Score(t.Context(), 0, scoring.Options{}, nil)
	if !errors.Is(err, ds.broken) || strings.Count(err.Error(), "disk on fire") != 1 {
		t.Errorf("error %v", err)
	}
}

// Predictions that give only surfaces are the same wherever they come from.
func TestPredictedIsAsAFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "p.jsonl")
	if err := os.WriteFile(file, []byte(`{"doc_id":"d000","mentions":[{"mention_id":"m1","text":"Ben","type":"PER"},{"mention_id":"m2","text":"Zoe","type":"PER"}]}`+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	held := func(yield func(*schema.Annotation, error) bool) {
		yield(&schema.Annotation{DocID: "d000", Mentions: []schema.Mention{
			{ID: "m1", Span: schema.NoSpan, Head: schema.NoSpan, Text: "Ben", Type: "PER"}, {ID: "m2", Span: schema.NoSpan, Head: schema.NoSpan, Text: "Zoe", Type: "PER"}}}, nil)
	}
	var warnings []string
	for _, in := range []Input{{Path: file}, {Predicted: held}} {
		var err error
		if in.Dataset, err = Open("", &counted{labelled: every(2, 1)}); err != nil {
			t.Fatal(err)
		}
		ev, err := in.Score(t.Context(), 0, scoring.Options{Metrics: []string{"mentions.strict"}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if f := ev.Result.Find("mentions.strict", ""); f.Predicted != 2 || f.Gold != 2 || f.Correct.Precision != 0 {
			t.Errorf("found %+v", f)
		}
		all := strings.Join(ev.Result.Warnings, "\n")
		warnings = append(warnings, strings.NewReplacer(file, "predictions").Replace(all))
	}
	if warnings[0] != warnings[1] || !strings.Contains(warnings[0], `"Zoe"`) {
		t.Errorf("of a file:\n%s\nheld:\n%s", warnings[0], warnings[1])
	}
}

// A follower gives every labelled article as a cursor of its own would, whatever
// the lead is asked for in between.
func TestFollowerIsACursor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ds := &counted{labelled: rapid.SliceOfN(rapid.Bool(), 1, 80).Draw(t, "labelled")}
		lead := NewCursor(ds)
		follower := Follow(lead)
		defer lead.Close()
		defer follower.Close()
		ahead := 0
		for i, labelled := range ds.labelled {
			if rapid.Bool().Draw(t, "leads") {
				ahead = rapid.IntRange(ahead, len(ds.labelled)).Draw(t, "ahead")
				if _, err := lead.Article(docID(ahead)); err != nil {
					t.Fatal(err)
				}
			}
			if !labelled {
				continue
			}
			a, err := follower.Article(docID(i))
			if err != nil || a == nil || a.DocID != docID(i) {
				t.Fatalf("%s: found %v, %v", docID(i), a, err)
			}
			ahead = max(ahead, i)
		}
	})
}
