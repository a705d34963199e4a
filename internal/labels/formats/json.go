// Package formats holds the annotation formats, one file or a few of one name
// each. A file registers its format with [labels.Register]; importing the
// package is all that a program has to do.
package formats

import (
	"bytes"
	"path/filepath"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/schema"
)

func init() {
	labels.Register(labels.Format{
		Name:       "json",
		Title:      "native label files: one JSON object an article, indented",
		Unit:       schema.OffsetUnit,
		Regions:    true,
		Layout:     labels.FilePerArticle,
		Extensions: []string{".json"},
		Notes:      "Carries everything. In a folder, " + native.ActorsFile + " is the table of actors and not read as labels.",
		Detect: func(name string, head []byte) bool {
			head = bytes.TrimPrefix(head, []byte(textfile.BOM))
			first, _, more := bytes.Cut(bytes.TrimSpace(head), []byte("\n"))
			native := bytes.HasPrefix(first, []byte("{")) && bytes.Contains(head, []byte(`"doc_id"`))
			oneLine := more && bytes.HasSuffix(bytes.TrimSpace(first), []byte("}"))
			return native && !jsontext.IsForeignJSON(head) && !oneLine && !jsontext.IsJSONL(name) && (strings.EqualFold(filepath.Ext(name), ".json") || more)
		},
		Read:  native.ReadFiles,
		Write: native.WriteFiles,
	})
}
