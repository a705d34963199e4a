package release

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/mizan-corpus/mizan/internal/atomicfile"
	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/describe"
	"github.com/mizan-corpus/mizan/internal/data/streams"
	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/internal/data/walk"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

// BuildOptions are the settings of a build. The zero value makes the release of
// a dataset under its own name and version, one file a table and split.
type BuildOptions struct {
	Version         string             // "" keeps the dataset's own
	ArticlesPerFile int                // 0 for any number
	Replace         bool               // put the release in the place of one with other content
	WithoutTexts    bool               // leave the texts of the articles out, see [OpenWithoutTexts]
	Content         string             // content hash that the release must have; "" for any
	Strict          bool               // end with the first article that cannot be read, instead of leaving it out
	Progress        func(articles int) // called now and then while articles are written; nil for nobody
}

// Build makes a release of a dataset in the folder dir, which appears whole or
// not at all: it is written beside its name, brought to disk and renamed.
// Whatever moment the process is killed at, an earlier release under the name
// stays as it was, and the next build removes what was left.
//
// Labels that break a rule are a [LintError]. A release that is there already
// is left as it is: with the same bytes the outcome is "unchanged", with other
// bytes it is an [ExistsError] unless opt.Replace is set. The same dataset,
// options and tool version give the same bytes.
func Build(ctx context.Context, dir string, ds dataset.Dataset, opt BuildOptions) (*Report, error) {
	if opt.ArticlesPerFile < 0 {
		return nil, fmt.Errorf("articles per file: found %d, expected 0 or more", opt.ArticlesPerFile)
	}
	s, err := stage(dir)
	if err != nil {
		return nil, err
	}
	b := &builder{ctx: ctx, dir: s.Dir, ds: ds, opt: opt, report: &Report{Dir: dir}}
	err = b.write()
	if err == nil {
		var done outcome
		done, err = s.publish(opt.Replace)
		b.report.Outcome = [...]string{"created", "unchanged", "replaced"}[done]
	}
	if err := errors.Join(err, s.Discard()); err != nil {
		return nil, err
	}
	return b.report, nil
}

type builder struct {
	ctx      context.Context
	dir      string
	ds       dataset.Dataset
	opt      BuildOptions
	report   *Report
	problems []error // label files that could not be read

	meta   dataset.Meta
	passes bool
	nils   int64 // gold mentions of clusters outside the table of actors
	splits map[string]*splitWriter
	sums   *walk.ContentSums
	lint   *linter
	files  []dataset.FileInfo
}

// write fills the folder.
func (b *builder) write() error {
	if err := b.prepare(); err != nil {
		return err
	}
	defer func() {
		for _, w := range b.splits {
			w.abandon()
		}
	}()
	if err := b.writeArticles(); err != nil {
		return err
	}
	if err := b.checkLabels(); err != nil {
		return err
	}
	for _, split := range slices.Sorted(maps.Keys(b.splits)) {
		w := b.splits[split]
		if err := w.finish(); err != nil {
			return err
		}
		files, err := w.files()
		if err != nil {
			return err
		}
		b.files = append(b.files, files...)
	}
	if err := b.writeActors(); err != nil {
		return err
	}
	return b.describe()
}

// prepare reads what must be known before the first article.
func (b *builder) prepare() error {
	meta, err := metaOf(b.ds)
	if err != nil {
		return err
	}
	b.meta = meta
	b.meta.Version = cmp.Or(b.opt.Version, b.meta.Version)
	if err := b.meta.Check(); err != nil {
		return err
	}
	for range streams.Report(b.ds.Passes(), b.reportError) {
		b.passes = true
		break
	}
	b.problems, b.report.Skipped, b.report.Unread = nil, nil, 0 // they come again
	actors, err := walk.ActorsOf(b.ds)
	if err != nil {
		if err := b.reportError(err); err != nil {
			return err
		}
	}
	b.splits = map[string]*splitWriter{}
	b.sums = walk.NewContentSums()
	b.lint = newLinter(ontology.Or(b.meta.Ontology), actors)
	b.lint.unread = err != nil
	return nil
}

// metaOf is what the dataset says of itself, without its content hash.
func metaOf(ds dataset.Dataset) (dataset.Meta, error) {
	if c, ok := ds.(interface{ Meta() dataset.Meta }); ok {
		return c.Meta(), nil
	}
	id, err := ds.Identity()
	if err != nil {
		return dataset.Meta{}, err
	}
	o, err := ds.Ontology()
	var about dataset.About
	if r, ok := ds.(interface{ About() *dataset.About }); ok {
		about = *cmp.Or(r.About(), &about)
	}
	return dataset.Meta{Ontology: o, About: about, Name: id.Name, Version: id.Version, Title: id.Title, Description: id.Description,
		Labelling: id.Labelling, Language: id.Language, Licence: id.Licence, GuidelineVersion: id.GuidelineVersion}, err
}

// progressEvery is how many articles are written between two calls of
// Progress.
const progressEvery = 256

