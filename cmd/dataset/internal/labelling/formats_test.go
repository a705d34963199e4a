package labelling

import (
	"os"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
)

// The page on formats has a row for every format, with the unit it counts in.
func TestFormatsPageHasEveryFormat(t *testing.T) {
	page, err := os.ReadFile("../../../../docs/formats.md")
	if err != nil {
		t.Fatal(err)
	}
	units := map[string]string{"unicode_code_point": "| code points |", "utf16_code_unit": "| UTF-16 units |", "token": "| tokens |"}
	for _, f := range labels.All() {
		row := ""
		for _, line := range strings.Split(string(page), "\n") {
			if strings.HasPrefix(line, "| `") && strings.Contains(line, "`"+f.Name+"`") {
				row = line
			}
		}
		if row == "" || f.Name != "doccano" && !strings.Contains(row, units[f.Unit]) {
			t.Errorf("%s counts in %s; the page has %q", f.Name, f.Unit, row)
		}
		if f.Notes == "" || f.Write == nil && !strings.Contains(row, "read only") {
			t.Errorf("%s: notes %q, row %q", f.Name, f.Notes, row)
		}
	}
}
