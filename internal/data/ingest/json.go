package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
)

func init() {
	register(Source{
		Name:       "json",
		Extensions: []string{".json"},
		Doc:        "JSON: an array of objects as JSON Lines has them, one such object, an answer that holds an array, or a JSON Feed",
		Many:       true,
		Read:       readJSON,
	})
}

// listNames are the members in which answers of news services and exports hold
// their articles.
var listNames = []string{"articles", "items", "results", "data", "docs", "documents", "records", "rows", "entries", "news", "stories", "posts", "hits", "response"}

// readJSON gives an article for each object of an array, one after the other, or
// of several objects that follow each other; else those of the one object. An
// array is read as a stream, an object is held in memory whole: four times the
// limit of an article at most.
func readJSON(f File, o Options) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		j := &jsonFile{f: f, o: o, yield: yield, columns: &jsonColumns{asked: o.Columns}}
		if err := j.read(); err != nil {
			yield(nil, rowError(f.Name, 0, err))
		}
	}
}

// jsonFile is a JSON file under way.
type jsonFile struct {
	f       File
	o       Options
	yield   func(Item, error) bool
	columns *jsonColumns
	noted   sync.Once
	n       int // articles
}

func (j *jsonFile) read() error {
	in := bufio.NewReaderSize(j.f.Reader, 64<<10)
	head, err := in.Peek(4)
	if len(head) == 0 {
		if err == io.EOF {
			return document.ErrEmpty
		}
		return err
	}
	if err := utf16Mark(head); err != nil {
		return err
	}
	if bytes.HasPrefix(head, []byte(canonical.ByteOrderMark)) {
		in.Discard(len(canonical.ByteOrderMark))
	}
	budget := &valueBudget{r: in, most: j.o.maxBytes()}
	d := jsontext.NewDecoder(budget, jsontext.AllowDuplicateNames(true))
	switch kind := d.PeekKind(); kind {
	case '[':
		return j.array(d, budget)
	case '{':
		return j.objects(d, budget)
	default:
		if _, err := d.ReadValue(); err != nil {
			return j.syntax(err)
		}
		return fmt.Errorf("%w: found a value that is none, expected an array of objects or an object", ErrObject)
	}
}

// array gives the objects of the array that comes next.
func (j *jsonFile) array(d *jsontext.Decoder, budget *valueBudget) error {
	if _, err := d.ReadToken(); err != nil {
		return j.syntax(err)
	}
	for d.PeekKind() != ']' {
		budget.next(j.o.maxBytes())
		v, err := d.ReadValue()
		if err != nil {
			return j.syntax(err)
		}
		if !j.article(v) {
			return nil
		}
	}
	if _, err := d.ReadToken(); err != nil {
		return j.syntax(err)
	}
	if j.n == 0 {
		return document.ErrNoText
	}
	if d.PeekKind() != 0 {
		return errors.New("found more behind the array, expected its end to be that of the file")
	}
	if _, err := d.ReadToken(); err != io.EOF {
		return j.syntax(err)
	}
	return nil
}

// objects gives the object that comes next, or what it holds, and those behind
// it.
func (j *jsonFile) objects(d *jsontext.Decoder, budget *valueBudget) error {
	limit := min(feedBytes*j.o.maxBytes(), maxMaxBytes)
	budget.next(limit)
	v, err := d.ReadValue()
	if err != nil {
		return j.syntax(err)
	}
	first := slices.Clone(v)
	if d.PeekKind() == 0 {
		if _, err := d.ReadToken(); err != io.EOF {
			return j.syntax(err)
		}
		return j.one(first, limit)
	}
	for more := j.article(first); more && d.PeekKind() != 0; {
		budget.next(j.o.maxBytes())
		if v, err = d.ReadValue(); err != nil {
			return j.syntax(err)
		}
		more = j.article(v)
	}
	return nil
}

// one reads a file that is one object.
func (j *jsonFile) one(v []byte, limit int64) error {
	members, err := parseObject(v)
	if err != nil {
		return err
	}
	for _, m := range members {
		if m.name == "version" && bytes.Contains(m.value, []byte("jsonfeed.org")) {
			entries, err := parseFeed(v, limit)
			if err != nil {
				return err
			}
			giveEntries(j.f, j.o, entries, j.yield)
			return nil
		}
	}
	if list := listIn(members, 2); list != nil {
		d := jsontext.NewDecoder(bytes.NewReader(list), jsontext.AllowDuplicateNames(true))
		return j.array(d, &valueBudget{})
	}
	f := j.f
	j.note(v)
	j.yield(func() (*document.Document, error) {
		d, err := jsonDoc(v, f.Name, f.ID, j.columns)
		if err != nil {
			return nil, rowError(f.Name, 0, err)
		}
		return d, nil
	}, nil)
	return nil
}

// listIn is the array of objects that an object without a text of its own holds,
// so many levels deep; nil for none.
func listIn(members []member, levels int) []byte {
	for _, name := range listNames {
		for _, m := range members {
			if !strings.EqualFold(m.name, name) {
				continue
			}
			v := jsontext.Value(m.value)
			switch v.Kind() {
			case '[':
				if rest := bytes.TrimLeft(v[1:], " \t\r\n"); len(rest) > 0 && rest[0] == '{' {
					return v
				}
			case '{':
				if inner, err := parseObject(v); err == nil && levels > 1 {
					if list := listIn(inner, levels-1); list != nil {
						return list
					}
				}
			}
		}
	}
	return nil
}

// article gives the article of an object; v is not kept.
func (j *jsonFile) article(v []byte) bool {
	j.n++
	n, own := j.n, slices.Clone(v)
	j.note(own)
	return j.yield(func() (*document.Document, error) {
		d, err := jsonDoc(own, fmt.Sprintf("%s:%d", j.f.Name, n), numbered(j.f.ID, n), j.columns)
		if err != nil {
			e := rowError(j.f.Name, 0, err)
			e.Err = fmt.Errorf("article %d: %w", n, e.Err)
			return nil, e
		}
		return d, nil
	}, nil)
}

// note says once which columns are taken.
func (j *jsonFile) note(v []byte) {
	j.noted.Do(func() {
		if m, err := parseObject(v); err == nil {
			if found, err := j.columns.of(m); err == nil {
				noteColumns(j.f, found)
			}
		}
	})
}

// syntax says where a file is no JSON.
func (j *jsonFile) syntax(err error) error {
	var over *valueError
	var syntax *jsontext.SyntacticError
	switch {
	case errors.As(err, &over):
		return over
	case errors.As(err, &syntax):
		return fmt.Errorf("found no JSON at byte %d: %w", syntax.ByteOffset, syntax.Err)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("the file ends inside a value: %w", err)
	}
	return err
}

// valueBudget ends a file of which one value is over the limit: where it ends
// cannot be told without reading it.
type valueBudget struct {
	r          io.Reader
	most, used int64
}

type valueError struct{ most int64 }

func (e *valueError) Error() string {
	return fmt.Sprintf("a value has over %d bytes; the rest of the file is not read", e.most)
}

func (b *valueBudget) next(most int64) { b.most, b.used = most, 0 }

func (b *valueBudget) Read(p []byte) (int, error) {
	if b.used > b.most {
		return 0, &valueError{b.most}
	}
	n, err := b.r.Read(p)
	b.used += int64(n)
	return n, err
}
