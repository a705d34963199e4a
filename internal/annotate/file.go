package annotate

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"

	"github.com/mizan-corpus/mizan/internal/annotate/journal"
	"github.com/mizan-corpus/mizan/internal/labels"
)

// file is a file that is written from the journal, and what is known of it.
type file struct {
	name  string
	disk  string // SHA-256 as it was last read or written; "" where there is none
	held  items  // its items then
	size  int64  // likewise, to notice changes cheaply
	time  time.Time
	wrong string // why it was not written, "" where it is as the journal has it

	problem string // why nothing may be changed until someone decides; "" for nothing
	found   string // SHA-256 of what is on disk then
	theirs  items  // its items, nil where they cannot be read
}

// read reads the file; nil where there is none.
func (s *Session) read(f *file) ([]byte, error) {
	src := s.source()
	if src.FS == nil {
		return nil, nil
	}
	name := path.Join(src.Path, f.name)
	info, err := fs.Stat(src.FS, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: found no regular file, expected a label file", src.Display(name))
	}
	if info.Size() > labels.DefaultMaxRecord {
		return nil, fmt.Errorf("%s: found %d bytes, expected at most %d", src.Display(name), info.Size(), int64(labels.DefaultMaxRecord))
	}
	b, err := fs.ReadFile(src.FS, name)
	if err != nil {
		return nil, err
	}
	f.size, f.time = info.Size(), info.ModTime()
	if b == nil {
		b = []byte{}
	}
	return b, nil
}

// untouched reports whether the file looks as when it was last read or written.
func (s *Session) untouched(f *file) bool {
	src := s.source()
	if src.FS == nil {
		return true
	}
	info, err := fs.Stat(src.FS, path.Join(src.Path, f.name))
	if err != nil {
		return errors.Is(err, fs.ErrNotExist) && f.disk == "" && f.problem == ""
	}
	return f.disk != "" && info.Size() == f.size && info.ModTime().Equal(f.time)
}

// write brings the file to what it should be; content nil takes it away. What fails
// is kept in f.wrong: the journal has it all, and the next action tries again.
func (s *Session) write(f *file, content []byte, held items) {
	err := s.writeFile(f, content)
	if err != nil {
		f.wrong = err.Error()
		return
	}
	f.wrong, f.disk, f.held = "", hash(content), held
	if info, err := os.Stat(filepath.Join(s.dir(), f.name)); err == nil {
		f.size, f.time = info.Size(), info.ModTime()
	}
}

func (s *Session) writeFile(f *file, content []byte) error {
	if content == nil {
		err := os.Remove(filepath.Join(s.dir(), f.name))
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	return labels.DirOutput(s.dir()).WriteFile(f.name, func(w io.Writer) error {
		_, err := io.Copy(w, bytes.NewReader(content))
		return err
	})
}

// merge takes the changes from what a file held to what it holds now into ours: item
// by item, where only one side changed it. clash names the items that both changed,
// each otherwise.
func merge(held, ours, theirs items) (merged items, clash []key) {
	merged = items{}
	all := map[key]bool{}
	for _, m := range []items{held, ours, theirs} {
		for k := range m {
			all[k] = true
		}
	}
	for _, k := range sortedKeys(all) {
		h, had := held[k]
		o, have := ours[k]
		t, has := theirs[k]
		pick, there := t, has
		switch {
		case had == has && bytes.Equal(h, t): // they left it
			pick, there = o, have
		case had == have && bytes.Equal(h, o), have == has && bytes.Equal(o, t):
		default:
			clash = append(clash, k)
		}
		if there {
			merged[k] = pick
		}
	}
	return merged, clash
}

// change is what something else did to a file: the actions that take it in, or nil
// and the file's problem.
func (f *file) change(content []byte, ours items, parse func([]byte) (items, error)) []journal.Action {
	f.found, f.theirs, f.problem = hash(content), nil, ""
	if content == nil {
		f.theirs = items{}
		if f.disk == "" {
			return nil
		}
		f.problem = f.name + " is gone"
		return nil
	}
	theirs, err := parse(content)
	if err != nil {
		f.problem = fmt.Sprintf("%s was changed and cannot be read: %v", f.name, err)
		return nil
	}
	f.theirs = theirs
	merged, clash := merge(f.held, ours, theirs)
	if len(clash) > 0 {
		k := clash[0]
		f.problem = fmt.Sprintf("%s was changed: %s %q is otherwise there than here", f.name, k.kind, k.id)
		if n := len(clash) - 1; n > 0 {
			f.problem += fmt.Sprintf(", and %d more", n)
		}
		return nil
	}
	return difference(ours, merged)
}
