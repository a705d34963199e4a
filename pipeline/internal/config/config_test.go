package config

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	c, err := parse("ci/mizan.yaml", []byte(`# comment
extractor: exec:python3 extractor.py --fast
release: ../release
baseline: /abs/main.jsonl
metrics:
  - mentions
  - events.trigger
where: "outlet='x'"
significant: true
alpha: 0.10
seed: 7
min:
  mentions.strict.f1: 0.80
  events.trigger.classified.f1[CONSULT]: 0.6
max_drop: {mentions.exact.f1: 0.01}
`))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range c.settings {
		got = append(got, strings.Join([]string{s.key, s.entry, s.value}, "|"))
	}
	want := []string{
		"extractor||exec:python3 extractor.py --fast", "release||" + filepath.Join("release"), "baseline||/abs/main.jsonl",
		"metrics||mentions", "metrics||events.trigger", "where||outlet='x'", "significant||true", "alpha||0.10", "seed||7",
		"min|mentions.strict.f1|0.80", "min|events.trigger.classified.f1[CONSULT]|0.6", "max_drop|mentions.exact.f1|0.01",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("found\n%s\nexpected\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestParseSaysWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"empty":              {"", "f:1: found nothing"},
		"comment alone":      {"# nothing\n", "f:1: found nothing"},
		"list":               {"- a\n", "f:1: found sequence, expected keys and values"},
		"text":               {"hello\n", `f:1: found "hello", expected keys and values`},
		"two documents":      {"seed: 1\n---\nseed: 2\n", "f:3: found a second document"},
		"unknown key":        {"seed: 1\nreleese: x\n", `f:2: unknown key "releese"; nearest: release`},
		"unknown condition":  {"min: 0.8\n", `f:1: min: found "0.8", expected entries`},
		"no value":           {"seed:\n", "f:1: seed: found nothing, expected one value"},
		"mapping for value":  {"seed: {a: 1}\n", "f:1: seed: found mapping, expected one value"},
		"list of lists":      {"where:\n  - [a]\n", "f:2: where: found sequence, expected a value or a list"},
		"twice":              {"seed: 1\nalpha: 0.1\nseed: 2\n", `f:3: key "seed" was given in line 1 already`},
		"anchor":             {"seed: &a 1\n", "f:1: seed: found anchor, expected one value"},
		"mapping for limit":  {"min:\n  mentions.strict.f1: {a: 1}\n", "f:2: min: found"},
		"not yaml":           {"min: [\n", "f:1: not YAML"},
		"tab":                {"min:\n\tx: 1\n", "not YAML"},
		"every one is named": {"a: 1\nb: 2\n", "f:2: unknown key"},
	} {
		_, err := parse("f", []byte(c.src))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, expected %s", name, err, c.want)
		}
	}
}

// TestSampleConfiguration reads the sample of docs/ci.md, and wants every key
// to be explained there.
func TestSampleConfiguration(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "ci.md"))
	if err != nil {
		t.Fatal(err)
	}
	sample := regexp.MustCompile("(?s)```yaml\n(extractor:.*?)```").FindSubmatch(page)
	if sample == nil {
		t.Fatal("docs/ci.md has no sample that begins with extractor")
	}
	if _, err := parse("docs/ci.md", sample[1]); err != nil {
		t.Error(err)
	}
	for key := range keys {
		if !strings.Contains(string(page), "`"+key+"`") && !strings.Contains(string(sample[1]), key+":") {
			t.Errorf("docs/ci.md does not say what %s is", key)
		}
	}
}

// FuzzParse wants an error or settings of known keys, never a panic.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"seed: 1\n", "min: {a: 0.1}\n", "where:\n  - x\n  - y\n", "a: &b 1\nc: *b\n", "? [a]\n: b\n", "<<: {a: 1}\n", "min:\n\tx: 1", "---\n...\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		c, err := parse("f", src)
		if err != nil {
			if !strings.Contains(err.Error(), "f:") {
				t.Errorf("%q: an error without its place: %v", src, err)
			}
			return
		}
		for _, s := range c.settings {
			if _, ok := keys[s.key]; !ok || s.line < 1 {
				t.Errorf("%q: %+v", src, s)
			}
		}
	})
}
