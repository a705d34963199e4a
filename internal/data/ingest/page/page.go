package page

import (
	"fmt"
	"net/url"

	"github.com/mizan-corpus/mizan/internal/data/ingest/boilerplate"
	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/schema"
)

// Page is an HTML page and what is known of it besides its bytes.
type Page struct {
	File        string // as messages name it; the base name is the article's source file
	DocID       string // "" for the file's name without extension
	URL         string // where it was fetched from; "" when not known
	ContentType string // as the server gave it; "" when not known
}

// htmlPage is a page that is being read.
type htmlPage struct {
	tree *pageTree
	flow *flow
	page []boilerplate.Line // of flow's lines
	meta pageMeta
}

// Read reads a page of a news site. The article's raw text is the page
// decoded to UTF-8; its text is the title and the lines of the body as a
// browser breaks them, with nothing changed but white space.
//
// Readability says which parts of the page are the article; lines that are
// furniture by their form, their element or its class, and second copies, are
// dropped, and paragraphs that it lost are added. Title, author, date, outlet,
// address and language are those of the page's metadata (meta elements,
// JSON-LD, microdata), else those that the page prints, as [boilerplate.ReadText] finds
// them. What is not found stays "" and is noted.
//
// Errors are [document.FileError]s: [document.ErrEmpty]; [document.ErrNoText]; [document.ErrNotReadable] for bytes
// that are text in no encoding; [ErrDepth] and [ErrElements] for pages nested
// deeper than 512 elements and those with more than 262,144 elements or
// texts; [document.ErrLines] for more than 262,144 lines.
func Read(p Page, raw []byte) (*document.Document, error) {
	d, err := readHTML(p, raw)
	if err != nil {
		return nil, err
	}
	for i := range d.Notes {
		d.Notes[i].File = p.File
	}
	return d, nil
}

func readHTML(p Page, raw []byte) (*document.Document, error) {
	fail := func(err error, hint string) (*document.Document, error) {
		return nil, &document.FileError{File: p.File, Err: err, Hint: hint}
	}
	if len(raw) == 0 {
		return fail(document.ErrEmpty, "")
	}
	page, note, err := decodePage(raw, p.ContentType)
	if err != nil {
		return fail(err, "save the page as UTF-8")
	}
	d := &document.Document{Article: p.article(page)}
	if note != "" {
		d.Notes = append(d.Notes, document.Note{Code: document.NoteEncoding, Text: note})
	}
	d.Notes = append(d.Notes, canonical.NoteBOM(page)...)
	h := &htmlPage{}
	if h.tree, err = parsePage(page, 0); err != nil {
		return fail(err, "the page is broken or no article's")
	}
	if h.flow = h.tree.flow(); len(h.flow.lines) > canonical.MaxLines {
		return fail(fmt.Errorf("%w: %d, at most %d are read", document.ErrLines, len(h.flow.lines), canonical.MaxLines), "")
	}
	h.classify()
	base, err := url.Parse(p.URL)
	if err != nil || !base.IsAbs() {
		base = nil
	}
	title, second, of, ok := h.read(p.URL, base)
	if !ok {
		return fail(document.ErrNoText, "")
	}
	if second >= 0 && of >= 0 {
		d.Notes = append(d.Notes, document.Note{Line: h.page[second].N, Code: document.NoteRepeated, Text: fmt.Sprintf("repeats the text from line %d; one copy is kept", h.page[of].N)})
	}
	h.fill(d, title)
	return d, nil
}

// article is the page's article that has its raw text and nothing else yet.
func (p Page) article(raw string) *schema.Article {
	a := &schema.Article{DocID: p.DocID, SourceFile: canonical.BaseOf(p.File), Raw: raw, RawSHA256: canonical.Sum(raw)}
	if a.DocID == "" {
		a.DocID, _ = canonical.SplitName(a.SourceFile)
	}
	return a
}

// Classify says what each line is, as for a plain text.
func (h *htmlPage) classify() {
	raw := make([]canonical.Line, len(h.flow.lines))
	for i := range raw {
		raw[i] = canonical.Line{Text: h.flow.lines[i].text, Start: int32(i), Brk: -1}
	}
	h.page = boilerplate.Classify(raw)
	for i := range h.page {
		l := &h.page[i]
		l.N = h.flow.lines[i].row
		if l.Class == boilerplate.ClassCaption && h.flow.lines[i].region&(inCaption|inFigure) == 0 && h.flow.isText(i) && boilerplate.EndsWithCredit(l.Text) && !boilerplate.Credits[l.Folded] {
			l.Class = boilerplate.ClassText // a sentence that an agency signed
		}
	}
}

// read finds title and body; ok is false for a page without.
func (h *htmlPage) read(pageURL string, base *url.URL) (title pageTitle, second, of int, ok bool) {
	second, of, ok = markArticle(h.flow, h.page, h.tree.kept(base))
	if !ok {
		return title, second, of, false
	}
	h.readMeta(pageURL)
	h.dropBylines()
	title = h.findTitle()
	return title, second, of, true
}
