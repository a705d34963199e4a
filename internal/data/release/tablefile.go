package release

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/internal/data/walk"
)

// tableWriter writes one table of one split of a release under way, shard by
// shard. How many shards there are is known at the end only, so that files get
// their names then.
type tableWriter[T tables.Row] struct {
	dir   string // of the release under way
	split string
	meta  tables.Metadata
	done  []shard
	open  *os.File
	sum   *summed
	out   *tables.Writer[T]
}

// shard is a closed file that has no final name yet.
type shard struct {
	temporary string
	info      dataset.FileInfo
}

// summed counts and hashes what passes through.
type summed struct {
	w     io.Writer
	hash  hash.Hash
	bytes int64
}

func (s *summed) Write(b []byte) (int, error) {
	n, err := s.w.Write(b)
	s.hash.Write(b[:n])
	s.bytes += int64(n)
	return n, err
}

func newTableWriter[T tables.Row](dir, split string, meta tables.Metadata) *tableWriter[T] {
	return &tableWriter[T]{dir: dir, split: split, meta: meta}
}

// start begins the next shard.
func (t *tableWriter[T]) start() error {
	folder := filepath.Join(t.dir, "data", tables.TableOf[T]().Name)
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(folder, fmt.Sprintf("%s-%05d.part", t.split, len(t.done))))
	if err != nil {
		return err
	}
	t.open = f
	t.sum = &summed{w: f, hash: sha256.New()}
	t.out = tables.NewWriter[T](t.sum, t.meta)
	return nil
}

func (t *tableWriter[T]) write(rows []T) error {
	for i := range rows {
		if err := t.out.Write(&rows[i]); err != nil {
			return err
		}
	}
	return nil
}

// finish closes the shard; its content is on disk when it returns.
func (t *tableWriter[T]) finish() error {
	f := t.open
	t.open = nil
	err := t.out.Close()
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	t.done = append(t.done, shard{f.Name(), dataset.FileInfo{
		SHA256: hex.EncodeToString(t.sum.hash.Sum(nil)), Bytes: t.sum.bytes,
		Table: tables.TableOf[T]().Name, Split: t.split, Rows: t.out.Rows(),
	}})
	return err
}

// abandon closes what is open after an error.
func (t *tableWriter[T]) abandon() {
	if t.open != nil {
		t.out.Close() // waits for the row groups under way
		t.open.Close()
	}
}

// name gives the shards their names. A table that has one file for all splits
// takes the name it is given here.
func (t *tableWriter[T]) name(split string) ([]dataset.FileInfo, error) {
	files := make([]dataset.FileInfo, 0, len(t.done))
	for i, s := range t.done {
		info := s.info
		info.Split = split
		info.Path = shardPath(info.Table, split, i, len(t.done))
		if err := os.Rename(s.temporary, filepath.Join(t.dir, filepath.FromSlash(info.Path))); err != nil {
			return nil, err
		}
		files = append(files, info)
	}
	return files, nil
}

// shardPath is the path of shard i of n, inside the release.
func shardPath(table, split string, i, n int) string {
	return path.Join("data", table, fmt.Sprintf("%s-%05d-of-%05d.parquet", split, i, n))
}

// splitWriter writes all tables of one split, whose shards hold the same
// articles.
type splitWriter struct {
	articles  *tableWriter[tables.ArticleRow]
	mentions  *tableWriter[tables.MentionRow]
	events    *tableWriter[tables.EventRow]
	arguments *tableWriter[tables.ArgumentRow]

	passMentions  *tableWriter[tables.PassMentionRow]
	passEvents    *tableWriter[tables.PassEventRow]
	passArguments *tableWriter[tables.PassArgumentRow]

	split  string
	passes bool // whether the dataset has passes at all
	limit  int  // articles a shard, 0 for any number
	inside int  // articles in the open shard
	open   bool
}

func newSplitWriter(dir, split string, meta tables.Metadata, limit int, passes bool) *splitWriter {
	return &splitWriter{
		newTableWriter[tables.ArticleRow](dir, split, meta), newTableWriter[tables.MentionRow](dir, split, meta),
		newTableWriter[tables.EventRow](dir, split, meta), newTableWriter[tables.ArgumentRow](dir, split, meta),
		newTableWriter[tables.PassMentionRow](dir, split, meta), newTableWriter[tables.PassEventRow](dir, split, meta),
		newTableWriter[tables.PassArgumentRow](dir, split, meta), split, passes, limit, 0, false,
	}
}

// each applies f to the writers of all tables in use and returns the first error.
func (s *splitWriter) each(f func(anyTableWriter) error) error {
	all := []anyTableWriter{s.articles, s.mentions, s.events, s.arguments}
	if s.passes {
		all = append(all, s.passMentions, s.passEvents, s.passArguments)
	}
	for _, t := range all {
		if err := f(t); err != nil {
			return err
		}
	}
	return nil
}

type anyTableWriter interface {
	start() error
	finish() error
	abandon()
	name(split string) ([]dataset.FileInfo, error)
}

func (s *splitWriter) add(d *walk.Entry) error {
	if s.open && s.limit > 0 && s.inside == s.limit {
		if err := s.finish(); err != nil {
			return err
		}
	}
	if !s.open {
		s.open, s.inside = true, 0
		if err := s.each(anyTableWriter.start); err != nil {
			return err
		}
	}
	s.inside++
	for _, write := range []func() error{
		func() error { return s.articles.out.Write(d.Article) },
		func() error { return s.mentions.write(d.Mentions) },
		func() error { return s.events.write(d.Events) },
		func() error { return s.arguments.write(d.Arguments) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	if !s.passes {
		return nil
	}
	if err := s.passMentions.write(d.PassMentions); err != nil {
		return err
	}
	if err := s.passEvents.write(d.PassEvents); err != nil {
		return err
	}
	return s.passArguments.write(d.PassArguments)
}

func (s *splitWriter) finish() error {
	s.open = false
	return s.each(anyTableWriter.finish)
}

func (s *splitWriter) abandon() {
	s.each(func(t anyTableWriter) error { t.abandon(); return nil })
}

// files names the files and lists them by path.
func (s *splitWriter) files() ([]dataset.FileInfo, error) {
	var files []dataset.FileInfo
	err := s.each(func(t anyTableWriter) error {
		named, err := t.name(s.split)
		files = append(files, named...)
		return err
	})
	slices.SortFunc(files, compareFiles)
	return files, err
}
