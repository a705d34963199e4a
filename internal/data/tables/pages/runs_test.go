package pages

import (
	"testing"

	"pgregory.net/rapid"
)

// boolsOf is n values of one bit.
func boolsOf(coded []byte, n int) ([]byte, error) {
	r, dst := newRuns(coded, 1), make([]byte, n)
	return dst, read(&r, dst)
}

// Runs of every kind are decoded, and damaged ones are errors.
func TestRuns(t *testing.T) {
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
		got, err := boolsOf(coded, n)
		if err != nil {
			t.Fatal(err)
		}
		for i := range n {
			if got[i] != want[i] {
				t.Fatalf("value %d of % x is not %d", i, coded, want[i])
			}
		}
		if _, err := boolsOf(coded, len(want)+1); err == nil {
			t.Fatal("one value more than there are is no error")
		}
	})
}
