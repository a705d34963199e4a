package labelset

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/corpus"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
	"github.com/mizan-corpus/mizan/pipeline/internal/forms"
)

// Native is the labels of a build: a folder of label files, or labels in
// another format, which are converted into such a folder first.
type Native struct {
	given  string // as the user named them
	Folder string // of label files
	format *labels.Format
	read   *forms.Reading // that converted them
	Found  string         // how the articles of some were found otherwise than by id, once they are converted
}

// Find says what the labels are, "" being none; from names their format, "" detects
// it.
func Find(given, from string) (*Native, error) {
	l := &Native{given: given, Folder: given}
	if given == "" && from == "" {
		return l, nil
	}
	var err error
	l.format, err = Format(given, from)
	return l, err
}

// Foreign reports whether the labels must be converted.
func (l *Native) Foreign() bool { return l.format != nil }

// Convert converts labels in another format with the articles' texts, into a
// temporary folder that [Native.Close] removes. The table of actors is taken
// from beside them. open takes every label for what its place in the file makes of
// it.
func (l *Native) Convert(texts *corpus.Corpus, open bool, say func(string, ...any)) error {
	if !l.Foreign() {
		return nil
	}
	var err error
	if l.Folder, err = os.MkdirTemp("", "mizan-labels-"); err != nil {
		return err
	}
	if err := l.convert(texts, open, say); err != nil {
		return errors.Join(err, l.Close())
	}
	return nil
}

// convert fills the folder.
func (l *Native) convert(texts *corpus.Corpus, open bool, say func(string, ...any)) error {
	to, err := forms.Lookup("json")
	if err != nil {
		return err
	}
	in := &forms.Reading{Format: l.format, Source: labels.FileSource(l.given), Say: say, Open: open, Whole: true}
	if err := to.WriteDocuments(labels.DirOutput(l.Folder), in.Documents(texts), texts, &forms.Loss{}); err != nil {
		return err
	}
	l.Found, l.read = in.Found, in
	if in.Found != "" {
		in.Found = ", of which found otherwise than by id: " + in.Found
	}
	say("labels: %s, %s%s", l.format.Name, wording.Count(in.Articles, "article"), in.Found)
	return l.copyActors()
}

func (l *Native) copyActors() error {
	from := ActorsBeside(l.given, labels.Source{})
	if from.FS == nil {
		return nil
	}
	in, err := from.FS.Open(filepath.ToSlash(filepath.Join(from.Path, native.ActorsFile)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer in.Close()
	return labels.DirOutput(l.Folder).WriteFile(native.ActorsFile, func(w io.Writer) error {
		_, err := io.Copy(w, in)
		return err
	})
}

// Close removes what was converted.
func (l *Native) Close() error {
	if l.format == nil || l.Folder == l.given {
		return nil
	}
	return os.RemoveAll(l.Folder)
}

// Explain names the labels in an error as the user knows them: the place of an
// article in the file that was given, not in the one that it was converted to.
func (l *Native) Explain(err error) error {
	if l.format == nil || err == nil || !strings.Contains(err.Error(), l.Folder) {
		return err
	}
	folder := regexp.QuoteMeta(l.Folder + string(filepath.Separator))
	said := regexp.MustCompile(folder+`([^:\s]+)\.json(:\d+)?`).ReplaceAllStringFunc(err.Error(), func(place string) string {
		name, _, _ := strings.Cut(strings.TrimPrefix(place, l.Folder+string(filepath.Separator)), ".json")
		if l.read != nil {
			if at, ok := l.read.At(name); ok {
				return at.String()
			}
		}
		return name
	})
	said = strings.ReplaceAll(said, l.Folder+string(filepath.Separator), "")
	return exit.WithHint(fmt.Errorf("%s, read as %s: %s", l.given, l.format.Name, said), exit.Hint(err))
}
