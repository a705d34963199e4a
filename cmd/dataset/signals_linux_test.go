package main

import (
	"fmt"
	"os"
	"strings"
)

const parentDeathIsKnown = true

// isZombie reports whether a process has ended and nobody has asked how.
func isZombie(pid int) bool {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return os.IsNotExist(err)
	}
	_, rest, _ := strings.Cut(string(b), ") ")
	return strings.HasPrefix(rest, "Z")
}
