package page

import (
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
)

var (
	packedBlock = regexp.MustCompile(`(?s)<article id="a(\d+)" class="later".*?<script type="text/plain">([A-Za-z0-9+/=]*)</script>\n</article>`)
	countsBlock = regexp.MustCompile(`(?s)<script type="application/json" id="labels">(.*?)</script>`)
)

// unpacked is the page as its script makes it when every article was reached.
func unpacked(t *testing.T, page string) string {
	t.Helper()
	return packedBlock.ReplaceAllStringFunc(page, func(block string) string {
		m := packedBlock.FindStringSubmatch(block)
		b, err := base64.StdEncoding.DecodeString(m[2])
		if err != nil {
			t.Fatal(err)
		}
		inside, err := io.ReadAll(flate.NewReader(strings.NewReader(string(b))))
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("<article id=\"a%s\" aria-labelledby=\"t%[1]s\" tabindex=\"-1\">%s\n</article>", m[1], inside)
	})
}

// Articles behind the first ones are packed as they would stand open, hostile names and
// all, and the counts of the filters are those of the elements.
func TestPackedArticles(t *testing.T) {
	for _, foreign := range append(hostile, "x") {
		b := NewBuilder(testResult(foreign), Options{Predictions: foreign})
		for i := range openArticles + 4 {
			b.Add(testPair(fmt.Sprint("d", i, foreign), foreign))
		}
		page := b.Page()
		out := render(t, page)
		if n := len(packedBlock.FindAllString(out, -1)); n != 4 || !strings.Contains(out, "4 more articles are shown with JavaScript only.") {
			t.Fatalf("%q: %d packed articles", foreign, n)
		}
		whole := unpacked(t, out)
		checkHTML(t, whole)
		if n := strings.Count(whole, `class="sides"`); n != openArticles+4 {
			t.Errorf("%q: %d articles with texts", foreign, n)
		}
		var counts struct {
			Sorts       [][4]string
			Marks, Args map[string]int
			Rows        []struct {
				Sort, N int
				Args    []int
			}
		}
		if err := json.Unmarshal([]byte(countsBlock.FindStringSubmatch(out)[1]), &counts); err != nil {
			t.Fatal(err)
		}
		marks, args, rows := 0, 0, 0
		for _, n := range counts.Marks {
			marks += n
		}
		for _, n := range counts.Args {
			args += n
		}
		for _, r := range counts.Rows {
			rows += r.N
		}
		for what, n := range map[string]int{`<tr class="row" data-l=`: rows, `<li class="arg" data-l=`: args, `data-l="argument"`: args} {
			if got := strings.Count(whole, what); got != n {
				t.Errorf("%q: %d of %s, counted %d", foreign, got, what, n)
			}
		}
		if got := len(regexp.MustCompile(`<span class="s [^>]* id="`).FindAllString(whole, -1)); got != marks {
			t.Errorf("%q: %d marks, counted %d", foreign, got, marks)
		}
	}
}
