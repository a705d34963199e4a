package extract

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/schema"
	"pgregory.net/rapid"
)

func TestEncodeArticle(t *testing.T) {
	line, err := EncodeArticle(&schema.Article{DocID: "d", Title: "T", Text: "T\n<a> & \u2028", Language: "ar",
		Published: "2016-07-05", PublishedInferred: "2016-07-06", Outlet: "O", Raw: "secret", Split: "test"})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"doc_id":"d","title":"T","subtitle":"","text":"T\n<a> & \u2028","language":"ar","published":"2016-07-05","outlet":"O"}` + "\n"
	if string(line) != want {
		t.Errorf("got  %s\nwant %s", line, want)
	}
}

func TestEncodeArticleIsOneLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := &schema.Article{DocID: rapid.String().Draw(t, "id"), Text: rapid.String().Draw(t, "text")}
		line, err := EncodeArticle(a)
		if err != nil || strings.Count(string(line), "\n") != 1 || line[len(line)-1] != '\n' {
			t.Fatalf("%q: %v", line, err)
		}
		var back struct {
			DocID string `json:"doc_id"`
			Text  string `json:"text"`
		}
		if err := json.Unmarshal(line, &back); err != nil || back.DocID != a.DocID || back.Text != a.Text {
			t.Fatalf("%q became %+v, %v", line, back, err)
		}
	})
}

func TestDecodeLine(t *testing.T) {
	for _, test := range []struct {
		line  string
		docID string
		kind  Kind
	}{
		{`{"doc_id":"a"}`, "a", KindNone},
		{` {"doc_id":"a","mentions":[{"text":"x"}]} `, "a", KindNone},
		{`{"doc_id":"a","error":"no"}`, "a", KindReported},
		{`{"doc_id":"a","error":null}`, "a", KindNone},
		{`{"doc_id":"a","error":{"x":1}}`, "a", KindReported},
		{`{"error":"no"}`, "", KindReported},
		{`{}`, "", KindInvalid},
		{`{"doc_id":""}`, "", KindInvalid},
		{`{"doc_id":7}`, "", KindInvalid},
		{`{"doc_id":"a","mentions":7}`, "a", KindInvalid},
		{`{"doc_id":"a","mentions":[{"start":5}]}`, "a", KindInvalid},
		{`[]`, "", KindNotJSON},
		{`"a"`, "", KindNotJSON},
		{`null`, "", KindNotJSON},
		{``, "", KindNotJSON},
		{`{"doc_id":"a"} trailing`, "", KindNotJSON},
		{`{"doc_id":"a"`, "", KindNotJSON},
		{strings.Repeat("[", 100_000), "", KindNotJSON},
	} {
		a := decodeLine([]byte(test.line))
		kind := KindNone
		if a.fault != nil {
			kind = a.fault.Kind
		}
		if a.docID != test.docID || kind != test.kind || (a.annotation == nil) != (a.fault != nil) {
			t.Errorf("%.60q: got %q %q (%v), want %q %q", test.line, a.docID, kind, a.fault, test.docID, test.kind)
		}
	}
}

func FuzzDecodeLine(f *testing.F) {
	for _, seed := range []string{`{"doc_id":"a"}`, `{"doc_id":"a","error":"x"}`, `{"doc_id":"a","mentions":[{"start":0,"end":1,"text":"x"}],"events":[]}`,
		`[`, `{"doc_id":"\ud800"}`, `{"doc_id":"a","doc_id":"b"}`, "\xff", `{"DOC_ID":"a"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		a := decodeLine(line)
		if (a.annotation == nil) == (a.fault == nil) {
			t.Fatalf("%q: neither or both of annotation and fault", line)
		}
		if a.annotation != nil && (a.docID == "" || a.annotation.DocID != a.docID) {
			t.Fatalf("%q: doc_id %q, annotation of %q", line, a.docID, a.annotation.DocID)
		}
		if a.fault != nil && a.fault.Error() == "" {
			t.Fatal("empty message")
		}
	})
}

