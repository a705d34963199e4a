package data

import "os"

// asideOf is where the target of a build waits while it is replaced in two
// steps.
func asideOf(building string) string { return building + ".old" }

// exchangeInTwo swaps two folders by renaming: b moves aside, a takes its name.
// For a moment there is no b; when it fails halfway, the old b comes back.
func exchangeInTwo(a, b string) error {
	aside := asideOf(a)
	if err := os.RemoveAll(aside); err != nil {
		return err
	}
	if err := os.Rename(b, aside); err != nil {
		return err
	}
	if err := os.Rename(a, b); err != nil {
		if back := os.Rename(aside, b); back != nil {
			return back
		}
		return err
	}
	return os.Rename(aside, a)
}
