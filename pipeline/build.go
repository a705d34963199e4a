package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/data/corpus"
	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/diff"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/labels/check"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/internal/regular"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/pipeline/internal/join"
	"github.com/mizan-corpus/mizan/pipeline/internal/labelset"
	"github.com/mizan-corpus/mizan/pipeline/internal/progress"
	"github.com/mizan-corpus/mizan/schema"
)

// BuildOptions are what [Build] is asked for.
type BuildOptions struct {
	Output         string   // folder of the new release
	Articles       Articles // none for the texts that Labels carry, or, without any, the embedded corpus
	Labels         string   // folder of label files, or labels in another format; "" for none
	From           string   // format of Labels; "" detects it
	Meta           string   // file in which the corpus says what it is, with Articles or Labels; "" for none
	Name           string   // of the dataset, with Articles or Labels; "" for that of Meta, or "corpus"
	Ontology       string   // of the labels: a name, a file, or "infer"; "" for the default one
	NearDuplicates float64  // part of their three-word sequences, 0 to 1, that marks two articles as near-duplicates; 0 for none
	Previous       string   // folder of the release before, which the version is held against
	Changelog      string   // file that the changelog entry is put at the head of, with Previous

	Version         string // MAJOR.MINOR.PATCH; "" for the corpus' own, or the least that Previous allows
	ArticlesPerFile int    // 0 for one file a table
	WithoutTexts    bool   // leave the texts of the articles out, see [Hydrate]
	Replace         bool   // put the release in the place of another
	Strict          bool   // end with the first article that cannot be read
	Quiet, JSON     bool
}

// Build makes a release of articles and labels. It appears whole or not at all,
// and the same input gives the same bytes.
func Build(ctx context.Context, s Streams, opt BuildOptions) (*BuildReport, error) {
	if err := opt.check(); err != nil {
		return nil, err
	}
	bar := progress.NewBuildBar(s.Err, opt.Quiet)
	notes := &progress.Notes{Say: s.say, Bar: bar}
	ds, native, err := opt.open(ctx, s, bar, notes)
	if err != nil {
		return nil, err
	}
	defer native.Close()
	defer ds.Close()
	version := opt.Version
	var changes *diff.Changes
	if opt.Previous != "" {
		if changes, version, err = since(opt.Previous, ds, version); err != nil {
			return nil, err
		}
	}
	if !opt.Quiet {
		notes.Open()
	}
	r, err := release.Build(ctx, opt.Output, ds, release.BuildOptions{Version: version, ArticlesPerFile: opt.ArticlesPerFile,
		Replace: opt.Replace, WithoutTexts: opt.WithoutTexts, Strict: opt.Strict, Progress: bar.Writing})
	bar.Clear()
	notes.Close()
	if t := opt.NearDuplicates; err == nil && !opt.Quiet && opt.own() && t > 0 && t != corpus.DefaultNearDuplicates {
		s.say("note: near-duplicates at %v: %.2f %% of such pairs are expected to be found", t, 100*corpus.DuplicateRecall(t))
	}
	if err != nil {
		return nil, opt.explain(s, native, err)
	}
	r.Found = native.Found
	if opt.JSON {
		err = s.json(r)
	} else {
		err = printBuild(s, r, opt.lintCommand())
	}
	if err == nil && changes != nil && (opt.Changelog != "" || !opt.JSON) {
		err = changelog(s, changes, opt.Changelog)
	}
	return r, err
}

// check says what of the options does not go together.
func (opt *BuildOptions) check() error {
	const help = "dataset build --help"
	switch {
	case opt.Output == "":
		return exit.Usage(errors.New("-o is needed: the folder of the new release"), help)
	case opt.Changelog != "" && opt.Previous == "":
		return exit.Usage(errors.New("--changelog needs --previous"), help)
	case opt.From != "" && opt.Labels == "":
		return exit.Usage(errors.New("--from needs --labels"), help)
	case !opt.own() && opt.Meta != "":
		return exit.Usage(errors.New("--meta needs --articles or --labels"), "the embedded corpus says of itself what it is")
	case !opt.own() && opt.Ontology != "":
		return exit.Usage(errors.New("--ontology needs --articles or --labels"), "the embedded corpus has its own ontology")
	case !(opt.NearDuplicates >= 0 && opt.NearDuplicates <= 1):
		return exit.Usagef("--near-duplicates: found %v, expected a part of 0 to 1", opt.NearDuplicates)
	}
	return nil
}

