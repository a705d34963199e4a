package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// annotating is the first argument that makes the test binary the program.
const annotating = "annotating-program"

func init() {
	if len(os.Args) > 1 && os.Args[1] == annotating {
		os.Exit(run(context.Background(), os.Args[2:], os.Stdin, os.Stdout, os.Stderr))
	}
}

// annotator is a running page.
type annotator struct {
	t     *testing.T
	c     *exec.Cmd
	base  string
	token string
}

func startAnnotator(t *testing.T, dir string) *annotator {
	t.Helper()
	c := exec.Command(os.Args[0], annotating, "annotate", filepath.Join(dir, "labels"), "--articles", filepath.Join(dir, "texts"), "--no-browser")
	var stderr bytes.Buffer
	c.Stderr = &stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		_ = c.Wait()
		t.Fatalf("no address: %v\n%s", err, stderr.String())
	}
	u, err := url.Parse(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(err)
	}
	return &annotator{t, c, "http://" + u.Host, u.Query().Get("token")}
}

func (a *annotator) kill() {
	_ = a.c.Process.Kill()
	_ = a.c.Wait()
}

// answer is what the test looks at in the page's answers.
type answer struct {
	Rev      int   `json:"rev"`
	Saved    bool  `json:"saved"`
	Undo     bool  `json:"undo"`
	Problem  any   `json:"problem"`
	Mentions []any `json:"mentions"`
}

// ask sends a request; it fails where the program is killed before it answers.
func (a *annotator) ask(method, path string, body any) (*answer, error) {
	var in io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			a.t.Fatal(err)
		}
		in = bytes.NewReader(b)
	}
	r, err := http.NewRequest(method, a.base+path, in)
	if err != nil {
		a.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+a.token)
	r.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		a.t.Fatalf("%s %s: %d %s", method, path, resp.StatusCode, b)
	}
	var x answer
	if err := json.Unmarshal(b, &x); err != nil {
		a.t.Fatalf("%s: %v", b, err)
	}
	return &x, nil
}

// The program is killed at random moments while someone labels. Whatever was said to be
// saved is there afterwards, at most one more action than that is, and the label file
// is what the page shows.
func TestAnnotateSurvivesKills(t *testing.T) {
	dir := t.TempDir()
	words := strings.Repeat("word ", 400)
	if err := os.MkdirAll(filepath.Join(dir, "texts"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "texts", "a1.txt"), []byte("A title\n"+words+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	kills := 12
	if testing.Short() {
		kills = 3
	}
	saved := 0 // mentions that the page was told of
	for k := range kills {
		a := startAnnotator(t, dir)
		now, err := a.ask("GET", "/api/article/a1", nil)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(now.Mentions); now.Problem != nil || n != saved && n != saved+1 {
			t.Fatalf("start %d: %d mentions, %d were saved; %v", k+1, n, saved, now.Problem)
		}
		saved = len(now.Mentions)
		checkLabelFile(t, dir, saved)
		delay := time.Duration(rand.IntN(60)) * time.Millisecond
		go func() {
			time.Sleep(delay)
			_ = a.c.Process.Kill()
		}()
		for saved < 400 {
			start := len("A title\n") + 5*saved
			next, err := a.ask("POST", "/api/act", map[string]any{"article": "a1", "rev": now.Rev, "do": []any{
				map[string]any{"op": "put", "kind": "mention", "value": map[string]any{"start": start, "end": start + 4, "type": "PER"}}}})
			if err != nil {
				break // killed
			}
			if !next.Saved {
				t.Fatal("answered, and not saved")
			}
			now, saved = next, len(next.Mentions)
		}
		a.kill()
	}
	a := startAnnotator(t, dir)
	defer a.kill()
	now, err := a.ask("GET", "/api/article/a1", nil)
	if err != nil || len(now.Mentions) < saved {
		t.Fatalf("at last %d mentions, %d were saved; %v", len(now.Mentions), saved, err)
	}
	for now.Undo { // over all sessions, back to the beginning
		if now, err = a.ask("POST", "/api/undo", map[string]any{"article": "a1", "rev": now.Rev}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "labels", "a1.json")); len(now.Mentions) != 0 || !os.IsNotExist(err) {
		t.Errorf("all undone: %d mentions, file %v", len(now.Mentions), err)
	}
}

// checkLabelFile wants the label file to have so many mentions.
func checkLabelFile(t *testing.T, dir string, want int) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "labels", "a1.json"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	if got := bytes.Count(b, []byte(`"mention_id"`)); got != want {
		t.Fatalf("the label file has %d mentions, the page %d:\n%s", got, want, b)
	}
	if err == nil && !json.Valid(b) {
		t.Fatalf("half a label file:\n%s", b)
	}
}
