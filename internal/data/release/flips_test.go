package release

import (
	"flag"
	"io/fs"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/datatest"
)

var flips = flag.Int("flips", 40, "bits that the test of flipped bits flips, over all files of each release")

// inMemory is the files of a release.
func inMemory(t testing.TB, dir string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	root := os.DirFS(dir)
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(root, name)
		files[name] = &fstest.MapFile{Data: b}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// Verify finds a flipped bit wherever it is, in every file of a release: in half of the
// trials anywhere, in the other half in the manifest, which no other file covers. So it
// does in releases of earlier versions, whose manifest has no hash of its own.
func TestVerifyFindsEveryFlippedBit(t *testing.T) {
	dirs := map[string]string{
		"new":   datatest.Built(t, Build, datatest.Synthetic{Size: 3, WithPasses: true, Splits: []string{"train", "test"}}, BuildOptions{ArticlesPerFile: 2}),
		"1.0.1": "../../../data/releases/1.0.1", "1.0.2": "../../../data/releases/1.0.2",
	}
	for name, dir := range dirs {
		t.Run(name, func(t *testing.T) {
			files := inMemory(t, dir)
			if violations, err := Verify(files); err != nil || len(violations) > 0 {
				t.Fatalf("before: %v, %v", violations, err)
			}
			var names []string
			for n := range files {
				names = append(names, n)
			}
			slices.Sort(names)
			random := rand.New(rand.NewPCG(1, 2))
			for i := range *flips {
				file := dataset.ManifestFile
				if i%2 == 0 {
					file = names[i/2%len(names)] // each file in turn
				}
				data := files[file].Data
				at, bit := random.IntN(len(data)), random.IntN(8)
				data[at] ^= 1 << bit
				if violations, err := Verify(files); err == nil && len(violations) == 0 {
					t.Errorf("%s: bit %d of byte %d is flipped, near %q, and nothing was found", file, bit, at, data[max(0, at-40):min(len(data), at+20)])
				}
				data[at] ^= 1 << bit
			}
		})
	}
}

// The seal holds every bit of the manifest.
func TestSealHoldsEveryBit(t *testing.T) {
	b := inMemory(t, datatest.Built(t, Build, datatest.Synthetic{Size: 1}, BuildOptions{}))[dataset.ManifestFile].Data
	for at := range b {
		for bit := range 8 {
			b[at] ^= 1 << bit
			if m, err := dataset.ParseManifest(b); err == nil && m.CheckSeal(b) == nil {
				t.Fatalf("bit %d of byte %d is flipped, near %q", bit, at, b[max(0, at-40):min(len(b), at+20)])
			}
			b[at] ^= 1 << bit
		}
	}
}
