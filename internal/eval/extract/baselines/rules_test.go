package baselines

import (
	"context"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/schema"
)

// Invented sentences: none is taken from a labelled article.
var ruleNames = []extract.LookupName{
	{Name: "فرنسا"}, {Name: "كندا"}, {Name: "اليابان"}, {Name: "البرازيل"}, {Name: "نيروبي"},
	{Name: "أحمد سالم", Type: "PER"}, {Name: "ماريا لوبيز", Type: "PER"}, {Name: "الأمم المتحدة", Type: "ORG"},
}

// coded writes every event as "TYPE/mode trigger realis,aux ROLE=name …".
func coded(t interface{ Fatal(...any) }, ex extract.Extractor, text string) []string {
	got, err := ex.Extract(context.Background(), &schema.Article{DocID: "x", Text: text})
	if err != nil {
		t.Fatal(err)
	}
	x := schema.NewIndex(text)
	var list []string
	for _, e := range got.Events {
		if s, ok := x.Slice(e.Span); !ok || s != e.Text {
			t.Fatal(e.Span, e.Text, "is not", s)
		}
		s := strings.Join(append([]string{e.Type}, e.Modes...), "/") + " " + e.Text + " " + strings.Join(append([]string{e.Realis}, e.Auxiliaries...), ",")
		for _, a := range e.Arguments {
			s += " " + a.Role + "=" + got.MentionByID(a.MentionID).Text
		}
		list = append(list, s)
	}
	return list
}

func openRules(t interface{ Fatal(...any) }) extract.Extractor {
	ex, err := extract.Open("builtin:rules", extract.Options{Names: ruleNames})
	if err != nil {
		t.Fatal(err)
	}
	return ex
}

func TestRules(t *testing.T) {
	ex := openRules(t)
	for _, test := range []struct {
		text string
		want []string
	}{
		// Verb, subject, object.
		{"اتهمت فرنسا كندا.", []string{"ACCUSE/allege اتهمت actual ACTOR=فرنسا RECIPIENT=كندا"}},
		{"وهدّدت اليابان البرازيل أمس", []string{"THREATEN هدّدت actual ACTOR=اليابان RECIPIENT=البرازيل"}},
		{"التقى أحمد سالم ماريا لوبيز في نيروبي", []string{"CONSULT التقى actual ACTOR=أحمد سالم ACTOR=ماريا لوبيز LOCATION=نيروبي"}},
		{"زارت ماريا لوبيز اليابان", []string{"CONSULT/visit زارت actual ACTOR=ماريا لوبيز RECIPIENT=اليابان"}},
		// Partners, coordination.
		{"بحث أحمد سالم هاتفيا مع ماريا لوبيز", []string{"CONSULT/phone بحث actual ACTOR=أحمد سالم ACTOR=ماريا لوبيز"}},
		{"اجتمع أحمد سالم وماريا لوبيز", []string{"CONSULT اجتمع actual ACTOR=أحمد سالم ACTOR=ماريا لوبيز"}},
		// Light verb and noun, subject in front; a phrase gives the mode.
		{"أجرت كندا اتصالات هاتفية مع فرنسا والبرازيل", []string{"CONSULT/phone اتصالات actual ACTOR=كندا ACTOR=فرنسا ACTOR=البرازيل"}},
		// Prepositions mark the recipient.
		{"طلبت كندا من فرنسا", []string{"REQUEST طلبت actual ACTOR=كندا RECIPIENT=فرنسا"}},
		{"فرضت فرنسا عقوبات على كندا", []string{"SANCTION/discontinue عقوبات actual ACTOR=فرنسا RECIPIENT=كندا"}},
		{"قدمت اليابان مساعدات للبرازيل", []string{"AID مساعدات actual ACTOR=اليابان RECIPIENT=لبرازيل"}},
		// Realis.
		{"لم تهاجم فرنسا كندا", []string{"ASSAULT تهاجم other,negation ACTOR=فرنسا RECIPIENT=كندا"}},
		{"لن ترفض كندا", []string{"REJECT ترفض other,future,negation ACTOR=كندا"}},
		{"ستزور فرنسا كندا", []string{"CONSULT/visit تزور other,future ACTOR=فرنسا RECIPIENT=كندا"}},
		{"قد تنسحب كندا من نيروبي", []string{"RETREAT/withdraw تنسحب other,hypothetical ACTOR=كندا RECIPIENT=نيروبي"}},
		{"وقد اعتقلت كندا", []string{"COERCE/arrest اعتقلت actual ACTOR=كندا"}},
		{"ضرورة الحوار بين كندا وفرنسا", []string{"CONSULT الحوار other,hypothetical ACTOR=كندا ACTOR=فرنسا"}},
		{"القمة المقبلة", []string{"CONSULT/multilateral القمة other,future"}},
		// The trigger: proclitics outside, joined words inside.
		{"ووقف إطلاق النار", []string{"RETREAT/ceasefire وقف إطلاق النار actual"}},
		{"للقائهما", []string{"CONSULT لقائهما actual"}},
		{"مظاهرات", []string{"PROTEST/demo مظاهرات actual"}},
		{"وقع أحمد سالم اتفاقية مع كندا", []string{"SUPPORT وقع actual ACTOR=أحمد سالم RECIPIENT=كندا"}},
		// Sentences do not leak into each other.
		{"وصلت كندا. استقال الوزير. غادرت فرنسا", []string{"RETREAT/resign استقال actual"}},
		// The same type and participants twice in a sentence is one event.
		{"ندد أحمد سالم واستنكر", []string{"ACCUSE/disapprove ندد actual ACTOR=أحمد سالم"}},
		{"", nil},
		{"no Arabic at all", nil},
	} {
		got := coded(t, ex, test.text)
		if !slices.Equal(got, test.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", test.text, got, test.want)
		}
	}
}

