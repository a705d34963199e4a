package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/pipeline"
)

// Everything that reads labels or predictions reads every format: gold in each
// format is scored, compared, gated, checked, run as an extractor and converted
// back, without the format being named.
func TestEveryReaderTakesEveryFormat(t *testing.T) {
	t.Chdir(t.TempDir())
	command := func(line string) (code int, stdout, stderr string) {
		var out, errs bytes.Buffer
		code = run(context.Background(), strings.Fields(line), strings.NewReader(""), &out, &errs)
		return code, out.String(), errs.String()
	}
	must := func(line, want string) {
		t.Helper()
		if code, stdout, stderr := command(line); code != pipeline.ExitOK || !strings.Contains(stdout, want) {
			t.Errorf("dataset %s: exit code %d\n%s%s", line, code, stdout, stderr)
		}
	}
	must("export --to json -o gold", "json: gold")
	for _, f := range labels.All() {
		if f.Write == nil {
			continue
		}
		must("convert --to "+f.Name+" gold -o "+f.Name, "→ "+f.Name+": 5 articles")
		must("convert --to jsonl "+f.Name+" -o "+f.Name+".jsonl", f.Name+" → jsonl: 5 articles")
		must("score "+f.Name+" --resamples 0 --metrics mentions.exact,mentions.strict", "mentions.exact")
		must("compare "+f.Name+" gold --resamples 100 --metrics mentions.exact", "mentions.exact")
		must("gate "+f.Name+" --min mentions.exact.precision=1", "ok")
		must("run --extractor file:"+f.Name+" -o "+f.Name+".run", "")
		code, stdout, stderr := command("lint --quiet " + f.Name)
		if !strings.Contains(stderr, "5 label files: ") || code != pipeline.ExitOK && code != pipeline.ExitCheck || strings.Contains(stdout, "unreadable") && f.Name != "json" {
			t.Errorf("dataset lint %s: exit code %d\n%.500s%s", f.Name, code, stdout, stderr)
		}
	}
}
