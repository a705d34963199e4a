package ingest

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/mizan-corpus/mizan/internal/data/duplicates"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/prepared"
)

// Read reads the articles of the files, in order of the files' doc_ids and
// inside a file as they stand: by the record "<name>.yaml" beside a text file
// where there is one, else by the file's [Source]. Articles are made on all
// processors, a few ahead of the one that is given.
//
// A file or record that gives no article is an item with a [*FileError], and
// reading goes on; a file whose rest cannot be read ends with one. Files of
// other kinds are counted in a [document.Note]. The error of o.Context ends everything.
// Nothing but the files' names is held in memory besides the articles under way.
func (f *Files) Read(o Options) iter.Seq2[*document.Document, error] {
	return func(yield func(*document.Document, error) bool) {
		if o.Warn == nil {
			o.Warn = func(document.Note) {}
		}
		jobs, notes := plan(f.places, o.DocIDs)
		for _, n := range notes {
			o.Warn(n)
		}
		r := &reading{o: o, quit: make(chan struct{})}
		if o.Progress != nil {
			r.total = sizeOf(jobs)
		}
		r.run(jobs, yield)
	}
}

// progressEvery is how many articles there are between two calls of Progress.
const progressEvery = 32

// reading is one pass over files: a goroutine cuts them into items, workers
// make articles of these, and the caller's goroutine takes them in order.
type reading struct {
	o     Options
	quit  chan struct{}
	order chan *task // all, in order
	work  chan *task // those with an item
	bytes atomic.Int64
	total int64
}

// task is an item under way, or what is to be said at its place.
type task struct {
	job  *job
	item Item
	note *document.Note
	done chan struct{} // closed when doc and err are settled
	doc  *document.Document
	err  error
}

var settled = func() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

func (r *reading) run(jobs []job, yield func(*document.Document, error) bool) {
	workers := runtime.GOMAXPROCS(0)
	r.order = make(chan *task, 4*workers)
	r.work = make(chan *task, 4*workers)
	var all sync.WaitGroup
	defer all.Wait()
	defer close(r.quit)
	all.Go(func() {
		defer close(r.order)
		defer close(r.work)
		for i := range jobs {
			if !r.file(&jobs[i]) {
				return
			}
		}
	})
	for range workers {
		all.Go(func() {
			for t := range r.work {
				t.make(r.o)
				close(t.done)
			}
		})
	}
	var ended <-chan struct{}
	if r.o.Context != nil {
		ended = r.o.Context.Done()
	}
	n := 0
	for {
		var t *task
		select {
		case t = <-r.order:
		case <-ended:
			yield(nil, r.o.Context.Err())
			return
		}
		if t == nil {
			break
		}
		<-t.done
		if t.note != nil {
			r.o.Warn(*t.note)
			continue
		}
		if n++; r.o.Progress != nil && n%progressEvery == 0 {
			r.o.Progress(Progress{Articles: n, Bytes: r.bytes.Load(), Total: r.total})
		}
		if !yield(t.doc, t.err) {
			return
		}
	}
	if r.o.Progress != nil {
		r.o.Progress(Progress{Articles: n, Bytes: r.bytes.Load(), Total: r.total})
	}
}

// send reports whether anybody still wants the task.
func (r *reading) send(t *task) bool {
	if t.item == nil {
		t.done = settled
	} else {
		t.done = make(chan struct{})
	}
	select {
	case r.order <- t:
	case <-r.quit:
		return false
	}
	if t.item == nil {
		return true
	}
	select {
	case r.work <- t:
		return true
	case <-r.quit:
		return false
	}
}

// file cuts one file into tasks; false says to go no further. A panic of a
// library is an error of the one file.
func (r *reading) file(j *job) (more bool) {
	defer func() {
		if p := recover(); p != nil {
			more = r.send(&task{job: j, err: &document.FileError{File: j.shown, Err: fmt.Errorf("%w: %v", document.ErrNotReadable, p)}})
		}
	}()
	fail := func(err error) bool { return r.send(&task{job: j, err: ioError(j.shown, err)}) }
	if j.err != nil {
		return fail(j.err)
	}
	f := File{Name: j.shown, ID: j.id}
	var err error
	if f.Record, err = j.readRecord(); err != nil {
		return fail(err)
	}
	in, size, err := open(j.fsys, j.name)
	if err != nil {
		return fail(err)
	}
	defer in.Close()
	wanted := true
	f.Note = func(n document.Note) {
		n.File = j.shown
		wanted = wanted && r.send(&task{job: j, note: &n})
	}
	f.File = in
	var free func()
	f.Reader, f.Size, free, err = inflated(&counter{stopper{in, r.quit}, &r.bytes}, j.name, size)
	if err != nil {
		return fail(err)
	}
	defer free()
	for item, err := range j.source.Read(f, r.o) {
		if err != nil {
			return fail(err)
		}
		if !r.send(&task{job: j, item: item}) {
			return false
		}
	}
	return wanted
}

// make makes the article. A panic of a library is an error of the one article.
func (t *task) make(o Options) {
	defer func() {
		if p := recover(); p != nil {
			t.doc, t.err = nil, &document.FileError{File: t.job.shown, Err: fmt.Errorf("%w: %v", document.ErrNotReadable, p)}
		}
	}()
	d, err := t.item()
	if err != nil {
		t.err = prepared.AsFileError(t.job.shown, err)
		return
	}
	if folder := path.Dir(t.job.below); o.DocIDs == DocIDsByPath && folder != "." {
		d.Article.SourceFile = folder + "/" + d.Article.SourceFile
	}
	if o.Sketch {
		d.Sketch = duplicates.NewSketch(d.Article.Text)
	}
	t.doc = d
}

// stopper reads until nobody wants any more, so that a file without articles is
// not read to its end.
type stopper struct {
	io.Reader
	quit <-chan struct{}
}

var errStopped = errors.New("reading was ended")

func (s stopper) Read(p []byte) (int, error) {
	select {
	case <-s.quit:
		return 0, errStopped
	default:
		return s.Reader.Read(p)
	}
}

// counter counts the bytes that are read.
type counter struct {
	io.Reader
	n *atomic.Int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// sizeOf adds up the files' sizes; what cannot be told counts nothing.
func sizeOf(jobs []job) (total int64) {
	for i := range jobs {
		if info, err := fs.Stat(jobs[i].fsys, jobs[i].name); err == nil {
			total += info.Size()
		}
	}
	return total
}
