package formats

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/schema"
)

// A file of any format that was cut off, or has a zero byte, a byte that is no
// UTF-8 or a number beyond all bounds in the middle, gives errors with its name
// and a line, or is read; the reader neither panics nor fails otherwise.
func TestDamagedFiles(t *testing.T) {
	for _, f := range labels.All() {
		if f.Write == nil {
			continue
		}
		src, _ := export(t, f.Name, f.Extensions[0], []*labels.Document{exchanged()}, map[string]*schema.Index{"a": schema.NewIndex(emojiText)})
		for name, file := range src.FS.(fstest.MapFS) {
			whole := string(file.Data)
			for i := 0; i < len(whole); i += 1 + len(whole)/150 {
				for kind, text := range map[string]string{
					"cut": whole[:i], "zero": whole[:i] + "\x00" + whole[i:], "no UTF-8": whole[:i] + "\xff" + whole[i:],
					"number": whole[:i] + "99999999999999999999" + whole[i:], "minus": whole[:i] + "-" + whole[i:],
				} {
					damaged := fstest.MapFS{}
					for other, content := range src.FS.(fstest.MapFS) {
						damaged[other] = content
					}
					damaged[name] = &fstest.MapFile{Data: []byte(text)}
					docs, err := labels.ReadAll(f.Read(labels.Source{FS: damaged, Path: src.Path}, labels.ReadOptions{Text: emojiTexts}))
					if err != nil && (!labels.IsRecordError(err) || !strings.HasPrefix(err.Error(), name[:strings.IndexByte(name, '.')])) {
						t.Fatalf("%s, %s at %d of %s: %v", f.Name, kind, i, name, err)
					}
					inText := strings.HasSuffix(name, ".txt") || name == xmiTypeSystem // brat's text is a file by itself, and types are no labels
					if (kind == "zero" || kind == "no UTF-8") && err == nil && !inText {
						t.Fatalf("%s, %s at %d of %s was read: %v", f.Name, kind, i, name, docs)
					}
				}
			}
		}
	}
}

// A zero byte behind a record is not its end.
func TestZeroByteBehindRecord(t *testing.T) {
	for _, format := range []string{"json", "jsonl", "labelstudio"} {
		got := readText(format, "f.json", "{\"doc_id\":\"a\",\"data\":{}}\x00 and more", labels.ReadOptions{})
		if !strings.Contains(got, "x00") && !strings.Contains(got, "unknown field") {
			t.Errorf("%s: %s", format, got)
		}
	}
	if _, err := native.Parse("{\"doc_id\":\"a\"}\x00 and more", labels.Position{File: "f", Line: 1}, false); err == nil || !strings.Contains(err.Error(), "after the record") {
		t.Error(err)
	}
}
