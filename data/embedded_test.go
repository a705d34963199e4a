package data

import (
	"os"
	"reflect"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/datatest"
	"github.com/mizan-corpus/mizan/internal/data/release"
)

// The embedded corpus makes a release that verifies and says the same of itself.
func TestDefaultCorpus(t *testing.T) {
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	id, err := c.Identity()
	if err != nil {
		t.Fatal(err)
	}
	if id.GuidelineVersion == "" {
		t.Error("GUIDELINES.md has no line \"Version: x.y.z\"")
	}
	dir := datatest.Built(t, release.Build, c, release.BuildOptions{})
	if list, err := release.Verify(os.DirFS(dir)); err != nil || len(list) > 0 {
		t.Errorf("the release has %v, %v", list, err)
	}
	r, err := release.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Manifest().Identity; got != id {
		t.Errorf("the release is %+v, the corpus %+v", got, id)
	}
	if got, want := datatest.Annotations(t, r), datatest.Annotations(t, c); got != want {
		t.Error("the labels of the release differ from those of the corpus")
	}
	fromCorpus, err := release.Info(c)
	if err != nil {
		t.Fatal(err)
	}
	fromRelease, err := release.Info(r)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(fromCorpus.Labels, fromRelease.Labels) || fromCorpus.TextLength != fromRelease.TextLength {
		t.Error("the summaries of release and corpus differ")
	}
	if want := []release.SplitSummary{{Name: "test", Articles: 5, Labelled: 5}}; !reflect.DeepEqual(fromRelease.Splits, want) {
		t.Errorf("splits %+v, expected %+v", fromRelease.Splits, want)
	}
}
