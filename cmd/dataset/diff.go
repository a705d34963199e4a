package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/data"
)

func newDiffCommand(a *app) *cobra.Command {
	var asJSON, markdown, exitCode bool
	c := &cobra.Command{
		Use:   "diff OLD [NEW]",
		Short: "What changed between two releases, and the version bump it asks for",
		Long: `Diff compares two releases, or a release with the embedded corpus when NEW is
left out: articles and labels added, removed, moved and retyped, arguments,
actors, metadata. It says by what the version must be raised:

  major  a score of the same predictions may change, or a row is gone
  minor  articles, labels of unlabelled articles, actors or columns were added
  patch  other bytes, card or metadata`,
		Example: `  dataset diff release-1.0.0 release-1.1.0
  dataset diff release-1.0.0 --exit-code
  dataset diff release-1.0.0 release-1.1.0 --markdown >> CHANGELOG.md`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 1 {
				return nil
			}
			return exactArgs(2, "the folders of two releases")(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			if asJSON && markdown {
				return usagef("--json and --markdown: found both, expected one at most")
			}
			changes, err := diffReleases(args)
			if err != nil {
				return err
			}
			write := changes.WriteText
			switch {
			case asJSON:
				write = func(w io.Writer) error { return writeJSON(w, changes) }
			case markdown:
				write = changes.WriteMarkdown
			}
			if err := write(a.stdout); err != nil || !exitCode || changes.Same() {
				return err
			}
			return &checkError{err: fmt.Errorf("%s differs from what is new: %s", args[0], changes.Reasons[0])}
		},
	}
	fl := c.Flags()
	fl.BoolVar(&asJSON, "json", false, "print the changes as JSON")
	fl.BoolVar(&markdown, "markdown", false, "print an entry for a changelog")
	fl.BoolVar(&exitCode, "exit-code", false, "exit with 3 if there is any difference")
	return c
}

func diffReleases(args []string) (*data.Changes, error) {
	old, err := data.Open(args[0])
	if err != nil {
		return nil, err
	}
	name := ""
	if len(args) == 2 {
		name = args[1]
	}
	new, err := openDataset(name)
	if err != nil {
		return nil, err
	}
	return data.Diff(old, new)
}
