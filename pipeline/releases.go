package pipeline

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"text/tabwriter"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/diff"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/regular"
	internalversion "github.com/mizan-corpus/mizan/internal/version"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
)

// Info says what is in a release, or for "" in the embedded corpus: tables,
// labels a type, versions, hashes.
func Info(s Streams, dir string, asJSON bool) (*Summary, error) {
	ds, err := openData(dir, nil)
	if err != nil {
		return nil, err
	}
	summary, err := release.Info(ds)
	if err != nil {
		return nil, err
	}
	if asJSON {
		return summary, s.json(summary)
	}
	return summary, summary.WriteText(s.out())
}

// Verify checks a release against its manifest and the label rules and returns
// every violation. The error is [ExitCheck] when there is any.
func Verify(s Streams, dir string, asJSON bool) ([]Violation, error) {
	if err := dataset.CheckFolder(dir); err != nil {
		return nil, err
	}
	violations, err := release.Verify(os.DirFS(dir))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	switch {
	case asJSON:
		if violations == nil {
			violations = []release.Violation{}
		}
		err = s.json(violations)
	case len(violations) == 0:
		_, err = fmt.Fprintf(s.out(), "%s: verified, no violations\n", dir)
		s.sayUnsealed(dir)
	default:
		for _, v := range violations {
			fmt.Fprintln(s.out(), v)
		}
	}
	if err == nil && len(violations) > 0 {
		err = exit.Check(fmt.Errorf("%s: %s", dir, wording.Count(len(violations), "violation")), "a release is immutable: build it anew instead of mending it")
	}
	return violations, err
}

// sayUnsealed says what stands for the hash that the manifests of older releases lack,
// and what of a release without texts could not be checked.
func (s Streams) sayUnsealed(dir string) {
	m, err := dataset.ReadManifest(os.DirFS(dir))
	if err != nil {
		return
	}
	if m.WithoutTexts {
		s.say("%s: without texts: content hashes, spans and label rules are checked by dataset hydrate", dir)
	}
	if m.SHA256 == "" {
		s.say("%s: its manifest has no hash of its own, as of releases by earlier versions: its words were held against the card, the descriptions and the tables, which say the same", dir)
	}
}

// DiffOptions are what [Diff] is asked for.
type DiffOptions struct {
	Old, New string // folders of releases; New "" for the embedded corpus
	JSON     bool
	Markdown bool // print an entry for a changelog
	Check    bool // any difference is an error, [ExitCheck]
}

// Diff tells what changed between two releases, and by what that asks the
// version to be raised.
func Diff(s Streams, opt DiffOptions) (*Changes, error) {
	if opt.JSON && opt.Markdown {
		return nil, exit.Usagef("--json and --markdown: found both, expected one at most")
	}
	before, err := release.Open(opt.Old)
	if err != nil {
		return nil, err
	}
	after, err := openData(opt.New, nil)
	if err != nil {
		return nil, err
	}
	changes, err := diff.Diff(before, after)
	if err != nil {
		return nil, err
	}
	write := changes.WriteText
	switch {
	case opt.JSON:
		write = func(w io.Writer) error { return wording.JSON(w, changes) }
	case opt.Markdown:
		write = changes.WriteMarkdown
	}
	if err := write(s.out()); err != nil || !opt.Check || changes.Same() {
		return changes, err
	}
	return changes, exit.Check(fmt.Errorf("%s differs from what is new: %s", opt.Old, changes.Reasons[0]), "")
}

// Log lists the releases in the subfolders of a folder, and how each differs
// from the one before.
func Log(s Streams, dir string, asJSON bool) ([]HistoryEntry, error) {
	entries, err := diff.History(dir)
	if err != nil {
		return nil, err
	}
	if asJSON {
		if entries == nil {
			entries = []diff.HistoryEntry{}
		}
		return entries, s.json(entries)
	}
	tw := tabwriter.NewWriter(s.out(), 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "name\tversion\tcontent\traised\tchanges\tfolder")
	for _, e := range entries {
		raised := e.Raised
		if e.TooLow {
			raised += " (too low)"
		}
		fmt.Fprintf(tw, "%s\t%s\t%.12s\t%s\t%s\t%s\n", e.Name, e.Version, e.ContentSHA256, orDash(raised), orDash(e.Bump), e.Dir)
	}
	return entries, tw.Flush()
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

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

// mostChangelog is the most bytes of a changelog that an entry is put into.
const mostChangelog = 16 << 20

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
	old, err := regular.ReadFile(file, mostChangelog)
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
