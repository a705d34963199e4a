package labels

import (
	"bytes"
	"path/filepath"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

func init() {
	Register(Format{
		Name:       "json",
		Title:      "native label files: one JSON object an article, indented",
		Unit:       schema.OffsetUnit,
		Layout:     FilePerArticle,
		Extensions: []string{".json"},
		Notes:      "Carries everything. In a folder, " + ActorsFile + " is the table of actors and not read as labels.",
		Detect: func(name string, head []byte) bool {
			head = bytes.TrimPrefix(head, []byte(bom))
			first, _, more := bytes.Cut(bytes.TrimSpace(head), []byte("\n"))
			native := bytes.HasPrefix(first, []byte("{")) && bytes.Contains(head, []byte(`"doc_id"`))
			oneLine := more && bytes.HasSuffix(bytes.TrimSpace(first), []byte("}"))
			return native && !isForeignJSON(head) && !oneLine && !isJSONL(name) && (strings.EqualFold(filepath.Ext(name), ".json") || more)
		},
		Read:  readFiles,
		Write: writeFiles,
	})
}
