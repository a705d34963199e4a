package journal

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/mizan-corpus/mizan/internal/atomicfile"
	"github.com/mizan-corpus/mizan/internal/regular"
)

// ErrBusy says that another program labels in the same folder.
var ErrBusy = errors.New("another dataset annotate is open on these labels")

// Log is a journal that is open for writing, by one process at a time. It appears on
// disk with its first entry.
type Log struct {
	Torn    int // bytes of a torn last line, which was left out
	file    *os.File
	dir     string
	pass    string
	lock    *atomicfile.Lock
	entries int
	clock   func() time.Time
	broken  error // why no more can be written
}

// Open opens the journal of a folder of label files, and reads it. A torn last line
// is cut off. clock tells the time of entries.
func Open(labels, pass string, clock func() time.Time) (*Log, []Entry, error) {
	l := &Log{dir: filepath.Join(labels, Dir), pass: pass, clock: clock}
	if err := os.MkdirAll(l.dir, 0o777); err != nil {
		return nil, nil, err
	}
	var err error
	if l.lock, err = atomicfile.TryLock(filepath.Join(l.dir, "lock"), ErrBusy); err != nil {
		return nil, nil, err
	}
	entries, err := l.load()
	if err != nil {
		return nil, nil, errors.Join(err, l.Close())
	}
	return l, entries, nil
}

func (l *Log) load() ([]Entry, error) {
	name := filepath.Join(l.dir, File)
	content, err := regular.ReadFile(name, most)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	entries, whole, err := Parse(name, content)
	if err != nil {
		return nil, err
	}
	if len(entries) > 0 && entries[0].Pass != l.pass {
		return nil, &DamagedError{name, 1, fmt.Sprintf("the journal of pass %q, not of %q", entries[0].Pass, l.pass)}
	}
	l.Torn, l.entries = len(content)-whole, len(entries)
	if l.file, err = os.OpenFile(name, os.O_RDWR, 0); err != nil {
		return nil, err
	}
	if l.Torn > 0 {
		if err := errors.Join(l.file.Truncate(int64(whole)), l.file.Sync()); err != nil {
			return nil, err
		}
	}
	_, err = l.file.Seek(int64(whole), 0)
	return entries, err
}

// Append gives an entry its number and time and brings it to disk. After an error
// nothing more is written: what stands behind a torn line would be lost.
func (l *Log) Append(e *Entry) error {
	if l.broken != nil {
		return l.broken
	}
	if l.entries == 0 {
		if err := l.begin(); err != nil {
			return err
		}
	}
	return l.write(e)
}

// begin makes the file and writes its first line.
func (l *Log) begin() (err error) {
	if l.file == nil {
		if l.file, err = os.OpenFile(filepath.Join(l.dir, File), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666); err != nil {
			return err
		}
	}
	// What belongs to a running program alone is none of version control's business.
	if err := os.WriteFile(filepath.Join(l.dir, ".gitignore"), []byte("lock\n.gitignore\n"), 0o666); err != nil {
		return err
	}
	if err := l.write(&Entry{Kind: Begin, Version: Version, Pass: l.pass}); err != nil {
		return err
	}
	return errors.Join(atomicfile.SyncDir(l.dir), atomicfile.SyncDir(filepath.Dir(l.dir)))
}

func (l *Log) write(e *Entry) error {
	e.Seq = l.entries + 1
	if e.Time == "" {
		e.Time = l.clock().UTC().Format(time.RFC3339)
	}
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	if _, err := l.file.Write(append(line, '\n')); err != nil {
		l.broken = fmt.Errorf("the journal cannot be written: %w", err)
		return l.broken
	}
	if err := l.file.Sync(); err != nil {
		l.broken = fmt.Errorf("the journal cannot be brought to disk: %w", err)
		return l.broken
	}
	l.entries++
	return nil
}

// Close gives the folder back.
func (l *Log) Close() error {
	var err error
	if l.file != nil {
		err = l.file.Close()
	}
	if l.lock != nil {
		err = errors.Join(err, l.lock.Unlock())
	}
	_ = os.Remove(l.dir) // where nothing was written into it
	return err
}
