package ingest

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/schema"
)

// checkMap verifies the law of the map to the raw file: segments are ordered
// and do not overlap, every code point in a segment equals the raw one it maps
// to, and every code point but a line break is in a segment.
func checkMap(t interface{ Fatalf(string, ...any) }, a *schema.Article) {
	raw, text := []rune(a.Raw), []rune(a.Text)
	end := int32(0)
	for _, s := range a.RawMap {
		if s.Start < end || s.Length < 1 || int(s.Start+s.Length) > len(text) || s.RawStart < 0 || int(s.RawStart+s.Length) > len(raw) {
			t.Fatalf("segment %+v is out of order or out of range", s)
		}
		end = s.Start + s.Length
	}
	for i, r := range text {
		p, ok := a.RawOffset(int32(i))
		if ok && raw[p] != r {
			t.Fatalf("code point %d is %q, raw code point %d is %q", i, r, p, raw[p])
		}
		if !ok && r != '\n' {
			t.Fatalf("code point %d, %q, is in no segment", i, r)
		}
	}
	for line := range strings.SplitSeq(a.Text, "\n") {
		if line != strings.TrimFunc(line, unicode.IsSpace) || line == "" && a.Text != "" {
			t.Fatalf("line %q is blank or has white space at its ends", line)
		}
	}
	if strings.ContainsRune(a.Text, '\r') || strings.HasPrefix(a.Text, byteOrderMark) {
		t.Fatalf("text has a carriage return or a byte-order mark: %q", a.Text)
	}
	if a.TextSHA256 != sum(a.Text) || a.RawSHA256 != sum(a.Raw) {
		t.Fatalf("hashes differ")
	}
}

func TestSplitLines(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []rawLine
	}{
		{"", nil},
		{"a", []rawLine{{"a", 0, -1}}},
		{"a\n", []rawLine{{"a", 0, 1}}},
		{"a\n\nb", []rawLine{{"a", 0, 1}, {"", 2, 2}, {"b", 3, -1}}},
		{"a\r\nb\r\n", []rawLine{{"a", 0, 2}, {"b", 3, 5}}},
		{"a\rb", []rawLine{{"a", 0, -1}, {"b", 2, -1}}},
		{"\ufeffa\n", []rawLine{{"a", 1, 2}}},
		{"\u00a0 ب ت\u2003\nج", []rawLine{{"ب ت", 2, 6}, {"ج", 7, -1}}},
		{"\u200fa\u200f\n", []rawLine{{"\u200fa\u200f", 0, 3}}}, // direction marks are no white space
	} {
		if got := splitLines(c.in); !slices.Equal(got, c.want) {
			t.Errorf("splitLines(%q) = %v, want %v", c.in, got, c.want)
		}
	}
}

func TestAssemble(t *testing.T) {
	for _, c := range []struct {
		raw   string
		lines []int
		text  string
		want  []schema.RawSegment
	}{
		// The joining line break follows directly: one segment with it.
		{"ab\ncd", []int{0, 1}, "ab\ncd", []schema.RawSegment{{Start: 0, RawStart: 0, Length: 3}, {Start: 3, RawStart: 3, Length: 2}}},
		// White space was trimmed before it: a segment of its own.
		{"ab \ncd", []int{0, 1}, "ab\ncd", []schema.RawSegment{{Start: 0, RawStart: 0, Length: 2}, {Start: 2, RawStart: 3, Length: 1}, {Start: 3, RawStart: 4, Length: 2}}},
		{"ab\r\ncd", []int{0, 1}, "ab\ncd", []schema.RawSegment{{Start: 0, RawStart: 0, Length: 2}, {Start: 2, RawStart: 3, Length: 1}, {Start: 3, RawStart: 4, Length: 2}}},
		// The first line ends with the file: the line break is in no segment.
		{"cd\nab", []int{1, 0}, "ab\ncd", []schema.RawSegment{{Start: 0, RawStart: 3, Length: 2}, {Start: 3, RawStart: 0, Length: 2}}},
		{"ab\rcd", []int{0, 1}, "ab\ncd", []schema.RawSegment{{Start: 0, RawStart: 0, Length: 2}, {Start: 3, RawStart: 3, Length: 2}}},
	} {
		all := splitLines(c.raw)
		var parts []rawLine
		for _, i := range c.lines {
			parts = append(parts, all[i])
		}
		text, got := assemble(parts)
		if text != c.text || !slices.Equal(got, c.want) {
			t.Errorf("assemble(%q) = %q %v, want %q %v", c.raw, text, got, c.text, c.want)
		}
	}
}

func TestMapProperty(t *testing.T) {
	piece := rapid.SampledFrom([]string{"a", "ب", "😀", " ", "\u00a0", "\n", "\r\n", "\r", "\t", "\u200f", "\u2028", "كلمة أخرى", "."})
	rapid.Check(t, func(t *rapid.T) {
		raw := strings.Join(rapid.SliceOfN(piece, 1, 60).Draw(t, "raw"), "")
		var parts []rawLine
		for _, l := range splitLines(raw) {
			if l.text != "" && rapid.Bool().Draw(t, "take") {
				parts = append(parts, l)
			}
		}
		if len(parts) > 1 && rapid.Bool().Draw(t, "title last") {
			parts = append(parts[len(parts)-1:], parts[:len(parts)-1]...)
		}
		a := newArticle("x.txt", []byte(raw))
		a.Text, a.RawMap = assemble(parts)
		a.TextSHA256 = sum(a.Text)
		checkMap(t, a)
	})
}

