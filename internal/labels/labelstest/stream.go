package labelstest

import (
	"io"
	"io/fs"
	"time"

	"github.com/mizan-corpus/mizan/internal/labels"
)

// Stream is a source that is read once, such as a pipe.
func Stream(name string, r io.Reader) labels.Source {
	return labels.Source{FS: stream{r}, Path: streamName, Name: name}
}

// stream is a file system with one file that can be opened again but not
// rewound.
type stream struct{ io.Reader }

const streamName = "stream"

func (s stream) Open(name string) (fs.File, error) {
	if name != streamName {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return s, nil
}

func (s stream) Stat() (fs.FileInfo, error) { return streamInfo{}, nil }
func (s stream) Close() error               { return nil }

type streamInfo struct{}

func (streamInfo) Name() string       { return streamName }
func (streamInfo) Size() int64        { return 0 }
func (streamInfo) Mode() fs.FileMode  { return fs.ModeNamedPipe }
func (streamInfo) ModTime() time.Time { return time.Time{} }
func (streamInfo) IsDir() bool        { return false }
func (streamInfo) Sys() any           { return nil }
