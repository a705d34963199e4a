package split

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/datatest"
	"github.com/mizan-corpus/mizan/internal/data/walk"
	"github.com/mizan-corpus/mizan/schema"
)

// drawn is a dataset of articles that share hoppers, outlets and dates, and are
// copies of one another.
type drawn struct {
	datatest.Synthetic
	list []*schema.Article
	gold []*schema.Annotation
}

func (d *drawn) Articles() iter.Seq2[*schema.Article, error]       { return each(d.list) }
func (d *drawn) Annotations() iter.Seq2[*schema.Annotation, error] { return each(d.gold) }

func each[T any](list []*T) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		for _, item := range list {
			if !yield(item, nil) {
				return
			}
		}
	}
}

func drawDataset(t *rapid.T) *drawn {
	d := &drawn{}
	n := rapid.IntRange(1, 40).Draw(t, "articles")
	for i := range n {
		a := &schema.Article{DocID: fmt.Sprintf("d%02d", i), Split: "test", Labelled: rapid.Bool().Draw(t, "labelled"),
			Outlet:    rapid.SampledFrom([]string{"", "", "one", "two", "three", "four"}).Draw(t, "outlet"),
			Published: rapid.SampledFrom([]string{"", "2016-07-05", "2017-11-21", "2018-04-06", "2019-01-01"}).Draw(t, "date")}
		if i > 0 && rapid.IntRange(0, 9).Draw(t, "copy") == 0 {
			a.DuplicateOf = fmt.Sprintf("d%02d", rapid.IntRange(0, i-1).Draw(t, "of"))
		}
		d.list = append(d.list, a)
		g := &schema.Annotation{DocID: a.DocID}
		for range rapid.IntRange(0, 2).Draw(t, "events") {
			g.Events = append(g.Events, schema.Event{HopperID: fmt.Sprint("h", rapid.IntRange(0, 60).Draw(t, "hopper")),
				PartOf: rapid.SampledFrom([]string{"", "", "", "h1"}).Draw(t, "whole")})
		}
		d.gold = append(d.gold, g)
	}
	return d
}

func drawOptions(t *rapid.T) Options {
	opt := Options{By: rapid.SampledFrom(Ways).Draw(t, "by"), Seed: rapid.Uint64().Draw(t, "seed")}
	opt.Parts = rapid.SampledFrom([][]Part{
		{{"train", 0.8}, {"test", 0.2}}, {{"a", 0.5}, {"b", 0.25}, {"c", 0.25}}, {{"all", 1}},
	}).Draw(t, "parts")
	if rapid.Bool().Draw(t, "folded") {
		opt.Parts, _ = Folds(rapid.IntRange(2, 6).Draw(t, "folds"))
	}
	return opt
}

// divide is Divide, where some part may have stayed empty.
func divide(d *drawn, opt Options) (*Partition, error) {
	p, err := Divide(d, opt)
	var empty *EmptyPartError
	if errors.As(err, &empty) {
		for _, s := range p.Parts {
			if s.Name == empty.Part && s.Labelled > 0 {
				return nil, fmt.Errorf("%s has %d labelled articles and is called empty", s.Name, s.Labelled)
			}
		}
		err = nil
	}
	return p, err
}

