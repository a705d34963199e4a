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
)

const recordExtension = ".yaml"

// maxDocID is the most bytes of a doc_id.
const maxDocID = 128

// ValidDocID reports whether s can be a doc_id: 1 to 128 ASCII letters,
// digits, "_", "-" and ".", the first a letter, a digit or "_", the last not
// ".". Such an id is a safe file name, URL segment and key everywhere.
func ValidDocID(s string) bool {
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '_':
		case (c == '-' || c == '.') && i > 0:
		default:
			return false
		}
	}
	return s != "" && len(s) <= maxDocID && s[len(s)-1] != '.'
}

// Dir reads the articles of a folder, sorted by doc_id, one at a time: files
// with the extension of a [Source] (case aside) in the folder itself, by the
// record "<doc_id>.yaml" where there is one, else by heuristics. Subfolders
// and hidden files are not read; other files are counted in a [Note].
//
// A file that gives no article is an item with a [*FileError], and reading
// goes on; only a folder that cannot be listed ends it. Nothing but the
// folder's file names is held in memory besides the current article.
func Dir(fsys fs.FS, o Options) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		entries, err := fs.ReadDir(fsys, ".")
		if err != nil {
			yield(nil, ioError(".", err))
			return
		}
		jobs, notes := plan(entries)
		if o.Warn != nil {
			for _, n := range notes {
				o.Warn(n)
			}
		}
		for _, j := range jobs {
			if j.err != nil {
				if !yield(nil, j.err) {
					return
				}
				continue
			}
			if !j.run(fsys, o, yield) {
				return
			}
		}
	}
}

// job is one file to read, or the reason not to.
type job struct {
	id     string
	file   string
	record string // name of the record, "" for none
	source *Source
	err    error
}

// plan sorts a folder's entries into jobs, in order of doc_id and name.
func plan(entries []fs.DirEntry) ([]job, []Note) {
	var jobs []job
	var others, misnamed []string
	records := map[string]bool{} // by doc_id; true once a file has taken it
	for _, e := range entries {
		ext := path.Ext(e.Name())
		id := strings.TrimSuffix(e.Name(), ext)
		source := sources[strings.ToLower(ext)]
		switch {
		case strings.HasPrefix(e.Name(), "."):
			others = append(others, e.Name())
		case source != nil:
			jobs = append(jobs, job{id: id, file: e.Name(), source: source})
		case ext == recordExtension:
			records[id] = false
		default:
			others = append(others, e.Name())
			if l := strings.ToLower(ext); l == ".yml" || l == recordExtension {
				misnamed = append(misnamed, e.Name())
			}
		}
	}
	slices.SortFunc(jobs, func(a, b job) int {
		return cmp.Or(strings.Compare(a.id, b.id), strings.Compare(a.file, b.file))
	})
	taken := map[string]string{} // lower-case doc_id to file
	for i := range jobs {
		j := &jobs[i]
		if _, ok := records[j.id]; ok {
			records[j.id] = true
			j.record = j.id + recordExtension
		}
		lower := strings.ToLower(j.id)
		switch first, ok := taken[lower]; {
		case !ValidDocID(j.id):
			j.err = &FileError{File: j.file, Err: fmt.Errorf("%w: %q", ErrDocID, j.id), Hint: "use ASCII letters, digits, _, - and ., at most 128, and begin with a letter, a digit or _"}
		case ok:
			j.err = &FileError{File: j.file, Err: &CollisionError{First: first, Second: j.file}, Hint: "rename one of them"}
		default:
			taken[lower] = j.file
		}
	}
	jobs = append(jobs, orphans(records, taken)...)
	slices.SortStableFunc(jobs, func(a, b job) int { return strings.Compare(a.id, b.id) })
	return jobs, folderNotes(others, misnamed)
}

// orphans are the records that no file has taken.
func orphans(records map[string]bool, taken map[string]string) []job {
	var out []job
	for id, used := range records {
		if used {
			continue
		}
		e := &FileError{File: id + recordExtension, Err: ErrNoSource, Hint: fmt.Sprintf("expected %q beside it", id+".txt")}
		if near, ok := taken[strings.ToLower(id)]; ok {
			e.Hint = fmt.Sprintf("its name differs from %q in case only; rename it to %q", near, strings.TrimSuffix(near, path.Ext(near))+recordExtension)
		}
		out = append(out, job{id: id, file: e.File, err: e})
	}
	slices.SortFunc(out, func(a, b job) int { return strings.Compare(a.id, b.id) })
	return out
}

func folderNotes(others, misnamed []string) []Note {
	var notes []Note
	for _, m := range misnamed {
		notes = append(notes, Note{File: m, Code: NoteOthers, Text: "not read: the name of a record ends in " + recordExtension})
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
		notes = append(notes, Note{Code: NoteOthers, Text: text})
	}
	return notes
}

// run reads one file; it returns false when the caller wants no more.
func (j *job) run(fsys fs.FS, o Options, yield func(*Document, error) bool) bool {
	f := File{Name: j.file}
	if j.record != "" {
		r, err := j.readRecord(fsys)
		if err != nil {
			return yield(nil, asFileError(j.record, err))
		}
		f.Record = r
	}
	r, size, err := open(fsys, j.file)
	if err != nil {
		return yield(nil, ioError(j.file, err))
	}
	defer r.Close()
	f.Reader, f.Size = r, size
	for d, err := range j.source.Read(f, o) {
		if !yield(d, err) {
			return false
		}
	}
	return true
}

func (j *job) readRecord(fsys fs.FS) (*Record, error) {
	f, size, err := open(fsys, j.record)
	if err != nil {
		return nil, ioError(j.record, err)
	}
	defer f.Close()
	b, err := readLimited(f, size, maxRecord)
	if err != nil {
		return nil, ioError(j.record, err)
	}
	return ReadRecord(j.record, b)
}

// open opens a regular file. Its kind is checked first: opening a named pipe
// would wait for a writer.
func open(fsys fs.FS, name string) (fs.File, int64, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, fmt.Errorf("%w: %s", ErrNotRegular, kindOf(info.Mode()))
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, 0, err
	}
	return f, info.Size(), nil
}

func kindOf(m fs.FileMode) string {
	switch {
	case m.IsDir():
		return "a folder"
	case m&fs.ModeNamedPipe != 0:
		return "a named pipe"
	}
	return "a device, socket or the like"
}

// ioError is err as a FileError that names the file once.
func ioError(file string, err error) *FileError {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = fmt.Errorf("%s: %w", pe.Op, pe.Err)
	}
	return asFileError(file, err)
}
