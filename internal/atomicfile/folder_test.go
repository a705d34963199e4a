package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func put(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// tree is all files below root, "path=content".
func tree(t *testing.T, root string) string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		rel, _ := filepath.Rel(root, path)
		list = append(list, rel+"="+string(b))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

func TestFolderAppearsWhole(t *testing.T) {
	fill := func(t *testing.T) func(string) error {
		return func(dir string) error {
			put(t, filepath.Join(dir, "a"), "new")
			put(t, filepath.Join(dir, "sub", "b"), "new")
			return nil
		}
	}
	failing := errors.New("no more space")
	for name, tc := range map[string]struct {
		before map[string]string // in the folder that holds the target
		fill   func(t *testing.T) func(string) error
		err    error
		want   string
	}{
		"new":               {nil, fill, nil, "out/a=new out/sub/b=new"},
		"others stay":       {map[string]string{"out/a": "old", "out/c": "old", "out/sub/d": "old"}, fill, nil, "out/a=new out/c=old out/sub/b=new out/sub/d=old"},
		"killed before":     {map[string]string{".out.building/x": "half"}, fill, nil, "out/a=new out/sub/b=new"},
		"killed meanwhile":  {map[string]string{".out.building.old/c": "old"}, fill, nil, "out/a=new out/c=old out/sub/b=new"},
		"failed":            {nil, func(t *testing.T) func(string) error { return func(d string) error { fill(t)(d); return failing } }, failing, ""},
		"failed over files": {map[string]string{"out/a": "old"}, func(t *testing.T) func(string) error { return func(d string) error { fill(t)(d); return failing } }, failing, "out/a=old"},
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			for file, content := range tc.before {
				put(t, filepath.Join(root, file), content)
			}
			if err := Folder(filepath.Join(root, "out"), tc.fill(t)); !errors.Is(err, tc.err) {
				t.Fatalf("got %v, expected %v", err, tc.err)
			}
			if got := tree(t, root); got != tc.want {
				t.Errorf("found %s\nexpected %s", got, tc.want)
			}
		})
	}
}

// The second of two at once is refused, and what the first writes is whole.
func TestFolderTwoAtOnce(t *testing.T) {
	target := filepath.Join(t.TempDir(), "out")
	err := Folder(target, func(dir string) error {
		if err := Folder(target, func(string) error { return nil }); !errors.Is(err, ErrWriting) {
			t.Errorf("the second got %v, expected ErrWriting", err)
		}
		put(t, filepath.Join(dir, "a"), "first")
		return nil
	})
	if got := tree(t, target); err != nil || got != "a=first" {
		t.Errorf("found %s, %v", got, err)
	}
}

// A link stays one, and the folder in which the process is stays the same folder.
func TestFolderStaysItself(t *testing.T) {
	root := t.TempDir()
	put(t, filepath.Join(root, "real", "c"), "old")
	link := filepath.Join(root, "link")
	if err := os.Symlink("real", link); err != nil {
		t.Skip(err)
	}
	fill := func(dir string) error { put(t, filepath.Join(dir, "sub", "a"), "new"); return nil }
	if err := Folder(link, fill); err != nil {
		t.Fatal(err)
	}
	if to, err := os.Readlink(link); err != nil || to != "real" {
		t.Errorf("the link is %q, %v", to, err)
	}
	t.Chdir(filepath.Join(root, "real"))
	before, err := os.Stat(".")
	if err != nil {
		t.Fatal(err)
	}
	if err := Folder(".", fill); err != nil {
		t.Fatal(err)
	}
	if after, err := os.Stat(filepath.Join(root, "real")); err != nil || !os.SameFile(before, after) {
		t.Errorf("the working folder is another one now (%v)", err)
	}
	if got := tree(t, filepath.Join(root, "real")); got != "c=old sub/a=new" {
		t.Errorf("found %s", got)
	}
}