// Every article is in exactly one part, what belongs together stays together,
// and the order of the articles does not matter.
func TestSplitKeepsTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, opt := drawDataset(t), drawOptions(t)
		p, err := divide(d, opt)
		if err != nil {
			t.Fatal(err)
		}
		names := map[string]int{}
		for _, s := range p.Parts {
			names[s.Name] = s.Articles
		}
		got := map[string]int{}
		for _, part := range p.Of {
			got[part]++
		}
		total := 0
		for name, n := range names {
			if got[name] != n {
				t.Fatalf("part %s has %d articles, its size says %d", name, got[name], n)
			}
			total += n
		}
		if total != len(d.list) || len(p.Of) != len(d.list) {
			t.Fatalf("%d articles are placed, expected %d", total, len(d.list))
		}
		side := map[string]string{} // by what ties articles together
		tie := func(what, docID string) {
			if first, ok := side[what]; ok && first != p.Of[docID] {
				t.Fatalf("%s is in %s and in %s", what, first, p.Of[docID])
			}
			side[what] = p.Of[docID]
		}
		for i, a := range d.list {
			if a.DuplicateOf != "" && p.Of[a.DuplicateOf] != p.Of[a.DocID] {
				t.Fatalf("%s is in %s, its copy %s in %s", a.DuplicateOf, p.Of[a.DuplicateOf], a.DocID, p.Of[a.DocID])
			}
			if opt.By == ByOutlet && a.Outlet != "" {
				tie("outlet "+a.Outlet, a.DocID)
			}
			for _, e := range d.gold[i].Events {
				tie("hopper "+e.HopperID, a.DocID)
				if e.PartOf != "" {
					tie("hopper "+e.PartOf, a.DocID)
				}
			}
		}
		slices.Reverse(d.list)
		slices.Reverse(d.gold)
		again, err := divide(d, opt)
		if err != nil || !maps.Equal(again.Of, p.Of) {
			t.Fatalf("in another order: %v, %v, expected %v", again, err, p)
		}
	})
}

// By time no article of a part is later than the latest article of a group in a
// later part.
func TestSplitByTimeLooksBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, opt := drawDataset(t), drawOptions(t)
		opt.By = ByTime
		p, err := divide(d, opt)
		if err != nil {
			t.Fatal(err)
		}
		groups, _, err := splitGroups(d, false)
		if err != nil {
			t.Fatal(err)
		}
		place := func(g *splitGroup) int {
			return slices.IndexFunc(p.Parts, func(s PartSize) bool { return s.Name == p.Of[g.docIDs[0]] })
		}
		for _, g := range groups {
			for _, h := range groups {
				if place(g) < place(h) && g.latest > h.latest {
					t.Fatalf("%v (until %s) is before %v (until %s)", g.docIDs, g.latest, h.docIDs, h.latest)
				}
			}
		}
	})
}

// Without constraints the sizes are the shares to within one article, and
// another seed gives another split.
func TestSplitSizes(t *testing.T) {
	d := &drawn{}
	for i := range 100 {
		d.list = append(d.list, &schema.Article{DocID: fmt.Sprintf("d%03d", i), Published: fmt.Sprintf("2016-07-%02d", 1+i%28)})
	}
	for _, by := range Ways {
		p, err := Divide(d, Options{Parts: []Part{{"train", 0.7}, {"dev", 0.1}, {"test", 0.2}}, By: by, Seed: 7})
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []int{70, 10, 20} {
			if p.Parts[i].Articles != want {
				t.Errorf("by %s: %s has %d articles, expected %d", by, p.Parts[i].Name, p.Parts[i].Articles, want)
			}
		}
		if p.Notes != nil {
			t.Errorf("by %s: notes %q, expected none", by, p.Notes)
		}
		q, err := Divide(d, Options{Parts: []Part{{"train", 0.7}, {"dev", 0.1}, {"test", 0.2}}, By: by, Seed: 8})
		if err != nil || by != ByTime && maps.Equal(p.Of, q.Of) {
			t.Errorf("by %s: seeds 7 and 8 give the same split (%v)", by, err)
		}
	}
}

func TestSplitSaysWhatConstraintsDid(t *testing.T) {
	d := &drawn{}
	for i := range 10 {
		d.list = append(d.list, &schema.Article{DocID: fmt.Sprintf("d%d", i), Outlet: "one"})
	}
	p, err := Divide(d, Options{Parts: []Part{{"train", 0.8}, {"test", 0.2}}, By: ByOutlet})
	var empty *EmptyPartError
	if !errors.As(err, &empty) || empty.Part != "test" || empty.Groups != 1 {
		t.Fatalf("error %v, expected that test is empty", err)
	}
	notes := strings.Join(p.Notes, "\n")
	for _, want := range []string{"train has 10 articles where 8.0 were asked for", "the largest group has 10"} {
		if !strings.Contains(notes, want) {
			t.Errorf("notes %q, expected %q", notes, want)
		}
	}
}

