package release

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/mizan-corpus/mizan/internal/data/corpus"
	"github.com/mizan-corpus/mizan/internal/data/datatest"
)

// buildForever makes the test binary a child that replaces one release again
// and again by two others in turn.
const buildForever = "MIZAN_TEST_BUILD_FOREVER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(buildForever); dir != "" {
		for i := 0; ; i++ {
			if _, err := Build(context.Background(), dir, killed(i%2), BuildOptions{Replace: true}); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			if i == 0 {
				fmt.Println("built")
			}
		}
	}
	os.Exit(m.Run())
}

// killed is the releases of the test: of different sizes, so that a mixture of
// the two would not verify.
func killed(i int) datatest.Synthetic { return datatest.Synthetic{Size: 20 + 20*i, WithPasses: true} }

func corpusOf(t *testing.T, s datatest.Synthetic) *corpus.Corpus {
	return corpus.New(s.Meta(), s.Articles, s.LabelFiles(t))
}

func TestKilledBuilds(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "release")
	if _, err := Build(context.Background(), dir, killed(0), BuildOptions{}); err != nil {
		t.Fatal(err)
	}
	valid := map[string]bool{}
	for i := range 2 {
		id, err := corpusOf(t, killed(i)).Identity()
		if err != nil {
			t.Fatal(err)
		}
		valid[id.ContentSHA256] = true
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	interrupted, seen := 0, map[string]int{}
	for range 40 {
		cmd := exec.Command(self, "-test.run=^$")
		cmd.Env = append(os.Environ(), buildForever+"="+dir)
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(5+r.IntN(300)) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err == nil || cmd.ProcessState.Exited() {
			t.Fatalf("the child ended by itself: %v", err)
		}
		if len(leftovers(t, dir)) > 0 {
			interrupted++
		}
		mustVerify(t, dir)
		release, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		got := release.Manifest().ContentSHA256
		seen[got]++
		if !valid[got] {
			t.Fatalf("the release has content %s, expected one of %v", got, valid)
		}
	}
	if interrupted == 0 {
		t.Error("no build was interrupted, so that nothing was tested")
	}
	t.Logf("%d of 40 builds were interrupted while writing; releases seen: %v", interrupted, seen)
	if _, err := Build(context.Background(), dir, killed(0), BuildOptions{Replace: true}); err != nil {
		t.Fatal(err)
	}
	if left := leftovers(t, dir); len(left) > 0 {
		t.Errorf("the next build left %v", left)
	}
}