// own reports whether there are articles or labels besides the embedded corpus.
func (opt *BuildOptions) own() bool { return opt.Articles.given() || opt.Labels != "" }

// open opens the articles with their labels. Where more than one thing asks for
// the articles, the first reading of their files is kept.
func (opt *BuildOptions) open(ctx context.Context, s Streams, bar *progress.BuildBar, notes *progress.Notes) (*corpus.Corpus, *labelset.Native, error) {
	if !opt.own() {
		ds, err := data.Default()
		return ds, &labelset.Native{}, err
	}
	meta, err := opt.meta()
	if err != nil {
		return nil, nil, err
	}
	native, err := labelset.Find(opt.Labels, opt.From)
	if err != nil {
		return nil, nil, err
	}
	files := opt.Articles.files(ctx)
	files.NearDuplicates, files.Notes, files.LeftOut, files.Progress = opt.NearDuplicates, notes.Add, notes.LeftOut, bar.Reading
	if !opt.Articles.given() {
		files.Documents = func() iter.Seq2[*document.Document, error] { return native.Carried(opt.NearDuplicates > 0) }
	}
	if opt.Ontology == "" && !native.Foreign() {
		opt.Ontology = journal.OntologyFile(native.Folder)
	}
	if opt.Ontology != ontology.Inferred {
		if meta.Ontology, err = findOntology(opt.Ontology); err != nil {
			return nil, nil, err
		}
	}
	ds, err := corpus.Open(meta, files)
	if err != nil {
		return nil, nil, err
	}
	if opt.Previous != "" || native.Foreign() || opt.Ontology == ontology.Inferred {
		ds.ReadOnce()
	}
	opt.choose(ds, native, s)
	if err := opt.label(ds, native, s); err != nil {
		return nil, nil, errors.Join(err, native.Close(), ds.Close())
	}
	return ds, native, nil
}

// mostMeta is the most bytes of a corpus' description of itself.
const mostMeta = 1 << 20

// meta is what the corpus says of itself, and what was asked for in place of it.
func (opt *BuildOptions) meta() (dataset.Meta, error) {
	var meta dataset.Meta
	if opt.Meta != "" {
		src, err := regular.ReadFile(opt.Meta, mostMeta)
		if err != nil {
			return meta, err
		}
		var bad []error
		if meta, bad = dataset.ParseMeta(opt.Meta, src); bad != nil {
			return meta, exit.Join(bad)
		}
	}
	meta.Name = cmp.Or(opt.Name, meta.Name, "corpus")
	meta.Version = cmp.Or(opt.Version, meta.Version)
	return meta, nil
}

// choose has an ontology made of the labels where none is named and they are not
// made for the default one.
func (opt *BuildOptions) choose(ds *corpus.Corpus, native *labelset.Native, s Streams) {
	if opt.Ontology != "" || opt.Labels == "" {
		return
	}
	var texts func(string) *schema.Index
	if native.Foreign() && opt.Articles.given() {
		cursor := join.NewCursor(ds)
		defer cursor.Close()
		texts = cursor.Text
	}
	if o := ontology.Default(); !labelset.Made(o, opt.Labels, opt.From, texts) {
		s.say("ontology: none is named, and the labels are not made for %s: one is made of them", o.Name)
		opt.Ontology = ontology.Inferred
	}
}

// label gives the corpus its labels and, where it is to be inferred of them,
// its ontology.
func (opt *BuildOptions) label(ds *corpus.Corpus, native *labelset.Native, s Streams) error {
	inferred := opt.Ontology == ontology.Inferred
	if inferred {
		ds.Adopt(&schema.Ontology{}) // until there is another
	}
	if err := native.Convert(ds, inferred, s.say); err != nil {
		return err
	}
	if native.Folder != "" {
		if err := ds.Label(native.Folder); err != nil {
			return err
		}
		if !native.Foreign() {
			made, err := labelset.Provenance(native.Folder)
			if err != nil {
				return err
			}
			ds.Tell(made)
		}
	}
	if !inferred {
		return nil
	}
	ds.Adopt(nil)
	o, err := native.Infer(ds.Annotations(), ds.Actors(), s.say)
	if err != nil {
		return err
	}
	s.say("ontology: inferred from the labels: %s; it is in %s, to be reviewed and given with --ontology",
		strings.Join(ontology.Contents(o), ", "), filepath.Join(opt.Output, dataset.OntologyFile))
	ds.Adopt(o)
	return nil
}

