package diff

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/datatest"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/version"
	"github.com/mizan-corpus/mizan/schema"
)

// altered is a dataset with some articles, labels, actors or words changed.
type altered struct {
	datatest.Synthetic
	edit   func(*schema.Article) bool // false leaves it out, with its labels
	labels func(*schema.Annotation)
	actor  func(*schema.Actor)
	words  func(*dataset.Identity)
}

func (x altered) Identity() (dataset.Identity, error) {
	id, err := x.Synthetic.Identity()
	if x.words != nil {
		x.words(&id)
	}
	return id, err
}

func (x altered) Articles() iter.Seq2[*schema.Article, error] {
	return func(yield func(*schema.Article, error) bool) {
		for a := range x.Synthetic.Articles() {
			if (x.edit == nil || x.edit(a)) && !yield(a, nil) {
				return
			}
		}
	}
}

func (x altered) Annotations() iter.Seq2[*schema.Annotation, error] {
	return func(yield func(*schema.Annotation, error) bool) {
		for a := range x.Synthetic.Annotations() {
			if x.edit != nil && !x.edit(&schema.Article{DocID: a.DocID}) {
				continue
			}
			if x.labels != nil {
				x.labels(a)
			}
			if !yield(a, nil) {
				return
			}
		}
	}
}

func (x altered) Actors() iter.Seq2[*schema.Actor, error] {
	return func(yield func(*schema.Actor, error) bool) {
		for a := range x.Synthetic.Actors() {
			if x.actor != nil {
				x.actor(a)
			}
			if !yield(a, nil) {
				return
			}
		}
	}
}

