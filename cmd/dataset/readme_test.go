package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestDocsShowWhatIsPrinted writes the files that a page shows, runs every `$ dataset …` line of the console
// blocks in the README and the docs, all blocks of a page in one folder, and
// compares standard output with what the page shows. A line "…" on the page
// stands for any number of lines. With -update the page is rewritten; blocks
// with "…" keep their cut and must be mended by hand.
func TestDocsShowWhatIsPrinted(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	var pages []string
	for _, pattern := range []string{"*.md", "*/*.md"} {
		found, err := filepath.Glob(filepath.Join(root, "docs", pattern))
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, found...)
	}
	ran := 0
	for _, page := range append([]string{filepath.Join(root, "README.md")}, pages...) {
		t.Run(filepath.Base(page), func(t *testing.T) {
			src, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			t.Chdir(t.TempDir())
			t.Setenv("GITHUB_ACTIONS", "") // or the gate writes a job's summary
			if err := os.Symlink(filepath.Join(root, "examples"), "examples"); err != nil {
				t.Fatal(err)
			}
			writeShownFiles(t.Fatal, string(src), ".")
			out := consoleBlock.ReplaceAllStringFunc(string(src), func(block string) string {
				return runBlock(t, block, &ran)
			})
			if *update && out != string(src) {
				if err := os.WriteFile(page, []byte(out), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
	if ran == 0 {
		t.Error("no command was run: the pages have no console blocks")
	}
}

// shownFile is a file on a page: its name in backquotes and a colon, a blank
// line, and a block of text or of a format that is read.
var shownFile = regexp.MustCompile("(?ms)^`([\\w./-]+)`:\n\n```(?:text|jsonl?|csv|html|xml)\n(.*?)^```")

// writeShownFiles writes the files that a page shows into a folder and returns
// how many they are.
func writeShownFiles(fatal func(...any), page, dir string) int {
	files := shownFile.FindAllStringSubmatch(page, -1)
	for _, m := range files {
		name := filepath.Join(dir, filepath.FromSlash(m[1]))
		err := os.MkdirAll(filepath.Dir(name), 0o755)
		if err == nil {
			err = os.WriteFile(name, []byte(m[2]), 0o644)
		}
		if err != nil {
			fatal(err)
		}
	}
	return len(files)
}

var consoleBlock = regexp.MustCompile("(?s)```console\n.*?```")

// runBlock runs the commands of one block and returns the block with the
// output that they have now.
func runBlock(t *testing.T, block string, ran *int) string {
	body := strings.TrimSuffix(strings.TrimPrefix(block, "```console\n"), "```")
	var out strings.Builder
	out.WriteString("```console\n")
	for i, part := range strings.Split("\n"+body, "\n$ ") {
		if i == 0 {
			continue
		}
		command, shown, _ := strings.Cut(part, "\n")
		shown = strings.TrimRight(shown, "\n")
		out.WriteString("$ " + command + "\n")
		args, ok := strings.CutPrefix(command, "dataset ")
		if !ok || strings.ContainsAny(args, "|>") {
			if shown != "" {
				out.WriteString(shown + "\n")
			}
			continue // make, git, a pipe: not a command of ours alone
		}
		var stdout, stderr bytes.Buffer
		run(t.Context(), splitWords(args), strings.NewReader(""), &stdout, &stderr)
		*ran++
		got := strings.TrimRight(stdout.String(), "\n")
		if !matches(shown, got) && !*update {
			t.Errorf("$ %s\nprints\n%s\n%s\nthe page shows\n%s", command, got, stderr.String(), shown)
		}
		if strings.Contains("\n"+shown+"\n", "\n…\n") {
			got = shown
		}
		if got != "" {
			out.WriteString(got + "\n")
		}
	}
	return out.String() + "```"
}

// matches compares line by line; "…" stands for any lines.
func matches(shown, got string) bool {
	var pattern []string
	for _, part := range strings.Split("\n"+shown+"\n", "\n…\n") {
		pattern = append(pattern, regexp.QuoteMeta(part))
	}
	return regexp.MustCompile("(?s)^" + strings.Join(pattern, "\n(.*\n)?") + "$").MatchString("\n" + got + "\n")
}

// splitWords splits at spaces, keeping what stands in single quotes together.
func splitWords(s string) []string {
	var words []string
	for i, part := range strings.Split(s, "'") {
		if i%2 == 1 {
			words = append(words, part)
		} else {
			words = append(words, strings.Fields(part)...)
		}
	}
	return words
}