// explain adds to an error of the build what the user knows it by.
func (opt *BuildOptions) explain(s Streams, native *labelset.Native, err error) error {
	if broken := (*release.LintError)(nil); errors.As(err, &broken) {
		return exit.WithHint(native.Explain(err), opt.lintHint(broken))
	}
	if none := (*release.NoArticlesError)(nil); errors.As(err, &none) {
		printSkipped(s, none.Skipped, none.Unread)
	}
	return native.Explain(err)
}

// lintHint is the next step after labels that break rules. Where only the
// ontology is against them and none was named, that is another ontology.
func (opt *BuildOptions) lintHint(broken *release.LintError) string {
	all := opt.lintCommand() + " lists all of them"
	o := ontology.Default()
	if opt.Ontology != "" || !opt.own() || len(broken.Problems) > 0 ||
		slices.ContainsFunc(broken.Findings, func(f check.Finding) bool { return !check.AsksOntology(o, f.Code) }) {
		return all
	}
	return fmt.Sprintf("%s; if they are not made for the ontology %s, --ontology %s builds with the types and roles that they use, --ontology NAME|FILE with a known one (dataset ontology --list) or a file",
		all, o.Name, ontology.Inferred)
}

// lintCommand is the command that lints the same files; without any it is the
// one for the embedded corpus.
func (opt *BuildOptions) lintCommand() string {
	words := []string{"dataset", "lint"}
	if opt.Labels != "" {
		words = append(words, opt.Labels)
	}
	if opt.From != "" {
		words = append(words, "--from", opt.From)
	}
	for _, a := range opt.Articles.Paths {
		words = append(words, "--articles", a)
	}
	switch opt.Ontology {
	case "":
	case ontology.Inferred:
		words = append(words, "--ontology", filepath.Join(opt.Output, dataset.OntologyFile))
	default:
		words = append(words, "--ontology", opt.Ontology)
	}
	return wording.CommandLine(words...)
}

// printSkipped names the first of the articles that could not be read.
func printSkipped(s Streams, list []string, unread int) {
	for _, name := range list[:min(len(list), progress.Most)] {
		s.say("skipped: %s", name)
	}
	if more := unread - progress.Most; more > 0 {
		s.say("skipped: and %d more; --json lists them, --strict ends at the first", more)
	}
}

// printBuild says what a build did; lint is the command that lists the notes.
func printBuild(s Streams, r *release.Report, lint string) error {
	printSkipped(s, r.Skipped, r.Unread)
	more := ""
	if r.Duplicates > 0 {
		more += wording.Count(r.Duplicates, "near-duplicate") + ", "
	}
	if r.Unread > 0 {
		more += fmt.Sprintf("%d left out, ", r.Unread)
	}
	fmt.Fprintf(s.out(), "%s %s: %s, %s, %d labelled, %s%s\n", r.Identity.Name, r.Identity.Version, r.Outcome,
		wording.Count(r.Articles, "article"), r.Labelled, more, wording.Count(r.Bytes, "byte"))
	tw := tabwriter.NewWriter(s.out(), 0, 0, 2, ' ', 0)
	for _, t := range r.Tables {
		fmt.Fprintf(tw, "  %s\t%s\n", t.Name, wording.Count(t.Rows, "row"))
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	if n := r.Notes + r.Questions; n > 0 {
		question := strings.TrimPrefix(wording.Count(n, "question"), strconv.Itoa(n)+" ")
		s.say("%s or %s on the labels; %s lists them", wording.Count(n, "note"), question, lint)
	}
	if r.PassRegions > 0 {
		s.say("%s that a pass left unlabelled: a release keeps those of the gold labels only", wording.Count(r.PassRegions, "region"))
	}
	_, err := fmt.Fprintf(s.out(), "content %s\nin %s\n", r.Identity.ContentSHA256, r.Dir)
	return err
}
