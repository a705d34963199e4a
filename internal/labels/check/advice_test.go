package check

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/schema"
)

// findings is what Check says of a damaged clean corpus.
func findings(damage func(c *Corpus, m []schema.Mention)) []string {
	c := cleanCorpus()
	damage(c, c.Documents[0].Mentions)
	var list []string
	for _, f := range Labels(c) {
		list = append(list, f.String())
	}
	return list
}

// A surface that stands elsewhere is told where; a span that is wrong anyway
// is not blamed for its white space.
func TestMismatchSaysWhere(t *testing.T) {
	for _, tt := range []struct {
		name       string
		start, end int32
		text       string
		want       string
	}{
		// CleanText: [4,9) بوتين, [9,10) a space, [13,19) ماكرون, [35,38) أمس
		{"elsewhere", 9, 14, "ماكرون", `the text has it at [13,19) [surface-mismatch]`},
		{"written otherwise", 9, 12, "امس", `the text has "أمس" at [35,38) [surface-mismatch]`},
		{"nowhere", 9, 14, "ترامب", `expected "ترامب" [surface-mismatch]`},
		{"here, written otherwise", 35, 38, "امس", `expected "امس" [surface-mismatch]`},
	} {
		got := findings(func(_ *Corpus, m []schema.Mention) {
			m[0].Span, m[0].Text = schema.Span{Start: tt.start, End: tt.end}, tt.text
			m[0].Head = m[0].Span
		})
		if !slices.ContainsFunc(got, func(f string) bool { return strings.HasSuffix(f, tt.want) }) {
			t.Errorf("%s: %q", tt.name, got)
		}
		if slices.ContainsFunc(got, func(f string) bool { return strings.Contains(f, "span-space") }) {
			t.Errorf("%s: the same span twice: %q", tt.name, got)
		}
	}
}

func TestFindingsNameWhatHasNoID(t *testing.T) {
	got := findings(func(_ *Corpus, m []schema.Mention) { m[2].ID, m[2].Level = "", "" })
	for _, want := range []string{`labels/a.json:6: error: mention 3: found no id, expected mention_id [missing-id]`,
		`labels/a.json:6: error: level of mention 3: found nothing`} {
		if !slices.ContainsFunc(got, func(f string) bool { return strings.HasPrefix(f, want) }) {
			t.Errorf("no %q in %q", want, got)
		}
	}
}

