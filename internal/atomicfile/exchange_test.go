package atomicfile

import (
	"os"
	"path/filepath"
	"testing"
)

func TestExchange(t *testing.T) {
	for name, exchange := range map[string]func(a, b string) error{"in one step": Exchange, "in two": exchangeInTwo} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			a, b := filepath.Join(root, ".r.building"), filepath.Join(root, "r")
			for _, d := range []string{a, b} {
				if err := os.Mkdir(d, 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(d, "name"), []byte(d), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if err := exchange(a, b); err != nil {
				t.Fatal(err)
			}
			for d, want := range map[string]string{a: b, b: a} {
				if got, err := os.ReadFile(filepath.Join(d, "name")); err != nil || string(got) != want {
					t.Errorf("%s holds %q (%v), expected %q", d, got, err, want)
				}
			}
		})
	}
}
