package forms

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/export"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/pipeline/internal/exit"
)

// A DuckDB database is written by DuckDB alone. The form duckdb is a folder that
// DuckDB makes a database of; when OUT ends in .duckdb or .db, a DuckDB that is
// at hand is asked to do so at once, and OUT is the database.

// For is the form for this output: duckdb is one file where the output's name is
// a database's.
func (f *Form) For(out string) *Form {
	ext := strings.ToLower(filepath.Ext(out))
	if f.Name != "duckdb" || ext != ".duckdb" && ext != ".db" {
		return f
	}
	folder := f
	return &Form{Name: folder.Name, Layout: labels.OneFile, extension: ".duckdb", whole: &export.Form{
		Name: folder.Name, Layout: labels.OneFile, Extension: ".duckdb",
		Write: func(ctx context.Context, ds dataset.Dataset, to export.Target) error {
			return writeDatabase(ctx, ds, folder.whole, to.Path)
		},
	}}
}

// writeDatabase makes the folder beside the database, has DuckDB load it and
// renames the database when it is whole.
func writeDatabase(ctx context.Context, ds dataset.Dataset, folder *export.Form, path string) (err error) {
	program, err := findDuckDB()
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp(filepath.Dir(path), ".duckdb-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	if err := folder.Write(ctx, ds, export.Target{Path: work}); err != nil {
		return err
	}
	const database, script = "corpus.duckdb", "load.sql"
	in, err := os.Open(filepath.Join(work, script))
	if err != nil {
		return err
	}
	defer in.Close()
	var said bytes.Buffer
	c := exec.CommandContext(ctx, program[0], append(program[1:], database)...)
	c.Dir, c.Stdin, c.Stdout, c.Stderr = work, in, &said, &said
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s: %w: %s", filepath.Base(program[0]), err, lastLines(said.String(), 5))
	}
	made := filepath.Join(work, database)
	if _, err := os.Stat(made); err != nil {
		return fmt.Errorf("%s wrote no database: %s", filepath.Base(program[0]), lastLines(said.String(), 5))
	}
	return os.Rename(made, path)
}

// storageVersion is the storage that databases are written in: what every DuckDB since
// 1.0 reads. DuckDB 2 writes, unless asked, one that 1.5 refuses.
const storageVersion = "v1.0.0"

// loadInPython runs the script on standard input in the Python package. Packages that
// do not know the setting (before 1.2) write no later storage.
const loadInPython = `import duckdb, sys
try:
    db = duckdb.connect(sys.argv[1], config={"storage_compatibility_version": "` + storageVersion + `"})
except duckdb.Error:
    db = duckdb.connect(sys.argv[1])
db.execute(sys.stdin.buffer.read().decode())`

// findDuckDB is the command that takes a database and, on standard input, SQL.
func findDuckDB() ([]string, error) {
	if path, err := exec.LookPath("duckdb"); err == nil {
		args := []string{"-bail", "-batch"}
		if exec.Command(path, "-storage-version", storageVersion, ":memory:", "select 1").Run() == nil {
			args = append(args, "-storage-version", storageVersion)
		}
		return absolute(path, args...)
	}
	for _, name := range []string{"python3", "python"} {
		if path, err := exec.LookPath(name); err == nil && exec.Command(path, "-c", "import duckdb").Run() == nil {
			return absolute(path, "-c", loadInPython)
		}
	}
	return nil, exit.WithHint(errors.New("a DuckDB database is written by DuckDB, and there is neither the command duckdb nor a Python with the package duckdb"),
		"pip install duckdb-cli; or -o FOLDER: Parquet files and load.sql, which make the database wherever DuckDB is")
}

// absolute is a command that runs in any folder.
func absolute(path string, args ...string) ([]string, error) {
	path, err := filepath.Abs(path)
	return append([]string{path}, args...), err
}

func lastLines(s string, n int) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "; ")
}
