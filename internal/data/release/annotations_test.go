package release

import (
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/datatest"
)

// Labels read by parts are the labels without the other parts.
func TestParts(t *testing.T) {
	s := datatest.Synthetic{Size: 20, Splits: []string{"dev", "test"}}
	r, err := Open(datatest.Built(t, Build, s, BuildOptions{ArticlesPerFile: 3}))
	if err != nil {
		t.Fatal(err)
	}
	for _, opt := range []ReadOptions{{}, {Parts: PartMentions}, {Parts: PartEvents}, {Parts: PartArguments}, {Split: "dev"}, {NoText: true}, {Split: "none"}} {
		n := 0
		for a, err := range r.AnnotationsOf(opt) {
			if err != nil {
				t.Fatal(err)
			}
			n++
			all := opt.Parts == 0
			if (len(a.Mentions) > 0) != (all || opt.Parts&PartMentions != 0) ||
				(len(a.Events) > 0) != (all || opt.Parts&PartEvents != 0) {
				t.Errorf("%+v: got %d mentions and %d events", opt, len(a.Mentions), len(a.Events))
			}
			if len(a.Events) > 0 && (len(a.Events[0].Arguments) > 0) != (all || opt.Parts == PartArguments) {
				t.Errorf("%+v: got %d arguments", opt, len(a.Events[0].Arguments))
			}
			if len(a.Mentions) > 0 && (a.Mentions[0].Text == "") != opt.NoText {
				t.Errorf("%+v: got the text %q", opt, a.Mentions[0].Text)
			}
		}
		// 18 of 20 articles are labelled (not 9 and 19), 10 of them in dev (even numbers).
		if want := map[string]int{"": 18, "dev": 10, "none": 0}[opt.Split]; n != want {
			t.Errorf("%+v: got %d articles, expected %d", opt, n, want)
		}
	}
	for range r.Annotations() { // may be left at any point
		break
	}
}
