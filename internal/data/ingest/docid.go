package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/ingest/canonical"
)

// DocIDs says how a doc_id is made of a file's name.
type DocIDs string

// The ways to make doc_ids.
const (
	DocIDsByName DocIDs = "name" // the file's name without extension; the default
	DocIDsByPath DocIDs = "path" // folders too, below the one that was named, with "." between
)

// AllDocIDs lists the ways.
func AllDocIDs() []DocIDs { return []DocIDs{DocIDsByName, DocIDsByPath} }

// ParseDocIDs is the way of that name; "" is the default.
func ParseDocIDs(s string) (DocIDs, error) {
	if d := DocIDs(s); s == "" || slices.Contains(AllDocIDs(), d) {
		return d, nil
	}
	return "", fmt.Errorf("found %q, expected one of %v", s, AllDocIDs())
}

// maxDocID is the most bytes of a doc_id.
const maxDocID = 128

// ValidDocID reports whether s can be a doc_id: 1 to 128 ASCII letters,
// digits, "_", "-" and ".", the first a letter, a digit or "_", the last not
// ".". Such an id is a safe file name, URL segment and key everywhere.
func ValidDocID(s string) bool {
	for i := range len(s) {
		if !docIDByte(s[i], i) {
			return false
		}
	}
	return s != "" && len(s) <= maxDocID && s[len(s)-1] != '.'
}

func docIDByte(c byte, at int) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '_':
		return true
	}
	return (c == '-' || c == '.') && at > 0
}

// docID is the doc_id, or its beginning, of a file: its name, or with DocIDsByPath
// the path below the folder that was named, made valid.
func (d DocIDs) docID(p place) string {
	name := p.below
	if d != DocIDsByPath {
		name = path.Base(name)
	}
	stem, _ := canonical.SplitName(name)
	return SafeDocID(strings.ReplaceAll(stem, "/", "."))
}

// SafeDocID is s where that is valid. Otherwise each run of other characters
// becomes "-", and eight hexadecimal digits of the hash of s keep ids apart
// that would become equal.
func SafeDocID(s string) string {
	if ValidDocID(s) {
		return s
	}
	const digest = 8
	sum := sha256.Sum256([]byte(s))
	var b strings.Builder
	gap := false
	for i := 0; i < len(s) && b.Len() < maxDocID-digest-2; i++ {
		if !docIDByte(s[i], b.Len()) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte('-')
		}
		gap = false
		b.WriteByte(s[i])
	}
	if b.Len() > 0 {
		b.WriteByte('-')
	}
	return b.String() + hex.EncodeToString(sum[:])[:digest]
}
