// Package version is the numbers of releases and of their tables: MAJOR.MINOR.PATCH.
package version

import (
	"fmt"
	"strconv"
	"strings"
)

// Version is a dataset version MAJOR.MINOR.PATCH.
//
// MAJOR: a score of the same predictions on the same articles may change.
// MINOR: articles or columns were added. PATCH: same content, other bytes,
// card or metadata.
type Version struct{ Major, Minor, Patch int }

// Parse reads "MAJOR.MINOR.PATCH": three decimal numbers without signs
// or leading zeros.
func Parse(s string) (Version, error) {
	parts := strings.Split(s, ".")
	var n [3]int
	ok := len(parts) == 3
	for i := 0; ok && i < 3; i++ {
		v, err := strconv.Atoi(parts[i])
		ok = err == nil && strconv.Itoa(v) == parts[i] && v >= 0
		n[i] = v
	}
	if !ok {
		return Version{}, fmt.Errorf("version %q: expected MAJOR.MINOR.PATCH, for example 1.0.0", s)
	}
	return Version{n[0], n[1], n[2]}, nil
}

func (v Version) String() string { return fmt.Sprintf("%d.%d.%d", v.Major, v.Minor, v.Patch) }

// Compare orders versions; it returns -1, 0 or +1.
func (v Version) Compare(w Version) int {
	a, b := [3]int{v.Major, v.Minor, v.Patch}, [3]int{w.Major, w.Minor, w.Patch}
	for i := range a {
		if a[i] < b[i] {
			return -1
		}
		if a[i] > b[i] {
			return 1
		}
	}
	return 0
}

// Bump is the kind of change between two releases, ordered by weight.
type Bump int

// The bumps, from none to the heaviest.
const (
	BumpNone Bump = iota
	BumpPatch
	BumpMinor
	BumpMajor
)

func (b Bump) String() string { return [...]string{"none", "patch", "minor", "major"}[b] }

// Next is the least version that carries the bump.
func (v Version) Next(b Bump) Version {
	switch b {
	case BumpMajor:
		return Version{v.Major + 1, 0, 0}
	case BumpMinor:
		return Version{v.Major, v.Minor + 1, 0}
	case BumpPatch:
		return Version{v.Major, v.Minor, v.Patch + 1}
	}
	return v
}