func TestDiff(t *testing.T) {
	base := datatest.Synthetic{Size: 12, Words: 20, WithPasses: true}
	in := func(docID string, change func(*schema.Annotation)) func(*schema.Annotation) {
		return func(a *schema.Annotation) {
			if a.DocID == docID {
				change(a)
			}
		}
	}
	first := base.DocID(0)
	for _, tc := range []struct {
		name   string
		new    dataset.Dataset
		bump   version.Bump
		counts string // table kind n
	}{
		{"nothing", base, version.BumpNone, ""},
		{"an article more", datatest.Synthetic{Size: 13, Words: 20, WithPasses: true}, version.BumpMinor, "articles added 1"},
		{"an article less", altered{Synthetic: datatest.Synthetic{Size: 12, Words: 20}, edit: func(a *schema.Article) bool { return a.DocID != first }}, version.BumpMajor, "articles removed 1"},
		{"a title", altered{Synthetic: base, edit: func(a *schema.Article) bool { a.Title = "x"; return true }}, version.BumpPatch, "articles changed 12"},
		{"an outlet", altered{Synthetic: base, edit: func(a *schema.Article) bool { a.Outlet = "x"; return true }}, version.BumpMajor, "articles changed 12"},
		{"a mention less", altered{Synthetic: base, labels: in(first, func(a *schema.Annotation) { a.Mentions = a.Mentions[:len(a.Mentions)-1] })}, version.BumpMajor, "mentions removed 1"},
		{"a type", altered{Synthetic: base, labels: in(first, func(a *schema.Annotation) { a.Mentions[1].Type = "LOC" })}, version.BumpMajor, "mentions retyped 1"},
		{"a place", altered{Synthetic: base, labels: in(first, func(a *schema.Annotation) { a.Mentions[2].Span.Start++; a.Mentions[2].Span.End++ })}, version.BumpMajor, "mentions moved 1"},
		{"an actor id", altered{Synthetic: base, labels: in(first, func(a *schema.Annotation) { a.Mentions[2].ActorID = "actor-x" })}, version.BumpMajor, "mentions changed 1"},
		{"a hopper", altered{Synthetic: base, labels: in(first, func(a *schema.Annotation) { a.Events[0].HopperID = "h" })}, version.BumpMajor, "events changed 1"},
		{"an argument", altered{Synthetic: base, labels: in(first, func(a *schema.Annotation) { a.Events[0].Arguments = a.Events[0].Arguments[1:] })}, version.BumpMajor, "arguments removed 1"},
		{"a filler", altered{Synthetic: base, labels: in(first, func(a *schema.Annotation) { a.Events[0].Arguments[0].MentionID = "m7" })}, version.BumpMajor, "arguments added 1, arguments removed 1"},
		{"the order of labels", altered{Synthetic: base, labels: func(a *schema.Annotation) { slices.Reverse(a.Mentions) }}, version.BumpNone, ""},
		{"a country", altered{Synthetic: base, actor: func(a *schema.Actor) { a.Country = "RUS" }}, version.BumpMajor, "actors changed 4"},
		{"a name", altered{Synthetic: base, actor: func(a *schema.Actor) { a.NameEN += "!" }}, version.BumpPatch, "actors changed 4"},
		{"a licence", altered{Synthetic: base, words: func(id *dataset.Identity) { id.Licence = "CC-BY-4.0" }}, version.BumpPatch, ""},
		{"the ontology", altered{Synthetic: base, words: func(id *dataset.Identity) { id.OntologyVersion = "3.0" }}, version.BumpMajor, ""},
		{"a column more", altered{Synthetic: base, words: func(id *dataset.Identity) { id.SchemaVersion = "1.2.0" }}, version.BumpMinor, ""},
		{"passes gone", datatest.Synthetic{Size: 12, Words: 20}, version.BumpMajor, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c, err := Diff(base, tc.new)
			if err != nil {
				t.Fatal(err)
			}
			var counts []string
			for _, n := range c.Counts {
				counts = append(counts, fmt.Sprintf("%s %s %d", n.Table, n.Kind, n.Count))
			}
			if c.BumpNeeded() != tc.bump || strings.Join(counts, ", ") != tc.counts || c.Same() != (tc.bump == version.BumpNone) {
				t.Errorf("bump %s %q, %q; expected %s, %q", c.Bump, c.Reasons, counts, tc.bump, tc.counts)
			}
			least := version.Version{Major: 1}.Next(tc.bump)
			if err := c.CheckVersion(least.String()); err != nil || c.Least != least.String() {
				t.Errorf("least %s, expected %s: %v", c.Least, least, err)
			}
			var low *VersionError
			if err := c.CheckVersion("0.9.9"); !errors.As(err, &low) || !strings.Contains(low.Hint(), least.String()) {
				t.Errorf("0.9.9: %v", err)
			}
			again, err := Diff(base, tc.new)
			if err != nil {
				t.Fatal(err)
			}
			for _, write := range []func(*Changes, *bytes.Buffer) error{
				func(c *Changes, b *bytes.Buffer) error { return c.WriteText(b) },
				func(c *Changes, b *bytes.Buffer) error { return c.WriteMarkdown(b) },
				func(c *Changes, b *bytes.Buffer) error { return json.NewEncoder(b).Encode(c) },
			} {
				var one, two bytes.Buffer
				if err := errors.Join(write(c, &one), write(again, &two)); err != nil || one.String() != two.String() || one.Len() == 0 {
					t.Errorf("written twice: %v\n%s\n%s", err, one.String(), two.String())
				}
			}
			if back, err := Diff(tc.new, base); err != nil || back.Same() != c.Same() {
				t.Errorf("the other way round: %v", err)
			}
		})
	}
}

// A release and the dataset that it was made of are the same; so are two
// releases with other files, but for their bytes.
func TestDiffOfReleases(t *testing.T) {
	base := datatest.Synthetic{Size: 30, Words: 20, WithPasses: true, Splits: []string{"test", "train"}}
	a, err := release.Open(datatest.Built(t, release.Build, base, release.BuildOptions{}))
	if err != nil {
		t.Fatal(err)
	}
	b, err := release.Open(datatest.Built(t, release.Build, base, release.BuildOptions{ArticlesPerFile: 7}))
	if err != nil {
		t.Fatal(err)
	}
	if c, err := Diff(a, base); err != nil || !c.Same() {
		t.Errorf("release and source: %+v, %v", c, err)
	}
	if c, err := Diff(a, b); err != nil || c.BumpNeeded() != version.BumpPatch || len(c.Articles)+len(c.Actors) > 0 {
		t.Errorf("other shards: %+v, %v, expected patch", c, err)
	}
}
