package scoring

import (
	"bytes"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/evaltest"
	"github.com/mizan-corpus/mizan/schema"
)

func storedDifferences(t *testing.T, stored string, found *Result) string {
	t.Helper()
	list, err := CompareStored(strings.NewReader(stored), found)
	if err != nil {
		return err.Error()
	}
	var lines []string
	for _, d := range list {
		lines = append(lines, d.String())
	}
	return strings.Join(lines, "\n")
}

func TestCompareStored(t *testing.T) {
	r := countedSystem("s", [][3]int64{{1, 2, 4}}).Result
	var b bytes.Buffer
	if err := r.WriteJSON(&b); err != nil {
		t.Fatal(err)
	}
	stored := b.String()
	for name, c := range map[string]struct{ old, new, want string }{
		"the same":         {"", "", ""},
		"spelt otherwise":  {`"predicted": 2`, `"predicted": 2.0`, ""},
		"a figure":         {`"precision": 0.5`, `"precision": 0.6`, "m precision: expected 0.6, found 0.5"},
		"a digit":          {`"recall": 0.25`, `"recall": 0.25000000000000006`, "m recall: expected 0.25000000000000006, found 0.25"},
		"undefined":        {`"recall": 0.25`, `"recall": null`, "m recall: expected null, found 0.25"},
		"a count":          {`"gold": 4`, `"gold": 5`, "m gold: expected 5, found 4"},
		"signature":        {`"dataset": "d@1.0.0"`, `"dataset": "d@2.0.0"`, `signature dataset: expected "d@2.0.0", found "d@1.0.0"`},
		"an unknown field": {`"articles": 1`, `"articles": 1, "new": [1]`, "new: expected [1], found nothing"},
		"a warning":        {`"warnings": []`, `"warnings": ["w"]`, `warnings 1: expected "w", found nothing`},
		"another class":    {`"class": ""`, `"class": "PER"`, "expected nothing"},
		"a later version":  {`"result_version": 1`, `"result_version": 9`, "version 9, expected 1"},
		"cut short":        {stored[len(stored)-20:], "", "unexpected EOF"},
		"more after it":    {"]\n}\n", "]\n} {}", "more after its end"},
	} {
		got := storedDifferences(t, strings.Replace(stored, c.old, c.new, 1), r)
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, expected %q", name, got, c.want)
		}
	}
}

func TestCeiling(t *testing.T) {
	mention := func(start int32, class string) schema.Mention {
		return schema.Mention{ID: string(rune('a' + start)), Span: schema.Span{Start: start, End: start + 1}, Type: class}
	}
	annotation := func(m ...schema.Mention) *schema.Annotation { return &schema.Annotation{DocID: "d", Mentions: m} }
	opt := Options{Metrics: []string{"mentions.strict"}}
	score := func(gold, pred *schema.Annotation) *Result {
		omitted := evaltest.LawPair(&schema.Annotation{DocID: "e"}, &schema.Annotation{DocID: "e"})
		omitted.Omitted = true
		stream := PassPairs(func(yield func(*eval.Pair, error) bool) {
			_ = yield(evaltest.LawPair(gold, pred), nil) && yield(omitted, nil)
		})
		ev, err := Evaluate(t.Context(), stream, evaltest.LawSettings(), Signature{}, &JoinReport{}, opt)
		if err != nil {
			t.Fatal(err)
		}
		return ev.Result
	}
	a := annotation(mention(0, "PER"), mention(2, "PER"), mention(4, "ORG"))
	b := annotation(mention(0, "PER"), mention(2, "ORG"))
	c := annotation(mention(0, "PER"), mention(2, "PER"), mention(4, "ORG"))
	r := score(a, b)
	if r.Articles != 1 {
		t.Fatalf("%d articles: one that only one pass labelled was counted", r.Articles)
	}
	if err := r.SetCeiling([]*Result{score(a, b), score(a, c), score(b, c)}); err != nil {
		t.Fatal(err)
	}
	// a–b: 1 right of 3 and 2, F1 2/5; a–c: 1; b–c: 2/5. Mean 9/15.
	if got := r.Find("mentions.strict", "").Ceiling; got == nil || *got < 0.6-1e-15 || *got > 0.6+1e-15 {
		t.Errorf("ceiling %v, expected 0.6", got)
	}
	// PER, a–b: 1 right of 2 and 1, F1 2/3; a–c 1; b–c 2/3. Mean 7/9.
	if got := r.Find("mentions.strict", "PER").Ceiling; got == nil || *got < 7.0/9-1e-15 || *got > 7.0/9+1e-15 {
		t.Errorf("ceiling %v, expected 7/9", got)
	}
	other := score(a, b)
	other.Signature.IoU = 50
	if err := r.SetCeiling([]*Result{other}); err == nil {
		t.Error("passes scored in another way were accepted")
	}
	few := score(a, b)
	few.Articles = 0
	if err := r.SetCeiling([]*Result{few}); err != nil || !strings.Contains(strings.Join(r.Warnings, ""), "0 of 1 articles") {
		t.Errorf("%v %q", err, r.Warnings)
	}
}
