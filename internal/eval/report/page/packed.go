package page

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/wording"
)

// The first articles stand in the page as they are shown. The others are packed, as
// the same HTML, compressed, and the page's script unpacks each when it comes near the
// window: a browser that lays out thousands of articles at once takes minutes.

// openArticles is how many articles are not packed.
const openArticles = 5

// packedArticle is an article that is shown when it is reached.
type packedArticle struct {
	Number int
	DocID  string
	Wrong  int64
	Data   template.HTML // DEFLATE in base64, for a block of data that is no script
}

// pack renders what stands inside an article's element and compresses it.
func pack(t *template.Template, a *htmlArticle) (packedArticle, error) {
	var inside, small bytes.Buffer
	if err := t.ExecuteTemplate(&inside, "article-body", a); err != nil {
		return packedArticle{}, err
	}
	z, err := flate.NewWriter(&small, flate.DefaultCompression)
	if err == nil {
		_, err = z.Write([]byte(revealHidden(inside.String())))
	}
	if err == nil {
		err = z.Close()
	}
	return packedArticle{a.Number, a.DocID, a.Wrong, template.HTML(base64.StdEncoding.EncodeToString(small.Bytes()))}, err
}

// htmlCounts is how many labels there are of each sort, on the whole page: what the
// filters count without a look at the articles.
type htmlCounts struct {
	sorts map[htmlSort]int    // number of a sort
	Sorts []htmlSort          `json:"sorts"`
	Marks map[int]int         `json:"marks"` // marks in texts, by number of the sort
	Args  map[int]int         `json:"args"`  // arguments
	rows  map[string]*rowSort // rows of tables
	Rows  []*rowSort          `json:"rows"`
}

// htmlSort is what a filter asks of a label: layer, kind, class in gold and predicted.
type htmlSort [4]string

// rowSort is rows of one sort whose arguments are of the same sorts.
type rowSort struct {
	Sort int   `json:"sort"`
	Args []int `json:"args"`
	N    int   `json:"n"`
}

func newHTMLCounts() *htmlCounts {
	return &htmlCounts{sorts: map[htmlSort]int{}, Marks: map[int]int{}, Args: map[int]int{}, rows: map[string]*rowSort{}}
}

func (c *htmlCounts) sort(layer, kind, gold, pred string) int {
	s := htmlSort{layer, kind, gold, pred}
	n, ok := c.sorts[s]
	if !ok {
		n = len(c.Sorts)
		c.sorts[s], c.Sorts = n, append(c.Sorts, s)
	}
	return n
}

// add counts the labels of an article.
func (c *htmlCounts) add(a *htmlArticle) {
	for _, l := range a.Lines {
		c.addMarks(l.Gold)
		c.addMarks(l.Pred)
	}
	for _, m := range a.Mentions {
		c.addRow("mention", m.htmlKind, m.Gold, m.Pred)
	}
	for _, e := range a.Events {
		c.addRow("event", e.htmlKind, e.Gold, e.Pred)
	}
}

func (c *htmlCounts) addMarks(nodes []htmlNode) {
	for _, n := range nodes {
		if m := n.Mark; m != nil && n.First {
			c.Marks[c.sort(string(m.Layer), m.Key, m.Gold, m.Pred)]++
		}
		c.addMarks(n.Children)
		c.addMarks(n.Tail)
	}
}

func (c *htmlCounts) addRow(layer string, kind *htmlKind, gold, pred *htmlLabel) {
	var classes [2]string
	with := map[int]bool{}
	for i, l := range []*htmlLabel{gold, pred} {
		if l == nil {
			continue
		}
		classes[i] = l.Class
		for _, arg := range l.Arguments {
			n := c.sort("argument", arg.Key, arg.Gold, arg.Pred)
			c.Args[n]++
			with[n] = true
		}
	}
	sort, args := c.sort(layer, kind.Key, classes[0], classes[1]), slices.Sorted(maps.Keys(with))
	key := fmt.Sprint(sort, args)
	if c.rows[key] == nil {
		c.rows[key] = &rowSort{Sort: sort, Args: append([]int{}, args...)}
		c.Rows = append(c.Rows, c.rows[key])
	}
	c.rows[key].N++
}

// The most that a page shows of a name of a class, and of a surface or a value, which may
// be of any length.
const (
	longestClass   = 100
	longestSurface = 2000
)

func className(s string) string { return wording.Cut(s, longestClass) }
func surface(s string) string   { return strings.TrimSpace(wording.Cut(s, longestSurface)) }
