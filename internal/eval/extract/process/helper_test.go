package process

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
)

// The test binary plays the child process: with helperMode set it is an
// extractor that goes wrong in that way on every article whose doc_id begins
// with "bad".
const (
	helperMode = "EXTRACT_TEST_MODE"
	helperArg  = "EXTRACT_TEST_ARG"
)

func TestMain(m *testing.M) {
	if mode := os.Getenv(helperMode); mode != "" {
		helper(mode, os.Getenv(helperArg))
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// helperOptions make the helper fail in one mode.
func helperOptions(mode, arg string) extract.Options {
	return extract.Options{Env: append(os.Environ(), helperMode+"="+mode, helperArg+"="+arg)}
}

func openHelper(t *testing.T, opt extract.Options) extract.Extractor {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ex, err := New("exec:helper", []string{self}, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { extract.Close(ex) })
	return ex
}

func helper(mode, arg string) {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	switch mode {
	case "early":
		fmt.Println("ready to go")
	case "exit":
		fmt.Fprintln(os.Stderr, "cannot load the model")
		os.Exit(3)
	case "sleep":
		dial(arg)
		forever()
	}
	var batch []string
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return
		}
		var a struct {
			DocID string `json:"doc_id"`
			Text  string `json:"text"`
		}
		if err := json.Unmarshal(line, &a); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(4)
		}
		good := fmt.Sprintf("{\"doc_id\":%q,\"mentions\":[{\"mention_id\":\"m1\",\"text\":%q}]}\n", a.DocID, a.Text)
		bad := strings.HasPrefix(a.DocID, "bad")
		switch {
		case mode == "batch": // answers four at a time, backwards
			if batch = append(batch, good); len(batch) == 4 || strings.HasPrefix(a.DocID, "last") {
				for i := len(batch) - 1; i >= 0; i-- {
					fmt.Print(batch[i])
				}
				batch = nil
			}
			continue
		case mode == "once": // one answer a process
			fmt.Print(good)
			return
		case mode == "no newline":
			fmt.Print(strings.TrimSpace(good))
			return
		case mode == "crash first": // the first process only
			if _, err := os.Stat(arg); err != nil {
				os.WriteFile(arg, nil, 0o644)
				os.Exit(5)
			}
		case bad:
			misbehave(mode, arg, good)
			continue
		}
		fmt.Print(good)
	}
}

func misbehave(mode, arg, good string) {
	switch mode {
	default:
		fmt.Print(good)
	case "crash":
		fmt.Fprintln(os.Stderr, "about to crash")
		os.Exit(3)
	case "half":
		fmt.Print(good[:10])
		os.Exit(3)
	case "closed":
		os.Stdout.Close()
		forever()
	case "hang":
		fmt.Fprintln(os.Stderr, "about to hang")
		forever()
	case "reported":
		fmt.Println(`{"doc_id":"bad","error":"too hard"}`)
	case "reported without doc_id":
		fmt.Println(`{"error":{"code":7}}`)
	case "not json":
		fmt.Println("Loading model … 100%")
		fmt.Print(good)
	case "invalid":
		fmt.Println(`{"doc_id":"bad","mentions":[{"start":"one"}]}`)
	case "wrong doc":
		fmt.Println(`{"doc_id":"never asked"}`)
		fmt.Print(good)
	case "duplicate":
		fmt.Print(good, strings.Replace(good, "text bad", "second thoughts", 1))
	case "too long":
		for { // ends when the process is killed
			fmt.Print(strings.Repeat("x", 1<<16))
		}
	case "stderr":
		w := bufio.NewWriter(os.Stderr)
		for i := range 200_000 {
			fmt.Fprintf(w, "line %d of a flood of messages\n", i)
		}
		fmt.Fprint(w, strings.Repeat("y", 1<<20), "\nthe end, without a newline")
		w.Flush()
		fmt.Println(`{"doc_id":"bad","error":"after a flood"}`)
	case "grandchild":
		self, _ := os.Executable()
		cmd := exec.Command(self)
		cmd.Env = append(os.Environ(), helperMode+"=sleep", helperArg+"="+arg)
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr // holds the pipes open
		if err := cmd.Start(); err != nil {
			os.Exit(6)
		}
		dial(arg)
		forever()
	}
}

// dial tells the test that the process lives: the connection ends when it does.
func dial(addr string) {
	if _, err := net.Dial("tcp", addr); err != nil {
		os.Exit(7)
	}
}

// forever waits for something that never comes.
func forever() {
	r, _, _ := os.Pipe()
	io.Copy(io.Discard, r)
	select {}
}
