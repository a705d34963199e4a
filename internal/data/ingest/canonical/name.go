package canonical

import (
	"path"
	"strings"
)

// SplitName cuts a file's name, or path, at its extension; that of a compressed
// file is the one before ".gz".
func SplitName(name string) (stem, ext string) {
	stem = name
	if l := len(name) - len(GzipExtension); l > 0 && strings.EqualFold(name[l:], GzipExtension) {
		stem = name[:l]
	}
	ext = path.Ext(stem)
	return strings.TrimSuffix(stem, ext), strings.ToLower(ext)
}

const GzipExtension = ".gz"

// BaseOf is the file of a place "folder/corpus.jsonl:17" without its folder.
func BaseOf(at string) string { return at[strings.LastIndexAny(at, `/\`)+1:] }
