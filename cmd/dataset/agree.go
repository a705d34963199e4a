package main

import (
	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/pipeline"
)

func newAgreeCommand(a *app) *cobra.Command {
	var opt pipeline.AgreeOptions
	c := &cobra.Command{
		Use:   "agree [PASS…]",
		Short: "Agreement between the annotation passes, and of each with gold",
		Long: `Agree compares the independent annotation passes with each other and with the
adjudicated labels: F1 of mentions, triggers, arguments and coreference, Cohen's
kappa of types and realis, Krippendorff's alpha over code points and for
unitizing.

PASS is the name of a pass, or "gold"; without any, all are compared.`,
		Example: `  dataset agree
  dataset agree a b --json`,
		RunE: func(c *cobra.Command, args []string) error {
			opt.Passes = args
			_, err := pipeline.Agree(c.Context(), a.Streams, opt)
			return err
		},
	}
	c.Flags().StringVar(&opt.Release, "release", "", "folder of a release (default: the embedded corpus)")
	c.Flags().BoolVar(&opt.JSON, "json", false, "print everything as JSON, per article and per class too")
	c.Flags().BoolVar(&opt.ByArticle, "by-article", false, "one row an article below each figure")
	return c
}
