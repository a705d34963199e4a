package diff

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/version"
)

// HistoryEntry is one release of a folder of releases.
type HistoryEntry struct {
	Dir           string `json:"dir"` // inside the folder
	Name          string `json:"name"`
	Version       string `json:"version"`
	ContentSHA256 string `json:"content_sha256"`
	Raised        string `json:"raised,omitempty"` // by what the version before was raised
	Bump          string `json:"bump,omitempty"`   // by what it must have been raised, of the changes
	TooLow        bool   `json:"too_low,omitempty"`
}

// History lists the releases in the direct subfolders of a folder, by name and
// version, each compared with the one before it of the same name.
func History(dir string) ([]HistoryEntry, error) {
	folders, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	type found struct {
		HistoryEntry
		release *release.Release
		version version.Version
	}
	var all []found
	for _, f := range folders {
		path := filepath.Join(dir, f.Name())
		if !release.IsRelease(path) {
			continue
		}
		r, err := release.Open(path)
		if err != nil {
			return nil, err
		}
		m := r.Manifest()
		v, err := version.Parse(m.Version)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		all = append(all, found{HistoryEntry{Dir: f.Name(), Name: m.Name, Version: m.Version, ContentSHA256: m.ContentSHA256}, r, v})
	}
	slices.SortFunc(all, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), a.version.Compare(b.version), cmp.Compare(a.Dir, b.Dir))
	})
	var out []HistoryEntry
	for i := range all {
		x := &all[i]
		if i > 0 && all[i-1].Name == x.Name {
			c, err := Diff(all[i-1].release, x.release)
			if err != nil {
				return nil, err
			}
			x.Bump, x.Raised, x.TooLow = c.Bump, raised(all[i-1].version, x.version).String(), c.CheckVersion(x.Version) != nil
		}
		out = append(out, x.HistoryEntry)
	}
	return out, nil
}

// raised is the bump between two versions.
func raised(old, new version.Version) version.Bump {
	switch {
	case old.Major != new.Major:
		return version.BumpMajor
	case old.Minor != new.Minor:
		return version.BumpMinor
	case old.Patch != new.Patch:
		return version.BumpPatch
	}
	return version.BumpNone
}
