package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/data"
)

func newVerifyCommand(a *app) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "verify DIR",
		Short: "Check a release against its manifest and the label rules",
		Long: `Verify recomputes everything that a release says of itself: hashes, sizes, rows,
column types, sort order, content hashes; that every surface is text[start:end];
that every reference between tables resolves; and the label rules. Each
violation is one line. Violations give exit code 3.`,
		Args: exactArgs(1, "the folder of a release"),
		RunE: func(_ *cobra.Command, args []string) error {
			violations, err := verify(args[0])
			if err != nil {
				return err
			}
			if asJSON {
				if violations == nil {
					violations = []data.Violation{}
				}
				if err := writeJSON(a.stdout, violations); err != nil || len(violations) == 0 {
					return err
				}
				return violated(args[0], len(violations))
			}
			return a.printViolations(args[0], violations)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the violations as JSON")
	return c
}

func verify(dir string) ([]data.Violation, error) {
	if err := data.CheckFolder(dir); err != nil {
		return nil, err
	}
	violations, err := data.Verify(os.DirFS(dir))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	return violations, nil
}

func (a *app) printViolations(dir string, violations []data.Violation) error {
	for _, v := range violations {
		fmt.Fprintln(a.stdout, v)
	}
	if len(violations) > 0 {
		return violated(dir, len(violations))
	}
	_, err := fmt.Fprintf(a.stdout, "%s: verified, no violations\n", dir)
	return err
}

func violated(dir string, n int) error {
	return &checkError{err: fmt.Errorf("%s: %s", dir, count(n, "violation")), hint: "a release is immutable: build it anew instead of mending it"}
}
