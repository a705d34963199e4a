package pipeline

import (
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/diff"
	"github.com/mizan-corpus/mizan/internal/data/release"
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

// sayUnsealed says what stands for the hash that the manifests of older releases lack.
func (s Streams) sayUnsealed(dir string) {
	if m, err := dataset.ReadManifest(os.DirFS(dir)); err == nil && m.SHA256 == "" {
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
