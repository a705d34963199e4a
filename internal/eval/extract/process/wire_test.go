package process

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

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
