package main

import (
	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/data"
)

func newInfoCommand(a *app) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "info [DIR]",
		Short: "What is in a release: tables, labels per type, versions, hashes",
		Long:  "Info summarises a release, or without DIR the embedded corpus.",
		Args:  maxArgs(1, "the folder of a release"),
		RunE: func(_ *cobra.Command, args []string) error {
			release := ""
			if len(args) == 1 {
				release = args[0]
			}
			ds, err := openDataset(release)
			if err != nil {
				return err
			}
			s, err := data.Info(ds)
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(a.stdout, s)
			}
			return s.WriteText(a.stdout)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the summary as JSON")
	return c
}
