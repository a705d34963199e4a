package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/release"
	extractrun "github.com/mizan-corpus/mizan/internal/eval/extract/run"
	"github.com/mizan-corpus/mizan/schema"
)

// crashing is the first argument that makes the test binary an extractor: it
// crashes on 1 of 100 articles, and waits at every tenth part of the way until
// the folder named after it has a file for that article.
const crashing = "crashing-extractor"

func init() {
	if len(os.Args) == 4 && os.Args[1] == crashing {
		crashingExtractor(os.Args[2], os.Args[3])
		os.Exit(0)
	}
}

func crashes(docID string) bool {
	h := fnv.New64a()
	h.Write([]byte(docID))
	return h.Sum64()%100 == 7
}

func crashingExtractor(gates, suffix string) {
	in := bufio.NewReader(os.Stdin)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return
		}
		var a struct {
			DocID string `json:"doc_id"`
			Text  string `json:"text"`
		}
		if json.Unmarshal(line, &a) != nil {
			os.Exit(4)
		}
		for strings.HasSuffix(a.DocID, suffix) && !isThere(filepath.Join(gates, a.DocID)) {
			time.Sleep(time.Millisecond)
		}
		if crashes(a.DocID) {
			os.Exit(3)
		}
		fmt.Printf("{\"doc_id\":%q,\"mentions\":[{\"mention_id\":\"m1\",\"text\":%q}]}\n", a.DocID, a.Text)
	}
}

func isThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// manyArticles is a dataset of n unlabelled articles.
type manyArticles int

func (n manyArticles) Identity() (dataset.Identity, error) {
	return dataset.Identity{Name: "many", Version: "1.0.0", Title: "Many", SchemaVersion: schema.SchemaVersion,
		Ontology: "plover", OntologyVersion: schema.PLOVER().Version, OffsetUnit: schema.OffsetUnit, Licence: "CC0-1.0"}, nil
}

func (manyArticles) Ontology() (*schema.Ontology, error) { return schema.PLOVER(), nil }

func (n manyArticles) docID(i int) string { return fmt.Sprintf("doc-%06d", i) }

func (n manyArticles) Articles() iter.Seq2[*schema.Article, error] {
	return func(yield func(*schema.Article, error) bool) {
		for i := range int(n) {
			text := fmt.Sprintf("خبر رقم %d", i)
			sum := sha256.Sum256([]byte(text))
			hash := hex.EncodeToString(sum[:])
			if !yield(&schema.Article{DocID: n.docID(i), Text: text, Language: "ar", Split: "test", TextSHA256: hash,
				SourceFile: n.docID(i) + ".txt", Raw: text, RawSHA256: hash,
				RawMap: []schema.RawSegment{{Length: int32(len([]rune(text)))}}}, nil) {
				return
			}
		}
	}
}

func (manyArticles) Annotations() iter.Seq2[*schema.Annotation, error] {
	return func(func(*schema.Annotation, error) bool) {}
}
func (manyArticles) Actors() iter.Seq2[*schema.Actor, error] {
	return func(func(*schema.Actor, error) bool) {}
}
func (manyArticles) Passes() iter.Seq2[*dataset.Pass, error] {
	return func(func(*dataset.Pass, error) bool) {}
}

// 10,000 articles go through two processes that crash on 1 of 100 of them,
// while the program itself is killed three times in full flight and taken up
// again: every article is there exactly once, in order, and only those that
// crash the extractor have failed.
func TestRunSurvivesKills(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("an extractor's processes outlive a killed program there")
	}
	n, step, suffix := manyArticles(10_000), 1000, "000"
	if testing.Short() {
		n, step, suffix = 1_000, 100, "00"
	}
	dir := t.TempDir()
	built, pred, gates := filepath.Join(dir, "release"), filepath.Join(dir, "p.jsonl"), filepath.Join(dir, "gates")
	if _, err := release.Build(t.Context(), built, n, release.BuildOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(gates, 0o755); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	run := func(ctx context.Context, stderr *bytes.Buffer) *exec.Cmd {
		c := exec.CommandContext(ctx, "dataset", "run", "--release", built, "-o", pred, "--resume", "--quiet", "--jobs", "2",
			"--extractor", fmt.Sprintf("exec:'%s' %s '%s' %s", self, crashing, gates, suffix))
		c.Stderr = stderr
		return c
	}
	// Each gate holds the extractor up behind the point of the kill, so that
	// the run cannot be over before it.
	open := func(from, to int) {
		for i := from; i < to; i += step {
			if err := os.WriteFile(filepath.Join(gates, n.docID(i)), nil, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	opened := 0
	for kill := range 3 {
		ctx, cancel := context.WithCancel(t.Context())
		at := int(n)*(kill+1)/4 + 7*kill // articles that are there when the kill comes
		gate := (at/step + 1) * step
		open(opened, gate)
		opened = gate
		var stderr bytes.Buffer
		c := run(ctx, &stderr)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- c.Wait() }()
		for lines(pred+".partial") < at {
			select {
			case err := <-ended:
				t.Fatalf("the run ended by itself after %d lines: %v\n%s", lines(pred+".partial"), err, stderr.String())
			case <-time.After(2 * time.Millisecond):
			}
		}
		cancel() // SIGKILL
		if err := <-ended; err == nil {
			t.Fatal("the run was over before it was killed")
		}
		if isThere(pred) {
			t.Fatal("a killed run left something under the output's name")
		}
	}
	open(opened, int(n))
	var stderr bytes.Buffer
	if err := run(t.Context(), &stderr).Run(); err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	checkPredictions(t, pred, n)
	record, err := extractrun.ReadRecord(pred + ".run.json")
	if err != nil {
		t.Fatal(err)
	}
	if len(record.Sessions) != 4 || record.Articles != int(n) || record.FailedByKind["crash"] != record.Failed {
		t.Errorf("the record has %d sessions, %d articles, failures %v", len(record.Sessions), record.Articles, record.FailedByKind)
	}
}

func checkPredictions(t *testing.T, pred string, n manyArticles) {
	t.Helper()
	f, err := os.Open(pred)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	i, failed := 0, 0
	for ; s.Scan(); i++ {
		var d struct {
			DocID    string `json:"doc_id"`
			Error    string `json:"error"`
			Mentions []struct{ Start, End int }
		}
		if err := json.Unmarshal(s.Bytes(), &d); err != nil {
			t.Fatalf("line %d: %v", i+1, err)
		}
		if d.DocID != n.docID(i) {
			t.Fatalf("line %d: found %s, expected %s", i+1, d.DocID, n.docID(i))
		}
		if d.Error != "" {
			failed++
		}
		if crashes(d.DocID) != strings.Contains(d.Error, "crash") || d.Error == "" && (len(d.Mentions) != 1 || d.Mentions[0].End == 0) {
			t.Errorf("line %d: %s", i+1, s.Text())
		}
	}
	if i != int(n) || failed == 0 {
		t.Errorf("%d articles of %d, %d failed", i, n, failed)
	}
}

// lines counts the whole lines of a file, 0 when it is not there.
func lines(path string) int {
	b, _ := os.ReadFile(path)
	return bytes.Count(b, []byte("\n"))
}
