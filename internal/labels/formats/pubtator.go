package formats

import (
	"fmt"
	"iter"
	"regexp"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/schema"
)

// PubTator: articles divided by empty lines, columns by tabs.
//
//	ID|t|TITLE
//	ID|a|ABSTRACT
//	ID	START	END	TEXT	TYPE	IDENTIFIER
//	ID	RELATION	IDENTIFIER	IDENTIFIER
//
// START and END are [start,end) in Unicode code points of the title, one
// character and the abstract; surfaces prove them. The identifier is the actor_id,
// "-" and "-1" are none. Relations and further columns are counted as left out.
func init() {
	labels.Register(labels.Format{
		Name: "pubtator", Title: "PubTator: title, abstract and annotations by line", Unit: schema.OffsetUnit,
		Layout: labels.OneFile, Extensions: []string{".pubtator", ".txt"},
		Notes:  "Read only.",
		Detect: func(_ string, head []byte) bool { return pubtatorTitle.Match(head) },
		Read:   readPubTator,
	})
}

var (
	pubtatorTitle = regexp.MustCompile(`^(?:\x{FEFF})?\s*[^|\t\n]+\|t\|`)
	pubtatorText  = regexp.MustCompile(`^([^|\t]+)\|([a-z])\|(.*)$`)
)

func readPubTator(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		files, err := src.Files(".pubtator", ".txt")
		if err != nil {
			yield(nil, err)
			return
		}
		for _, file := range files {
			p := pubtatorReader{opt: opt, yield: yield}
			if !textfile.EachLine(src, file, opt, p.line) || !p.flush() {
				return
			}
		}
	}
}

// pubtatorReader collects one article.
type pubtatorReader struct {
	opt   labels.ReadOptions
	yield func(*labels.Document, error) bool

	docID string
	at    labels.Position
	texts []string
	g     *graph.Graph
	bad   bool
}

func (p *pubtatorReader) fail(at labels.Position, what, found, expected string) bool {
	p.bad = true
	return p.yield(nil, &labels.RecordError{At: at, DocID: p.docID, What: what, Found: found, Expected: expected})
}

func (p *pubtatorReader) line(l textfile.Line, err error) bool {
	switch {
	case err != nil:
		p.bad = true
		return p.yield(nil, err) && labels.IsRecordError(err)
	case strings.TrimSpace(l.Text) == "":
		return p.flush()
	}
	if m := pubtatorText.FindStringSubmatch(l.Text); m != nil {
		if m[2] == "t" || p.docID == "" {
			if !p.flush() {
				return false
			}
			p.docID, p.at, p.g = m[1], l.At, &graph.Graph{}
		}
		if m[1] != p.docID {
			return p.fail(l.At, "ID", strconv.Quote(m[1]), strconv.Quote(p.docID)+" as in the line above, or an empty line")
		}
		p.texts = append(p.texts, m[3])
		return true
	}
	columns := strings.Split(l.Text, "\t")
	switch {
	case p.docID == "" || columns[0] != p.docID:
		return p.fail(l.At, "ID", strconv.Quote(columns[0]), "ID|t|TITLE before annotations of the ID")
	case len(columns) == 4:
		p.opt.LeaveOut(l.At, "relation "+columns[1], "of "+p.docID)
		return true
	case len(columns) < 5:
		return p.fail(l.At, "line", fmt.Sprintf("%d columns", len(columns)), "ID, start, end, text, type and identifier")
	}
	return p.mention(l.At, columns)
}

func (p *pubtatorReader) mention(at labels.Position, columns []string) bool {
	start, err1 := strconv.ParseInt(columns[1], 10, 32)
	end, err2 := strconv.ParseInt(columns[2], 10, 32)
	if err1 != nil || err2 != nil || start < 0 || end <= start || end >= 1<<31-1 {
		return p.fail(at, "offsets", columns[1]+" and "+columns[2], "0 ≤ start < end")
	}
	n := graph.Node{Span: schema.Span{Start: int32(start), End: int32(end)}, Text: columns[3], At: at}
	n.Kind, n.Type = graph.ParseLabel(p.opt.Ontology, columns[4])
	if len(columns) > 5 && columns[5] != "" && columns[5] != "-" && columns[5] != "-1" {
		n.Attributes = []graph.Attribute{{Name: "actor_id", Value: columns[5]}}
		if n.Kind == graph.EventNode {
			n.Attributes[0].Name = "hopper_id"
		}
	}
	for _, more := range columns[min(len(columns), 6):] {
		p.opt.LeaveOut(at, "column behind the identifier", strconv.Quote(more))
	}
	p.g.Nodes = append(p.g.Nodes, n)
	return true
}

// flush yields the article read so far, if there is one.
func (p *pubtatorReader) flush() bool {
	going := true
	if p.docID != "" && !p.bad {
		going = p.yield(p.document())
	}
	p.docID, p.texts, p.g, p.bad = "", nil, nil, false
	return going
}

func (p *pubtatorReader) document() (*labels.Document, error) {
	d, err := p.g.Document(p.docID, p.at, p.opt)
	if err == nil {
		err = offsets.Settle(p.opt, d, strings.Join(p.texts, "\n"), labels.CodePoints)
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}
