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
		Name:       "jsonl",
		Title:      "native predictions: one JSON object an article, one a line",
		Unit:       schema.OffsetUnit,
		Regions:    true,
		Layout:     labels.OneFile,
		Extensions: []string{".jsonl", ".ndjson"},
		Notes:      `Carries everything, and error lines {"doc_id","error"}. A folder is read as shards in the order of their names.`,
		Near: func(name string, head []byte) bool {
			first, _, _ := bytes.Cut(bytes.TrimPrefix(head, []byte(textfile.BOM)), []byte("\n"))
			return jsontext.IsJSONL(name) && bytes.Contains(first, []byte(`"doc_id"`)) &&
				(bytes.Contains(first, []byte(`"mentions"`)) || bytes.Contains(first, []byte(`"events"`)))
		},
		Detect: func(name string, head []byte) bool {
			head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte(textfile.BOM)))
			if len(head) == 0 {
				return jsontext.IsJSONL(name)
			}
			first, _, more := bytes.Cut(head, []byte("\n"))
			native := bytes.HasPrefix(first, []byte("{")) && bytes.Contains(first, []byte(`"doc_id"`))
			whole := bytes.HasSuffix(bytes.TrimSpace(first), []byte("}"))
			json := strings.EqualFold(filepath.Ext(name), ".json")
			return native && !jsontext.IsForeignJSON(head) && (jsontext.IsJSONL(name) || whole && (more || !json))
		},
		Read:  native.ReadLines,
		Write: native.WriteLines,
	})
}