// loaded is what Check says of a folder of label files.
func loaded(t *testing.T, files fstest.MapFS, articles ...*schema.Article) []Finding {
	t.Helper()
	c, err := Load(labels.Source{FS: files, Path: "l"}, articles, labels.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return Labels(c)
}

func codes(list []Finding) string {
	var s []string
	for _, f := range list {
		s = append(s, f.Code)
	}
	return strings.Join(s, " ")
}

const oneMention = `{"doc_id":"a","mentions":[{"mention_id":"m1","start":0,"end":5,"text":"Paris","head_start":0,"head_end":5,"type":"GPE","level":"NAM","actor_id":"paris"}]}`

func TestUnreadableFilesAreThere(t *testing.T) {
	paris, actors := &schema.Article{DocID: "a", Text: "Paris"}, &fstest.MapFile{Data: []byte(`[]`)}
	for name, file := range map[string]string{
		"broken":          `{`,
		"unknown field":   `{"doc_id":"a","mentoins":[]}`,
		"another article": `{"doc_id":"b"}`,
	} {
		got := loaded(t, fstest.MapFS{"l/a.json": {Data: []byte(file)}, "l/actors.json": actors}, paris)
		if len(got) == 0 || strings.Contains(codes(got), "missing-labels") {
			t.Errorf("%s: %v", name, got)
		}
	}
	if got := loaded(t, fstest.MapFS{"l/b.json": {Data: []byte(`{"doc_id":"b"}`)}, "l/actors.json": actors}, paris); !strings.Contains(codes(got), "missing-labels") {
		t.Errorf("no file: %v", got)
	}
}

// Without the table of actors nothing is said of ids that would be in it; that
// it is missing comes first.
func TestBrokenActorsComeFirstAndAlone(t *testing.T) {
	paris := &schema.Article{DocID: "a", Text: "Paris"}
	label := &fstest.MapFile{Data: []byte(oneMention)}
	for name, c := range map[string]struct{ table, want string }{
		"missing":     {"", `l/actors.json: error: table of actors: found no file, expected a JSON list of actors [unreadable]`},
		"broken":      {`{}`, `l/actors.json:1: error: JSON: found an object, expected a list of actors [unreadable]`},
		"a row":       {`[{"actor_id":"paris","name":"Paris"}]`, `l/actors.json:1: error: [0].name: found an unknown field, expected a field of the format; did you mean "name_en" or "name_ar"? [unreadable]`},
		"another row": {`[{"actor_id":"x","type":"GRP","name_en":"X","members":["paris","y"]},{"actor_id":7}]`, `l/actors.json:1: error: [1].actor_id: found 7, expected a string [unreadable]`},
	} {
		files := fstest.MapFS{"l/a.json": label}
		if c.table != "" {
			files["l/actors.json"] = &fstest.MapFile{Data: []byte(c.table)}
		}
		got := loaded(t, files, paris)
		if len(got) == 0 || got[0].String() != c.want {
			t.Errorf("%s: %v", name, got)
		}
		if s := codes(got); strings.Contains(s, "unknown-actor") || strings.Contains(s, "unknown-member") {
			t.Errorf("%s: %v", name, got)
		}
	}
	got := loaded(t, fstest.MapFS{"l/a.json": label, "l/actors.json": {Data: []byte(`[]`)}}, paris)
	if codes(got) != "unknown-actor" || !strings.Contains(got[0].Expected, "missing or empty") {
		t.Errorf("empty table: %v", got)
	}
}

// Labels of an article that cannot be read are not labels of no article.
func TestLabelsOfUnreadArticles(t *testing.T) {
	c := cleanCorpus()
	c.Articles = nil
	if got := codes(Labels(c)); !strings.Contains(got, "unknown-article") {
		t.Errorf("no such article: %s", got)
	}
	c.Unread = []string{"a"}
	if got := codes(Labels(c)); strings.Contains(got, "unknown-article") {
		t.Errorf("unread: %s", got)
	}
}

// The position is left out where the file is not known.
func TestMessagesWithoutFile(t *testing.T) {
	_, err := native.Parse(`{"doc_id":"a","mentions":[{"lvel":"NAM"}]}`, labels.Position{}, false)
	if want := `mentions[0].lvel: found an unknown field, expected a field of the format`; err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	if got, want := (&offsets.Error{At: labels.Position{Line: 1}, Item: "mention 1", Span: schema.Span{Start: 1, End: 2}, Surface: "x"}).Error(), `mention 1: span [1,2): found no text there, expected "x"`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	f := Finding{Severity: SeverityNote, What: "w", Found: "f", Line: 3, Code: "c"}
	if got, want := f.String(), "note: w: found f [c]"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Unknown fields: a part of a known name goes before a near one, and where
// nothing is like it the known ones are listed.
func TestUnknownFieldAdvice(t *testing.T) {
	for key, want := range map[string]string{
		"lvel":    `did you mean "level"?`,
		"id":      `did you mean "mention_id" or "actor_id"?`,
		"zzzzzzz": "known fields: mention_id, ",
	} {
		got := loaded(t, fstest.MapFS{"l/a.json": {Data: []byte(`{"doc_id":"a","mentions":[{"` + key + `":1}]}`)}, "l/actors.json": {Data: []byte("[]")}})
		if len(got) != 1 || !strings.HasPrefix(got[0].Advice, want) || !strings.Contains(got[0].String(), got[0].Advice) {
			t.Errorf("%s: %v", key, got)
		}
	}
}
