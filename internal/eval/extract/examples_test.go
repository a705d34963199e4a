package extract_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/schema"
)

// exampleArticle has a code point outside the Basic Multilingual Plane before
// the names, so that UTF-16 units or bytes would give other offsets.
var exampleArticle = &schema.Article{DocID: "x1", Title: "", Language: "ar", Text: "𝐀 بحث رئيس فرنسا مع وزير \"مصر\"\nوإيران"}

// Counted by hand in code points.
var exampleSpans = map[string]schema.Span{"فرنسا": {Start: 11, End: 16}, "مصر": {Start: 26, End: 29}, "إيران": {Start: 32, End: 37}}

// interpreter skips the test, with a notice, when the program is absent.
func interpreter(t *testing.T, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skipf("%s not found: the example is not run", strings.Join(names, " or "))
	return ""
}

func exampleFile(name string) string { return filepath.Join("..", "..", "..", "examples", name) }

func TestExampleScripts(t *testing.T) {
	for _, test := range []struct {
		file    string
		offsets bool
		run     []string
	}{
		{"extractor.py", true, []string{"python3", "python"}},
		{"extractor.js", true, []string{"node"}},
		{"extractor.sh", false, []string{"sh"}},
	} {
		t.Run(test.file, func(t *testing.T) {
			t.Parallel()
			path := interpreter(t, test.run...)
			if test.file == "extractor.sh" {
				interpreter(t, "sed")
			}
			ex, err := extract.Open("exec:'"+path+"' "+exampleFile(test.file), extract.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer extract.Close(ex)
			for _, id := range []string{"x1", "x2"} { // one process answers both
				a := *exampleArticle
				a.DocID = id
				got, err := ex.Extract(t.Context(), &a)
				if err != nil {
					t.Fatal(err)
				}
				checkExample(t, got, test.offsets)
			}
		})
	}
}

// A model behind the example gets the article and answers with prose around JSON, which
// goes back as it is and is read as entities with the words around them.
func TestExampleModel(t *testing.T) {
	python := interpreter(t, "python3", "python")
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body struct{ Messages []struct{ Content string } }
		if json.NewDecoder(r.Body).Decode(&body) != nil || len(body.Messages) != 2 || body.Messages[1].Content != exampleArticle.Text || r.URL.Path != "/v1/chat/completions" {
			t.Errorf("asked for %s with %+v", r.URL.Path, body)
		}
		content, _ := json.Marshal("Here:\n```json\n{\"entities\":[{\"text\":\"فرنسا\",\"type\":\"GPE\",\"before\":\"بحث رئيس\"},{\"text\":\"مصر\",\"type\":\"GPE\"},{\"text\":\"ايران\",\"type\":\"GPE\"},]}\n```")
		fmt.Fprintf(w, `{"choices":[{"finish_reason":"stop","message":{"content":%s}}]}`, content)
	}))
	defer service.Close()
	ex, err := extract.Open("exec:'"+python+"' "+exampleFile("openai_extractor.py")+" m "+service.URL+"/v1", extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer extract.Close(ex)
	got, err := extract.Aligned(ex, extract.PlacementOptions{}).Extract(t.Context(), exampleArticle)
	if err != nil {
		t.Fatal(err)
	}
	checkExample(t, got, true)
}

func checkExample(t *testing.T, got *schema.Annotation, offsets bool) {
	t.Helper()
	seen := map[string]bool{}
	for _, m := range got.Mentions {
		seen[m.Text] = true
		want := schema.NoSpan
		if offsets {
			want = exampleSpans[m.Text]
		}
		if _, known := exampleSpans[m.Text]; !known || m.Span != want || m.Type != "GPE" {
			t.Errorf("got %q %v %s, want %v GPE", m.Text, m.Span, m.Type, want)
		}
	}
	if len(seen) != len(exampleSpans) || len(got.Mentions) != len(exampleSpans) {
		t.Errorf("got %+v, want %v", got.Mentions, exampleSpans)
	}
}

func TestExampleHTTPServer(t *testing.T) {
	cmd := exec.Command(interpreter(t, "python3", "python"), exampleFile("http_server.py"))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		cmd.Process.Kill()
		cmd.Wait()
	}()
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	address = strings.TrimSpace(address)
	ex, err := extract.Open(address, extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer extract.Close(ex)
	got, err := ex.Extract(t.Context(), exampleArticle)
	if err != nil {
		t.Fatal(err)
	}
	checkExample(t, got, true)
	resp, err := http.Post(address, "application/json", strings.NewReader("{"))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusBadRequest || !json.Valid(answer) {
		t.Errorf("status %d %s, %v, want 400 and JSON", resp.StatusCode, answer, err)
	}
}
