package check

import (
	"errors"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/labelstest"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

// cleanCorpus is one article whose labels break no rule.
func cleanCorpus() *Corpus {
	d := labelstest.CleanDocument()
	c := &Corpus{Articles: []*schema.Article{{DocID: "a", Text: labelstest.CleanText, Published: "2016-07-06"}}, Documents: []*labels.Document{d}, Unlabelled: "labels"}
	for _, a := range labelstest.CleanActors() {
		c.Actors = append(c.Actors, &native.ActorRow{Actor: a, At: labels.Position{File: "labels/actors.json", Line: 2 + len(c.Actors)}})
	}
	return c
}

func TestCheckClean(t *testing.T) {
	for _, f := range Labels(cleanCorpus()) {
		t.Errorf("clean corpus: %s", f)
	}
}

func TestFindingString(t *testing.T) {
	c := cleanCorpus()
	c.Documents[0].Mentions[0].Text = "بوتن"
	c.Documents[0].Events[1].CAMEO = "190"
	var got []string
	for _, f := range Labels(c) {
		got = append(got, f.String())
	}
	want := []string{
		`labels/a.json:4: error: mention "m1": found "بوتين" at [4,9), expected "بوتن" [surface-mismatch]`,
		`labels/a.json:19: note: cameo of event "e2": found 190 on CONSULT, expected ASSAULT by the crosswalk [cameo-crosswalk]`,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
}

// The order of the corpus's lists must not matter.
func TestCheckOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		picked := rapid.SliceOfN(rapid.IntRange(0, len(damages)-1), 1, 4).Draw(t, "damages")
		build := func() *Corpus {
			c := cleanCorpus()
			for _, i := range picked {
				d := c.Documents[0]
				if len(d.Mentions) == 7 && len(d.Events[0].Arguments) == 4 && len(d.Events[1].Arguments) == 3 { // as the damages assume
					damages[i].damage(c, d, d.Mentions, d.Events)
				}
			}
			second := *c.Documents[0]
			second.At.File = "labels/z.json"
			c.Documents = append(c.Documents, &second)
			return c
		}
		want, shuffled := Labels(build()), build()
		slices.Reverse(shuffled.Actors)
		slices.Reverse(shuffled.Documents)
		slices.Reverse(shuffled.Articles)
		if got := Labels(shuffled); !reflect.DeepEqual(got, want) {
			t.Fatalf("got %v\nwant %v", got, want)
		}
	})
}

// Any annotation at all may be checked.
func TestCheckAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := &Corpus{Articles: []*schema.Article{{DocID: "a", Text: rapid.String().Draw(t, "text")}}}
		for _, a := range labelstest.GenList(labelstest.GenAnnotation()).Draw(t, "documents") {
			a.DocID = "a"
			c.Documents = append(c.Documents, &labels.Document{Annotation: a})
		}
		for _, a := range labelstest.GenList(labelstest.GenActor()).Draw(t, "actors") {
			c.Actors = append(c.Actors, &native.ActorRow{Actor: a})
		}
		for _, f := range Labels(c) {
			_ = f.String()
		}
	})
}

func TestLoadCorpus(t *testing.T) {
	c := cleanCorpus()
	label, err := native.AppendFile(nil, c.Documents[0])
	if err != nil {
		t.Fatal(err)
	}
	var actors []schema.Actor
	for _, a := range c.Actors {
		actors = append(actors, a.Actor)
	}
	var table strings.Builder
	if err := native.WriteActors(&table, actors); err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{"labels/a.json": {Data: label}, "labels/actors.json": {Data: []byte(table.String())}}
	loaded, err := Load(labels.Source{FS: files, Path: "labels"}, c.Articles, labels.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if found := Labels(loaded); len(found) > 0 {
		t.Errorf("written and read back: %v", found)
	}
	if !reflect.DeepEqual(loaded.Documents[0].Where.Mentions, c.Documents[0].Where.Mentions) {
		t.Errorf("lines %v", loaded.Documents[0].Where.Mentions)
	}
	files["labels/b.json"] = &fstest.MapFile{Data: []byte("{")}
	delete(files, "labels/actors.json")
	loaded, err = Load(labels.Source{FS: files, Path: "labels"}, c.Articles, labels.ReadOptions{})
	if err != nil || len(loaded.Problems) != 2 {
		t.Errorf("%v %v", loaded, err)
	}
	if _, err := Load(labels.Source{FS: files, Path: "nowhere"}, nil, labels.ReadOptions{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing folder: %v", err)
	}
}

// A name of millions of letters is told by its beginning, in every finding about it.
func TestFindingsAreCut(t *testing.T) {
	c := cleanCorpus()
	long := strings.Repeat("ب", 1<<20)
	c.Documents[0].Mentions[0].Text, c.Documents[0].Mentions[0].Type, c.Documents[0].Events[1].CAMEO = long, long, long
	found := 0
	for _, f := range Labels(c) {
		if strings.Contains(f.String(), "bytes more)") {
			found++
		}
		if n := len(f.String()); n > 10*longestPart {
			t.Errorf("a finding [%s] of %d bytes", f.Code, n)
		}
	}
	if found < 3 {
		t.Errorf("%d findings are cut, expected one for the surface, the type and the code each", found)
	}
}
