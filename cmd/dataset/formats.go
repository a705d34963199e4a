package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/labels"
)

// formatInfo is what is said of a format, for --json.
type formatInfo struct {
	Name       string   `json:"name"`
	Aliases    []string `json:"aliases"`
	Title      string   `json:"title"`
	Writes     bool     `json:"writes"`
	Unit       string   `json:"offset_unit"`
	Extensions []string `json:"extensions"`
	Notes      string   `json:"notes"`
}

func newFormatsCommand(a *app) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "formats [NAME]",
		Short: "List the annotation formats that can be read and written, or tell of one",
		Example: `  dataset formats
  dataset formats brat`,
		Args: maxArgs(1, "the name of a format"),
		RunE: func(_ *cobra.Command, args []string) error {
			list := labels.All()
			if len(args) == 1 {
				f, err := labels.Lookup(args[0])
				if err != nil {
					return &usageError{err: err, hint: hintOf(err)}
				}
				if list = []*labels.Format{f}; !asJSON {
					a.describeFormat(f)
					return nil
				}
			}
			if asJSON {
				infos := []formatInfo{}
				for _, f := range list {
					infos = append(infos, formatInfo{f.Name, append([]string{}, f.Aliases...), f.Title, f.Write != nil, f.Unit, f.Extensions, f.Notes})
				}
				return writeJSON(a.stdout, infos)
			}
			tw := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
			fmt.Fprintln(tw, "format\treads\twrites\toffsets in\tfiles\t")
			for _, f := range list {
				name := strings.Join(append([]string{f.Name}, f.Aliases...), ", ")
				fmt.Fprintf(tw, "%s\tyes\t%s\t%s\t%s\t%s\n", name, yesNo(f.Write != nil), f.Unit, strings.Join(f.Extensions, " "), f.Title)
			}
			return tw.Flush()
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print them as JSON")
	return c
}

// describeFormat prints all that is said of a format.
func (a *app) describeFormat(f *labels.Format) {
	fmt.Fprintf(a.stdout, "%s: %s\n\n", strings.Join(append([]string{f.Name}, f.Aliases...), ", "), f.Title)
	tw := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(tw, "reads\tyes\nwrites\t%s\noffsets in\t%s\nfiles\t%s\n", yesNo(f.Write != nil), f.Unit, strings.Join(f.Extensions, " "))
	_ = tw.Flush()
	if f.Notes != "" {
		fmt.Fprintf(a.stdout, "\n%s\n", wrapWords(strings.Fields(f.Notes), 78))
	}
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
