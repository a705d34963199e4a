package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// hostile is what would act on a terminal or on a runner of CI if it were printed as
// it is: colour, the title of a window, an overwritten line, commands of GitHub and
// Azure, the override of direction, C1.
const hostile = "\x1b[31mE\x1b]0;t\a\r::error::cr\n::error::nl\n##[error]x\u202e\u009b2J"

// Whatever stands in a file, in any field or key, acts on nobody who reads what a
// command prints.
func TestNothingSpeaksThroughUs(t *testing.T) {
	prediction := `{"doc_id":"000_ced7557e4e70de65","mentions":[{"mention_id":"m1","start":0,"end":3,"text":"abc","type":"PER","level":"NAM","actor_id":"a","confidence":0.5}],"events":[{"event_id":"e1","type":"CONSULT","start":0,"end":3,"text":"abc","part_of":"h","realis":"actual","context":["military"],"arguments":[{"role":"actor","mention_id":"m1"}]}]}`
	failed := `{"doc_id":"000_ced7557e4e70de65","error":"x"}`
	actors := `{"actors":[{"actor_id":"a","name":"A","names":["A"],"country":"SYR","type":"state"}]}`
	config := `{"predictions":"p.jsonl","release":"r","gates":{"mentions.strict.f1":"0.5"},"where":["type=PER"]}`
	ontology := `{"name":"x","version":"1","mention_types":[{"code":"PER","label":"person"}],"event_types":[{"code":"MEET","label":"x"}]}`
	article := `{"doc_id":"x","title":"T","text":"A text.","author":"A","outlet":"O","published":"2016-07-04","url":"https://example.org"}`
	for name, tc := range map[string]struct {
		file     string
		content  string
		commands [][]string
	}{
		"predictions": {"p.jsonl", prediction, [][]string{
			{"score", "p.jsonl", "--resamples", "0"}, {"lint", "p.jsonl"}, {"convert", "--to", "brat", "p.jsonl", "-o", "brat", "--overwrite"},
			{"gate", "p.jsonl", "--min", "mentions.strict.f1=0.1"}, {"convert", "--to", "labelstudio", "p.jsonl", "-o", "ls.json", "--overwrite", "--strict"}}},
		"a failure":   {"p.jsonl", failed, [][]string{{"score", "p.jsonl", "--resamples", "0"}, {"run", "--extractor", "file:p.jsonl", "-o", "q.jsonl", "--overwrite"}}},
		"actors":      {"labels/actors.json", actors, [][]string{{"lint", "labels"}, {"build", "--articles", "articles", "--labels", "labels", "-o", "rel", "--replace"}}},
		"settings":    {"mizan.yaml", config, [][]string{{"gate"}}},
		"an ontology": {"o.json", ontology, [][]string{{"ontology", "o.json"}, {"ontology", "diff", "o.json", "plover"}}},
		"an article":  {"articles/a.jsonl", article, [][]string{{"build", "--articles", "articles", "-o", "rel", "--replace"}, {"info", "rel"}, {"verify", "rel"}}},
		"a page":      {"articles/p.html", `"<html><title>T</title><body><p>A text that is one.</p></body>"`, [][]string{{"build", "--articles", "articles", "-o", "rel", "--replace"}}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for _, d := range []string{"labels", "articles"} {
				if err := os.Mkdir(filepath.Join(dir, d), 0o777); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.WriteFile(filepath.Join(dir, "articles", "0.txt"), []byte("Ferry late\n\nIt came at noon.\n"), 0o666); err != nil {
				t.Fatal(err)
			}
			t.Chdir(dir)
			for _, content := range withHostile(t, tc.content) {
				if err := os.WriteFile(tc.file, content, 0o666); err != nil {
					t.Fatal(err)
				}
				for _, args := range tc.commands {
					var out, said bytes.Buffer
					run(t.Context(), args, nil, &out, &said)
					for what, text := range map[string]string{"standard output": out.String(), "standard error": said.String()} {
						if bad := acts(text); bad != "" {
							t.Errorf("%v on %s: %s has %q", args, content, what, bad)
						}
					}
				}
			}
		})
	}
}

// withHostile is the JSON with the hostile text in place of each string and key, one
// at a time, and after each string; a JSON string stands for its content.
func withHostile(t *testing.T, content string) (all [][]byte) {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(content), &value); err != nil {
		t.Fatal(err)
	}
	if s, ok := value.(string); ok {
		return [][]byte{[]byte(hostile + s), []byte(s + hostile), []byte(strings.ReplaceAll(s, "T", hostile))}
	}
	emit := func() {
		b, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, append(b, '\n'))
	}
	var walk func(v any, set func(any))
	walk = func(v any, set func(any)) {
		switch v := v.(type) {
		case string:
			set(hostile)
			emit()
			set(v + hostile)
			emit()
			set(v)
		case float64:
			set(hostile)
			emit()
			set(v)
		case []any:
			for i := range v {
				walk(v[i], func(x any) { v[i] = x })
			}
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(v)) {
				x := v[key]
				walk(x, func(x any) { v[key] = x })
				delete(v, key)
				v[hostile] = x
				emit()
				delete(v, hostile)
				v[key] = x
			}
		}
	}
	walk(value, func(x any) { value = x })
	return all
}

// acts finds what is not only read, "" for nothing.
func acts(text string) string {
	for line := range strings.SplitSeq(text, "\n") {
		start := strings.TrimLeft(line, " \t")
		control := strings.IndexFunc(line, func(r rune) bool { return r != '\t' && unicode.IsControl(r) || r == '\u202e' })
		if control >= 0 || strings.HasPrefix(start, "::") || strings.HasPrefix(start, "##[") {
			return line
		}
	}
	return ""
}
