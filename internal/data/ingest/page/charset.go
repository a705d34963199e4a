package page

import (
	"bytes"
	"fmt"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
)

// prescan is how many bytes of a page are searched for a declaration. The HTML
// standard has 1024; sites put it later all the same.
const prescan = 16 << 10

// Shares of a page above which it is no text in the encoding it was read in.
const (
	maxBadShare     = 20  // one replacement character in so many characters
	maxControlShare = 100 // one control character in so many
)

// decodePage is the page in UTF-8 without NUL, and what is to be said of how it
// was read: "" for a page that is UTF-8 and says nothing else.
//
// A byte-order mark holds, then valid UTF-8 with letters beyond ASCII, then
// what is declared (Content-Type, <meta>, XML declaration), unless the bytes
// contradict it, then what the bytes look like.
func decodePage(raw []byte, contentType string) (page, note string, err error) {
	label, from := declaredCharset(raw, contentType)
	enc, name, why := chooseCharset(raw, label, from)
	if enc == nil {
		return "", "", fmt.Errorf("%w: the bytes are text in no encoding that is known", document.ErrNotReadable)
	}
	var s string
	var notes []string
	if name == "utf-8" {
		s = string(raw)
		if bad := invalidSequences(raw); bad > 0 {
			s = strings.ToValidUTF8(s, "\uFFFD")
			notes = append(notes, fmt.Sprintf("read as utf-8, %s; %d bytes are not valid and were replaced by U+FFFD", why, bad))
		} else if why != "" && !strings.HasPrefix(s, canonical.ByteOrderMark) {
			notes = append(notes, "read as utf-8, "+why)
		}
	} else {
		b, err := enc.NewDecoder().Bytes(raw)
		if err != nil {
			return "", "", fmt.Errorf("%w: read as %s, %s: %w", document.ErrNotReadable, name, why, err)
		}
		s = strings.ToValidUTF8(string(b), "\uFFFD")
		notes = append(notes, fmt.Sprintf("read as %s, %s", name, why))
	}
	if n := strings.Count(s, "\x00"); n > 0 {
		s = strings.ReplaceAll(s, "\x00", "")
		notes = append(notes, fmt.Sprintf("%d NUL characters were left out", n))
		if n > len(s)/maxControlShare {
			return "", "", fmt.Errorf("%w: found binary data, expected text", document.ErrNotReadable)
		}
	}
	if err := checkDecoded(s); err != nil {
		return "", "", err
	}
	return s, strings.Join(notes, "; "), nil
}

// checkDecoded refuses what is no text: too many control or replacement
// characters.
func checkDecoded(s string) error {
	control, bad, n := 0, 0, 0
	for _, r := range s {
		n++
		switch {
		case r == utf8.RuneError:
			bad++
		case r < ' ' && !isHTMLSpace(r) && r != '\v' && r != 0x1B:
			control++
		}
	}
	if control > n/maxControlShare || bad > n/maxBadShare {
		return fmt.Errorf("%w: found binary data, expected text", document.ErrNotReadable)
	}
	return nil
}

var xmlEncoding = regexp.MustCompile(`^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']`)

// declaredCharset is the label that the page is declared with and where, "" and
// "" for none.
func declaredCharset(raw []byte, contentType string) (label, from string) {
	for _, b := range []struct{ mark, label string }{{canonical.ByteOrderMark, "utf-8"}, {"\xff\xfe", "utf-16le"}, {"\xfe\xff", "utf-16be"}} {
		if bytes.HasPrefix(raw, []byte(b.mark)) {
			return b.label, "as its byte-order mark says"
		}
	}
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["charset"] != "" {
		return params["charset"], "as its Content-Type says"
	}
	head := raw[:min(len(raw), prescan)]
	if m := xmlEncoding.FindSubmatch(head); m != nil {
		return string(m[1]), "as its XML declaration says"
	}
	if l := metaCharset(head); l != "" {
		return l, "as its <meta> says"
	}
	return "", ""
}