// Shares are of the labelled articles; the others fill the parts up.
func TestSplitCountsLabelledArticles(t *testing.T) {
	d := &drawn{}
	for i := range 100 {
		d.list = append(d.list, &schema.Article{DocID: fmt.Sprintf("d%03d", i), Labelled: i >= 90, Published: "2016-07-05"})
	}
	for _, by := range []string{ByArticle, ByOutlet} {
		p, err := Divide(d, Options{Parts: []Part{{"train", 0.8}, {"test", 0.2}}, By: by, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		// 0.8 and 0.2 of 10 labelled articles, and of all 100.
		for i, want := range []PartSize{{"train", 80, 8, 8, 80}, {"test", 20, 2, 2, 20}} {
			if p.Parts[i] != want {
				t.Errorf("by %s: %+v, expected %+v", by, p.Parts[i], want)
			}
		}
		if p.Notes != nil {
			t.Errorf("by %s: notes %q", by, p.Notes)
		}
	}
	_, err := Divide(d, Options{Parts: []Part{{"train", 0.97}, {"test", 0.03}}, Seed: 1})
	if err == nil || !strings.Contains(err.Error(), "test has no labelled article: there are 10 groups") {
		t.Errorf("3 in 100 of 10 articles: error %v", err)
	}
}

func TestParseParts(t *testing.T) {
	parts, err := ParseParts("train=0.8, test=0.2")
	if err != nil || !slices.Equal(parts, []Part{{"train", 0.8}, {"test", 0.2}}) {
		t.Errorf("found %v, %v", parts, err)
	}
	for _, bad := range []string{"", "train", "train=x", "train=0.8", "train=0.8,test=0.3", "a=0.5,a=0.5", "a=0,b=1", "a=-1,b=2", "../x=1", "a=NaN", "a=Inf"} {
		if parts, err := ParseParts(bad); err == nil {
			t.Errorf("%q was read as %v", bad, parts)
		}
	}
	for _, bad := range []int{-1, 0, 1, 1001} {
		if _, err := Folds(bad); err == nil {
			t.Errorf("%d folds were taken", bad)
		}
	}
}

// The parts together are the dataset: every row once, under its part's name.
func TestSelect(t *testing.T) {
	ds := datatest.Synthetic{Size: 23, WithPasses: true}
	p, err := Divide(ds, Options{Parts: []Part{{"train", 0.6}, {"test", 0.4}}, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	count := func(d dataset.Dataset, into map[string]int) {
		for doc, err := range walk.Entries(d, func(err error) error { return err }) {
			if err != nil {
				t.Fatal(err)
			}
			into[doc.Article.DocID] += 1 + len(doc.Mentions) + len(doc.Events) + len(doc.Arguments) + len(doc.PassMentions)
			if doc.Article.Split != p.Of[doc.Article.DocID] {
				t.Errorf("%s: split %q, expected %q", doc.Article.DocID, doc.Article.Split, p.Of[doc.Article.DocID])
			}
		}
	}
	for _, part := range p.Parts {
		count(p.Select(ds, part.Name), seen)
	}
	want := map[string]int{}
	for doc, err := range walk.Entries(ds, func(err error) error { return err }) {
		if err != nil {
			t.Fatal(err)
		}
		want[doc.Article.DocID] += 1 + len(doc.Mentions) + len(doc.Events) + len(doc.Arguments) + len(doc.PassMentions)
	}
	if !maps.Equal(seen, want) {
		t.Errorf("rows by article %v, expected %v", seen, want)
	}
	whole, _ := walk.ContentOf(ds)
	id, err := p.Select(ds, "train").Identity()
	if err != nil || id.ContentSHA256 == whole || len(id.ContentSHA256) != 64 {
		t.Errorf("content of a part %q, %v; of the whole %q", id.ContentSHA256, err, whole)
	}
}
