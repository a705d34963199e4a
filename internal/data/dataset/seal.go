package dataset

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// A manifest is sealed: its last member is the SHA-256 of the file's own bytes, as they
// are with 64 zeros in the place of that hash. Whatever else is changed in the file,
// white space included, the hash does not fit any more. It says that the manifest is
// as it was written, not by whom.

const sealName = `"manifest_sha256": "`

var noHash = strings.Repeat("0", sha256.Size*2)

// A SealError says that a manifest was changed after it was written.
type SealError struct{ Found string }

func (e *SealError) Error() string { return "changed after it was written: " + e.Found }

// Hint is the next step.
func (e *SealError) Hint() string {
	return "dataset verify lists all that is wrong; get the release anew"
}

// sealed puts the hash of the bytes in the place of the zeros in them.
func sealed(b []byte) []byte {
	sum := sha256.Sum256(b)
	i := bytes.LastIndex(b, []byte(sealName+noHash)) + len(sealName)
	copy(b[i:], hex.EncodeToString(sum[:]))
	return b
}

// CheckSeal holds the bytes of a manifest's file against the hash in it. One without a
// hash, as in older releases, has to be written as this program
// writes it, which shows changes of anything but the values.
func (m *Manifest) CheckSeal(b []byte) error {
	if m.SHA256 == "" {
		again, err := m.encode()
		if err == nil && !bytes.Equal(again, b) {
			err = &SealError{fmt.Sprintf("line %d is not as the program writes it", differingLine(again, b))}
		}
		return err
	}
	i := bytes.LastIndex(b, []byte(sealName))
	if i < 0 || !bytes.HasPrefix(b[i+len(sealName):], []byte(m.SHA256)) {
		return &SealError{"manifest_sha256 is not in its place"}
	}
	open := bytes.Clone(b)
	copy(open[i+len(sealName):], noHash)
	if sum := sha256.Sum256(open); hex.EncodeToString(sum[:]) != m.SHA256 {
		return &SealError{fmt.Sprintf("found manifest_sha256 %s, expected %x", m.SHA256, sum)}
	}
	return nil
}

// differingLine is the first line, from 1, in which two texts differ.
func differingLine(a, b []byte) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return 1 + bytes.Count(b[:n], []byte("\n"))
}
