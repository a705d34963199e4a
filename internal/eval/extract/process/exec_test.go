package process

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/extracttest"
	"github.com/mizan-corpus/mizan/internal/eval/extract/run"
	"github.com/mizan-corpus/mizan/schema"
)

// outcomes runs ex and writes each result as "id=kind/attempts", and checks
// that every success carries its own article's answer.
func outcomes(t *testing.T, ex extract.Extractor, jobs int, ids ...string) ([]string, []run.Result) {
	t.Helper()
	var list []string
	var results []run.Result
	for r := range run.Run(t.Context(), extracttest.Articles(ids...), ex, run.Options{Jobs: jobs}) {
		kind := extract.Kind("ok")
		if r.Err != nil {
			kind = r.Err.Kind
			if r.Err.Extractor != "exec:helper" || r.Err.DocID != r.Article.DocID {
				t.Errorf("error does not say whose it is: %v", r.Err)
			}
		} else if m := r.Annotation.Mentions; len(m) != 1 || m[0].Text != r.Article.Text {
			t.Errorf("%s: got another article's answer: %+v", r.Article.DocID, r.Annotation)
		}
		list = append(list, fmt.Sprintf("%s=%s/%d", r.Article.DocID, kind, r.Attempts))
		results = append(results, r)
	}
	return list, results
}

func TestExecFaults(t *testing.T) {
	for _, test := range []struct {
		mode     string
		want     string
		kind     extract.Kind
		attempts int
		stderr   string
	}{
		{mode: "ok"},
		{mode: "crash", kind: extract.KindCrash, attempts: 2, want: "exit status 3", stderr: "about to crash"},
		{mode: "half", kind: extract.KindCrash, attempts: 2, want: "exit status 3"},
		{mode: "hang", kind: extract.KindTimeout, attempts: 1, want: "no answer within", stderr: "about to hang"},
		{mode: "closed", kind: extract.KindCrash, attempts: 2, want: "it closed its output"},
		{mode: "reported", kind: extract.KindReported, attempts: 1, want: "too hard"},
		{mode: "reported without doc_id", kind: extract.KindReported, attempts: 1, want: `{"code":7}`},
		{mode: "not json", kind: extract.KindNotJSON, attempts: 1, want: "Loading model"},
		{mode: "invalid", kind: extract.KindInvalid, attempts: 1, want: "start"},
		{mode: "wrong doc", kind: extract.KindWrongDoc, attempts: 1, want: "never asked"},
		{mode: "too long", kind: extract.KindTooLong, attempts: 1, want: "over 100000 bytes"},
		{mode: "stderr", kind: extract.KindReported, attempts: 1, want: "after a flood"},
	} {
		for _, inFlight := range []int{1, 3} {
			t.Run(fmt.Sprintf("%s/%d", test.mode, inFlight), func(t *testing.T) {
				t.Parallel()
				opt := helperOptions(test.mode, "")
				opt.InFlight, opt.MaxLine = inFlight, 100_000
				if test.mode == "hang" {
					// Long for an answer, short for a test. With several in
					// flight it hangs a second time, alone in a new process.
					opt.Timeout, opt.Startup = 3*time.Second, 5*time.Second
				} else {
					opt.Timeout = time.Minute // never the reason
				}
				ex := openHelper(t, opt)
				got, results := outcomes(t, ex, inFlight, "a", "b", "bad", "c", "d", "e")
				for i, r := range results {
					if r.Article.DocID != "bad" {
						if r.Err != nil {
							t.Errorf("an innocent article failed: %v", r.Err)
						}
						if inFlight == 1 && r.Attempts != 1 {
							t.Errorf("an innocent article was asked again: %v", got[i])
						}
						continue
					}
					if extracttest.KindOf(extracttest.AsNil(r.Err)) != test.kind {
						t.Fatalf("bad: got %v, want %q", r.Err, test.kind)
					}
					if test.kind == extract.KindNone {
						continue
					}
					if !strings.Contains(r.Err.Error(), test.want) {
						t.Errorf("got %q, want %q in it", r.Err.Error(), test.want)
					}
					if test.stderr != "" && !strings.Contains(r.Err.Error(), "\nexec:helper: stderr: "+test.stderr) {
						t.Errorf("got %q, want the standard error %q", r.Err.Error(), test.stderr)
					}
					// With several in flight the article may have been asked
					// once more, in company.
					if r.Attempts < test.attempts || r.Attempts > test.attempts+inFlight-1 {
						t.Errorf("asked %d times, want %d", r.Attempts, test.attempts)
					}
				}
				if len(results) != 6 {
					t.Errorf("got %d results of 6", len(results))
				}
			})
		}
	}
}

