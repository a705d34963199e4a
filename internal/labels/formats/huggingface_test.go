package formats

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/native"
)

func TestHuggingFaceRoundTrip(t *testing.T) { checkRoundTrip(t, "huggingface", ".jsonl", true) }

func FuzzHuggingFace(f *testing.F) {
	f.Add(`{"id":"1","tokens":["😀","بوتين"],"ner_tags":["O","B-PER"]}`)
	f.Add(`{"doc_id":"a","words":["x","y"],"tags":["art","O"]}` + "\n" + `{"doc_id":"a","words":[],"tags":[]}`)
	fuzzReader(f, "huggingface", ".jsonl")
}

func TestHuggingFace(t *testing.T) {
	info := `{"features":{"ner_tags":{"feature":{"names":["O","B-PER","I-PER","B-GPE"],"_type":"ClassLabel"},"_type":"List"}}}`
	read := func(rows, info string) string {
		fs := fstest.MapFS{"d/f.jsonl": {Data: []byte(rows)}}
		if info != "" {
			fs["d/dataset_info.json"] = &fstest.MapFile{Data: []byte(info)}
		}
		var b strings.Builder
		for d, err := range format("huggingface").Read(labels.Source{FS: fs, Path: "d/f.jsonl"}, labels.ReadOptions{}) {
			if err != nil {
				b.WriteString("error: " + err.Error() + "\n")
				continue
			}
			line, _ := native.AppendLine(nil, d)
			b.Write(line)
		}
		return b.String()
	}
	putin := `{"mention_id":"m1","start":2,"end":14,"text":"فلادمير وتين","type":"PER"}`
	for name, tt := range map[string]struct{ rows, info, want string }{
		"numbers":     {`{"id":7,"tokens":["😀","فلادمير","وتين"],"ner_tags":[0,1,2]}`, info, `{"doc_id":"7","mentions":[` + putin + "]}\n"},
		"strings":     {`{"id":"x","tokens":["😀","فلادمير","وتين"],"ner_tags":["O","B-PER","I-PER"]}`, "", `{"doc_id":"x","mentions":[` + putin + "]}\n"},
		"plain names": {`{"words":["😀","فلادمير","وتين"],"tags":["O","PER","PER"]}`, "", `{"doc_id":"f","mentions":[` + putin + "]}\n"},
		"rows of one article": {`{"doc_id":"a","tokens":["😀"],"ner_tags":["O"]}` + "\n" + `{"doc_id":"a","tokens":["فلادمير","وتين"],"ner_tags":["B-PER","I-PER"]}`, "",
			`{"doc_id":"a","mentions":[` + putin + "]}\n"},
		"no names":  {`{"id":"a","tokens":["x"],"ner_tags":[1]}`, "", "error: d/f.jsonl:1: ner_tags[0]: found 1, expected names of the numbers: a ClassLabel in dataset_info.json beside the file, or in the Parquet file\n"},
		"beyond":    {`{"id":"a","tokens":["x"],"ner_tags":[-100]}`, info, "error: d/f.jsonl:1: ner_tags[0]: found -100, expected a number from 0 to 3, as the column has 4 names\n"},
		"too few":   {`{"id":"a","tokens":["x","y"],"ner_tags":["O"]}`, "", "error: d/f.jsonl:1: tags: found 1 tags of 2 tokens, expected as many\n"},
		"mixed":     {`{"id":"a","tokens":["x","y"],"ner_tags":["B-PER","PER"]}`, "", `error: d/f.jsonl:1: tags[1]: found "PER", expected O, or B-TYPE, I-TYPE, E-TYPE or S-TYPE as the other tags` + "\n"},
		"no tokens": {`{"id":"a","tokens":"x","ner_tags":["O"]}`, "", `error: d/f.jsonl:1: tokens: found "x", expected a list of strings` + "\n"},
		"null tag":  {`{"id":"a","tokens":["x"],"ner_tags":[null]}`, "", "error: d/f.jsonl:1: ner_tags[0]: found null, expected a string or a whole number\n"},
		"scattered": {`{"doc_id":"a","tokens":[],"ner_tags":[]}` + "\n" + `{"doc_id":"b","tokens":[],"ner_tags":[]}` + "\n" + `{"doc_id":"a","tokens":[],"ner_tags":[]}`, "",
			`{"doc_id":"a"}` + "\n" + `{"doc_id":"b"}` + "\n" + "error: d/f.jsonl:3: doc_id: found a row after rows of another article, expected the rows of an article together\n"},
	} {
		if got := read(tt.rows, tt.info); got != tt.want {
			// the order of an error and of the article before it is that of reading
			t.Errorf("%s:\ngot  %swant %s", name, got, tt.want)
		}
	}
	opt := labels.ReadOptions{}
	said := heard(&opt)
	readText("huggingface", "f.jsonl", `{"id":"a","tokens":["x"],"pos_tags":[1],"ner_tags":["O"]}`, opt)
	if len(*said) != 1 || (*said)[0] != `f.jsonl:1: left out: column "pos_tags" of a` {
		t.Error(*said)
	}
}
