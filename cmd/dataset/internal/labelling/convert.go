package labelling

import (
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/pipeline"
)

// NewConvert makes the command that converts annotations.
func NewConvert(a *cli.App) *cobra.Command {
	var opt pipeline.ConvertOptions
	var unit string
	c := &cobra.Command{
		Use:   "convert [--from FORMAT] --to FORMAT IN -o OUT",
		Short: "Convert annotations from one format to another, with a loss report",
		Long: `Convert reads annotations, predicted or gold, in one format and writes them in
another. What the new format cannot carry is counted on standard error; with
--strict nothing is written if anything would be lost. Formats that need the
articles' texts take them from the release, where it has the article by doc_id,
file name or text, else from the input itself, where that carries them.

Formats that can be written:
` + wording.Wrap(convertTargets(), 78) + `

dataset formats tells more of each.`,
		Example: `  dataset convert --to conll predictions.jsonl -o predictions.conll
  dataset convert --from brat --to json brat-folder -o labels --strict`,
		Args: cli.ExactArgs(1, "the file or folder to convert"),
		RunE: func(c *cobra.Command, args []string) error {
			var err error
			if opt.Unit, err = statedUnit(unit); err != nil {
				return err
			}
			if n := opt.Columns; n != nil && (len(n) < 2 || slices.Min(n) < 1) {
				return cli.Usage(errors.New("--columns: expected the column of the token and at least one of tags, from 1"), "")
			}
			opt.Input = args[0]
			return pipeline.Convert(c.Context(), a.Data(), opt)
		},
	}
	fl := c.Flags()
	fl.StringVar(&opt.From, "from", "", "format of IN (default: told from its content)")
	fl.StringVar(&opt.To, "to", "", "format of OUT")
	fl.StringVar(&opt.Ontology, "ontology", "", "ontology of the annotations: a name or a file (default: that of the release)")
	fl.StringVarP(&opt.Output, "output", "o", "", "file or folder to write; - for standard output, where the format is one file")
	fl.StringVar(&opt.Release, "release", "", "folder of the release that has the texts (default: the embedded corpus)")
	fl.BoolVar(&opt.Overwrite, "overwrite", false, "replace files that are there")
	fl.BoolVar(&opt.Strict, "strict", false, "write nothing and exit with 1 if the format cannot carry everything")
	fl.BoolVar(&opt.JSON, "json", false, "print what was done as JSON")
	cli.AddProclitics(c, &opt.Proclitics)
	addUnit(c, &unit)
	fl.StringVar(&opt.Annotator, "annotator", "", "whose annotations are read where IN has several people's (default: the first one's)")
	fl.IntSliceVar(&opt.Columns, "columns", nil, "columns of conll from 1: that of the token, then those of the tags, as in 2,3,4 (default: told from the file)")
	fl.StringSliceVar(&opt.Layers, "layers", nil, "types of annotation to read from xmi and webanno, by the end of their names (default: all but segmentation and grammar)")
	return c
}

// convertTargets is the annotation formats that can be written.
func convertTargets() []string {
	var names []string
	for _, f := range labels.All() {
		if f.Write != nil {
			names = append(names, f.Name)
		}
	}
	return names
}
