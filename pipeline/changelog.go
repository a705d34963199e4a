package pipeline

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/diff"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/labels"
	internalversion "github.com/mizan-corpus/mizan/internal/version"
)

// since compares a dataset that is to be built with the release before it and
// settles its version: the one given, which must not be too low, or else the
// least that the changes allow.
func since(previous string, ds dataset.Dataset, version string) (*diff.Changes, string, error) {
	old, err := release.Open(previous)
	if err != nil {
		return nil, "", err
	}
	c, err := diff.Diff(old, ds)
	if err != nil {
		return nil, "", err
	}
	if version == "" {
		version = c.Least
	}
	if err := c.CheckVersion(version); err != nil {
		return nil, "", err
	}
	if v, err := internalversion.Parse(version); err == nil {
		c.New.Version = v.String()
	}
	return c, version, nil
}

// changelog prints the entry of a new release, or puts it at the head of a file:
// after the heading of the first level, if the file begins with one.
func changelog(s Streams, c *diff.Changes, file string) error {
	var entry bytes.Buffer
	if err := c.WriteMarkdown(&entry); err != nil {
		return err
	}
	if file == "" {
		_, err := fmt.Fprintf(s.out(), "\n%s", entry.Bytes())
		return err
	}
	old, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	heading, _, _ := bytes.Cut(entry.Bytes(), []byte("\n"))
	if bytes.Contains(append([]byte("\n"), old...), append(append([]byte("\n"), heading...), '\n')) {
		s.say("%s has an entry %q already, nothing was added", file, heading)
		return nil
	}
	head := []byte{}
	if bytes.HasPrefix(old, []byte("# ")) {
		n := len(old)
		if i := bytes.IndexByte(old, '\n'); i >= 0 {
			n = i + 1
		}
		head, old = append(bytes.TrimRight(old[:n:n], "\n"), "\n\n"...), bytes.TrimLeft(old[n:], "\n")
	}
	return labels.FileOutput(file).WriteFile("", func(w io.Writer) error {
		for _, part := range [][]byte{head, entry.Bytes(), []byte("\n"), old} {
			if len(old) == 0 && string(part) == "\n" {
				continue
			}
			if _, err := w.Write(part); err != nil {
				return err
			}
		}
		return nil
	})
}
