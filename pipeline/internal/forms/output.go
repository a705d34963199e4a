package forms

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
)

// CheckOutput refuses what would overwrite or mix files, before any work.
func CheckOutput(out string, layout labels.Layout, overwrite, parts, asJSON bool) error {
	folder := layout == labels.FilePerArticle || parts
	if out == "-" {
		switch {
		case folder:
			return exit.Usage(errors.New("standard output takes one file, the export has many"), "name a folder with -o")
		case asJSON:
			return exit.Usage(errors.New("--json and -o - both write to standard output"), "name a file with -o")
		}
		return nil
	}
	info, err := os.Stat(out)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.IsDir() != folder {
		what := map[bool]string{true: "a folder", false: "a file"}
		return exit.Usage(fmt.Errorf("%s is %s, the export is %s", out, what[info.IsDir()], what[folder]), "name another output with -o")
	}
	if overwrite {
		return nil
	}
	if folder {
		if entries, err := os.ReadDir(out); err != nil || len(entries) == 0 {
			return err
		}
	}
	return exit.WithHint(fmt.Errorf("%s is there already", out), "--overwrite replaces files of the same names")
}
