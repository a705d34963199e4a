package corpus

import (
	"fmt"
	"os"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/labels/native"
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
	holds, err := native.Folder{FS: os.DirFS(dir), Path: ".", Name: dir}.Holds()
	if err == nil && !holds {
		err = &NoLabelsError{Dir: dir}
	}
	return err
}