func (b *builder) writeArticles() error {
	for d, err := range walk.Entries(b.ds, b.reportError) {
		if err == nil {
			err = b.ctx.Err()
		}
		if err != nil {
			var unknown *walk.UnknownArticleError
			if errors.As(err, &unknown) && len(b.report.Skipped) > 0 {
				err = fmt.Errorf("%w; articles that could not be read: %q", err, b.report.Skipped[:min(len(b.report.Skipped), 5)])
			}
			return err
		}
		split := d.Article.Split
		if !dataset.ValidSplit(split) {
			return &tables.ColumnError{Table: dataset.TableArticles, Row: d.Article.DocID, Column: "split",
				Found: fmt.Sprintf("%q", split), Expected: "letters, digits and underscores"}
		}
		w := b.splits[split]
		if w == nil {
			w = newSplitWriter(b.dir, split, b.metadata(), b.opt.ArticlesPerFile, b.passes)
			b.splits[split] = w
		}
		written := d
		if b.opt.WithoutTexts {
			written = withoutTexts(d)
		}
		if err := w.add(written); err != nil {
			return err
		}
		b.sums.Add(d)
		b.lint.add(d)
		if b.report.Articles++; b.opt.Progress != nil && b.report.Articles%progressEvery == 0 {
			b.opt.Progress(b.report.Articles)
		}
		if d.Gold != nil {
			b.report.Labelled++
			b.nils += nilMentions(d.Gold.Mentions)
		}
		for _, p := range d.Passes {
			b.report.PassRegions += len(p.Annotation.NotLabelled)
		}
		if d.Article.DuplicateOf != "" {
			b.report.Duplicates++
		}
	}
	if b.report.Articles == 0 {
		return &NoArticlesError{Skipped: b.report.Skipped, Unread: b.report.Unread}
	}
	return nil
}

// nilMentions counts the mentions whose actor_id names a cluster outside the table of
// actors.
func nilMentions(list []schema.Mention) (n int64) {
	for i := range list {
		if schema.IsNIL(list[i].ActorID) {
			n++
		}
	}
	return n
}

func (b *builder) metadata() tables.Metadata {
	return tables.Metadata{Name: b.meta.Name, Version: b.meta.Version}
}

// checkLabels refuses labels that break a rule.
func (b *builder) checkLabels() error {
	e := &LintError{Problems: b.problems, Findings: b.lint.finish()}
	b.report.Notes, b.report.Questions = b.lint.notes, b.lint.questions
	if len(e.Findings)+len(e.Problems) > 0 {
		return e
	}
	return nil
}

// writeActors writes the table of actors, which belongs to all splits: its
// file bears the name of the only split, or "corpus".
func (b *builder) writeActors() error {
	split := "corpus"
	if len(b.splits) == 1 {
		split = slices.Collect(maps.Keys(b.splits))[0]
	}
	w := newTableWriter[tables.ActorRow](b.dir, split, b.metadata())
	defer w.abandon()
	if err := w.start(); err != nil {
		return err
	}
	for _, a := range b.lint.actors {
		if err := w.out.Write(&a.Actor); err != nil {
			return err
		}
		b.sums.Actors.Add(&a.Actor)
	}
	if err := w.finish(); err != nil {
		return err
	}
	files, err := w.name(split)
	b.files = append(b.files, files...)
	return err
}

// describe writes the card, the other descriptions and the manifest.
func (b *builder) describe() error {
	m := &dataset.Manifest{
		ManifestVersion: dataset.ManifestVersion, Identity: b.meta.Identity(), About: &b.meta.About, ToolVersion: schema.ToolVersion,
		NILActors: b.nils, WithoutTexts: b.opt.WithoutTexts,
		Splits: slices.Sorted(maps.Keys(b.splits)), Tables: b.sums.Tables(), Files: b.files,
	}
	m.ContentSHA256 = dataset.ContentHash(m.Tables)
	if want := cmp.Or(b.opt.Content, m.ContentSHA256); m.ContentSHA256 != want {
		return fmt.Errorf("found the content %s, expected %s", m.ContentSHA256, want)
	}
	slices.SortFunc(m.Files, compareFiles)
	for _, name := range slices.Sorted(maps.Keys(describe.Descriptions)) {
		content, err := describe.Descriptions[name](m, b.meta)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := b.addFile(name, content); err != nil {
			return err
		}
	}
	if err := b.addFile(dataset.OntologyFile, ontology.Encode(ontology.Or(b.meta.Ontology))); err != nil {
		return err
	}
	slices.SortFunc(b.files, compareFiles)
	m.Files = b.files
	content, err := m.Encode()
	if err != nil {
		return err
	}
	if _, err := dataset.ParseManifest(content); err != nil {
		return err
	}
	b.report.Identity, b.report.Tables = m.Identity, m.Tables
	b.report.Bytes = int64(len(content))
	for _, f := range m.Files {
		b.report.Bytes += f.Bytes
	}
	return atomicfile.WriteSynced(filepath.Join(b.dir, dataset.ManifestFile), content)
}

// addFile writes a file beside the tables.
func (b *builder) addFile(name string, content []byte) error {
	sum := sha256.Sum256(content)
	b.files = append(b.files, dataset.FileInfo{Path: name, SHA256: hex.EncodeToString(sum[:]), Bytes: int64(len(content))})
	return atomicfile.WriteSynced(filepath.Join(b.dir, name), content)
}

func compareFiles(a, b dataset.FileInfo) int { return cmp.Compare(a.Path, b.Path) }

// IsRelease reports whether a folder holds a release.
func IsRelease(dir string) bool {
	_, err := fs.Stat(os.DirFS(dir), dataset.ManifestFile)
	return err == nil
}
