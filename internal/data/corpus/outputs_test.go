package corpus

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
)

// mixedNews writes n lines of JSON with what readers stumble over: six languages,
// edited copies, other line breaks, escapes, white space, numbers, nulls.
func mixedNews(t *testing.T, n int) string {
	sentences := []string{
		"وصل وزير الخارجية إلى دمشق صباح الإثنين لإجراء محادثات مع الرئيس حول الحدود.", "وقال إن الطرفين اتفقا على استئناف العمل في المعابر قبل نهاية الشهر.",
		"وزیر امور خارجه روز دوشنبه برای گفت\u200cوگو با همتای خود وارد مسکو شد.", "او گفت که مذاکرات درباره پرونده هسته\u200cای ادامه خواهد داشت.",
		"The minister said on Monday that the talks would go on until the end of the week.", "Nobody at the office would say who is to pay for the new bridge.",
		"Der Minister sagte am Montag, dass die Gespräche bis zum Ende der Woche dauern.", "Les ministres se sont réunis mardi pour discuter de la trêve dans le nord du pays.",
		"Министры встретились во вторник, чтобы обсудить перемирие на севере страны.", "部长周一抵达首都与总统会谈边境问题双方同意月底前恢复三个口岸的工作。", "😀 100 % & <b>",
	}
	r := rand.New(rand.NewPCG(19, 1))
	var lines strings.Builder
	var before []string
	for i := range n {
		first := r.IntN(len(sentences))
		var text []string
		for range 1 + r.IntN(40) {
			k := first
			if r.IntN(8) == 0 {
				k = r.IntN(len(sentences))
			}
			text = append(text, sentences[k]+fmt.Sprint(" ", r.IntN(9000)))
		}
		if i%7 == 3 && len(before) > 3 { // an edited copy
			text = append([]string{}, before...)
			text[r.IntN(len(text))] += " again"
		}
		before = text
		body := strings.Join(text, []string{"\n", "\r\n", " \n\t", "\n\n", "\r"}[i%5])
		title, _ := json.Marshal(fmt.Sprintf("عنوان \"%d\" / title", i))
		value, _ := json.Marshal(body)
		switch i % 3 {
		case 1:
			value = []byte(strings.ReplaceAll(string(value), "م", `\u0645`))
		case 2:
			title = []byte("null")
		}
		fmt.Fprintf(&lines, "{\"id\":%d,\"title\": %s ,\"text\":%s,\"date\":\"2016-07-%02d\",\"source\":{\"name\":\"x\"}}\n", i, title, value, 1+i%28)
	}
	file := filepath.Join(t.TempDir(), "news.jsonl")
	if err := os.WriteFile(file, []byte(lines.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

// What a build makes of articles stays what it was before it was made faster:
// hashes, languages and near-duplicates are those of the build of 1 December
// (2c754f4).
func TestOutputsAreAsBefore(t *testing.T) {
	c, err := Open(dataset.Meta{Name: "news"}, Files{Articles: []string{mixedNews(t, 600)}, NearDuplicates: DefaultNearDuplicates})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	languages, repeats := map[string]int{}, 0
	for a, err := range c.Articles() {
		if err != nil {
			t.Fatal(err)
		}
		languages[a.Language]++
		if a.DuplicateOf != "" {
			repeats++
		}
	}
	id, err := c.Identity()
	if err != nil {
		t.Fatal(err)
	}
	const content = "37780706a43128ba6d71a09436bae2dd52ab9e111914a8604a47a9b77a323a07"
	if got := fmt.Sprint(languages, " ", repeats); got != "map[:121 ar:139 de:49 en:116 fa:126 fr:49] 85" || id.ContentSHA256 != content {
		t.Errorf("%s, content %s", got, id.ContentSHA256)
	}
}
