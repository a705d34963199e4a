package labels

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/mizan-corpus/mizan/internal/atomicfile"
)

// Output is where a format writes its files.
type Output interface {
	// WriteFile makes one file from what write writes. name is a base name,
	// "" in a format with one file. The file appears only when write
	// returned nil and everything is on disk.
	WriteFile(name string, write func(io.Writer) error) error
}

// ErrOneFile is returned when a format writes a second file and the output is
// a single one.
var ErrOneFile = errors.New("the format writes one file an article, the output is a single file")

// StreamOutput writes the one file of a format into a stream.
func StreamOutput(w io.Writer) Output { return &streamOutput{w: w} }

type streamOutput struct {
	w    io.Writer
	used bool
}

func (o *streamOutput) WriteFile(_ string, write func(io.Writer) error) error {
	if o.used {
		return ErrOneFile
	}
	o.used = true
	b := bufio.NewWriterSize(o.w, 1<<16)
	if err := write(b); err != nil {
		return err
	}
	return b.Flush()
}

// FileOutput writes the one file of a format to a path.
func FileOutput(name string) Output { return &fileOutput{name: name} }

type fileOutput struct {
	name string
	used bool
}

func (o *fileOutput) WriteFile(_ string, write func(io.Writer) error) error {
	if o.used {
		return ErrOneFile
	}
	o.used = true
	return atomicfile.Write(o.name, write)
}

// DirOutput writes files into a folder, which is made when it does not exist.
func DirOutput(dir string) Output { return dirOutput(dir) }

type dirOutput string

func (o dirOutput) WriteFile(name string, write func(io.Writer) error) error {
	if name == "" || name == "." || name != filepath.Base(name) || !filepath.IsLocal(name) {
		return fmt.Errorf("file name %q: expected a plain name without a folder", name)
	}
	if err := os.MkdirAll(string(o), 0o777); err != nil {
		return err
	}
	return atomicfile.Write(filepath.Join(string(o), name), write)
}
