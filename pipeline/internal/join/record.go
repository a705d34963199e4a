package join

import (
	"bytes"
	"encoding/json"
	"path/filepath"

	"github.com/mizan-corpus/mizan/internal/labels/align"
	"github.com/mizan-corpus/mizan/internal/regular"
)

// maxRecord is the most bytes of the record of a run.
const maxRecord = 1 << 30

// runCounts is how the run that wrote a file of predictions placed its spans, which
// their offsets do not tell any more. It reports false where no record of such a run
// lies beside the file, or one of another number of articles.
func runCounts(path string, articles int) (align.Counts, bool) {
	b, err := regular.ReadFile(path+".run.json", maxRecord)
	if err != nil {
		return align.Counts{}, false
	}
	if i := bytes.Index(b, []byte("\n\"per_article\":")); i >= 0 { // its articles are not needed
		b = append(bytes.TrimRight(bytes.TrimSpace(b[:i]), ","), '}')
	}
	var record struct {
		Version   int          `json:"record_version"`
		Output    string       `json:"output"`
		Articles  int          `json:"articles"`
		Alignment align.Counts `json:"alignment"`
	}
	if json.Unmarshal(b, &record) != nil || record.Version != 2 || record.Articles != articles || filepath.Base(record.Output) != filepath.Base(path) {
		return align.Counts{}, false
	}
	return record.Alignment, true
}