// Any soup of words: no panic, spans and roles hold together, ids are unique,
// and every code is in the ontology.
func TestRulesHoldTogether(t *testing.T) {
	ex := openRules(t)
	lex, err := arabicLexicon()
	if err != nil {
		t.Fatal(err)
	}
	var soup []string
	for _, e := range lex.entries {
		for _, f := range e.forms {
			soup = append(soup, strings.NewReplacer("+", " ", "/", " ").Replace(f))
		}
	}
	for _, n := range ruleNames {
		soup = append(soup, n.Name, "و"+n.Name, "ل"+n.Name)
	}
	soup = append(soup, "في", "من", "مع", "لم", "سوف", ".", "،", "\n", "ـ", "𝐀")
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(soup), 0, 40).Draw(t, "words"), " ")
		coded(t, ex, text)
		got, err := ex.Extract(context.Background(), &schema.Article{DocID: "x", Text: text})
		if err != nil {
			t.Fatal(err)
		}
		o := schema.PLOVER()
		ids := map[string]bool{}
		for _, e := range got.Events {
			if ids[e.ID] || o.EventType(e.Type) == nil || e.Cue.IsSet() || !schema.Has(o.Realis, e.Realis) {
				t.Fatalf("%+v", e)
			}
			ids[e.ID] = true
			for _, aux := range e.Auxiliaries {
				if !schema.Has(o.Auxiliaries, aux) {
					t.Fatalf("auxiliary %q", aux)
				}
			}
			for _, a := range e.Arguments {
				if o.Role(a.Role) == nil || got.MentionByID(a.MentionID) == nil {
					t.Fatalf("%+v", a)
				}
			}
		}
	})
}

func TestLexicon(t *testing.T) {
	lex, err := arabicLexicon()
	if err != nil {
		t.Fatal(err)
	}
	o := schema.PLOVER()
	types := map[string]int{}
	for _, e := range lex.entries {
		types[e.typ]++
		switch {
		case o.EventType(e.typ) == nil:
			t.Errorf("line %d: type %q is not in the ontology", e.line, e.typ)
		case e.mode != "" && !o.HasMode(e.typ, e.mode):
			t.Errorf("line %d: %s has no mode %q", e.line, e.typ, e.mode)
		case !o.ValidCAMEO(e.cameo):
			t.Errorf("line %d: CAMEO code %q is unknown", e.line, e.cameo)
		case e.gloss == "":
			t.Errorf("line %d: no gloss", e.line)
		}
	}
	for _, et := range o.EventTypes {
		if types[et.Code.Code] == 0 {
			t.Errorf("no entry for %s", et.Code.Code)
		}
	}
}

func TestLexiconErrors(t *testing.T) {
	for text, want := range map[string]string{
		"# ok\nAGREE - 030 verb | x": "l:2: found 2 fields",
		"AGREE 030 verb | x | y":     "l:1: found \"AGREE 030 verb\"",
		"AGREE - 030 verv | x | y":   "l:1: kind",
		"AGREE - 030 verb | x | y":   "l:1: verb \"x\"",
		"AGREE - 030 noun | a,, | y": "l:1: an empty form",
	} {
		if _, err := parseLexicon(text, "l"); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
}

func TestInflection(t *testing.T) {
	for _, test := range []struct {
		forms []string
		want  string
	}{
		{perfectForms("التقى"), "التقى التقت التقوا التقاه التقيا التقينا"},
		{perfectForms("دعا"), "دعا دعت دعوا دعاهم"},
		{perfectForms("زار"), "زار زارت زاروا زاره زرت زارتها"},
		{perfectForms("هاجم"), "هاجمت هاجموا هاجمه هاجموه"},
		{imperfectForms("يلتقي"), "يلتقي تلتقي نلتقي ألتقي يلتقون يلتقوا يلتق يلتقيان"},
		{imperfectForms("يدعو"), "يدعو تدعو يدعون يدعوا يدع"},
		{imperfectForms("يزور"), "يزور تزور يزر يزورون يزوره يزورا"},
		{nounForms("لقاء"), "لقاء لقاءات لقاؤه لقائهما لقاءين لقاءا"},
		{nounForms("زيارة"), "زيارة زيارته زيارات زيارتين زياراتهم"},
		{nounForms("هجوم"), "هجوم هجومه هجومين هجوما هجومها"},
	} {
		for w := range strings.FieldsSeq(test.want) {
			if !slices.Contains(test.forms, w) {
				t.Errorf("%s: %s is missing", test.forms[0], w)
			}
		}
	}
}

// Measured on an article of 100,000 words.
func BenchmarkRules(b *testing.B) {
	ex := openRules(b)
	text := strings.Repeat("اجتمع أحمد سالم مع ماريا لوبيز في نيروبي وبحثا الهدنة. ", 10_000)
	a := &schema.Article{DocID: "x", Text: text}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := ex.Extract(b.Context(), a); err != nil {
			b.Fatal(err)
		}
	}
}
