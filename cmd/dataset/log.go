package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/data"
)

func newLogCommand(a *app) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "log DIR",
		Short: "List the releases in a folder, and how each differs from the one before",
		Long: `Log lists every subfolder that holds a release, by name and version: its content
hash, by what its version was raised, and by what the changes asked for.`,
		Args: exactArgs(1, "a folder of releases"),
		RunE: func(_ *cobra.Command, args []string) error {
			entries, err := data.History(args[0])
			if err != nil {
				return err
			}
			if asJSON {
				if entries == nil {
					entries = []data.HistoryEntry{}
				}
				return writeJSON(a.stdout, entries)
			}
			tw := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
			fmt.Fprintln(tw, "name\tversion\tcontent\traised\tchanges\tfolder")
			for _, e := range entries {
				raised := e.Raised
				if e.TooLow {
					raised += " (too low)"
				}
				fmt.Fprintf(tw, "%s\t%s\t%.12s\t%s\t%s\t%s\n", e.Name, e.Version, e.ContentSHA256, orDash(raised), orDash(e.Bump), e.Dir)
			}
			return tw.Flush()
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the list as JSON")
	return c
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
