package answers

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// pipeline is what a pipeline answers for pieces "word tag [gap]": with offsets, which
// count code points, and a gap of so many before the piece.
func pipeline(key string, indexed bool, pieces ...string) string {
	var items []string
	at := 0
	for i, p := range pieces {
		var word, tag string
		gap := 0
		_, _ = fmt.Sscan(p, &word, &tag, &gap)
		at += gap
		end := at + utf8.RuneCountInString(strings.TrimPrefix(strings.TrimLeft(word, "▁"), "##"))
		index := ""
		if indexed {
			index = fmt.Sprintf(`,"index":%d`, i+1)
		}
		items = append(items, fmt.Sprintf(`{%q:%q,"score":0.9,"word":%q,"start":%d,"end":%d%s}`, key, tag, word, at, end, index))
		at = end
	}
	return "[" + strings.Join(items, ",") + "]"
}

func TestPiecesOfPipelines(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"groups beside a cut one", pipeline("entity_group", false, "Mün LOC", "##chen LOC", "Paris LOC 1", "Rom LOC 1"), "[0,7)LOC [8,13)LOC [14,17)LOC"},
		{"groups before a cut one", pipeline("entity_group", false, "Merkel PER", "Putin PER 1", "Saar LOC 9", "##brücken LOC"), "[0,6)PER [7,12)PER [21,32)LOC"},
		{"a piece that touches nothing", pipeline("entity_group", false, "Jordan LOC", "##Iran LOC 1"), "[0,6)LOC [7,11)LOC"},
		{"a group cut without a mark", pipeline("entity_group", false, "Saar LOC", "brücken LOC"), "[0,11)LOC"},
		{"groups at a hyphen", pipeline("entity_group", false, "Iran LOC", "- LOC", "Irak LOC"), "[0,4)LOC [4,5)LOC [5,9)LOC"},
		{"Chinese groups beside a cut one", pipeline("entity_group", false, "习近平 PER", "王毅 PER", "Saar LOC 1", "##brücken LOC"), "[0,3)PER [3,5)PER [6,17)LOC"},
		{"groups of no type", pipeline("entity_group", false, "In O", "Genf LOC 1", "heute O 1"), "[3,7)LOC"},
		{"a piece behind a group of no type", pipeline("entity_group", false, "un O", "##Genf LOC"), "[2,6)LOC"},

		{"Chinese, another type", pipeline("entity", true, "习 B-PER", "近 I-PER", "平 I-PER", "北 B-LOC", "京 I-LOC"), "[0,3)PER [3,5)LOC"},
		{"Chinese, the same type, no index", pipeline("entity", false, "习 B-PER", "近 I-PER", "平 I-PER", "王 B-PER", "毅 I-PER"), "[0,3)PER [3,5)PER"},
		{"Japanese", pipeline("entity", true, "安倍 B-PER", "日本 B-LOC", "サ B-ORG", "ー I-ORG", "ビス I-ORG"), "[0,2)PER [2,4)LOC [4,8)ORG"},
		{"Thai", pipeline("entity", true, "▁ประยุทธ์ B-PER", "ทรัมป์ B-PER"), "[0,8)PER [8,14)PER"},
		{"punctuation", pipeline("entity", true, "Merkel B-PER", "/ B-MISC", "Macron B-PER"), "[0,6)PER [6,7)MISC [7,13)PER"},
		{"two scripts", pipeline("entity", true, "Iran B-LOC", "بوتين B-PER"), "[0,4)LOC [4,9)PER"},
		{"a word in pieces", pipeline("entity", true, "▁Saar B-LOC", "brü B-ORG", "cken B-LOC"), "[0,11)LOC"},
		{"an Arabic word in pieces", pipeline("entity", true, "▁روح B-PER", "اني B-LOC"), "[0,6)PER"},
		{"digits in a word", pipeline("entity", true, "▁G B-ORG", "20 B-ORG"), "[0,3)ORG"},
		// بوتين and 习, 王 in the characters of byte-level BPE
		{"bytes, Arabic", `[{"entity":"B-PER","index":1,"word":"Ø¨ÙĪ","start":0,"end":2},{"entity":"B-LOC","index":2,"word":"ØªÙĬÙĨ","start":2,"end":5}]`, "[0,5)PER"},
		{"bytes, a letter in halves", `[{"entity":"B-PER","index":1,"word":"Ø¨Ù","start":0,"end":2},{"entity":"B-LOC","index":2,"word":"ĪØªÙĬÙĨ","start":2,"end":5}]`, "[0,5)PER"},
		{"bytes, Chinese", `[{"entity":"B-PER","index":1,"word":"ä¹ł","start":0,"end":1},{"entity":"B-PER","index":2,"word":"çİĭ","start":1,"end":2}]`, "[0,1)PER [1,2)PER"},
	} {
		a, err := Parse(tt.in, Auto, types)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, it := range a.Items {
			got = append(got, it.Span.String()+it.Type)
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, s, tt.want)
		}
	}
}
