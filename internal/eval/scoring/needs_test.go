package scoring

import (
	"bytes"
	"context"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

// lean is the pair with only what the score needs.
func lean(p *eval.Pair, n eval.Needs) *eval.Pair {
	strip := func(a *schema.Annotation) *schema.Annotation {
		b := &schema.Annotation{DocID: a.DocID}
		for _, m := range a.Mentions {
			m.Text = ""
			if !n.Details {
				m = schema.Mention{Span: m.Span, Type: m.Type, Head: schema.NoSpan}
			}
			b.Mentions = append(b.Mentions, m)
		}
		if n.Events {
			for _, e := range a.Events {
				e.Text = ""
				b.Events = append(b.Events, e)
			}
		}
		return b
	}
	q := *p
	q.Gold, q.Pred = strip(p.Gold), strip(p.Pred)
	if !n.Articles {
		q.Article = nil
	}
	return &q
}

// Every metric counts the same on what it is said to need.
func TestNeedsAreEnough(t *testing.T) {
	var cases []Options
	for _, m := range eval.Metrics() {
		cases = append(cases, Options{Metrics: []string{m.Name}})
	}
	for _, c := range eval.Columns() {
		cases = append(cases, Options{Metrics: []string{"mentions.strict"}, By: []string{c.Name}})
	}
	rapid.Check(t, func(t *rapid.T) {
		gold, pred := evaltest.DrawAnnotation(t, "gold", "d"), evaltest.DrawAnnotation(t, "pred", "d")
		pair := evaltest.LawPair(gold, pred)
		pair.Article.Outlet = "outlet"
		opt := rapid.SampledFrom(cases).Draw(t, "options")
		needs, err := opt.Needs()
		if err != nil {
			t.Fatal(err)
		}
		result := func(p *eval.Pair) []byte {
			ev, err := Evaluate(context.Background(), func(yield func(*eval.Pair, error) bool) { yield(p, nil) }, evaltest.LawSettings(), Signature{}, &JoinReport{}, opt)
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := ev.Result.WriteJSON(&b); err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		}
		if whole, part := result(pair), result(lean(pair, needs)); !bytes.Equal(whole, part) {
			t.Fatalf("%+v needs more than %+v:\n%s\n%s", opt, needs, whole, part)
		}
	})
}

func TestNeeds(t *testing.T) {
	for _, tc := range []struct {
		opt  Options
		want eval.Needs
	}{
		{Options{Metrics: []string{"mentions.strict", "mentions.type"}}, eval.Needs{}},
		{Options{Metrics: []string{"mentions.strict"}, By: []string{"level"}}, eval.Needs{Details: true}},
		{Options{Metrics: []string{"mentions.strict"}, Where: []string{"outlet=x"}}, eval.Needs{Articles: true}},
		{Options{Metrics: []string{"mentions.strict"}, By: []string{"type"}}, eval.Needs{Events: true, Details: true}},
		{Options{Metrics: []string{"mentions.tokens"}}, eval.Needs{Articles: true, Events: true, Details: true}},
		{Options{Metrics: []string{"actors.coref"}}, eval.Needs{Details: true}},
		{Options{Metrics: []string{"events.trigger"}}, eval.Needs{Events: true, Details: true}},
		{Options{}, eval.Needs{Articles: true, Events: true, Details: true}}, // records need the articles' dates
	} {
		if got, err := tc.opt.Needs(); err != nil || got != tc.want {
			t.Errorf("%+v: %+v, %v, expected %+v", tc.opt, got, err, tc.want)
		}
	}
	if _, err := (&Options{Metrics: []string{"nothing"}}).Needs(); err == nil {
		t.Error("an unknown metric was accepted")
	}
}
