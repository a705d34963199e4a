//go:build unix

package main

import (
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

var kills = flag.Int("kills", 4, "times that the test of killed commands kills each of them")

// asCommand makes the test binary the command itself.
const asCommand = "MIZAN_TEST_AS_COMMAND"

func init() {
	if os.Getenv(asCommand) != "" {
		os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
}

// contents is a hash of a file or of all files of a folder, "" where nothing is.
func contents(t *testing.T, path string) string {
	t.Helper()
	sum := sha256.New()
	err := filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(name)
		fmt.Fprintf(sum, "%s %d %x\n", strings.TrimPrefix(name, path), len(b), sha256.Sum256(b))
		return err
	})
	if os.IsNotExist(err) {
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", sum.Sum(nil))
}

// Whenever a command that writes is killed, what it writes is there whole or not at all,
// one that was there before stays, and the next run removes what was left.
func TestKilledCommands(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	shared := t.TempDir()
	command := func(dir string, args []string) *exec.Cmd {
		c := exec.Command(self, args...)
		c.Dir, c.Env = dir, append(os.Environ(), asCommand+"=1")
		return c
	}
	must := func(dir string, args ...string) []byte {
		out, err := command(dir, args).Output()
		if err != nil {
			t.Fatalf("%v: %v", args, err)
		}
		return out
	}
	pred, result, release := filepath.Join(shared, "pred.jsonl"), filepath.Join(shared, "result.json"), filepath.Join(shared, "release")
	must(shared, "run", "--extractor", "builtin:rules", "-o", pred, "--quiet")
	must(shared, "build", "-o", release)
	if err := os.WriteFile(result, must(shared, "score", pred, "--resamples", "0", "--json"), 0o666); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"build":          {"build", "--replace", "-o", "out"},
		"export csv":     {"export", "--to", "csv", "--overwrite", "-o", "out"},
		"export nested":  {"export", "--to", "nested", "--overwrite", "-o", "out"},
		"export duckdb":  {"export", "--to", "duckdb", "--overwrite", "-o", "out"},
		"export folds":   {"export", "--to", "iob2", "--split", "a=0.5,b=0.5", "--overwrite", "-o", "out"},
		"convert file":   {"convert", "--from", "parquet", "--to", "jsonl", "--overwrite", "-o", "out", release},
		"convert folder": {"convert", "--from", "parquet", "--to", "json", "--overwrite", "-o", "out", release},
		"report":         {"report", result, "--to", "html", "--predictions", pred, "-o", "out"},
		"run":            {"run", "--extractor", "builtin:lookup", "--overwrite", "--quiet", "-o", "out"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			out := filepath.Join(dir, "out")
			start := time.Now()
			if b, err := command(dir, args).CombinedOutput(); err != nil {
				t.Fatalf("%v: %v\n%s", args, err, b)
			}
			took, want := time.Since(start), contents(t, out)
			random := rand.New(rand.NewPCG(1, uint64(len(name))))
			for range *kills {
				if random.IntN(2) == 0 {
					if err := os.RemoveAll(out); err != nil {
						t.Fatal(err)
					}
				}
				before := contents(t, out)
				c := command(dir, args)
				if err := c.Start(); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Duration(random.Int64N(int64(took) * 5 / 4)))
				_ = c.Process.Signal(syscall.SIGKILL) // unless it has ended already
				_ = c.Wait()
				if got := contents(t, out); got != want && got != before {
					t.Fatalf("%v left something else than the whole output or what was there before", args)
				}
			}
			if b, err := command(dir, args).CombinedOutput(); err != nil {
				t.Fatalf("after the kills: %v\n%s", err, b)
			}
			if contents(t, out) != want {
				t.Error("the last run gives other bytes than the first")
			}
			entries, err := os.ReadDir(dir)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range entries {
				if !slices.Contains([]string{"out", "out.run.json"}, e.Name()) {
					t.Errorf("%s is left", e.Name())
				}
			}
		})
	}
}
