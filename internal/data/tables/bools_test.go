package tables

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
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
			if err := g.close(); err != nil {
				t.Error(err)
			}
			row += n
		}
		if row != 3000 {
			t.Errorf("%s: %d rows", name, row)
		}
	}
}

// Runs of every kind are decoded, and damaged ones are errors.
func TestHybrid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var coded, want []byte
		for range rapid.IntRange(1, 6).Draw(t, "runs") {
			if rapid.Bool().Draw(t, "equal") {
				n, v := rapid.IntRange(1, 70).Draw(t, "run"), rapid.ByteRange(0, 1).Draw(t, "value")
				coded = append(coded, byte(n<<1&0x7f|(n<<1>>7)<<7), v)
				if n<<1 > 0x7f {
					coded = append(coded[:len(coded)-2], byte(n<<1&0x7f)|0x80, byte(n<<1>>7), v)
				}
				for range n {
					want = append(want, v)
				}
				continue
			}
			groups := rapid.SliceOfN(rapid.Byte(), 1, 5).Draw(t, "groups")
			coded = append(append(coded, byte(len(groups)<<1|1)), groups...)
			for _, b := range groups {
				for k := range 8 {
					want = append(want, b>>k&1)
				}
			}
		}
		n := rapid.IntRange(0, len(want)).Draw(t, "n")
		bits, err := hybrid(coded, n)
		if err != nil {
			t.Fatal(err)
		}
		for i := range n {
			if bits[i/8]>>(i%8)&1 != want[i] {
				t.Fatalf("value %d of % x is not %d", i, coded, want[i])
			}
		}
		if _, err := hybrid(coded, len(want)+1); err == nil {
			t.Fatal("one value more than there are is no error")
		}
	})
}

func FuzzBoolPages(f *testing.F) {
	for _, name := range []string{"testdata/bools-v1-rle-gzip.parquet", "testdata/bools-v2-rle-zstd.parquet"} {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b[4:min(len(b), 600)], byte(0), int64(3000))
		f.Add(b[4:min(len(b), 600)], byte(1), int64(3000))
	}
	f.Fuzz(func(t *testing.T, pages []byte, maxDef byte, n int64) {
		for _, codec := range codecs {
			b := &boolPages{in: bufio.NewReader(bytes.NewReader(pages)), codec: codec, maxDef: maxDef & 1, left: min(n, 1<<16)}
			for {
				rows, defs, bits, err := b.next()
				if err == io.EOF || err != nil {
					break
				}
				if present := b.present(defs, rows); len(bits)*8 < present {
					t.Fatalf("%d bytes for %d values", len(bits), present)
				}
			}
		}
	})
}
