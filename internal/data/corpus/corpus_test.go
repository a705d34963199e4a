package corpus

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/datatest"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/labels"
)

func TestOpenCorpus(t *testing.T) {
	dir := t.TempDir()
	for i := range 3 {
		text := fmt.Sprintf("عنوان الخبر رقم %d\nقال الوزير إن اللقاء كان مفيدا 😀 وأكد أن المحادثات ستستمر في الأيام المقبلة.\n", i)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("a%d.txt", i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c, err := Open(dataset.Meta{Name: "own"}, Files{Articles: []string{dir}})
	if err != nil {
		t.Fatal(err)
	}
	folder := datatest.Built(t, release.Build, c, release.BuildOptions{Version: "2.0.0"})
	if list, err := release.Verify(os.DirFS(folder)); err != nil || len(list) > 0 {
		t.Errorf("the release has %v, %v", list, err)
	}
	r, err := release.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	if m := r.Manifest(); m.Version != "2.0.0" || m.Name != "own" || m.Splits[0] != "test" || m.Tables[0].Rows != 3 {
		t.Errorf("got %+v", m)
	}
	if _, err := Open(dataset.Meta{Name: "own"}, Files{Articles: []string{filepath.Join(dir, "none")}}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder of articles: got %v", err)
	}
	if _, err := Open(dataset.Meta{Name: "own"}, Files{Articles: []string{dir}, Labels: filepath.Join(dir, "a0.txt")}); err == nil {
		t.Error("a file was taken for the folder of labels")
	}
	if (labels.Source{}) != c.Labels() {
		t.Error("a corpus without labels has a folder of them")
	}
}