// metaCharset is what <meta charset> or <meta http-equiv> says.
func metaCharset(head []byte) string {
	if !bytes.Contains(bytes.ToLower(head), []byte("charset")) {
		return ""
	}
	z := html.NewTokenizer(bytes.NewReader(head))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			if string(name) != "meta" {
				continue
			}
			var cs, content, equiv string
			for more {
				var k, v []byte
				k, v, more = z.TagAttr()
				switch string(k) {
				case "charset":
					cs = string(v)
				case "content":
					content = string(v)
				case "http-equiv":
					equiv = strings.ToLower(string(v))
				}
			}
			if cs == "" && equiv == "content-type" {
				if _, after, ok := strings.Cut(strings.ToLower(content), "charset"); ok {
					after = strings.TrimLeft(after, " \t\r\n=\"'")
					cs, _, _ = strings.Cut(strings.TrimRight(after, "\"' "), ";")
				}
			}
			if cs = strings.TrimSpace(cs); cs != "" {
				return cs
			}
		}
	}
}

// chooseCharset is the encoding to read raw in, its name and why; why is "" for
// UTF-8 that nothing contradicts. The encoding is nil where none fits.
func chooseCharset(raw []byte, label, from string) (enc encoding.Encoding, name, why string) {
	mark := strings.Contains(from, "byte-order")
	var declared encoding.Encoding
	if label != "" {
		declared, name = charset.Lookup(label)
		if strings.HasPrefix(name, "utf-16") && !mark && !looksUTF16(raw) {
			declared, name = charset.Lookup("utf-8") // a declaration that can be read is no UTF-16
		}
	}
	if mark {
		return declared, name, from
	}
	contradicts := againstDeclared(label, name)
	utf8Enc, _ := charset.Lookup("utf-8")
	bad, multi := utf8Sequences(raw)
	switch {
	case bad == 0 && multi == 0 && !looksUTF16(raw):
		// ASCII, or an encoding that shifts by escape sequences.
		if declared != nil && name == "iso-2022-jp" {
			return declared, name, from
		}
		return utf8Enc, "utf-8", ""
	case bad == 0 && multi > 0:
		if declared != nil && name != "utf-8" {
			return utf8Enc, "utf-8", contradicts
		}
		return utf8Enc, "utf-8", ""
	case multi >= 8*bad && multi > 0 && (declared == nil || name == "utf-8"):
		if from == "" {
			from = contradicts
		}
		return utf8Enc, "utf-8", from
	}
	found := GuessCharset(raw)
	if declared != nil && (found == name || !overrules(found, name)) {
		return declared, name, from
	}
	if found == "" {
		return nil, "", ""
	}
	enc, name = charset.Lookup(found)
	return enc, name, contradicts
}

// againstDeclared says that an encoding was found, and what was declared: a label, and
// the name of the encoding that it stands for, if any.
func againstDeclared(label, name string) string {
	switch {
	case label == "":
		return "found by its bytes; nothing is declared"
	case name == "":
		return fmt.Sprintf("found by its bytes; %q is declared, which is no known encoding", canonical.Clip(label))
	}
	return fmt.Sprintf("found by its bytes; %s is declared", name)
}

// overrules reports whether bytes that look like found stand against a declared encoding.
func overrules(found, declared string) bool {
	switch declared {
	case "utf-8", "replacement", "x-user-defined":
		return true
	}
	return strings.HasPrefix(found, "utf-16") ||
		isArabicCharset(found) && (isLatinCharset(declared) || isArabicCharset(declared) && found != declared)
}

func isArabicCharset(name string) bool { return name == "windows-1256" || name == "iso-8859-6" }

// isLatinCharset reports whether the encoding is one that is declared by
// default.
func isLatinCharset(name string) bool {
	switch name {
	case "windows-1252", "iso-8859-15", "iso-8859-2", "macintosh", "windows-1250", "windows-1254":
		return true
	}
	return false
}

// utf8Sequences counts the bytes of raw that are invalid UTF-8, and its valid
// characters of several bytes.
func utf8Sequences(raw []byte) (bad, multi int) {
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && size == 1 {
			bad++
		} else {
			multi++
		}
		i += size
	}
	return bad, multi
}

func invalidSequences(raw []byte) int {
	bad, _ := utf8Sequences(raw)
	return bad
}
