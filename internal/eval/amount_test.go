package eval

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// TestAmountIsTheSum holds amounts against sums of big rationals: any grouping
// has the value of the whole, and the form of the whole.
func TestAmountIsTheSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want, whole := new(big.Rat), &Amount{}
		parts := make([]Amount, 3)
		for range rapid.IntRange(0, 30).Draw(t, "fractions") {
			den := rapid.SampledFrom([]int64{1, 2, 3, 4, 6, 7, 30, 997, 1<<31 + 11}).Draw(t, "den")
			num := rapid.Int64Range(0, 3*den).Draw(t, "num")
			want.Add(want, big.NewRat(num, den))
			whole.AddFraction(num, den)
			parts[rapid.IntRange(0, 2).Draw(t, "part")].AddFraction(num, den)
		}
		sum := &Amount{}
		for _, i := range rapid.Permutation([]int{0, 1, 2}).Draw(t, "order") {
			sum.Add(&parts[i])
		}
		if sum.Rat().Cmp(want) != 0 || whole.Rat().Cmp(want) != 0 || !sum.Equal(whole) {
			t.Fatalf("%v by parts, %v at once, expected %v", sum, whole, want)
		}
		if len(sum.parts) != len(whole.parts) || sum.Whole != whole.Whole {
			t.Fatalf("%+v by parts, %+v at once", sum, whole)
		}
		for i, p := range sum.parts {
			if p != whole.parts[i] || p.num <= 0 || p.num >= p.den || i > 0 && p.den <= sum.parts[i-1].den {
				t.Fatalf("%+v is no canonical form", sum)
			}
		}
		if got, exact := new(big.Rat).SetInt64(sum.parts.rounded(sum.Whole)), new(big.Rat).Mul(want, big.NewRat(FixedPoint, 1)); got.Cmp(exact) > 0 ||
			new(big.Rat).Sub(exact, got).Cmp(big.NewRat(int64(len(sum.parts)+1), 1)) >= 0 {
			t.Fatalf("rounded to %v parts, expected %v", got, exact)
		}
	})
}

// TestFractionsOfATallyAreChecked: a file that no tally writes is refused.
func TestFractionsOfATallyAreChecked(t *testing.T) {
	exact := &Metric{Name: "m", Counters: StandardCounters, Unit: FixedPoint}
	l := NewLayout([]*Metric{exact, {Name: "n", Counters: StandardCounters, Unit: 1}}, "")
	tally := l.NewTally()
	tally.AddGold(0, Item{Class: tally.Class("PER")}, 1, 3)
	tally.AddGold(0, Item{}, 1, 2)
	data, err := tally.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	if back, err := ReadTally(l, data); err != nil || back.Exact(0, "")[2].Cmp(big.NewRat(5, 6)) != 0 {
		t.Fatalf("read back: %v", err)
	}
	for at := range data {
		for _, b := range []byte{0, 1, 3, 7, 0xff} {
			bad := append([]byte(nil), data...)
			bad[at] = b
			back, err := ReadTally(l, bad)
			if err != nil {
				continue
			}
			if again, err := back.AppendBinary(nil); err != nil || string(again) != string(bad) {
				t.Fatalf("byte %d set to %d: read, and written as other bytes", at, b)
			}
		}
	}
}
