package ingest

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/prepared"
	"github.com/mizan-corpus/mizan/internal/regular"
)

const recordExtension = ".yaml"

// Dir reads the articles of a folder: [Files.Read] of [InFolder].
func Dir(fsys fs.FS, o Options) iter.Seq2[*document.Document, error] {
	files, err := InFolder(fsys)
	if err != nil {
		return func(yield func(*document.Document, error) bool) { yield(nil, err) }
	}
	return files.Read(o)
}

// job is one file to read, or the reason not to.
type job struct {
	place
	id     string
	record string // name of the record, "" for none
	source *Source
	err    error
}

// plan sorts files into jobs, in order of doc_id and name.
func plan(places []place, ids DocIDs) ([]job, []document.Note) {
	var jobs []job
	var others, misnamed []string
	records := map[string]*record{} // by folder and name without extension
	for _, p := range places {
		_, ext := canonical.SplitName(p.name)
		source := sources[ext]
		switch {
		case strings.HasPrefix(p.name, ".") && !p.named:
			others = append(others, p.shown)
		case source != nil:
			jobs = append(jobs, job{place: p, id: ids.docID(p), source: source})
		case path.Ext(p.name) == recordExtension:
			records[p.dir()+strings.TrimSuffix(p.name, recordExtension)] = &record{place: p}
		case p.named:
			jobs = append(jobs, job{place: p, id: p.name, err: &document.FileError{File: p.shown, Err: document.ErrKind, Hint: "expected " + extensionList()}})
		default:
			others = append(others, p.shown)
			if ext == ".yml" || ext == recordExtension {
				misnamed = append(misnamed, p.shown)
			}
		}
	}
	slices.SortFunc(jobs, func(a, b job) int {
		return cmp.Or(strings.Compare(a.id, b.id), strings.Compare(a.shown, b.shown))
	})
	taken := map[string]string{} // lower-case doc_id to file
	for i := range jobs {
		j := &jobs[i]
		if j.err != nil {
			continue
		}
		stem, _ := canonical.SplitName(j.name)
		if r := records[j.dir()+stem]; r != nil && j.source.Records {
			r.used = true
			j.record = r.name
		}
		lower := strings.ToLower(j.id)
		switch first, ok := taken[lower]; {
		case j.source.Many || j.folder: // the articles have ids of their own; or there is none
		case ok:
			j.err = &document.FileError{File: j.shown, Err: &CollisionError{First: first, Second: j.shown}, Hint: "rename one of them, or use --doc-ids path where their folders differ"}
		default:
			taken[lower] = j.shown
		}
	}
	jobs = append(jobs, orphans(records, jobs)...)
	slices.SortStableFunc(jobs, func(a, b job) int { return strings.Compare(a.id, b.id) })
	return jobs, folderNotes(others, misnamed)
}

// record is a file with a record; used when a file to read has taken it.
type record struct {
	place
	used bool
}

// orphans are the records that no file has taken.
func orphans(records map[string]*record, jobs []job) []job {
	near := map[string]string{} // lower-case name of a file in its folder, to the file
	for _, j := range jobs {
		if j.source == nil || !j.source.Records {
			continue
		}
		stem, _ := canonical.SplitName(j.name)
		near[strings.ToLower(j.dir()+stem)] = j.shown
	}
	var out []job
	for key, r := range records {
		if r.used {
			continue
		}
		id := strings.TrimSuffix(r.name, recordExtension)
		e := &document.FileError{File: r.shown, Err: document.ErrNoSource, Hint: fmt.Sprintf("expected %q beside it", id+".txt")}
		if file, ok := near[strings.ToLower(key)]; ok {
			stem, _ := canonical.SplitName(path.Base(file))
			e.Hint = fmt.Sprintf("its name differs from %q in case only; rename it to %q", path.Base(file), stem+recordExtension)
		}
		out = append(out, job{place: r.place, id: id, err: e})
	}
	slices.SortFunc(out, func(a, b job) int { return cmp.Or(strings.Compare(a.id, b.id), strings.Compare(a.shown, b.shown)) })
	return out
}

// extensionList is for example ".csv, .txt".
func extensionList() string {
	var list []string
	for _, s := range Sources() {
		list = append(list, s.Extensions...)
	}
	slices.Sort(list)
	return strings.Join(list, ", ") + ", or one of them with .gz, .bz2, .xz or .zst"
}

func folderNotes(others, misnamed []string) []document.Note {
	var notes []document.Note
	for _, m := range misnamed {
		notes = append(notes, document.Note{File: m, Code: document.NoteOthers, Text: "not read: the name of a record ends in " + recordExtension})
	}
	if n := len(others); n > 0 {
		const most = 5
		list := strings.Join(others[:min(n, most)], ", ")
		if n > most {
			list += ", …"
		}
		text := fmt.Sprintf("%d other files or folders were not read: %s", n, list)
		if n == 1 {
			text = "one other file or folder was not read: " + list
		}
		notes = append(notes, document.Note{Code: document.NoteOthers, Text: text})
	}
	return notes
}

// readRecord reads the record beside the file; nil where there is none.
func (j *job) readRecord() (*prepared.Record, error) {
	name := j.record
	if name == "" && j.alone && j.source.Records {
		stem, _ := canonical.SplitName(j.name)
		name = stem + recordExtension
	}
	if name == "" {
		return nil, nil
	}
	shown := j.dir() + name
	f, size, err := open(j.fsys, name)
	switch {
	case j.record == "" && errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, ioError(shown, err)
	}
	defer f.Close()
	b, err := readLimited(f, size, prepared.MaxRecord)
	if err != nil {
		return nil, ioError(shown, err)
	}
	return prepared.Read(shown, b)
}

// open opens a regular file.
func open(fsys fs.FS, name string) (fs.File, int64, error) {
	f, info, err := regular.Open(fsys, name)
	if err != nil {
		return nil, 0, err
	}
	return f, info.Size(), nil
}

// ioError is err as a FileError that names the file once.
func ioError(file string, err error) *document.FileError {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = fmt.Errorf("%s: %w", pe.Op, pe.Err)
	}
	return prepared.AsFileError(file, err)
}

// CollisionError says that two files would give the same doc_id, or doc_ids
// that differ in case only, which many file systems cannot keep apart.
type CollisionError struct {
	First  string // the file that was kept
	Second string // the file that was not
}

func (e *CollisionError) Error() string {
	a, _ := canonical.SplitName(canonical.BaseOf(e.First))
	if b, _ := canonical.SplitName(canonical.BaseOf(e.Second)); a == b {
		return fmt.Sprintf("%q and %q give the same doc_id", e.First, e.Second)
	}
	return fmt.Sprintf("%q and %q give doc_ids that are equal but for case", e.First, e.Second)
}
