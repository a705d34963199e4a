package ingest

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html/charset"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
	"github.com/mizan-corpus/mizan/internal/data/ingest/warc"
)

// What a feed may have at most. A feed over one of these was made to exhaust
// its readers.
const (
	maxFeedDepth = 256     // elements one inside the other
	maxFeedItems = 1 << 16 // articles
	maxFeedNodes = 1 << 19 // elements and attributes; of JSON, values
	maxFeedWork  = 1 << 34 // bytes that a parser copies, about
)

// Errors of feeds.
var (
	ErrFeed       = errors.New("not a feed")
	ErrFeedLimits = errors.New("a feed beyond all measure")
)

// feedText is a feed in UTF-8 without its XML declaration, byte-order mark and
// the control characters that XML does not have. raw is overwritten. What it
// says of its encoding holds, a byte-order mark before that.
func feedText(raw []byte, limit int64) ([]byte, error) {
	label := ""
	switch {
	case bytes.HasPrefix(raw, []byte{0xFE, 0xFF}) || bytes.HasPrefix(raw, []byte{0, '<'}):
		label = "utf-16be"
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}) || bytes.HasPrefix(raw, []byte{'<', 0}):
		label = "utf-16le"
	}
	text := raw
	if label != "" {
		var err error
		if text, err = inUTF8(text, label, limit); err != nil {
			return nil, err
		}
	}
	text = bytes.TrimLeft(bytes.TrimPrefix(text, []byte(canonical.ByteOrderMark)), " \t\r\n")
	if declaration, rest, ok := cutDeclaration(text); ok {
		text = rest
		if m := encodingName.FindSubmatch(declaration); m != nil && label == "" {
			label = strings.ToLower(string(m[1]))
		}
		// What was read up to here as bytes is not UTF-16, whatever it says.
		if !slices.Contains([]string{"", "utf-8", "utf8"}, label) && !strings.HasPrefix(label, "utf-16") {
			var err error
			if text, err = inUTF8(text, label, limit); err != nil {
				return nil, err
			}
		}
	}
	n := 0
	for _, c := range text {
		if c >= ' ' || c == '\t' || c == '\n' || c == '\r' {
			text[n] = c
			n++
		}
	}
	if text = text[:n]; n == 0 {
		return nil, document.ErrEmpty
	}
	if err := canonical.CheckText(text); err != nil {
		return nil, fmt.Errorf("%w, and the feed names no other encoding", err)
	}
	return text, nil
}

var encodingName = regexp.MustCompile(`\sencoding\s*=\s*["']\s*([A-Za-z0-9._:-]+)`)

func cutDeclaration(text []byte) (declaration, rest []byte, ok bool) {
	if !bytes.HasPrefix(text, []byte("<?xml")) {
		return nil, text, false
	}
	end := bytes.Index(text[:min(len(text), 1024)], []byte("?>"))
	if end < 0 {
		return nil, text, false
	}
	return text[:end], text[end+2:], true
}

func inUTF8(b []byte, label string, limit int64) ([]byte, error) {
	r, err := charset.NewReaderLabel(label, bytes.NewReader(b))
	if err != nil {
		return nil, fmt.Errorf("unknown encoding %q", canonical.Clip(label))
	}
	return warc.ReadDecoded(r, 3*limit)
}

// guardXML goes through a feed before a parser that recurses, and copies what
// it has at every step, does. It gives the name of the root element, the feed
// from there on, and the root's xml:base. Every xml:base is taken out of text:
// resolved links can be any number of times as long as the feed.
func guardXML(text []byte) (root string, feed []byte, base string, err error) {
	d := xml.NewDecoder(bytes.NewReader(text))
	d.Strict = false
	load := feedLoad{stack: []openElement{{}}}
	for {
		from := d.InputOffset()
		t, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			var syntax *xml.SyntaxError
			if errors.As(err, &syntax) {
				err = fmt.Errorf("line %d is no XML: %s", syntax.Line, syntax.Msg)
			}
			return "", nil, "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if feed == nil {
				root, feed = t.Name.Local, text[from:]
			}
			for _, a := range t.Attr {
				if a.Name.Local != "base" || !strings.HasSuffix(a.Name.Space, "/namespace") {
					continue
				}
				if len(load.stack) == 1 {
					base = a.Value
				}
				if !hideBase(text[from:d.InputOffset()]) {
					return "", nil, "", fmt.Errorf("%w: xml:base under another name or twice", ErrFeedLimits)
				}
			}
			load.open(t)
		case xml.EndElement:
			load.close()
		case xml.CharData:
			load.text(len(t))
		case xml.Directive:
			if bytes.Contains(bytes.ToUpper(t), []byte("<!ENTITY")) {
				return "", nil, "", errors.New("it declares entities, which are not read")
			}
		}
		if err := load.check(); err != nil {
			return "", nil, "", err
		}
	}
	if feed == nil {
		return "", nil, "", ErrFeed
	}
	return root, feed, base, nil
}

// feedLoad is what a feed would cost a reader that builds a tree of it.
type feedLoad struct {
	stack        []openElement
	nodes, items int
	work         int64
}

// openElement is an element that is not closed: the name spaces in scope and the
// bytes of text so far.
type openElement struct{ names, chars int64 }

func (l *feedLoad) open(t xml.StartElement) {
	o := openElement{names: l.stack[len(l.stack)-1].names}
	for _, a := range t.Attr {
		if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" {
			o.names++
		}
	}
	l.stack = append(l.stack, o)
	l.nodes += 1 + len(t.Attr)
	l.work += 256 * o.names
	if n := strings.ToLower(t.Name.Local); n == "item" || n == "entry" {
		l.items++
	}
}

func (l *feedLoad) close() {
	if len(l.stack) > 1 {
		l.stack = l.stack[:len(l.stack)-1]
	}
}

func (l *feedLoad) text(size int) {
	top := &l.stack[len(l.stack)-1]
	l.work += top.chars
	top.chars += int64(size)
}

func (l *feedLoad) check() error {
	switch {
	case len(l.stack) > maxFeedDepth+1:
		return fmt.Errorf("%w: over %d elements one inside the other", ErrFeedLimits, maxFeedDepth)
	case l.nodes > maxFeedNodes:
		return fmt.Errorf("%w: over %d elements and attributes", ErrFeedLimits, maxFeedNodes)
	case l.items > maxFeedItems:
		return fmt.Errorf("%w: over %d items", ErrFeedLimits, maxFeedItems)
	case l.work > maxFeedWork:
		return fmt.Errorf("%w: text in too many pieces, or too many namespaces", ErrFeedLimits)
	}
	return nil
}

// hideBase renames the xml:base of a tag in place; false says that it has none
// of that name.
func hideBase(tag []byte) bool {
	name := []byte("xml:base")
	i := bytes.Index(tag, name)
	for ; i >= 0; i = bytes.Index(tag, name) {
		copy(tag[i:], "xml-base")
		if tag = tag[i+len(name):]; !bytes.Contains(tag, name) {
			return true
		}
	}
	return false
}

// guardJSON goes through a JSON feed before it is parsed.
func guardJSON(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	for depth, n := 0, 0; ; n++ {
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		switch {
		case depth > maxFeedDepth:
			return fmt.Errorf("%w: over %d values one inside the other", ErrFeedLimits, maxFeedDepth)
		case n > maxFeedNodes:
			return fmt.Errorf("%w: over %d values", ErrFeedLimits, maxFeedNodes)
		}
	}
}
