package layout

import (
	"encoding/json"
	"testing"

	"github.com/mizan-corpus/mizan/schema"
)

// The places of a paragraph, with what is outside the basic plane counted by itself.
func TestParagraphs(t *testing.T) {
	list := Paragraphs(schema.NewIndex("😀 Hi. You!\n\nوقال لماكرون: نعم"))
	b, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"start":0,"end":10,"text":"😀 Hi. You!","dir":"ltr","astral":[0],"graphemes":[0,1,2,3,4,5,6,7,8,9,10],"words":[[0,1],[2,4],[6,9]],"sentences":[[0,5],[6,10]],"peels":[]},` +
		`{"start":11,"end":11,"text":"","dir":"ltr","astral":[],"graphemes":[11],"words":[],"sentences":[],"peels":[]},` +
		`{"start":12,"end":29,"text":"وقال لماكرون: نعم","dir":"rtl","astral":[],"graphemes":[12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29],"words":[[12,16],[17,24],[26,29]],"sentences":[[12,29]],"peels":[[12,[13]],[17,[18]]]}]`
	if string(b) != want {
		t.Errorf("got  %s\nwant %s", b, want)
	}
}
