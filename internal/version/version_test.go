package version

import "testing"

func TestParseVersion(t *testing.T) {
	for _, good := range []string{"0.0.0", "1.0.0", "12.34.56"} {
		v, err := Parse(good)
		if err != nil || v.String() != good {
			t.Errorf("%q: %v, %v", good, v, err)
		}
	}
	for _, bad := range []string{"", "1", "1.0", "1.0.0.0", "v1.0.0", "01.0.0", "1.-1.0", "1.0.x", "1.0.0-rc1", "1..0", "+1.0.0", "99999999999999999999.0.0"} {
		if v, err := Parse(bad); err == nil {
			t.Errorf("%q was read as %v", bad, v)
		}
	}
}

func TestVersionNextIsGreater(t *testing.T) {
	v := Version{1, 2, 3}
	want := map[Bump]string{BumpNone: "1.2.3", BumpPatch: "1.2.4", BumpMinor: "1.3.0", BumpMajor: "2.0.0"}
	for bump, text := range want {
		next := v.Next(bump)
		if next.String() != text {
			t.Errorf("%v of %v: %v, expected %s", bump, v, next, text)
		}
		if order := v.Compare(next); (order < 0) != (bump != BumpNone) {
			t.Errorf("%v against %v: %d", v, next, order)
		}
	}
}
