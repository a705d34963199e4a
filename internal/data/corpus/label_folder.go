package corpus

import (
	"fmt"
	"io/fs"
	"os"
	"path"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/labels"
)

// A NoLabelsError says that a folder holds no label files.
type NoLabelsError struct{ Dir string }

func (e *NoLabelsError) Error() string {
	return fmt.Sprintf("%s: found no label files, expected <doc_id>.json", e.Dir)
}

// Hint is the next step.
func (e *NoLabelsError) Hint() string {
	return "dataset convert --to json IN -o LABELS --release RELEASE makes them from other formats"
}

// CheckLabelFolder wants a folder with label files, <doc_id>.json, readable or
// not, or with independent passes: nil, a [dataset.FolderError] or a [NoLabelsError].
func CheckLabelFolder(dir string) error {
	if err := dataset.CheckFolder(dir); err != nil {
		return err
	}
	files, err := labels.Source{FS: os.DirFS(dir), Path: ".", Name: dir}.Files(".json")
	if err != nil {
		return err
	}
	for _, f := range files {
		if path.Base(f) != native.ActorsFile {
			return nil
		}
	}
	if passes, err := fs.Glob(os.DirFS(dir), dataset.PassesDir+"/*/*.json"); err != nil || len(passes) > 0 {
		return err
	}
	return &NoLabelsError{Dir: dir}
}