func TestExecDuplicateIsReported(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var reported []*extract.Error
	opt := helperOptions("duplicate", "")
	opt.Report = func(e *extract.Error) { mu.Lock(); defer mu.Unlock(); reported = append(reported, e) }
	ex := openHelper(t, opt)
	got, _ := outcomes(t, ex, 1, "a", "bad", "c")
	if want := []string{"a=ok/1", "bad=ok/1", "c=ok/1"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	mu.Lock()
	defer mu.Unlock()
	if len(reported) != 1 || reported[0].Kind != extract.KindDuplicate || reported[0].DocID != "bad" {
		t.Errorf("reported %v, want one duplicate of bad", reported)
	}
}

// Output before any input is laid to the article that the process was started
// for; its answer comes late and is reported, and the rest goes on.
func TestExecOutputBeforeInput(t *testing.T) {
	t.Parallel()
	ex := openHelper(t, helperOptions("early", ""))
	got, _ := outcomes(t, ex, 1, "a", "b", "c")
	if want := []string{"a=not_json/1", "b=ok/1", "c=ok/1"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestExecRestarts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		mode     string
		articles []string
	}{
		{"once", []string{"a", "b", "c", "d"}},
		{"no newline", []string{"a", "b", "c", "d"}},
		{"crash first", []string{"a", "b"}},
	} {
		t.Run(test.mode, func(t *testing.T) {
			ex := openHelper(t, helperOptions(test.mode, filepath.Join(t.TempDir(), "crashed")))
			got, results := outcomes(t, ex, 1, test.articles...)
			for _, r := range results {
				if r.Err != nil {
					t.Errorf("got %v: %v", got, r.Err)
				}
			}
			if test.mode == "crash first" && got[0] != "a=ok/2" {
				t.Errorf("got %v, want the first asked twice", got)
			}
		})
	}
}

func TestExecGivesUp(t *testing.T) {
	t.Parallel()
	opt := helperOptions("exit", "")
	opt.MaxFailures = 4
	got, results := outcomes(t, openHelper(t, opt), 1, "a", "b", "c", "d")
	// Two crashes an article (one retry): four after b.
	want := []string{"a=crash/2", "b=crash/2", "c=gave_up/1", "d=gave_up/1"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if !strings.Contains(results[0].Err.Error(), "stderr: cannot load the model") {
		t.Errorf("got %v, want its standard error", results[0].Err)
	}
}

func TestExecNoRetry(t *testing.T) {
	t.Parallel()
	opt := helperOptions("crash", "")
	opt.Retries = -1
	got, _ := outcomes(t, openHelper(t, opt), 1, "a", "bad", "b")
	if want := []string{"a=ok/1", "bad=crash/1", "b=ok/1"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// A process that answers in batches, backwards; the same doc_id twice at once;
// several processes.
func TestExecAnyOrder(t *testing.T) {
	t.Parallel()
	opt := helperOptions("batch", "")
	opt.InFlight = 4
	ids := []string{"a", "b", "c", "d", "e", "f", "g", "h", "last"}
	got, _ := outcomes(t, openHelper(t, opt), 4, ids...)
	for i, id := range ids {
		if got[i] != id+"=ok/1" {
			t.Errorf("got %v", got)
			break
		}
	}
	opt = helperOptions("ok", "")
	opt.InFlight, opt.Jobs = 2, 2
	var many []string
	for i := range 200 {
		many = append(many, fmt.Sprintf("doc%d", i/2)) // each twice
	}
	_, results := outcomes(t, openHelper(t, opt), 4, many...)
	for i, r := range results {
		if r.Err != nil || r.Article.DocID != many[i] || r.Index != i {
			t.Fatalf("result %d: %+v", i, r)
		}
	}
}

// Everything that an article's process started is gone when its caller gives
// up, and when the extractor is closed.
func TestExecKillsTheGroup(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no process groups")
	}
	for _, how := range []string{"cancel", "close"} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			ex := openHelper(t, helperOptions("grandchild", l.Addr().String()))
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			failed := make(chan error, 1)
			go func() {
				_, err := ex.Extract(ctx, extracttest.Article("bad"))
				failed <- err
			}()
			var conns []net.Conn // of the child and the grandchild
			for range 2 {
				c, err := l.Accept()
				if err != nil {
					t.Fatal(err)
				}
				conns = append(conns, c)
			}
			want := extract.KindCancelled
			if how == "cancel" {
				cancel()
			} else {
				want = extract.KindClosed
				if err := extract.Close(ex); err != nil {
					t.Fatal(err)
				}
			}
			if err := <-failed; extracttest.KindOf(err) != want {
				t.Errorf("got %v, want %s", err, want)
			}
			for _, c := range conns {
				if _, err := io.Copy(io.Discard, c); err != nil && !strings.Contains(err.Error(), "reset") {
					t.Error(err)
				}
			}
			if how == "cancel" { // the next article is not the worse for it
				if _, err := ex.Extract(t.Context(), extracttest.Article("b")); err != nil {
					t.Error(err)
				}
				return
			}
			if _, err := ex.Extract(t.Context(), extracttest.Article("b")); !errors.Is(err, extract.ErrClosed) {
				t.Errorf("got %v, want ErrClosed", err)
			}
		})
	}
}

