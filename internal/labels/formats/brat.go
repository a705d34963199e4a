package formats

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/schema"
)

// brat standoff: an article is a text x.txt and its annotations x.ann, one a
// line, fields separated by tabs:
//
//	T1	TYPE START END[;START END…]	TEXT     a span; TEXT is its fragments joined by one space
//	E1	TYPE:T1 ROLE:T2 ROLE2:E3             an event: trigger and arguments; the second argument of a role is ROLE2
//	R1	TYPE Arg1:T1 Arg2:T2                 a relation
//	A1	NAME T1 [VALUE]                      an attribute of a span or event; M is the same
//	N1	Reference T1 RESOURCE:ID	TEXT       a link of a span to a knowledge base
//	#1	NAME T1	NOTE                         a note
//	*	Equiv T1 T2 …                        spans with one referent
//
// Offsets are [START,END) in Unicode code points of x.txt. The mapping:
// mention type, and role of a bare span, = TYPE of T; event = E; head = T
// "Head" and R "HEAD"; cue and source = arguments CUE and SOURCE; actor_id = N
// with the resource "actor"; confidence and the other fields = A with the
// field's name, once a value; a value that has white space, and an id of our
// own = a note with the field's name. An Equiv without a link gives its
// members DOC_ID and the first one's id as actor_id, "a:T2", since ids are of one
// article. A span over a line break is written
// in fragments, as brat does, and read as one.
func init() {
	labels.Register(labels.Format{
		Name: "brat", Title: "brat standoff: .ann beside .txt", Unit: schema.OffsetUnit, Layout: labels.FilePerArticle, Extensions: []string{".ann", ".txt"},
		Notes:  "Carries everything but the confidence of arguments, and values with line breaks or tabs. The text is written too. Notes and attributes of other names are left out on reading.",
		Detect: func(name string, _ []byte) bool { return strings.EqualFold(filepath.Ext(name), ".ann") },
		Read:   readBrat, Write: writeBrat, Setup: bratSetup,
	})
}

func readBrat(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		files, err := src.Files(".ann")
		if err != nil {
			yield(nil, err)
			return
		}
		for _, file := range files {
			b := bratReader{opt: opt, docID: textfile.DocID(file, ".ann"), at: labels.Position{File: src.Display(file), Line: 1}, places: map[string]int{}, attributes: map[string][]graph.Attribute{}}
			bad := false
			if !textfile.EachLine(src, file, opt, func(l textfile.Line, err error) bool {
				if err == nil {
					err = b.line(l)
				}
				bad = bad || err != nil
				return err == nil || yield(nil, err) && labels.IsRecordError(err)
			}) {
				return
			}
			if bad {
				continue
			}
			d, err := b.finish(src, file)
			if !yield(d, err) || err != nil && !labels.IsRecordError(err) {
				return
			}
		}
	}
}

// bratReader collects one file; ids may be used before their line.
type bratReader struct {
	opt        labels.ReadOptions
	docID      string
	at         labels.Position
	spans      []bratSpan
	places     map[string]int // of T by id
	events     []bratLink
	relations  []bratLink
	equivs     []bratLink
	attributes map[string][]graph.Attribute // by target
}

type bratSpan struct {
	id, label, text string
	fragments       []schema.Span
	at              labels.Position
}

// bratLink is an E, an R or an Equiv: a label and what it holds together. The
// first of an event is its type and trigger.
type bratLink struct {
	id, label string
	args      [][2]string // role and id
	at        labels.Position
}

func (b *bratReader) bad(at labels.Position, what, found, expected string) *labels.RecordError {
	return &labels.RecordError{At: at, DocID: b.docID, What: what, Found: strconv.Quote(found), Expected: expected}
}

func (b *bratReader) line(l textfile.Line) error {
	id, rest, tab := strings.Cut(l.Text, "\t")
	if strings.TrimSpace(l.Text) == "" {
		return nil
	}
	body, tail, _ := strings.Cut(rest, "\t")
	words := strings.Fields(body)
	if !tab || len(words) == 0 {
		return b.bad(l.At, "line", l.Text, "an id, a tab and an annotation")
	}
	switch id[:min(1, len(id))] {
	case "T":
		return b.span(id, body, tail, l.At)
	case "E", "R", "*":
		return b.link(id, body, words, l.At)
	case "A", "M":
		if len(words) < 2 || len(words) > 3 {
			return b.bad(l.At, id, body, "NAME ID or NAME ID VALUE")
		}
		b.attributes[words[1]] = append(b.attributes[words[1]], graph.Attribute{Name: words[0], Value: append(words, "true")[2]})
	case "N":
		if len(words) != 3 {
			return b.bad(l.At, id, body, "Reference ID RESOURCE:ID")
		}
		b.attributes[words[1]] = append(b.attributes[words[1]], graph.Attribute{Name: "actor_id", Value: strings.TrimPrefix(words[2], bratActor)})
	case "#":
		if len(words) == 2 && bratNotes[words[0]] {
			b.attributes[words[1]] = append(b.attributes[words[1]], graph.Attribute{Name: words[0], Value: tail})
		} else {
			b.opt.LeaveOut(l.At, fmt.Sprintf("note %q", words[0]), "")
		}
	default:
		return b.bad(l.At, "id", id, "T, E, R, A, M, N, # or *")
	}
	return nil
}

