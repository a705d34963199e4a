package page

import (
	"errors"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
)

// TestDecodePage fixes which encoding a page is read in and what is said of it.
func TestDecodePage(t *testing.T) {
	russian := "Президент провел переговоры с коллегой, сообщает пресс-служба. Стороны обсудили вопросы сотрудничества в области экономики."
	for _, c := range []struct{ name, encoding, contentType, head, text, note string }{
		{"ASCII", "", "", `<meta charset="windows-1256">`, "plain", ""},
		{"UTF-8", "", "", "", para1, ""},
		{"UTF-8 with its mark", "", "", canonical.ByteOrderMark, para1, ""},
		{"UTF-8 in the Content-Type", "", "text/html; charset=utf-8", `<meta charset="windows-1256">`, para1, ""},
		{"UTF-8 declared as windows-1256", "", "", `<meta charset="windows-1256">`, para1, "read as utf-8, found by its bytes; windows-1256 is declared"},
		{"UTF-8 declared as UTF-16", "", "", `<meta charset="utf-16">`, para1, ""},
		{"UTF-8 under an unknown name", "", "", `<meta charset="arabic!">`, para1, ""},
		{"Content-Type", "windows-1256", "text/html; charset=cp1256", "", para1, "read as windows-1256, as its Content-Type says"},
		{"broken Content-Type", "windows-1256", "text/html; charset", "", para1, "read as windows-1256, found by its bytes; nothing is declared"},
		{"XML declaration", "windows-1256", "", `<?xml version="1.0" encoding='windows-1256'?>`, para1, "read as windows-1256, as its XML declaration says"},
		{"late <meta>", "windows-1256", "", "<style>" + strings.Repeat("p{margin:0}", 400) + "</style><meta charset=windows-1256>", para1, "read as windows-1256, as its <meta> says"},
		{"ISO-8859-6 declared as windows-1256", "iso-8859-6", "", `<meta charset="windows-1256">`, para1, "read as iso-8859-6, found by its bytes; windows-1256 is declared"},
		{"windows-1256 under an unknown name", "windows-1256", "", `<meta charset="arabic!">`, para1, `read as windows-1256, found by its bytes; "arabic!" is declared, which is no known encoding`},
		{"French, declared", "windows-1252", "", `<meta charset="iso-8859-1">`, "Le président a été reçu à Genève.", "read as windows-1252, as its <meta> says"},
		{"French, undeclared", "windows-1252", "", "", "Le président a été reçu à Genève où il a déclaré", "read as windows-1252, found by its bytes; nothing is declared"},
		{"Russian, undeclared", "windows-1251", "", "", russian, "read as windows-1251, found by its bytes; nothing is declared"},
		{"UTF-16 without a mark", "utf-16le", "", "", para1, "read as utf-16le, found by its bytes; nothing is declared"},
		{"UTF-16BE without a mark", "utf-16be", "text/html; charset=utf-8", "", para1, "read as utf-16be, found by its bytes; utf-8 is declared"},
		{"UTF-16 in the Content-Type", "utf-16be", "text/html; charset=utf-16be", "", para1, "read as utf-16be, as its Content-Type says"},
		{"Japanese, with shifts", "iso-2022-jp", "", `<meta charset=iso-2022-jp>`, "大統領は会談", "read as iso-2022-jp, as its <meta> says"},
	} {
		want := c.head + "<p>" + c.text + "</p><div><span>x</span></div>"
		raw := want
		if c.encoding != "" {
			raw = encodePage(t, c.encoding, want)
		}
		got, note, err := decodePage([]byte(raw), c.contentType)
		if err != nil || got != want || note != c.note {
			t.Errorf("%s: %v\n%q\n%q\nnote %q\nwant %q", c.name, err, got, want, note, c.note)
		}
	}
	for _, raw := range []string{"\x00\x01\x02\x03\x04\x05", "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00", "<meta charset=iso-2022-kr><p>\xb0\xa1\x00\x00"} {
		if s, note, err := decodePage([]byte(raw), ""); !errors.Is(err, document.ErrNotReadable) {
			t.Errorf("%q: %q %q %v", raw, s, note, err)
		}
	}
}
