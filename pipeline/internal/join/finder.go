package join

import (
	"crypto/sha256"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/ingest"
	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/normalise"
)

// Finder finds the articles that labels are about where their ids are those of
// none: by the name of a file, by the hash of the text, by the text but for its
// spacing and spelling, in this order. What fits several articles fits none.
type Finder struct {
	texts *Cursor
	found [textual + 1]int // documents by how their article was found
	index *articleIndex    // nil until it is asked for
}

// how an article was found.
type how int

const (
	named   how = iota // by a file's name
	hashed             // by the hash of its text
	textual            // by its text
)

var hows = [...]string{"by the name of their file", "by the hash of their text", "by their text"}

// NewFinder finds articles among the cursor's.
func NewFinder(texts *Cursor) *Finder { return &Finder{texts: texts} }

// Find is the doc_id of the article that a clue fits, "" where there is none or
// where reading ended in the cursor's error.
func (f *Finder) Find(c labels.Clue) string {
	if id := ingest.SafeDocID(c.DocID); id != c.DocID && f.texts.Text(id) != nil {
		return id
	}
	if f.index == nil {
		f.index = indexArticles(f.texts)
	}
	id, how := f.index.find(c)
	if id != "" {
		f.found[how]++
	}
	return id
}

// String says how articles were found otherwise than by id: "2 by their text",
// with commas between several; "" for none.
func (f *Finder) String() string {
	var list []string
	for how, n := range f.found {
		if n > 0 {
			list = append(list, fmt.Sprintf("%d %s", n, hows[how]))
		}
	}
	return strings.Join(list, ", ")
}

type sum = [sha256.Size]byte

// articleIndex is the names and texts of articles, each with its doc_id, "" where
// several articles have it.
type articleIndex struct {
	names map[string]string
	texts map[sum]string
	bare  map[sum]string // of the texts without spacing and spelling
	of    map[string]sum // the bare text of each article
}

func indexArticles(texts *Cursor) *articleIndex {
	x := &articleIndex{map[string]string{}, map[sum]string{}, map[sum]string{}, map[string]sum{}}
	for a, err := range texts.dataset.Articles() {
		if unread(err) {
			continue
		}
		if err != nil {
			texts.Err = err
			break
		}
		for _, name := range names(a.SourceFile) {
			put(x.names, name, a.DocID)
		}
		put(x.texts, sha256.Sum256([]byte(a.Text)), a.DocID)
		x.of[a.DocID] = bare(a.Text)
		put(x.bare, x.of[a.DocID], a.DocID)
	}
	return x
}

func put[K comparable](m map[K]string, key K, docID string) {
	if old, known := m[key]; known && old != docID {
		docID = ""
	}
	m[key] = docID
}

// names is what a file may be called: its name with and without extension.
func names(file string) []string {
	base := path.Base(strings.ReplaceAll(file, `\`, "/"))
	if base == "." || base == "/" {
		return nil
	}
	stem := strings.TrimSuffix(base, path.Ext(base))
	if stem == base || stem == "" {
		return []string{base}
	}
	return []string{base, stem}
}

// bare is the hash of a text without white space and without what
// [normalise.Map] folds.
func bare(text string) sum {
	return sha256.Sum256([]byte(strings.ReplaceAll(normalise.Map(text).Text, " ", "")))
}

func (x *articleIndex) find(c labels.Clue) (string, how) {
	var b sum
	if c.Text != "" {
		b = bare(c.Text)
	}
	for i, name := range slices.Concat(names(c.DocID), names(c.File)) {
		id := x.names[name]
		if _, known := x.of[name]; known {
			id = name
		}
		// Only the name as it stands is sure: one file may hold many documents.
		if id != "" && (i == 0 || c.Text == "" || x.of[id] == b) {
			return id, named
		}
	}
	if c.Text == "" {
		return "", 0
	}
	raw, _ := canonical.Assemble(canonical.SplitLines(c.Text))
	for _, text := range []string{c.Text, raw} {
		if id := x.texts[sha256.Sum256([]byte(text))]; id != "" {
			return id, hashed
		}
	}
	return x.bare[b], textual
}
