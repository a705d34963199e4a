package main

import (
	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/pipeline"
)

func newInfoCommand(a *app) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "info [DIR]",
		Short: "What is in a release: tables, labels per type, versions, hashes",
		Long:  "Info summarises a release, or without DIR the embedded corpus.",
		Args:  maxArgs(1, "the folder of a release"),
		RunE: func(_ *cobra.Command, args []string) error {
			_, err := pipeline.Info(a.Streams, first(args), asJSON)
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the summary as JSON")
	return c
}
