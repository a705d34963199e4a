package formats

import (
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

func TestCoNLLURoundTrip(t *testing.T) { checkRoundTrip(t, "conllu", ".conllu", true) }

func FuzzCoNLLU(f *testing.F) {
	f.Add(conlluSample)
	f.Add("# newdoc id = a\n# global.Entity = GRP-etype-head\n1-2\tab\t_\t_\t_\t_\t_\t_\t_\t_\n1\ta\t_\t_\t_\t_\t_\t_\t_\tEntity=(1[1/2]-x-1)\n2\tb\t_\t_\t_\t_\t_\t_\t_\tEntity=(1[2/2]-x-1)\n")
	fuzzReader(f, "conllu", ".conllu")
}

// conlluSample has a multiword token that its words make up and one that they
// do not, an empty node, a discontinuous mention and links of other layers.
const conlluSample = `# newdoc id = a
# global.Entity = eid-etype-head-other
# newpar
# sent_id = 1
1	😀	_	_	_	_	_	_	_	_
2-3	وبوتين	_	_	_	_	_	_	_	_
2	و	_	_	_	_	_	_	_	_
3	بوتين	_	_	_	_	_	_	_	Entity=(e1-person-1-gstype:spec)
3.1	_	_	_	_	_	_	_	_	Entity=(e1--1)
4-5	للكرملين	_	_	_	_	_	_	_	SpaceAfter=No
4	ل	_	_	_	_	_	_	_	_
5	الكرملين	_	_	_	_	_	_	_	Entity=(e2[1/2]-organization-1)
6	.	_	_	_	_	_	_	_	_

# sent_id = 2
1	في	_	_	_	_	_	_	_	_
2	موسكو	_	_	_	_	_	_	_	Bridge=e1<e2|Entity=(e2[2/2]-organization-1)(e3-place-2(e4)
3	الكبرى	_	_	_	_	_	_	_	Entity=e3)

# newdoc
1	x	_	_	_	_	_	_	_	Entity=(e1)
`

// Offsets were counted by hand in code points: 😀 0, وبوتين [2,8), للكرملين
// [9,17), the full stop at 17.
func TestCoNLLU(t *testing.T) {
	opt := labels.ReadOptions{}
	remarks := heard(&opt)
	got := readText("conllu", "f.conllu", conlluSample, opt)
	want := `{"doc_id":"a","mentions":[{"mention_id":"m1","start":3,"end":8,"text":"بوتين","head_start":3,"head_end":8,"type":"person","actor_id":"e1"},` +
		`{"mention_id":"m2","start":9,"end":27,"text":"للكرملين. في موسكو","head_start":9,"head_end":17,"type":"organization","actor_id":"e2","fragments":[[9,17],[22,27]]},` +
		`{"mention_id":"m3","start":22,"end":34,"text":"موسكو الكبرى","head_start":28,"head_end":34,"type":"place","actor_id":"e3"},` +
		`{"mention_id":"m4","start":22,"end":27,"text":"موسكو","actor_id":"e4"}]}` + "\n" +
		`{"doc_id":"f-2","mentions":[{"mention_id":"m1","start":0,"end":1,"text":"x","actor_id":"e1"}]}` + "\n"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for _, r := range []string{"f.conllu:17: left out: Bridge e1<e2", `f.conllu:8: left out: attribute "gstype" of e1`, "f.conllu:9: left out: mention of empty nodes of e1"} {
		if !strings.Contains(strings.Join(*remarks, "\n"), r) {
			t.Errorf("no remark %q in %q", r, *remarks)
		}
	}
	// The article's own text has other white space.
	text := textsOf("😀\nوبوتين\u00a0للكرملين. في  موسكو الكبرى x")
	if got := readText("conllu", "f.conllu", conlluSample, labels.ReadOptions{Text: text}); !strings.Contains(got, `"start":3,"end":8,"text":"بوتين"`) || !strings.Contains(got, `"start":23,"end":28,"text":"موسكو"`) {
		t.Error(got)
	}
}

func TestCoNLLUErrors(t *testing.T) {
	line := func(misc string) string { return "1\tx\t_\t_\t_\t_\t_\t_\t_\t" + misc + "\n" }
	header := "# global.Entity = eid-etype-head-other\n"
	for name, tt := range map[string]struct{ text, want string }{
		"columns":      {"1 x\n", `f.conllu:1: line: found 1 columns, the first "1 x", expected ten columns`},
		"no end":       {header + line("Entity=(e1-x-1"), `f.conllu:2: Entity: found a mention of e1 without an end`},
		"no beginning": {header + line("Entity=e1)"), `f.conllu:2: Entity: found "e1)", which closes nothing, expected (e1 before it`},
		"no mark":      {header + line("Entity=e1"), `f.conllu:2: Entity: found "e1", expected marks`},
		"head":         {header + line("Entity=(e1-x-2)"), `the head 2 in a mention of 1 words`},
		"no head":      {header + line("Entity=(e1-x-y)"), `the head "y"`},
		"fields":       {header + line("Entity=(e1-x-1-a-b)"), `at most 4 fields, as # global.Entity = eid-etype-head-other has them`},
		"part":         {header + line("Entity=(e1[2/2]-x-1)"), `"e1[2/2]" without the part before it`},
		"old":          {header + line("ClusterId=c1"), `udapy read.OldCorefUD`},
		"header":       {"# global.Entity = etype\n" + line("_"), `f.conllu:1: global.Entity: found "etype"`},
	} {
		if got := readText("conllu", "f.conllu", tt.text, labels.ReadOptions{}); !strings.Contains(got, tt.want) {
			t.Errorf("%s: %s", name, got)
		}
	}
	var remarks []string
	readText("conllu", "f.conllu", line("_"), labels.ReadOptions{Warn: func(_ labels.Position, r string) { remarks = append(remarks, r) }})
	if len(remarks) != 1 || !strings.Contains(remarks[0], "no mentions are in the file") {
		t.Error(remarks)
	}
}

// What is written has the text, so that it is read without the article too.
func TestCoNLLUWithoutText(t *testing.T) {
	src, _ := export(t, "conllu", ".conllu", []*labels.Document{exchanged()}, map[string]*schema.Index{"a": schema.NewIndex(emojiText)})
	docs, err := labels.ReadAll(format("conllu").Read(src, labels.ReadOptions{}))
	if err != nil || docs[0].Mentions[0].Span != (schema.Span{Start: 6, End: 11}) {
		t.Errorf("%v %v", docs, err)
	}
}
