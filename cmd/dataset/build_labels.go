package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/mizan-corpus/mizan/data"
	"github.com/mizan-corpus/mizan/labels"
)

// buildLabels is the labels of a build: a folder of label files, or labels in
// another format, which are converted into such a folder first.
type buildLabels struct {
	given  string // as the user named them
	folder string // of label files
	format *labels.Format
}

// prepareLabels converts labels in another format with the articles' texts, into
// a temporary folder that close removes. The table of actors is taken from
// beside them.
func (a *app) prepareLabels(given string, articles data.CorpusFiles) (l *buildLabels, err error) {
	l = &buildLabels{given: given, folder: given}
	if given == "" {
		return l, nil
	}
	if l.format, err = lintFormat(given, ""); err != nil || l.format == nil {
		return l, err
	}
	if l.folder, err = os.MkdirTemp("", "mizan-labels-"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, l.close())
		}
	}()
	texts, err := data.OpenCorpus(data.Meta{Name: "corpus"}, articles)
	if err != nil {
		return nil, err
	}
	to, err := lookupForm("json")
	if err != nil {
		return nil, err
	}
	n := 0
	documents := convertible(texts, l.format, labels.FileSource(given), nil, a.say, &n)
	if err := to.writeDocuments(labels.DirOutput(l.folder), documents, texts, &loss{}); err != nil {
		return nil, err
	}
	a.say("labels: %s, %s", l.format.Name, count(n, "article"))
	return l, l.copyActors()
}

func (l *buildLabels) copyActors() error {
	from := actorsBeside(l.given, labels.Source{})
	if from.FS == nil {
		return nil
	}
	in, err := from.FS.Open(filepath.ToSlash(filepath.Join(from.Path, labels.ActorsFile)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer in.Close()
	return labels.DirOutput(l.folder).WriteFile(labels.ActorsFile, func(w io.Writer) error {
		_, err := io.Copy(w, in)
		return err
	})
}

// close removes what was converted.
func (l *buildLabels) close() error {
	if l.format == nil {
		return nil
	}
	return os.RemoveAll(l.folder)
}

// explain names the labels in an error as the user knows them.
func (l *buildLabels) explain(err error) error {
	if l.format == nil || err == nil || !strings.Contains(err.Error(), l.folder) {
		return err
	}
	return fmt.Errorf("%s, read as %s: %s", l.given, l.format.Name, strings.ReplaceAll(err.Error(), l.folder+string(filepath.Separator), ""))
}
