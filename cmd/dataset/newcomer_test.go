package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestNewcomer builds the program with one more file each for a metric, a label
// format, a transport and a renderer, as an overlay that touches nothing, and
// finds each at its work.
func TestNewcomer(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	archive, err := txtar.ParseFile(filepath.Join("testdata", "newcomer.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var overlay struct{ Replace map[string]string }
	overlay.Replace = map[string]string{}
	for _, f := range archive.Files {
		added := filepath.Join(root, filepath.FromSlash(f.Name))
		if _, err := os.Stat(added); err == nil {
			t.Fatalf("%s is there already", f.Name)
		}
		overlay.Replace[added] = filepath.Join(dir, strings.ReplaceAll(f.Name, "/", "_"))
		if err := os.WriteFile(overlay.Replace[added], f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	list, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "overlay.json"), list, 0o644); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "dataset")
	build := exec.Command("go", "build", "-overlay", filepath.Join(dir, "overlay.json"), "-o", program, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, step := range []struct{ command, want string }{
		{"metrics articles.found", "An article in which a mention is predicted is correct when gold has one there."},
		{"run --extractor first:PER -o first.jsonl", ""},
		// Five articles, each with mentions; every answer has one.
		{"score first.jsonl --metrics articles.found --resamples 0", "articles.found        5          5     5     1.0000  1.0000  1.0000"},
		{"formats surfaces", "doc_id, a tab, and the surface of a mention a line"},
		{"export --to surfaces -o gold.surfaces", ""},
		{"score gold.surfaces --from surfaces --metrics articles.found --resamples 0 --json", `"correct": 5`},
		{"score first.jsonl --metrics articles.found --resamples 0 --json", `"result_version": 1`},
		{"report last.json --to oneline", "a score: 1"},
		{"report --help", "the kind and the number of rows"},
		{"run --help", "first:TYPE"},
	} {
		run := exec.Command(program, strings.Fields(step.command)...)
		run.Dir = dir
		out, err := run.Output()
		if err != nil {
			if failed, ok := err.(*exec.ExitError); ok {
				t.Fatalf("dataset %s: %v\n%s", step.command, err, failed.Stderr)
			}
			t.Fatal(err)
		}
		if !strings.Contains(string(out), step.want) {
			t.Errorf("dataset %s: expected %q\n%s", step.command, step.want, out)
		}
		if err := os.WriteFile(filepath.Join(dir, "last.json"), out, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
