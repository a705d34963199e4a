package run

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/internal/eval/extract/extracttest"
	"github.com/mizan-corpus/mizan/schema"
)

func TestRunFileRefuses(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	opt := FileOptions{Dataset: DatasetID{"d", "1.0.0", "abc"}}
	run := func(name string, ex extract.Extractor, opt FileOptions) error {
		_, err := File(t.Context(), path(name), extracttest.Articles(ids(3)...), ex, opt)
		return err
	}
	stopped := func(name string) {
		t.Helper()
		ctx, cancel := context.WithCancel(t.Context())
		if _, err := File(ctx, path(name), stopping(ids(3), 2, cancel), newCounting(nil), opt); err == nil {
			t.Fatal("not stopped")
		}
	}
	if err := run("whole", newCounting(nil), opt); err != nil {
		t.Fatal(err)
	}
	stopped("partial")
	other, set := opt, func(name string, content string) {
		t.Helper()
		if err := os.WriteFile(path(name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	other.Dataset.ContentSHA256 = "abd"
	set("foreign", `{"doc_id":"doc000"}`+"\n")
	set("foreign2.partial", `{"doc_id":"doc000"}`+"\n")
	stopped("spoilt")
	set("spoilt.partial", "{}\n"+read(t, path("spoilt.partial")))
	stopped("shuffled")
	set("shuffled.partial", `{"doc_id":"doc007"}`+"\n")
	set("empty.partial", "")
	set("empty.run.partial", `{"start":{"extr`)
	renamed := extract.Func(newCounting(nil).Extract)
	for _, test := range []struct {
		name       string
		ex         extract.Extractor
		opt        FileOptions
		want, hint string
	}{
		{"whole", newCounting(nil), opt, "exists already", "--overwrite"},
		{"partial", newCounting(nil), opt, "an earlier run was not finished", "--resume"},
		{"whole", newCounting(nil), other.with(ModeResume), "was made from d 1.0.0 (content abc), not from d 1.0.0 (content abd)", "--overwrite"},
		{"partial", newCounting(nil), other.with(ModeResume), "was made from", "--overwrite"},
		{"partial", renamed, opt.with(ModeResume), "was made by counting, not by extract.Func", "--overwrite"},
		{"partial", tuned{newCounting(nil)}, opt.with(ModeResume), `temperature was "" and is "1"`, "--overwrite"},
		{"foreign", newCounting(nil), opt.with(ModeResume), "no foreign.run.json beside it", "--overwrite"},
		{"foreign2", newCounting(nil), opt.with(ModeResume), "no foreign2.run.partial beside it", "--overwrite"},
		{"spoilt", newCounting(nil), opt.with(ModeResume), "spoilt.partial:1: ", "--overwrite"},
		{"shuffled", newCounting(nil), opt.with(ModeResume), "line 1: found another article, expected doc000", "--overwrite"},
		{"empty", newCounting(nil), opt.with(ModeResume), "", ""},
		{"partial", newCounting(nil), other.with(ModeOverwrite), "", ""},
		{"no/such/folder", newCounting(nil), opt, "no such file", ""},
	} {
		err := run(test.name, test.ex, test.opt)
		if test.want == "" {
			if err != nil {
				t.Errorf("%s: %v", test.name, err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(extracttest.HintOf(err), test.hint) {
			t.Errorf("%s: got %v (hint %q), want %q (hint %q)", test.name, err, extracttest.HintOf(err), test.want, test.hint)
		}
	}
}

// tuned is an extractor with a setting.
type tuned struct{ *counting }

func (tuned) Settings() map[string]string { return map[string]string{"temperature": "1"} }

func TestRunFileLocks(t *testing.T) {
	pred := filepath.Join(t.TempDir(), "p.jsonl")
	ex := extract.Func(func(_ context.Context, a *schema.Article) (*schema.Annotation, error) {
		_, err := File(context.Background(), pred, extracttest.Articles("a"), newCounting(nil), FileOptions{Mode: ModeOverwrite})
		if !errors.Is(err, ErrRunning) {
			t.Errorf("a second run got %v, want ErrRunning", err)
		}
		return &schema.Annotation{DocID: a.DocID}, nil
	})
	if _, err := File(t.Context(), pred, extracttest.Articles("a"), ex, FileOptions{}); err != nil {
		t.Fatal(err)
	}
}
