package pipeline

import (
	"os"
	"testing"
)

func TestNamePaths(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("a=b.jsonl", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	got, err := namePaths([]string{"old/x.jsonl", "new/x.jsonl", "third=x.jsonl", "a=b.jsonl"})
	if err != nil {
		t.Fatal(err)
	}
	want := []namedPath{{"old/x.jsonl", "old/x.jsonl"}, {"new/x.jsonl", "new/x.jsonl"}, {"third", "x.jsonl"}, {"a=b", "a=b.jsonl"}}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%+v, expected %+v", got[i], want[i])
		}
	}
	if _, err := namePaths([]string{"x.jsonl", "x.jsonl"}); err == nil {
		t.Error("the same file twice has one name twice")
	}
}
