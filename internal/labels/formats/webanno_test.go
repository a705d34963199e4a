package formats

import (
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

func TestWebAnnoRoundTrip(t *testing.T) { checkRoundTrip(t, "webanno", "", false) }

// webannoSample has the shapes of the format's own test files: a stacked and a
// multi-token annotation, a part of a token, a slot to a token without ID, a
// relation with IDs, a layer without features, an annotation without text, and
// the closing tab of every line. Offsets count the emoji as two.
const webannoSample = `#FORMAT=WebAnno TSV 3.3
#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue
#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value
#T_SP=webanno.custom.Event|type|ROLE_webanno.custom.Event:arguments_webanno.custom.EventArgumentsLink|de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity
#T_SP=webanno.custom.Plain|
#T_RL=webanno.custom.Relation|label|BT_de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity


#Text=😀 قال بوتين إن
1-1	0-2	😀	SYM	_	_	_	_	_	_	_	_	
1-2	3-6	قال	VB	_	_	CONSULT	ACTOR;TOPIC	2-1;1-3[2]	_	_	_	
1-3	7-12	بوتين	NN	putin[2]|*[3]	PER[2]|a\|b\_\[1\][3]	_	_	_	*	_	_	
1-4	13-15	إن	IN	*[3]	a\|b\_\[1\][3]	_	_	_	_	_	_	
1-4.1	13-14	إ	_	_	_	_	_	_	*	_	_	
1-4.2	15-15		_	_	_	_	_	_	*	_	_	

#Text=موسكو ترحب
2-1	16-21	موسكو	NN	*	GPE	_	_	_	_	near	1-3[2_0]	
2-2	22-26	ترحب	VB	_	_	_	_	_	_	_	_	
`

// webannoHeard is what the sample has and an annotation has not: a part of
// speech each token, an annotation without text, a relation between mentions.
const webannoHeard = `a.tsv:10: left out: annotation of the type de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS
a.tsv:11: left out: annotation of the type de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS
a.tsv:12: left out: annotation of the type de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS
a.tsv:13: left out: annotation of the type de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS
a.tsv:15: left out: annotation without text at 15
a.tsv:18: left out: annotation of the type de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS
a.tsv:19: left out: annotation of the type de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS
a.tsv:18: left out: relation "near" from a mention from m1 to m5`

func TestWebAnnoRead(t *testing.T) {
	want := `{"doc_id":"a","mentions":[{"mention_id":"m1","start":6,"end":11,"text":"بوتين","type":"PER","actor_id":"putin"},{"mention_id":"m2","start":6,"end":14,"text":"بوتين إن","type":"a|b_[1]"},` +
		`{"mention_id":"m3","start":6,"end":11,"text":"بوتين","type":"Plain"},{"mention_id":"m4","start":12,"end":13,"text":"إ","type":"Plain"},{"mention_id":"m5","start":15,"end":20,"text":"موسكو","type":"GPE"}],` +
		`"events":[{"event_id":"e1","start":2,"end":5,"text":"قال","type":"CONSULT","arguments":[{"role":"ACTOR","mention_id":"m5"},{"role":"TOPIC","mention_id":"m1"}]}]}` + "\n"
	var opt labels.ReadOptions
	remarks := heard(&opt)
	for _, text := range []func(string) *schema.Index{nil, emojiTexts} {
		*remarks, opt.Text = nil, text
		if got := readText("webanno", "a.tsv", webannoSample, opt); got != want {
			t.Errorf("got %s\nwant %s", got, want)
		}
		if got := strings.Join(*remarks, "\n"); got != webannoHeard {
			t.Errorf("remarks %s", got)
		}
	}
	// The same in code points: the length of the emoji tells.
	*remarks, opt.Text = nil, nil
	points := strings.NewReplacer("\t0-2\t", "\t0-1\t", "\t3-6\t", "\t2-5\t", "\t7-12\t", "\t6-11\t", "\t13-15\t", "\t12-14\t", "\t13-14\t", "\t12-13\t", "\t15-15\t", "\t14-14\t", "\t16-21\t", "\t15-20\t", "\t22-26\t", "\t21-25\t").Replace(webannoSample)
	if got := readText("webanno", "a.tsv", points, opt); got != want || !strings.Contains((*remarks)[0], "offsets count Unicode code points") {
		t.Errorf("got %s %q", got, *remarks)
	}
	opt.Types = []string{"Event"}
	if got := readText("webanno", "a.tsv", webannoSample, opt); !strings.Contains(got, `"event_id":"e1"`) || strings.Contains(got, "mentions") {
		t.Errorf("got %s", got)
	}
}

func TestWebAnnoErrors(t *testing.T) {
	for _, tt := range []struct{ old, new, want string }{
		{"7-12\tبوتين", "6-11\tبوتين", `error: a.tsv:12: token at [6,11): found " بوتي", expected "بوتين"`},
		{"7-12\t", "x\t", `error: a.tsv:12: offsets: found "x", expected BEGIN-END`},
		{"22-26\tترحب\tVB", "22-26\tترحب", `error: a.tsv:19: line: found 11 columns, expected 3 and the 9 of the layers`},
		{"1-3[2]\t", "1-3[9]\t", `error: a.tsv:11: link: found 1-3[9], expected the token and ID of an annotation`},
		{"1-3[2_0]", "1-2", `error: a.tsv:18: link: found "1-2", expected the token of an annotation of de.tudarmstadt`},
		{"ACTOR;TOPIC", "ACTOR", `error: a.tsv:11: slots: found 1 roles and 2 targets, expected as many of each`},
		{"2-1\t16-21", "2-1\t3000000000-21", `error: a.tsv:18: offsets: found "3000000000-21"`},
		{"2-1\t16-21", "2-1\t2000000000-2000000005", `error: a.tsv:18: offsets: found 2000000000, expected a sentence that begins at 16 or soon after`},
		{"#FORMAT=WebAnno TSV 3.3", "#FORMAT=WebAnno TSV 2", `error: a.tsv:1: format: found`},
	} {
		if got := readText("webanno", "a.tsv", strings.Replace(webannoSample, tt.old, tt.new, 1), labels.ReadOptions{}); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s: got %s", tt.new, got)
		}
	}
	other := labels.ReadOptions{Text: textsOf("😀 قال لافروف إن موسكو ترحب")}
	if got := readText("webanno", "a.tsv", webannoSample, other); !strings.HasPrefix(got, `error: a.tsv:1: text: found "بوتين`) {
		t.Errorf("got %s", got)
	}
}

func FuzzWebAnno(f *testing.F) {
	f.Add(webannoSample)
	f.Add("#FORMAT=WebAnno TSV 3.3\n#T_SP=x.Event|quoted|ROLE_a:b_c|x\n#T_CH=y|referenceType|referenceRelation\n\n#Text=a b\n1-1\t0-1\ta\ttrue[1]\t*;r[1]\t1-1[1];1-1[1]\t*[1]\t*->1-1\t\n1-2\t2-3\tb\t_\t_\t_\t_\t_\n")
	fuzzReader(f, "webanno", ".tsv")
}
