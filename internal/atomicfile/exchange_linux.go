package atomicfile

import (
	"errors"

	"golang.org/x/sys/unix"
)

// Exchange swaps two folders in one step, so that at no moment either name is
// without a folder. Other systems, and file systems that cannot do it, get two
// steps; see [Aside].
func Exchange(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	if errors.Is(err, unix.ENOSYS) || errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOTSUP) {
		return exchangeInTwo(a, b)
	}
	return err
}
