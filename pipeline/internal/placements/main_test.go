package main

import "testing"

// The goals hold on a smaller set: with the words around, or with offsets, no answer
// lands in a wrong place without being listed, without them at most one in a hundred;
// where an answer leaves one place only, at least 95 in 100 land there.
func TestGoals(t *testing.T) {
	all, err := texts()
	if err != nil {
		t.Fatal(err)
	}
	if len(kinds) < 40 {
		t.Errorf("%d kinds", len(kinds))
	}
	for i := range kinds {
		k := &kinds[i]
		c := measureKind(k, all, 15)
		if c.answers < 5 {
			t.Errorf("%s: %d answers", k.name, c.answers)
		}
		if k.ownEnd {
			continue // the answer has another boundary, and is taken at its word
		}
		if most := c.answers / 100; k.around && c.silent > 0 || c.silent > most {
			t.Errorf("%s: %d of %d answers are silently wrong", k.name, c.silent, c.answers)
		}
		if 100*c.rightOfDetermined < 95*c.determined {
			t.Errorf("%s: %d of %d answers that leave one place only are there", k.name, c.rightOfDetermined, c.determined)
		}
		if c.right+c.edge+c.other+c.wrong+c.unplaced != c.answers {
			t.Errorf("%s: %+v does not add up", k.name, c)
		}
	}
}