// TestCanonicalTexts fixes the canonical text of each article of the corpus:
// labels point into it.
func TestCanonicalTexts(t *testing.T) {
	var b strings.Builder
	for _, p := range readPairs(t, "../articles") {
		checkMap(t, p.gold)
		checkMap(t, p.auto.Article)
		b.WriteString(p.gold.TextSHA256 + "  " + p.gold.DocID + "\n")
	}
	golden(t, "canonical.sha256", b.String())
}

func TestCheckText(t *testing.T) {
	for _, c := range []struct {
		in           string
		offset, line int
	}{
		{"ok\n\xff", 3, 2}, {"a\x00", 1, 1}, {"a\r\nb\rc\x00\xff", 6, 3}, {"ab\n\n\xed\xa0\x80", 4, 3}, {"\x00", 0, 1},
	} {
		e := checkText([]byte(c.in))
		if e == nil || e.Offset != c.offset || e.Line != c.line {
			t.Errorf("checkText(%q) = %v, want offset %d line %d", c.in, e, c.offset, c.line)
		}
	}
	if e := checkText([]byte("نص\n\ufeff\ufffd")); e != nil {
		t.Errorf("clean text: %v", e)
	}
}

func TestReadTextRefuses(t *testing.T) {
	for _, c := range []struct {
		in   string
		want error
	}{
		{"", ErrEmpty},
		{strings.Repeat("a\n", maxLines+1), ErrLines},
		{" \n\u00a0\r\n\t", ErrNoText},
		{"\ufeff", ErrNoText},
		{"الرئيسية\n---\n2016-07-05\n1234\nاكتب تعليق\n", ErrNoText},
		{"Share\nTweet\nComments (0)\n", ErrNoText},
	} {
		d, err := ReadText("x.txt", []byte(c.in))
		var fe *FileError
		if !errors.Is(err, c.want) || !errors.As(err, &fe) || fe.File != "x.txt" || d != nil {
			t.Errorf("ReadText(%q) = %v, want %v", clip(c.in), err, c.want)
		}
	}
	_, err := ReadText("x.txt", []byte("good\nb\xffd"))
	var ee *EncodingError
	if !errors.As(err, &ee) || ee.Offset != 6 || !strings.HasPrefix(err.Error(), "x.txt:2: ") {
		t.Errorf("invalid UTF-8: %v", err)
	}
}

// A byte-order mark and line ends change nothing but the raw file.
func TestSameTextFromOtherBytes(t *testing.T) {
	files, _ := filepath.Glob("testdata/pages/*.txt")
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		want, err := ReadText("x.txt", raw)
		if err != nil {
			t.Fatal(err)
		}
		for name, s := range map[string]string{
			"byte-order mark": byteOrderMark + string(raw),
			"CRLF":            strings.ReplaceAll(string(raw), "\n", "\r\n"),
			"CR":              strings.ReplaceAll(string(raw), "\n", "\r"),
			"white space":     "\u00a0" + strings.ReplaceAll(string(raw), "\n", " \t\n\u2003"),
		} {
			got, err := ReadText("x.txt", []byte(s))
			if err != nil {
				t.Fatal(err)
			}
			a := got.Article
			checkMap(t, a)
			if a.Text != want.Article.Text || a.Raw != s || a.Outlet != want.Article.Outlet || a.Published != want.Article.Published {
				t.Errorf("%s with %s: other text or metadata", f, name)
			}
			if bom := got.Notes != nil && got.Notes[0].Code == NoteBOM; bom != (name == "byte-order mark") {
				t.Errorf("%s with %s: note of the byte-order mark is %v", f, name, bom)
			}
		}
	}
}

func FuzzReadText(f *testing.F) {
	for _, dir := range []string{"../articles", "testdata/pages"} {
		files, _ := filepath.Glob(filepath.Join(dir, "*.txt"))
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(raw)
		}
	}
	f.Add([]byte("\ufeffa - b\r\na\rb | c…\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := ReadText("x.txt", raw)
		if err != nil {
			var fe *FileError
			if !errors.As(err, &fe) || d != nil {
				t.Fatalf("untyped error %v", err)
			}
			return
		}
		a := d.Article
		if a.Text == "" || a.Raw != string(raw) {
			t.Fatal("no text, or the raw file changed")
		}
		checkMap(t, a)
		again, err := ReadText("x.txt", raw)
		if err != nil || again.Article.Text != a.Text || !slices.Equal(again.Notes, d.Notes) {
			t.Fatal("a second reading differs")
		}
	})
}

// BenchmarkReadText reads a page of the corpus's size.
func BenchmarkReadText(b *testing.B) {
	files, err := filepath.Glob("../articles/*.txt")
	if err != nil || len(files) == 0 {
		b.Fatal("no articles")
	}
	var pages [][]byte
	size := 0
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		pages = append(pages, raw)
		size += len(raw)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range pages {
			if _, err := ReadText("x.txt", p); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkReadTextLong reads one file of 1 MB, which must cost no more a byte.
func BenchmarkReadTextLong(b *testing.B) {
	var s strings.Builder
	for i := 0; s.Len() < 1<<20; i++ {
		for range 3 {
			s.WriteString("وقال المتحدث رقم ")
			s.WriteString(strings.Repeat("ا", i%97+1))
			s.WriteString(" إن العمل مستمر كما هو مقرر في الخطة. ")
		}
		s.WriteString("\n")
	}
	raw := []byte(s.String())
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		if _, err := ReadText("x.txt", raw); err != nil {
			b.Fatal(err)
		}
	}
}
