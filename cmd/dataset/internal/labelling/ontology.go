package labelling

import (
	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/pipeline"
)

// NewOntology makes the command that shows, infers and compares ontologies.
func NewOntology(a *cli.App) *cobra.Command {
	var opt pipeline.OntologyOptions
	c := &cobra.Command{
		Use:   "ontology [NAME|FILE|RELEASE]",
		Short: "Print and check the types, roles and rules that labels may use",
		Long: `Ontology checks an ontology and prints what is in it: one that comes with the
program, by name, one in a file (YAML or JSON), or the one that a release carries.
Without any it is that of the embedded corpus.`,
		Example: `  dataset ontology
  dataset ontology ace2005
  dataset ontology ontology.yaml
  dataset ontology release --json > ontology.json
  dataset ontology --list`,
		Args: cli.MaxArgs(1, "a name, a file or a release"),
		RunE: func(_ *cobra.Command, args []string) error {
			opt.Name = cli.First(args)
			_, err := pipeline.Ontology(a.Streams, opt)
			return err
		},
	}
	c.Flags().BoolVar(&opt.JSON, "json", false, "print it as JSON, as a file for --ontology")
	c.Flags().BoolVar(&opt.Names, "list", false, "list those that come with the program")
	c.AddCommand(newOntologyDiffCommand(a), newOntologyInferCommand(a))
	return c
}

func newOntologyInferCommand(a *cli.App) *cobra.Command {
	var opt pipeline.OntologyOptions
	c := &cobra.Command{
		Use:   "infer LABELS",
		Short: "Make an ontology of the types and roles that labels use",
		Long: `Infer reads labels in any format, with or without their texts, and writes the
types, levels, roles and other codes that they use as an ontology: JSON, without
glosses and rules, to be reviewed and given with --ontology.`,
		Example: `  dataset ontology infer labels -o ontology.json
  dataset ontology infer train.conll`,
		Args: cli.ExactArgs(1, "a folder of label files, or a file or folder in another format"),
		RunE: func(_ *cobra.Command, args []string) error {
			opt.Infer = args[0]
			_, err := pipeline.Ontology(a.Streams, opt)
			return err
		},
	}
	c.Flags().StringVarP(&opt.Output, "output", "o", "", "file to write (default: printed)")
	c.Flags().StringVar(&opt.From, "from", "", "format of LABELS (default: told from its content)")
	return c
}

func newOntologyDiffCommand(a *cli.App) *cobra.Command {
	var check bool
	c := &cobra.Command{
		Use:     "diff A B",
		Short:   "What one ontology has otherwise than another",
		Long:    `Diff compares two ontologies, each a name, a file or a release, entry by entry.`,
		Example: `  dataset ontology diff plover ontology.yaml`,
		Args:    cli.ExactArgs(2, "two ontologies"),
		RunE: func(_ *cobra.Command, args []string) error {
			_, err := pipeline.OntologyDiff(a.Streams, args[0], args[1], check)
			return err
		},
	}
	c.Flags().BoolVar(&check, "exit-code", false, "exit with 3 if there is any difference")
	return c
}
