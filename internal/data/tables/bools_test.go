package tables

import (
	"os"
	"path/filepath"
	"testing"
)

// Booleans are what pyarrow wrote, whatever the encoding and the version of the page:
// testdata/bools.py has the formula.
func TestBooleansOfOtherWriters(t *testing.T) {
	value := func(i int) bool {
		switch {
		case i < 1000:
			return i/50%2 == 0
		case i < 2000:
			return i*7919%13 < 5
		}
		return true
	}
	files, err := filepath.Glob("testdata/bools-*.parquet")
	if err != nil || len(files) != 4 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		file, pq, err := openParquet(os.DirFS("."), name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		row := 0
		for _, r := range pq.RowGroups() {
			g, n := newGroup(pq, r), int(r.NumRows())
			var set, maybe []int
			g.bools(n, "value", func(i int, v bool) {
				if set = append(set, i); v != value(row+i) {
					t.Errorf("%s: value %d is %v", name, row+i, v)
				}
			})
			g.bools(n, "maybe", func(i int, v bool) {
				if maybe = append(maybe, i); v != value(row+i) || (row+i)%11 == 3 {
					t.Errorf("%s: maybe %d is %v", name, row+i, v)
				}
			})
			if g.end(); g.err != nil || len(set) != n || len(maybe) != n-(n+7)/11 {
				t.Errorf("%s: %d and %d of %d values, %v", name, len(set), len(maybe), n, g.err)
			}
			g.close()
			row += n
		}
		if row != 3000 {
			t.Errorf("%s: %d rows", name, row)
		}
	}
}