func TestSplitWords(t *testing.T) {
	for _, test := range []struct {
		line string
		want []string
	}{
		{"", nil},
		{"  python3\tmy.py  ", []string{"python3", "my.py"}},
		{`a 'b c' "d e"f`, []string{"a", "b c", "d ef"}},
		{`'a\b' "a\b" "a\"b" "a\\b"`, []string{`a\b`, `a\b`, `a"b`, `a\b`}},
		{`C:\tools\x.exe a\ b \"q\'`, []string{`C:\tools\x.exe`, "a b", `"q'`}},
		{`"" ''`, []string{"", ""}},
		{`$HOME *.py | x`, []string{"$HOME", "*.py", "|", "x"}},
		{`end\`, []string{`end\`}},
	} {
		got, err := SplitWords(test.line)
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%q: got %q, %v, want %q", test.line, got, err, test.want)
		}
	}
	for _, line := range []string{`'a`, `a "b`, `"a\"`} {
		if _, err := SplitWords(line); err == nil {
			t.Errorf("%q: no error", line)
		}
	}
}

// Quoting any words in single quotes (and quotes in double ones) gives them back.
func TestSplitWordsUndoesQuoting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.String()).Draw(t, "words")
		quoted := make([]string, len(words))
		for i, w := range words {
			quoted[i] = "'" + strings.ReplaceAll(w, "'", `'"'"'`) + "'"
		}
		got, err := SplitWords(strings.Join(quoted, " "))
		if err != nil || !slices.Equal(got, words) && len(words) > 0 {
			t.Fatalf("got %q, %v, want %q", got, err, words)
		}
	})
}

func TestLineSplitterIsBounded(t *testing.T) {
	const limit = 1 << 16
	long, lines, held := 0, 0, 0
	s := &lineSplitter{max: limit}
	s.line = func([]byte) error { lines++; return nil }
	s.tooLong = func() error { long++; return nil }
	chunk := []byte(strings.Repeat("x", 1<<20))
	for range 1024 { // a line of 1 GiB
		if _, err := s.Write(chunk); err != nil {
			t.Fatal(err)
		}
		held = max(held, cap(s.buf))
	}
	s.Write([]byte("\n\ufeffnext\r\n\n"))
	if long != 1 || lines != 1 || held > limit {
		t.Errorf("%d long lines, %d lines, %d bytes held; want 1, 1, at most %d", long, lines, held, limit)
	}
}

// However the bytes are cut into writes, the lines are the same.
func TestLineSplitterPieces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([a-c]{0,6}\r?\n){0,8}[a-c]{0,6}`).Draw(t, "text")
		var got []string
		s := &lineSplitter{max: 4}
		s.line = func(b []byte) error { got = append(got, string(b)); return nil }
		s.tooLong = func() error { got = append(got, "long"); return nil }
		for rest := text; rest != ""; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "n")
			s.Write([]byte(rest[:n]))
			rest = rest[n:]
		}
		s.flush()
		var want []string
		for line := range strings.SplitSeq(text, "\n") {
			if len(line) > 4 {
				want = append(want, "long")
			} else if line = strings.TrimSpace(line); line != "" {
				want = append(want, line)
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%q: got %q, want %q", text, got, want)
		}
	})
}

func TestTail(t *testing.T) {
	x := &tail{keep: 3}
	for i := range 1000 {
		x.Write([]byte(strings.Repeat("z", i%7)))
		x.Write([]byte("line\n"))
	}
	x.Write([]byte(strings.Repeat("y", 5000) + "\nopen"))
	got := x.last()
	// 998 % 7 = 4 letters z before the last but one line, 999 % 7 = 5.
	want := []string{"zzzzzline", strings.Repeat("y", stderrLine) + "…", "open"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if (&tail{}).last() != nil {
		t.Error("an empty tail has lines")
	}
}

func hintOf(err error) string {
	var h interface{ Hint() string }
	if errors.As(err, &h) {
		return h.Hint()
	}
	return ""
}
