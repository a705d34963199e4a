package atomicfile

import "os"

// Aside is where the second folder of an exchange waits while it is replaced
// in two steps; where the process is killed then, it is still there.
func Aside(a string) string { return a + ".old" }

// exchangeInTwo swaps two folders by renaming: b moves aside, a takes its name.
// For a moment there is no b; when it fails halfway, the old b comes back.
func exchangeInTwo(a, b string) error {
	aside := Aside(a)
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
