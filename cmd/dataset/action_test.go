package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/pipeline"
)

// TestActionPassesItsInputs holds action.yml, its script and the sample
// workflow of docs/ci.md together.
func TestActionPassesItsInputs(t *testing.T) {
	root := filepath.Join("..", "..")
	read := func(name string) string {
		b, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	var action struct {
		Inputs  map[string]any `yaml:"inputs"`
		Outputs map[string]struct {
			Value string `yaml:"value"`
		} `yaml:"outputs"`
		Runs struct {
			Using string `yaml:"using"`
			Steps []struct {
				Run   string            `yaml:"run"`
				Shell string            `yaml:"shell"`
				Dir   string            `yaml:"working-directory"`
				Env   map[string]string `yaml:"env"`
			} `yaml:"steps"`
		} `yaml:"runs"`
	}
	if err := yaml.Unmarshal([]byte(read("action.yml")), &action); err != nil {
		t.Fatal(err)
	}
	script := read("scripts/gate-action.sh")
	used := map[string]bool{}
	input := regexp.MustCompile(`\$\{\{ inputs\.([a-z-]+) \}\}`)
	for _, step := range action.Runs.Steps {
		if strings.Contains(step.Run, "${{") {
			t.Errorf("%q: text from outside is pasted into a script", step.Run)
		}
		if step.Run != "" && step.Shell == "" {
			t.Errorf("%q: a composite action's step needs a shell", step.Run)
		}
		for _, v := range append(slices.Collect(valuesOf(step.Env)), step.Dir) {
			for _, m := range input.FindAllStringSubmatch(v, -1) {
				used[m[1]] = true
			}
		}
		for name := range step.Env {
			if strings.HasPrefix(name, "MIZAN_") && !strings.Contains(script, "${"+name) {
				t.Errorf("the script does not read %s", name)
			}
		}
	}
	for name := range action.Inputs {
		if !used[name] {
			t.Errorf("input %s is not used", name)
		}
	}
	for name := range used {
		if _, ok := action.Inputs[name]; !ok {
			t.Errorf("input %s is not declared", name)
		}
	}
	page := read("docs/ci.md")
	for name := range action.Outputs {
		if !strings.Contains(script, `echo "`+name+"=") {
			t.Errorf("the script does not set the output %s", name)
		}
	}
	for _, m := range regexp.MustCompile(`steps\.gate\.outputs\.([a-z-]+)`).FindAllStringSubmatch(page, -1) {
		if _, ok := action.Outputs[m[1]]; !ok {
			t.Errorf("docs/ci.md uses the output %s, which the action does not have", m[1])
		}
	}
}

func valuesOf(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, v := range m {
			if !yield(v) {
				return
			}
		}
	}
}

// TestHooksCallCommandsThatExist holds .pre-commit-hooks.yaml to the commands.
func TestHooksCallCommandsThatExist(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "..", ".pre-commit-hooks.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var hooks []struct {
		ID       string `yaml:"id"`
		Name     string `yaml:"name"`
		Entry    string `yaml:"entry"`
		Language string `yaml:"language"`
	}
	if err := yaml.Unmarshal(b, &hooks); err != nil || len(hooks) == 0 {
		t.Fatalf("%d hooks, %v", len(hooks), err)
	}
	for _, h := range hooks {
		words := strings.Fields(h.Entry)
		if h.Language != "golang" || h.Name == "" || len(words) < 2 || words[0] != "dataset" {
			t.Errorf("%+v", h)
			continue
		}
		root := newRoot(&cli.App{Streams: pipeline.Streams{Out: os.Stdout, Err: os.Stderr}})
		if c, _, err := root.Find(words[1:]); err != nil || c == root {
			t.Errorf("%s: %v", h.Entry, err)
		}
	}
}
