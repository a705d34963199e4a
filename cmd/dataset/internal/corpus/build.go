package corpus

import (
	"runtime/debug"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/mizan-corpus/mizan/cmd/dataset/internal/cli"
	"github.com/mizan-corpus/mizan/internal/data/corpus"
	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/pipeline"
)

// buildGC is the growth of the heap, in per cent, at which a build collects
// garbage. Articles pass through; at the usual 100 the peak of a large build is
// a quarter higher, for a fortieth less processor time.
const buildGC = 60

// NewBuild makes the command that builds a release.
func NewBuild(a *cli.App) *cobra.Command {
	var articles cli.ArticleFlags
	var opt pipeline.BuildOptions
	c := &cobra.Command{
		Use:   "build -o DIR",
		Short: "Make a release: articles and labels → Parquet tables",
		Long: `Build writes a release: Parquet tables, a manifest with hashes, a dataset card.
It appears whole or not at all, and the same input gives the same bytes.

Without --articles it builds the embedded corpus.

` + cli.ArticlesHelp + cli.SourceList() + `
A text file may have a hand-verified record beside it, with the same name and the
ending .yaml; otherwise title, body and date are found automatically. What is not
found is said, for the first 20 articles. An article that cannot be read is named
and left out; with --strict it ends the build. Articles that repeat another are
kept and marked with duplicate_of. --labels adds label files, <doc_id>.json and
actors.json, or labels in any other format with an actors.json beside them. Labels
find their article by its id, the name of its file, the hash of its text, or its
text. Where they carry their texts, --articles may be left out.

--meta names a file in which a corpus says of itself what its card, its citation and
its other descriptions repeat, by the keys:
` + wording.Wrap(dataset.MetaKeys(), 80) + `
All may be absent; docs/release.md says what each is for.

With --previous the release before is compared: the version must be raised by
what the changes ask for (see dataset diff), and a changelog entry is printed.`,
		Example: `  dataset build -o release
  dataset build -o mine --articles texts --labels labels --name my-corpus --version 0.1.0
  dataset build -o mine --articles texts --labels labels --meta corpus.yaml
  dataset build -o conll --labels train.conll --ontology conll2003 --name conll
  dataset build -o crawl --articles 'crawl/*.warc.gz' --name crawl
  dataset build -o news --articles news.jsonl --columns text=body,published=date`,
		Args: cli.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			var err error
			if opt.Articles, err = articles.Read(c); err != nil {
				return err
			}
			defer debug.SetGCPercent(debug.SetGCPercent(buildGC))
			_, err = pipeline.Build(c.Context(), a.Streams, opt)
			return err
		},
	}
	buildFlags(c.Flags(), &opt, &articles)
	return c
}

func buildFlags(fl *pflag.FlagSet, opt *pipeline.BuildOptions, articles *cli.ArticleFlags) {
	fl.StringVarP(&opt.Output, "output", "o", "", "folder of the new release")
	articles.Add(fl, "the texts that --labels carry, or the embedded corpus")
	fl.StringVar(&opt.Labels, "labels", "", "folder of label files, or labels in another format")
	fl.StringVar(&opt.From, "from", "", "format of --labels (default: told from its content)")
	fl.StringVar(&opt.Ontology, "ontology", "", "ontology of the labels: a name, a file, or infer to make one of what the labels use (default: that of the embedded corpus, or made of the labels where they are not made for it)")
	fl.StringVar(&opt.Meta, "meta", "", "YAML file in which the corpus says what it is: title, description, licence, creators, homepage, citation, contact and more")
	fl.StringVar(&opt.Name, "name", "", "name of the dataset, with --articles or --labels (default: that of --meta, or corpus)")
	fl.StringVar(&opt.Version, "version", "", "MAJOR.MINOR.PATCH (default: the corpus's own)")
	fl.StringVar(&opt.Previous, "previous", "", "folder of the release before: refuse a version that is too low for what changed; without --version take the least allowed")
	fl.StringVar(&opt.Changelog, "changelog", "", "file that the changelog entry is put at the head of, with --previous")
	fl.Float64Var(&opt.NearDuplicates, "near-duplicates", corpus.DefaultNearDuplicates, "mark articles that share this part of their three-word sequences with another, 0 for none")
	fl.BoolVar(&opt.Strict, "strict", false, "end with the first article that cannot be read")
	fl.IntVar(&opt.ArticlesPerFile, "articles-per-file", 0, "start a new file after so many articles, 0 for one file a table")
	fl.BoolVar(&opt.WithoutTexts, "without-texts", false, "leave out the texts, which may not be passed on: labels, hashes and offsets alone; dataset hydrate puts them back")
	fl.BoolVar(&opt.Replace, "replace", false, "put the release in the place of another")
	fl.BoolVar(&opt.JSON, "json", false, "print the report as JSON")
	fl.BoolVarP(&opt.Quiet, "quiet", "q", false, "no progress bar, and no word on what was not found in the articles")
}
