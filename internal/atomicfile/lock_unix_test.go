//go:build unix

package atomicfile

import (
	"errors"
	"path/filepath"
	"testing"
	"time"
)

func TestTryLockWaitsForAHolderThatEnds(t *testing.T) {
	path, busy := filepath.Join(t.TempDir(), "x.lock"), errors.New("busy")
	first, err := TryLock(path, busy)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := TryLock(path, busy); !errors.Is(err, busy) {
		t.Fatalf("a second lock got %v, expected busy", err)
	}
	time.AfterFunc(lockPause, func() { first.Unlock() })
	second, err := TryLock(path, busy)
	if err != nil {
		t.Fatalf("after the holder had ended: %v", err)
	}
	if err := second.Unlock(); err != nil {
		t.Error(err)
	}
}
