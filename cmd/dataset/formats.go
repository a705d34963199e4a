package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/labels"
)

func newFormatsCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "formats",
		Short: "List the annotation formats that can be read and written",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			tw := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
			fmt.Fprintln(tw, "format\treads\twrites\toffsets in\tfiles\t")
			for _, f := range labels.All() {
				writes := "no"
				if f.Write != nil {
					writes = "yes"
				}
				fmt.Fprintf(tw, "%s\tyes\t%s\t%s\t%s\t%s\n", f.Name, writes, f.Unit, strings.Join(f.Extensions, " "), f.Title)
			}
			return tw.Flush()
		},
	}
}