// link reads the line of an event, a relation or an Equiv.
func (b *bratReader) link(id, body string, words []string, at labels.Position) error {
	if id[0] == '*' && (id != "*" || words[0] != "Equiv") {
		return b.bad(at, id, body, "* and Equiv ID ID …")
	}
	link := bratLink{id: id, at: at}
	if id[0] != 'E' { // the first pair of an event is its type and trigger
		link.label, words = words[0], words[1:]
	}
	for _, w := range words {
		i := strings.LastIndexByte(w, ':')
		if id == "*" {
			i = -1
		} else if i < 0 {
			return b.bad(at, id, w, "ROLE:ID")
		}
		link.args = append(link.args, [2]string{w[:max(i, 0)], w[i+1:]})
	}
	switch {
	case id == "*":
		b.equivs = append(b.equivs, link)
	case id[0] == 'R' && len(link.args) != 2:
		return b.bad(at, id, body, "TYPE Arg1:ID Arg2:ID")
	case id[0] == 'R':
		b.relations = append(b.relations, link)
	default:
		b.events = append(b.events, link)
	}
	return nil
}

// bratActor is the resource of N lines that name our actors.
const bratActor = "actor:"

// bratNotes are the fields that may stand in a note.
var bratNotes = func() map[string]bool {
	names := map[string]bool{"mention_id": true, "event_id": true}
	for _, a := range graph.Attributes {
		names[a] = true
	}
	return names
}()

func (b *bratReader) span(id, body, text string, at labels.Position) error {
	label, offsets, _ := strings.Cut(body, " ")
	s := bratSpan{id: id, label: label, text: text, at: at}
	for _, part := range strings.Split(offsets, ";") {
		from, to, _ := strings.Cut(strings.TrimSpace(part), " ")
		start, err1 := strconv.ParseInt(from, 10, 32)
		end, err2 := strconv.ParseInt(to, 10, 32)
		f := schema.Span{Start: int32(start), End: int32(end)}
		if err1 != nil || err2 != nil || !f.Valid() {
			return b.bad(at, id, body, "TYPE START END, or START END;START END, with START < END")
		}
		if n := len(s.fragments); n > 0 && f.Start < s.fragments[n-1].End {
			return b.bad(at, id, offsets, "fragments in the order of the text")
		}
		s.fragments = append(s.fragments, f)
	}
	if _, twice := b.places[id]; twice {
		return b.bad(at, "id", id, "an id that no other line has")
	}
	b.places[id] = len(b.spans)
	b.spans = append(b.spans, s)
	return nil
}

// finish links the lines and holds them against the text.
func (b *bratReader) finish(src labels.Source, file string) (*labels.Document, error) {
	x, err := b.readText(src, strings.TrimSuffix(file, filepath.Ext(file))+".txt")
	if err != nil {
		return nil, err
	}
	g, err := b.graph(x)
	if err != nil {
		return nil, err
	}
	d, err := g.Document(b.docID, b.at, b.opt)
	if err == nil {
		err = offsets.SettleUnit(b.opt, d, x, labels.CodePoints)
	}
	if err == nil {
		err = b.fragments(d, x)
	}
	if err == nil {
		offsets.FillSurfaces(d, x)
		err = offsets.MoveOver(b.opt, d, x)
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}

// readText is the text beside the annotations, or the article's.
func (b *bratReader) readText(src labels.Source, file string) (*schema.Index, error) {
	text, err := textfile.Read(src, file, b.opt)
	if err == nil {
		if bad := textfile.NotUTF8(text, labels.Position{File: src.Display(file), Line: 1}, "text"); bad != nil {
			return nil, bad
		}
		return schema.NewIndex(text), nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if b.opt.Text != nil {
		if x := b.opt.Text(b.docID); x != nil {
			return x, nil
		}
	}
	return nil, &labels.RecordError{At: b.at, DocID: b.docID, What: "text", Found: "no file " + src.Display(file), Expected: "the text beside the annotations"}
}

// fragments proves the surfaces of discontinuous spans, and joins the
// fragments of those that only a line break divides.
func (b *bratReader) fragments(d *labels.Document, x *schema.Index) error {
	byLine := make(map[int]int, len(b.spans))
	for i, s := range b.spans {
		byLine[s.at.Line] = i
	}
	proof := func(list *[]schema.Span, at labels.Position) error {
		if len(*list) == 0 {
			return nil
		}
		i := byLine[at.Line]
		divided := false
		var parts []string
		for k, f := range *list {
			surface, ok := x.Slice(f)
			if !ok {
				return b.bad(at, "fragment", f.String(), "a span inside the text")
			}
			if k > 0 {
				gap, _ := x.Slice(schema.Span{Start: (*list)[k-1].End, End: f.Start})
				divided = divided || strings.Trim(gap, "\r\n") != ""
			}
			parts = append(parts, surface)
		}
		joined := strings.Join(parts, " ")
		if want := b.spans[i].text; bratLineText(joined) != want && want != "" {
			return b.bad(at, b.spans[i].id, joined, fmt.Sprintf("%q", want))
		}
		if !divided {
			*list = nil
		}
		return nil
	}
	for i := range d.Mentions {
		if err := proof(&d.Mentions[i].Fragments, d.MentionAt(i)); err != nil {
			return err
		}
	}
	for i := range d.Events {
		if err := proof(&d.Events[i].Fragments, d.EventAt(i)); err != nil {
			return err
		}
	}
	return nil
}

// bratLineText is a text in the one line that a T has for it.
func bratLineText(text string) string {
	return strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ").Replace(text)
}
