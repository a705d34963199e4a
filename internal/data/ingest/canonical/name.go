package canonical

import (
	"path"
	"strings"
)

// SplitName cuts a file's name, or path, at its extension; that of a compressed
// file is the one before the ending of its compression.
func SplitName(name string) (stem, ext string) {
	stem = name[:len(name)-len(CompressionEnding(name))]
	ext = path.Ext(stem)
	return strings.TrimSuffix(stem, ext), strings.ToLower(ext)
}

// compressionEndings are the endings of compressed files' names.
var compressionEndings = []string{".gz", ".bz2", ".xz", ".zst"}

// CompressionEnding is the one of a name, in lower case, "" for none.
func CompressionEnding(name string) string {
	for _, e := range compressionEndings {
		if len(name) > len(e) && strings.EqualFold(name[len(name)-len(e):], e) {
			return e
		}
	}
	return ""
}

// BaseOf is the file of a place "folder/corpus.jsonl:17" without its folder.
func BaseOf(at string) string { return at[strings.LastIndexAny(at, `/\`)+1:] }
