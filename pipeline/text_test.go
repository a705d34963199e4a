package pipeline

import "testing"

func TestStem(t *testing.T) {
	for in, want := range map[string]string{"a/b.txt": "b", "b.txt.gz": "b", "b": "b", "b.c.html": "b.c"} {
		if got := stem(in); got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}
