package wire

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/mizan-corpus/mizan/internal/eval/extract"
	"github.com/mizan-corpus/mizan/schema"
)

func TestEncodeArticle(t *testing.T) {
	line, err := EncodeArticle(&schema.Article{DocID: "d", Title: "T", Text: "T\n<a> & \u2028", Language: "ar",
		Published: "2016-07-05", PublishedInferred: "2016-07-06", Outlet: "O", Raw: "secret", Split: "test"})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"doc_id":"d","title":"T","subtitle":"","text":"T\n<a> & \u2028","language":"ar","published":"2016-07-05","outlet":"O"}` + "\n"
	if string(line) != want {
		t.Errorf("got  %s\nwant %s", line, want)
	}
}

func TestEncodeArticleIsOneLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := &schema.Article{DocID: rapid.String().Draw(t, "id"), Text: rapid.String().Draw(t, "text")}
		line, err := EncodeArticle(a)
		if err != nil || strings.Count(string(line), "\n") != 1 || line[len(line)-1] != '\n' {
			t.Fatalf("%q: %v", line, err)
		}
		var back struct {
			DocID string `json:"doc_id"`
			Text  string `json:"text"`
		}
		if err := json.Unmarshal(line, &back); err != nil || back.DocID != a.DocID || back.Text != a.Text {
			t.Fatalf("%q became %+v, %v", line, back, err)
		}
	})
}

func TestDecodeLine(t *testing.T) {
	for _, test := range []struct {
		line  string
		docID string
		kind  extract.Kind
	}{
		{`{"doc_id":"a"}`, "a", extract.KindNone},
		{` {"doc_id":"a","mentions":[{"text":"x"}]} `, "a", extract.KindNone},
		{`{"doc_id":"a","error":"no"}`, "a", extract.KindReported},
		{`{"doc_id":"a","error":null}`, "a", extract.KindNone},
		{`{"doc_id":"a","error":{"x":1}}`, "a", extract.KindReported},
		{`{"error":"no"}`, "", extract.KindReported},
		{`{}`, "", extract.KindInvalid},
		{`{"doc_id":""}`, "", extract.KindInvalid},
		{`{"doc_id":7}`, "", extract.KindInvalid},
		{`{"doc_id":"a","mentions":7}`, "a", extract.KindInvalid},
		{`{"doc_id":"a","mentions":[{"start":5}]}`, "a", extract.KindInvalid},
		{`[]`, "", extract.KindNotJSON},
		{`"a"`, "", extract.KindNotJSON},
		{`null`, "", extract.KindNotJSON},
		{``, "", extract.KindNotJSON},
		{`{"doc_id":"a"} trailing`, "", extract.KindNotJSON},
		{`{"doc_id":"a"`, "", extract.KindNotJSON},
		{strings.Repeat("[", 100_000), "", extract.KindNotJSON},
	} {
		a := DecodeLine([]byte(test.line))
		kind := extract.KindNone
		if a.Fault != nil {
			kind = a.Fault.Kind
		}
		if a.DocID != test.docID || kind != test.kind || (a.Annotation == nil) != (a.Fault != nil) {
			t.Errorf("%.60q: got %q %q (%v), want %q %q", test.line, a.DocID, kind, a.Fault, test.docID, test.kind)
		}
	}
}

func FuzzDecodeLine(f *testing.F) {
	for _, seed := range []string{`{"doc_id":"a"}`, `{"doc_id":"a","error":"x"}`, `{"doc_id":"a","mentions":[{"start":0,"end":1,"text":"x"}],"events":[]}`,
		`[`, `{"doc_id":"\ud800"}`, `{"doc_id":"a","doc_id":"b"}`, "\xff", `{"DOC_ID":"a"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		a := DecodeLine(line)
		if (a.Annotation == nil) == (a.Fault == nil) {
			t.Fatalf("%q: neither or both of annotation and fault", line)
		}
		if a.Annotation != nil && (a.DocID == "" || a.Annotation.DocID != a.DocID) {
			t.Fatalf("%q: doc_id %q, annotation of %q", line, a.DocID, a.Annotation.DocID)
		}
		if a.Fault != nil && a.Fault.Error() == "" {
			t.Fatal("empty message")
		}
	})
}
