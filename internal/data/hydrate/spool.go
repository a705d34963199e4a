package hydrate

import (
	"bufio"
	"errors"
	"fmt"
	"os"
)

// spool keeps pairs of texts by a key in a temporary file, so that memory holds their
// places only. Everything is put before anything is taken.
type spool struct {
	file *os.File
	out  *bufio.Writer
	size int64
	at   map[string]place
}

// place is where the two texts of a pair stand, one after the other.
type place struct {
	offset        int64
	first, second int
}

func newSpool() (*spool, error) {
	f, err := os.CreateTemp("", "dataset-hydrate-*")
	if err != nil {
		return nil, err
	}
	return &spool{file: f, out: bufio.NewWriterSize(f, 1<<20), at: map[string]place{}}, nil
}

func (s *spool) put(key, first, second string) error {
	s.at[key] = place{s.size, len(first), len(second)}
	for _, text := range []string{first, second} {
		n, err := s.out.WriteString(text)
		s.size += int64(n)
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *spool) has(key string) bool {
	_, ok := s.at[key]
	return ok
}

// take is the pair of a key; taking one that was not put is an error.
func (s *spool) take(key string) (first, second string, err error) {
	p, ok := s.at[key]
	if !ok {
		return "", "", fmt.Errorf("article %s: no text of it was kept", key)
	}
	if err := s.out.Flush(); err != nil {
		return "", "", err
	}
	b := make([]byte, p.first+p.second)
	if _, err := s.file.ReadAt(b, p.offset); err != nil {
		return "", "", err
	}
	return string(b[:p.first]), string(b[p.first:]), nil
}

func (s *spool) close() error {
	return errors.Join(s.file.Close(), os.Remove(s.file.Name()))
}
