//go:build unix

package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// sleeping and driving are the first arguments that make the test binary an
// extractor that says its number and its child's and never answers, and the program
// that drives it.
const (
	sleeping = "sleeping-extractor"
	driving  = "driving-dataset"
)

func init() {
	if len(os.Args) < 2 {
		return
	}
	switch os.Args[1] {
	case sleeping:
		child := exec.Command("sleep", "600")
		if err := child.Start(); err != nil {
			os.Exit(4)
		}
		said := strconv.Itoa(os.Getpid()) + "\n" + strconv.Itoa(child.Process.Pid) + "\n"
		if os.WriteFile(os.Args[2]+".partial", []byte(said), 0o666) != nil || os.Rename(os.Args[2]+".partial", os.Args[2]) != nil {
			os.Exit(4)
		}
		time.Sleep(10 * time.Minute)
	case driving:
		os.Args = os.Args[1:]
		main()
	}
}

// A signal that ends the command ends the extractor and what that has started; where
// the command is killed, the kernel of Linux ends the extractor.
func TestSignalsEndChildren(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGKILL} {
		t.Run(sig.String(), func(t *testing.T) {
			if sig == syscall.SIGKILL && !parentDeathIsKnown {
				t.Skip("this system does not tell children of their parent's end")
			}
			if signal.Ignored(sig) {
				t.Skip("ignored since before the tests began, as nohup does, and so by what they start")
			}
			dir := t.TempDir()
			told := filepath.Join(dir, "pids")
			c := exec.Command(self, driving, "run", "--extractor", "exec:"+self+" "+sleeping+" "+told, "-o", filepath.Join(dir, "p.jsonl"))
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- c.Wait() }()
			pids := waitForPids(t, told)
			if sig == syscall.SIGKILL {
				defer syscall.Kill(pids[1], syscall.SIGKILL)
				pids = pids[:1] // the kernel knows of the extractor alone
			}
			if err := c.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			<-ended
			for _, pid := range pids {
				waitForEnd(t, pid)
			}
		})
	}
}

func waitForPids(t *testing.T, name string) []int {
	t.Helper()
	for {
		f, err := os.Open(name)
		if errors.Is(err, os.ErrNotExist) {
			time.Sleep(5 * time.Millisecond)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		var pids []int
		for lines := bufio.NewScanner(f); lines.Scan(); {
			pid, err := strconv.Atoi(lines.Text())
			if err != nil {
				t.Fatal(err)
			}
			pids = append(pids, pid)
		}
		return pids
	}
}

// waitForEnd waits until there is no such process, or only what is left of one.
func waitForEnd(t *testing.T, pid int) {
	t.Helper()
	for syscall.Kill(pid, 0) == nil && !isZombie(pid) {
		select {
		case <-t.Context().Done():
			t.Fatalf("process %d is still there", pid)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// A result that did not arrive is no success.
func TestFullOutputFails(t *testing.T) {
	for _, args := range [][]string{{"info"}, {"metrics"}, {"formats"}, {"log"}, {"--help"}, {"text", "000_ced7557e4e70de65"}, {"export", "--to", "jsonl", "-o", "-"}, {"ontology"}, {"verify", "--json"}} {
		if code := run(t.Context(), args, nil, brokenWriter{}, io.Discard); code == 0 {
			t.Errorf("%v: exit code 0", args)
		}
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, syscall.ENOSPC }