func TestExecTrace(t *testing.T) {
	t.Parallel()
	var trace bytes.Buffer
	opt := helperOptions("reported", "")
	opt.Trace = &trace
	ex := openHelper(t, opt)
	outcomes(t, ex, 1, "a", "bad")
	if err := extract.Close(ex); err != nil {
		t.Fatal(err)
	}
	want := `exec:helper[1] > {"doc_id":"a","title":"","subtitle":"","text":"text a","language":"","published":"","outlet":""}
exec:helper[1] < {"doc_id":"a","mentions":[{"mention_id":"m1","text":"text a"}]}
exec:helper[1] > {"doc_id":"bad","title":"","subtitle":"","text":"text bad","language":"","published":"","outlet":""}
exec:helper[1] < {"doc_id":"bad","error":"too hard"}
`
	if trace.String() != want {
		t.Errorf("got\n%s\nwant\n%s", trace.String(), want)
	}
}

func TestExecNeedsDocID(t *testing.T) {
	t.Parallel()
	_, err := openHelper(t, helperOptions("ok", "")).Extract(t.Context(), &schema.Article{Text: "x"})
	if extracttest.KindOf(err) != extract.KindInvalid {
		t.Errorf("got %v", err)
	}
}

func TestExecStartFails(t *testing.T) {
	t.Parallel()
	_, err := extract.Open("exec:/no/such/program here", extract.Options{})
	if extracttest.KindOf(err) != extract.KindStart {
		t.Errorf("got %v, want a start error when opened", err)
	}
	opt := helperOptions("ok", "")
	opt.Dir = "/no/such/folder"
	_, results := outcomes(t, openHelper(t, opt), 1, "a")
	if results[0].Err == nil || results[0].Err.Kind != extract.KindStart {
		t.Errorf("got %v, want start", results[0].Err)
	}
}
