package formats

import (
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// Chains are numbers: actors are compared by the places of their mentions.
func TestCoNLL2012RoundTrip(t *testing.T) {
	checkRoundTripAs(t, "conll2012", ".conll", true, labels.ReadOptions{}, func(a *schema.Annotation) {
		places := map[string]string{}
		for _, m := range a.Mentions {
			places[m.ActorID] += m.Span.String()
		}
		for i := range a.Mentions {
			a.Mentions[i].ActorID = places[a.Mentions[i].ActorID]
		}
	})
}

func TestCoNLL2012Read(t *testing.T) {
	// Nested, doubled and single spans, and a second part of the article.
	text := `#begin document (a); part 000
a 0 0 😀 SYM * - - - - * -
a 0 1 قال VB * - - - - * (3
a 0 2 بوتين NN * - - - - * (12)|3)|(3)

#end document
#begin document (a); part 001
a 1 0 موسكو NN * - - - - * (3

#end document
`
	text = strings.Replace(text, "* (3\n\n#end", "* (3)\n\n#end", 1)
	want := `{"doc_id":"a","mentions":[{"mention_id":"m1","start":2,"end":11,"text":"قال بوتين","actor_id":"a:3"},{"mention_id":"m2","start":6,"end":11,"text":"بوتين","actor_id":"a:12"},` +
		`{"mention_id":"m3","start":6,"end":11,"text":"بوتين","actor_id":"a:3"},{"mention_id":"m4","start":15,"end":20,"text":"موسكو","actor_id":"a:1.3"}]}` + "\n"
	if got := readText("conll2012", "f.conll", text, labels.ReadOptions{Text: emojiTexts}); got != want {
		t.Errorf("got %s", got)
	}
	for _, tt := range []struct{ old, new, want string }{
		{"|3)|(3)", "|(3)", "error: f.conll:3: coreference: found a span of the chain 3 without an end, expected its end in the same sentence"},
		{"* (3\n", "* -\n", `error: f.conll:4: coreference: found "3)", which closes nothing, expected (3 before it in the sentence`},
		{"(12)", "12", `error: f.conll:4: coreference: found "12|3)|(3)", expected -, or marks`},
		{"بوتين", "لافروف", `error: f.conll:4: token: found "لافروف", expected "بوتين`},
		{"#begin document (a); part 000", "#begin document", `error: f.conll:1: line: found "#begin document"`},
		{"a 0 1 قال VB * - - - - *", "a 0", `error: f.conll:3: line: found 3 columns`},
	} {
		if got := readText("conll2012", "f.conll", strings.Replace(text, tt.old, tt.new, 1), labels.ReadOptions{Text: emojiTexts}); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: got %s", tt.new, got)
		}
	}
}

func FuzzCoNLL2012(f *testing.F) {
	f.Add("#begin document (a); part 001\na 0 0 قال NN (1|(2)|1)\n\n#end document\n#begin document (b)\nb\t0\t0\tx\t(1\nb\t0\t1\ty\t1)\n")
	fuzzReader(f, "conll2012", ".conll")
}
