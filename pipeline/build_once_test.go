package pipeline

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/pipeline/internal/progress"
)

// A build that is held against a release, or that converts its labels, reads
// the raw files once: when they are gone after the first reading, it still
// makes the release that it makes of files that stay.
func TestBuildReadsArticlesOnce(t *testing.T) {
	const page = `{"doc_id":"a","text":"The minister of Qadria met Sarah Kamal."}` + "\n"
	const label = `{"doc_id":"a","mentions":[{"mention_id":"m1","start":27,"end":38,"text":"Sarah Kamal","type":"PER","level":"NAM","actor_id":"kamal"}]}` + "\n"
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	const actors = `[{"actor_id":"kamal","name_en":"Sarah Kamal","type":"PER"}]` + "\n"
	write("native/a.json", label)
	write("native/actors.json", actors)
	write("actors.json", actors) // beside the foreign labels
	foreign, native := write("foreign.jsonl", label), filepath.Join(dir, "native")
	streams := Streams{Out: io.Discard, Err: io.Discard}
	before := filepath.Join(dir, "before")
	first := BuildOptions{Articles: Articles{Paths: []string{write("plain/a.jsonl", page)}}, Name: "x", Output: before, Quiet: true}
	if _, err := Build(t.Context(), streams, first); err != nil {
		t.Fatal(err)
	}
	for name, opt := range map[string]BuildOptions{
		"previous":                    {Previous: before},
		"foreign labels":              {Labels: foreign},
		"previous and native labels":  {Previous: before, Labels: native},
		"previous and foreign labels": {Previous: before, Labels: foreign, NearDuplicates: 0.8},
	} {
		t.Run(name, func(t *testing.T) {
			raw := write("raw/a.jsonl", page)
			opt.Articles.Paths, opt.Name, opt.Quiet = []string{raw}, "x", true
			opt.Output = filepath.Join(t.TempDir(), "stay")
			want, err := Build(t.Context(), streams, opt)
			if err != nil {
				t.Fatal(err)
			}
			ds, labels, err := opt.open(t.Context(), streams, progress.NewBuildBar(io.Discard, true), &progress.Notes{})
			if err != nil {
				t.Fatal(err)
			}
			defer ds.Close()
			defer labels.Close()
			if opt.Labels != foreign { // else the conversion has read them
				for _, err := range ds.Articles() {
					if err != nil {
						t.Fatal(err)
					}
				}
			}
			if err := os.Remove(raw); err != nil {
				t.Fatal(err)
			}
			version := ""
			if opt.Previous != "" {
				if _, version, err = since(opt.Previous, ds, ""); err != nil {
					t.Fatal(err)
				}
			}
			got, err := release.Build(t.Context(), filepath.Join(t.TempDir(), "gone"), ds, release.BuildOptions{Version: version})
			if err != nil || got.Articles != 1 || got.Labelled != want.Labelled || got.Identity != want.Identity {
				t.Errorf("got %+v, %v, expected %+v", got, err, want)
			}
		})
	}
}
