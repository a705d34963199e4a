package yamlnode

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// Files beyond the bounds are refused before they are parsed. Those here are a little
// beyond them, and harmless to any parser.
func TestBounds(t *testing.T) {
	repeat := strings.Repeat
	steps := func(n int) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(repeat(" ", i) + "a:\n")
		}
		return b.String()
	}
	for name, of := range map[string]func(n int) string{
		"lists in brackets": func(n int) string { return repeat("[", n) + repeat("]", n) },
		"brackets":          func(n int) string { return repeat("{a: ", n) + "1" + repeat("}", n) },
		"dashes":            func(n int) string { return repeat("- ", n) + "x" },
		"steps":             steps,
	} {
		if _, err := Parse("f", []byte(of(MaxDepth)), "x"); err != nil {
			t.Errorf("%s, %d deep: %v", name, MaxDepth, err)
		}
		if _, err := Parse("f", []byte("# c\n"+of(MaxDepth+1)), "x"); err == nil || !strings.Contains(err.Error(), "found more than 100 levels") {
			t.Errorf("%s, a level more: %v", name, err)
		}
	}
	if _, err := Parse("f", []byte("a: "+repeat("x", MaxBytes)), "x"); err == nil || !strings.Contains(err.Error(), "expected at most") {
		t.Errorf("bytes: %v", err)
	}
}

// Ten times the keys take no more than about ten times the memory.
func TestKeysAreLinear(t *testing.T) {
	made := func(n int) uint64 {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "key%d: value\n", i)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		body, err := Parse("f", []byte(b.String()), "x")
		runtime.ReadMemStats(&after)
		if entries, ok := Mapping(body); err != nil || !ok || len(entries) != n || entries[n-1].Key.Line != n {
			t.Fatal(len(entries), err)
		}
		return after.TotalAlloc - before.TotalAlloc
	}
	if few, many := made(2000), made(20000); many > 13*few {
		t.Errorf("2,000 keys took %d bytes, 20,000 keys %d", few, many)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"a: b\n", "- 1\n- {x: [y, 'z']}\n", "a: |\n  text\n", "&x a: *x\n", "---\n...\n---\nb: 1\n", "? a\n: !t b\n", "\"q\\u0041\": ~ # c\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		body, err := Parse("f", src, "x")
		if (body == nil) == (err == nil) {
			t.Fatal("neither a tree nor an error")
		}
	})
}
