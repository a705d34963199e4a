package agreement

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

func agree(t interface {
	Fatal(...any)
}, pairs ...*eval.Pair) *Agreement {
	a, err := Agree(context.Background(), func(yield func(*eval.Pair, error) bool) {
		for _, p := range pairs {
			if !yield(p, nil) {
				return
			}
		}
	}, evaltest.LawSettings())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func (p *AgreementPart) score(name string) *eval.Figure {
	for i := range p.Scores {
		if p.Scores[i].Name == name && p.Scores[i].Class == "" && p.Scores[i].Average == "" {
			return &p.Scores[i]
		}
	}
	return nil
}

// agreementPairs are two articles of 100 code points each. In the first the
// second pass gives m2 another type, shifts m3 by two, misses m4 and gives e2
// another type and realis. The second article has the same labels twice.
func agreementPairs() []*eval.Pair {
	first := func(pass int) *schema.Annotation {
		a := &schema.Annotation{DocID: "d1"}
		add := func(id, typ, actor string, start, end int32) {
			m := evaltest.Mention(typ, start, end)
			m.ID, m.ActorID, m.Level = id, actor, "NAM"
			a.Mentions = append(a.Mentions, m)
		}
		add("m1", "PER", "a1", 0, 10)
		if pass == 0 {
			add("m2", "ORG", "a2", 20, 30)
			add("m3", "GPE", "a3", 40, 50)
			add("m4", "PER", "a1", 60, 65)
		} else {
			add("m2", "GPE", "a2", 20, 30)
			add("m3", "GPE", "a3", 42, 52)
		}
		e1, e2 := evaltest.Event("actual", 80), evaltest.Event("other", 90)
		e1.ID, e2.ID, e1.HopperID, e2.HopperID = "e1", "e2", "h1", "h2"
		e1.Arguments = []schema.Argument{{Role: "ACTOR", MentionID: "m1"}}
		if pass == 1 {
			e2.Type, e2.Realis = "AGREE", "actual"
		}
		a.Events = []schema.Event{e1, e2}
		return a
	}
	second := &schema.Annotation{DocID: "d2", Mentions: []schema.Mention{evaltest.Mention("PER", 5, 15)}}
	second.Mentions[0].ID, second.Mentions[0].ActorID = "m1", "a1"
	text := strings.Repeat("x", 100)
	return []*eval.Pair{
		{DocID: "d1", Article: &schema.Article{DocID: "d1", Text: text}, Gold: first(0), Pred: first(1)},
		{DocID: "d2", Article: &schema.Article{DocID: "d2", Text: text}, Gold: second, Pred: second},
	}
}

func TestAgreement(t *testing.T) {
	a := agree(t, agreementPairs()...)
	if a.Articles != 2 || len(a.Each) != 2 || a.Each[0].DocID != "d1" || len(a.Warnings) != 0 {
		t.Fatalf("%d articles, each %v, warnings %q", a.Articles, a.Each, a.Warnings)
	}
	// Counted by hand over both articles: 5 mentions in the first pass, 4 in
	// the second, 2 events in each, 1 argument in each.
	for _, c := range []struct {
		name                     string
		correct, predicted, gold float64
	}{
		{"mentions.strict", 2, 4, 5},  // m1, and the one of d2
		{"mentions.exact", 3, 4, 5},   // m2 too
		{"mentions.overlap", 4, 4, 5}, // m3 too
		{"mentions.head", 2, 4, 5},
		{"events.trigger.identified", 2, 2, 2},
		{"events.trigger.classified", 1, 2, 2},
		{"events.argument.classified", 1, 1, 1},
	} {
		f := a.Overall.score(c.name)
		if f == nil {
			t.Errorf("%s is missing", c.name)
			continue
		}
		want := 2 * c.correct / (c.predicted + c.gold)
		if f.Correct.Precision != c.correct || f.Predicted != c.predicted || f.Gold != c.gold || math.Abs(*f.F1-want) > 1e-12 {
			t.Errorf("%s: %v of %v predicted, %v gold, F1 %v; expected %v", c.name, f.Correct, f.Predicted, f.Gold, *f.F1, c)
		}
	}
	for _, name := range []string{"actors.coref.b3", "actors.coref_corpus.ceafe", "events.coref.b3", "events.coref_corpus.ceafe"} {
		if f := a.Overall.score(name); f == nil || f.F1 == nil || *f.F1 <= 0 {
			t.Errorf("%s: %+v", name, f)
		}
	}
	kappas := map[string]Kappa{}
	for _, k := range a.Overall.Kappas {
		kappas[k.Name] = k.Kappa
	}
	// Types of the three mentions with equal spans: PER PER, ORG GPE, PER PER:
	// p_o = 2/3, p_e = 2/3·2/3 = 4/9, κ = (2/9)/(5/9) = 0.4. With m3 (GPE GPE):
	// p_o = 3/4, p_e = 2/4·2/4 + 1/4·2/4 = 3/8, κ = 0.6. Events: CONSULT CONSULT,
	// CONSULT AGREE: p_o = p_e = 1/2, κ = 0; realis likewise. Two mentions have a
	// level, always NAM: undefined.
	for name, want := range map[string]struct {
		kappa float64
		items int64
	}{"mentions.type": {0.4, 3}, "mentions.type_overlap": {0.6, 4}, "events.type": {0, 2}, "events.realis": {0, 2}} {
		if k := kappas[name]; k.Kappa == nil || math.Abs(*k.Kappa-want.kappa) > 1e-12 || k.Items != want.items {
			t.Errorf("%s: %+v, expected %v", name, k, want)
		}
	}
	if k := kappas["mentions.level"]; k.Kappa != nil || k.Items != 2 || *k.Observed != 1 {
		t.Errorf("mentions.level: %+v", k)
	}
	// Code points with equal labels: of 200, 10 differ by m2's type, 2 + 2 by
	// m3's shift, 5 by m4.
	if al := a.Overall.Alphas[0]; al.Units != 200 || al.Equal != 181 || al.Alpha == nil || *al.Alpha <= 0.5 || *al.Alpha >= 1 {
		t.Errorf("alpha of mentions: %+v", al)
	}
	if al := a.Each[1].Alphas[0]; *al.Alpha != 1 {
		t.Errorf("alpha of mentions in d2: %+v", al)
	}
	if al := a.Each[1].Alphas[1]; al.Alpha != nil || al.Units != 100 {
		t.Errorf("alpha of triggers in d2, which has none: %+v", al)
	}
	if u := a.Each[1].Units[0].Alphas[0]; u.Alpha == nil || *u.Alpha != 1 || u.Units != 2 {
		t.Errorf("unitizing in d2: %+v", u)
	}
}

// TestAgreementJSON keeps the form of the output: run with -update to write it
// anew.
func TestAgreementJSON(t *testing.T) {
	got, err := json.MarshalIndent(agree(t, agreementPairs()...), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	evaltest.CheckGolden(t, "testdata/agreement/two-articles.json", append(got, '\n'))
}

// TestAgreementLaws: a pass agrees with itself wholly, and nothing but
// precision and recall depends on which pass stands as gold.
func TestAgreementLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := evaltest.DrawAnnotation(t, "first", "d"), evaltest.DrawAnnotation(t, "second", "d")
		for _, f := range agree(t, evaltest.LawPair(x, x)).Overall.Scores {
			if f.F1 != nil && math.Abs(*f.F1-1) > 1e-9 {
				t.Fatalf("%s [%s] with itself: %v", f.Name, f.Class, *f.F1)
			}
		}
		self := agree(t, evaltest.LawPair(x, x)).Overall
		for _, k := range self.Kappas {
			if k.Kappa.Kappa != nil && *k.Kappa.Kappa != 1 {
				t.Fatalf("%s with itself: %v", k.Name, *k.Kappa.Kappa)
			}
		}
		for i := range self.Alphas {
			if a := self.Alphas[i].Alpha; a != nil && *a != 1 {
				t.Fatalf("alpha of %s with itself: %v", self.Alphas[i].Name, *a)
			}
			if a := self.Units[i].Alphas[0].Alpha; a != nil && *a != 1 {
				t.Fatalf("unitizing of %s with itself: %v", self.Units[i].Name, *a)
			}
		}
		a, b := agree(t, evaltest.LawPair(x, y)).Overall, agree(t, evaltest.LawPair(y, x)).Overall
		for i := range a.Scores {
			f, g := a.Scores[i], b.Scores[i]
			if f.Class == "" && f.Average == "" && f.F1 != nil && math.Abs(*f.F1-*g.F1) > 1e-9 {
				t.Fatalf("%s: F1 %v, swapped %v", f.Name, *f.F1, *g.F1)
			}
		}
		if !reflect.DeepEqual(a.Alphas, b.Alphas) || !reflect.DeepEqual(a.Units, b.Units) {
			t.Fatalf("alpha depends on which pass is first:\n%+v\n%+v", a, b)
		}
	})
}

func TestAgreementWarnsAndPassesErrorsOn(t *testing.T) {
	pairs := agreementPairs()
	pairs[0].Article = nil
	pairs[1].Omitted = true
	a := agree(t, pairs...)
	all := strings.Join(a.Warnings, "\n")
	if a.Articles != 1 || !strings.Contains(all, "d1 has no text") || !strings.Contains(all, "d2 was labelled in one pass only") {
		t.Errorf("%d articles, warnings %q", a.Articles, a.Warnings)
	}
	if got := a.Overall.Alphas[0].Units; got != 93 { // the last trigger ends there
		t.Errorf("alpha over %d code points, expected 93", got)
	}
	broken := errors.New("broken")
	if _, err := Agree(t.Context(), func(yield func(*eval.Pair, error) bool) { yield(nil, broken) }, evaltest.LawSettings()); !errors.Is(err, broken) {
		t.Errorf("%v, expected %v", err, broken)
	}
	if a := agree(t); a.Articles != 0 || len(a.Overall.Scores) == 0 {
		t.Errorf("no articles: %+v", a)
	}
}
