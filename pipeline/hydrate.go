package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/hydrate"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/pipeline/internal/progress"
)

// Hydrate puts the texts back into the release in a folder that was built without them,
// from copies of its articles (opt.Articles), and checks that the content is that of the
// release with its texts. Of the options Articles, Output, Replace and Quiet say how.
func Hydrate(ctx context.Context, s Streams, dir string, opt BuildOptions) (*BuildReport, error) {
	const help = "dataset hydrate --help"
	switch {
	case opt.Output == "":
		return nil, exit.Usage(errors.New("-o is needed: the folder of the whole release"), help)
	case !opt.Articles.given():
		return nil, exit.Usage(errors.New("--articles is needed: your copies of the articles"), help)
	}
	r, err := release.OpenWithoutTexts(dir)
	if err != nil {
		return nil, err
	}
	copies, err := opt.Articles.open(ctx)
	if err != nil {
		return nil, err
	}
	defer copies.Close()
	ds, err := hydrate.Open(r, copies.Documents())
	if missing := (*hydrate.MissingError)(nil); errors.As(err, &missing) {
		for _, m := range missing.Missing[:min(len(missing.Missing), progress.Most)] {
			s.say("missing: %s  %s", m.DocID, wording.Cut(m.Title, 80))
		}
		if n := len(missing.Unread); n > 0 {
			s.say("%s could not be read, the first: %v", wording.Count(n, "file"), missing.Unread[0])
		}
	}
	if err != nil {
		return nil, err
	}
	defer ds.Close()
	bar := progress.NewBuildBar(s.Err, opt.Quiet)
	built, err := release.Build(ctx, opt.Output, ds, release.BuildOptions{Replace: opt.Replace,
		ArticlesPerFile: perFile(r.Manifest()), Content: r.Manifest().ContentSHA256, Progress: bar.Writing})
	bar.Clear()
	if err != nil {
		return nil, err
	}
	_, err = fmt.Fprintf(s.out(), "%s %s: %s, %s with their texts\ncontent %s, as the release without texts says\nin %s\n", built.Identity.Name, built.Identity.Version,
		built.Outcome, wording.Count(built.Articles, "article"), built.Identity.ContentSHA256, built.Dir)
	return built, err
}

// perFile is how many articles a file of a release has at most, 0 where each split has
// one file.
func perFile(m *dataset.Manifest) int {
	most, several := int64(0), false
	for _, files := range m.TableFiles(dataset.TableArticles) {
		several = several || len(files) > 1
		most = max(most, slices.MaxFunc(files, func(a, b dataset.FileInfo) int { return int(a.Rows - b.Rows) }).Rows)
	}
	if !several {
		return 0
	}
	return int(most)
}
