package diff

import (
	"fmt"

	internalversion "github.com/mizan-corpus/mizan/internal/version"
)

// CheckVersion refuses a version of the new dataset that is less than the
// changes ask for; the error is a [VersionError].
func (c *Changes) CheckVersion(version string) error {
	v, err := internalversion.Parse(version)
	if err != nil {
		return err
	}
	least, err := internalversion.Parse(c.Least)
	if err == nil && v.Compare(least) < 0 {
		err = &VersionError{Version: version, Previous: c.Old.Version, Changes: c}
	}
	return err
}

// A VersionError is a version that is too low for what changed.
type VersionError struct {
	Version, Previous string
	Changes           *Changes
}

func (e *VersionError) Error() string {
	why := "nothing changed"
	if len(e.Changes.Reasons) > 0 {
		why = e.Changes.Reasons[0]
	}
	return fmt.Sprintf("version %s: the changes since %s ask for a %s bump (%s)", e.Version, e.Previous, e.Changes.Bump, why)
}

// Hint is the least version that will do.
func (e *VersionError) Hint() string {
	return "the least version allowed is " + e.Changes.Least + "; dataset diff shows what changed"
}
