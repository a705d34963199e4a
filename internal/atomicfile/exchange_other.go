//go:build !linux

package atomicfile

// Exchange swaps two folders in two steps; see [Aside].
func Exchange(a, b string) error { return exchangeInTwo(a, b) }
