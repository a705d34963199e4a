package formats

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/schema"
)

// marks reads the value of Entity= at the last word.
func (c *conlluReader) marks(value string, at labels.Position) bool {
	if c.fields == nil {
		c.fields = []string{"eid", "etype", "head", "other"} // CorefUD's own
		c.opt.Remark(at, "Entity= without a line # global.Entity: fields taken to be eid-etype-head-other")
	}
	for rest := value; rest != ""; {
		opens := rest[0] == '('
		body := strings.TrimPrefix(rest, "(")
		i := strings.IndexAny(body, "()")
		closes := i >= 0 && body[i] == ')'
		if i < 0 {
			i, rest = len(body), ""
		} else if rest = body[i:]; closes {
			rest = rest[1:]
		}
		if body = body[:i]; body == "" || !opens && !closes {
			return c.fail(at, "Entity", strconv.Quote(value), "marks (ID-…, ID) and (ID-…)")
		}
		if opens && !c.begin(body, closes, at) || !opens && !c.end(body, at) {
			return false
		}
	}
	return true
}

// begin opens a mention or a part of one at the last word.
func (c *conlluReader) begin(body string, closes bool, at labels.Position) bool {
	m := &conlluMention{at: at, other: map[string]string{}}
	key := ""
	values := strings.Split(body, "-")
	for i, name := range c.fields[:min(len(values), len(c.fields))] {
		switch v := values[i]; name {
		case "eid", "GRP":
			key = v
		case "etype", "entity":
			m.etype = conlluPlain(v)
		case "head":
			n, err := strconv.Atoi(v)
			if err != nil || n < 1 {
				return c.fail(at, "Entity", "the head "+strconv.Quote(v), "the number of a word in the mention, from 1")
			}
			m.head = n
		case "other":
			for _, pair := range strings.Split(v, ",") {
				if name, value, _ := strings.Cut(pair, ":"); name != "" {
					m.other[name] = conlluPlain(value)
				}
			}
		default:
			m.other[name] = v
		}
	}
	if key == "" || len(values) > len(c.fields) {
		return c.fail(at, "Entity", strconv.Quote("("+body), fmt.Sprintf("an id and at most %d fields, as # global.Entity = %s has them", len(c.fields), strings.Join(c.fields, "-")))
	}
	if own, has := m.other["orig_etype"]; has {
		m.etype = own
	}
	m.eid = key
	if part := conlluPart.FindStringSubmatch(key); part != nil {
		m.eid = part[1]
		if m = c.piece(m, part[2], part[3]); m == nil {
			return c.fail(at, "Entity", strconv.Quote(key)+" without the part before it", "the parts of a mention in order")
		}
	}
	if m.index <= 1 {
		c.mentions = append(c.mentions, m)
	}
	word := len(c.words) - 1
	m.parts = append(m.parts, [2]int{word, word})
	if !closes {
		c.open[key] = append(c.open[key], m)
	}
	return true
}

// piece is the mention that a part of a discontinuous one belongs to: m itself
// with the first part, nil where the part before it is missing.
func (c *conlluReader) piece(m *conlluMention, index, total string) *conlluMention {
	m.index, _ = strconv.Atoi(index)
	m.total, _ = strconv.Atoi(total)
	list := c.pieces[m.eid]
	if m.index == 1 {
		c.pieces[m.eid] = append(list, m)
		return m
	}
	for i := len(list) - 1; i >= 0; i-- {
		if known := list[i]; known.total == m.total && known.index == m.index-1 {
			if known.index = m.index; known.index == known.total {
				c.pieces[m.eid] = slices.Delete(list, i, i+1)
			}
			return known
		}
	}
	return nil
}

// end closes the mention of an entity that was opened last, at the last word.
func (c *conlluReader) end(key string, at labels.Position) bool {
	list := c.open[key]
	if len(list) == 0 {
		return c.fail(at, "Entity", strconv.Quote(key+")")+", which closes nothing", "("+key+" before it")
	}
	m := list[len(list)-1]
	m.parts[len(m.parts)-1][1] = len(c.words) - 1
	c.open[key] = list[:len(list)-1]
	return true
}

// flush yields the article read so far, if there is one.
func (c *conlluReader) flush() bool {
	going := true
	if c.started {
		c.number++
		if c.docID == "" {
			c.docID = numberedID(c.file, c.number, ".conllu", ".conll", ".txt")
		}
		for _, key := range slices.Sorted(maps.Keys(c.open)) {
			if list := c.open[key]; len(list) > 0 && !c.bad {
				going = c.fail(list[0].at, "Entity", "a mention of "+key+" without an end", key+") in the same document")
			}
		}
		if !c.bad {
			going = c.yield(c.document())
		}
	}
	c.reset()
	return going
}

// numberedID names an article that its file does not name: the file's base name,
// with the article's number where it is not the first.
func numberedID(file string, number int, extensions ...string) string {
	name := textfile.DocID(file, extensions...)
	if number > 1 {
		name += "-" + strconv.Itoa(number)
	}
	return name
}

// place finds the tokens in the article's text, or joins them.
func (c *conlluReader) place() (*schema.Index, [][]schema.Span, error) {
	c.docID = segment.Find(c.opt, c.docID, c.at.File, c.tokens)
	if c.opt.Text != nil && c.opt.Text(c.docID) != nil {
		x, places, bad, err := segment.Place(c.opt, c.docID, c.tokens)
		if err != nil {
			return nil, nil, tokenError(err, c.docID, c.tokens[bad], c.lines[bad])
		}
		return x, places, nil
	}
	var b strings.Builder
	places := make([][]schema.Span, len(c.tokens))
	at, gap := int32(0), ""
	for i, tokens := range c.tokens {
		for j, t := range tokens {
			b.WriteString(gap)
			at += int32(utf8.RuneCountInString(gap))
			end := at + int32(utf8.RuneCountInString(t))
			b.WriteString(t)
			places[i] = append(places[i], schema.Span{Start: at, End: end})
			at, gap = end, c.after[i][j]
		}
	}
	return schema.NewIndex(b.String()), places, nil
}

func (c *conlluReader) document() (*labels.Document, error) {
	x, places, err := c.place()
	if err != nil {
		return nil, err
	}
	span := func(w conlluWord) schema.Span {
		s := places[w.sentence][w.token]
		if w.part[1] > 0 && s.Len() == int32(utf8.RuneCountInString(c.tokens[w.sentence][w.token])) {
			return schema.Span{Start: s.Start + int32(w.part[0]), End: s.Start + int32(w.part[1])}
		}
		return s
	}
	g, sole := &graph.Graph{}, graph.SoleType(c.opt.Ontology)
	heads := map[int]schema.Span{} // by node
	for _, m := range c.mentions {
		n := graph.Node{At: m.at, Type: cmp.Or(m.etype, sole), ID: m.other["id"]}
		var words []conlluWord
		for _, part := range m.parts {
			all := c.words[part[0] : part[1]+1]
			words = append(words, all...)
			n.Fragments = conlluFragment(n.Fragments, all, span)
		}
		if n.Fragments == nil {
			c.opt.LeaveOut(m.at, "mention of empty nodes", "of "+m.eid)
			continue
		}
		n.Span = schema.Span{Start: n.Fragments[0].Start, End: n.Fragments[len(n.Fragments)-1].End}
		if len(n.Fragments) == 1 {
			n.Fragments = nil
		}
		if err := c.attributes(m, &n); err != nil {
			return nil, err
		}
		if head, ok := m.headWords(); ok && head[1] <= len(words) {
			if h := conlluFragment(nil, words[head[0]-1:head[1]], span); len(h) > 0 {
				heads[len(g.Nodes)] = schema.Span{Start: h[0].Start, End: h[len(h)-1].End}
			}
		} else if ok {
			return nil, &labels.RecordError{At: m.at, DocID: c.docID, What: "Entity", Found: fmt.Sprintf("the head %d in a mention of %d words", head[1], len(words)), Expected: "one of its words"}
		}
		g.Nodes = append(g.Nodes, n)
	}
	for i := range len(g.Nodes) {
		if h, ok := heads[i]; ok {
			g.Arcs = append(g.Arcs, graph.Arc{From: i, To: len(g.Nodes), Label: graph.ArcHead, At: g.Nodes[i].At})
			g.Nodes = append(g.Nodes, graph.Node{Kind: graph.HeadNode, Span: h, At: g.Nodes[i].At})
		}
	}
	d, err := g.Document(c.docID, c.at, c.opt)
	if err == nil {
		err = g.Confidences(c.docID, c.at)
	}
	if err != nil {
		return nil, err
	}
	sortDocument(d)
	offsets.Carry(c.opt, d, x)
	return d, nil
}

// sortDocument brings mentions into the order of the text; positions follow.
func sortDocument(d *labels.Document) {
	if d.Where == nil {
		slices.SortStableFunc(d.Mentions, func(a, b schema.Mention) int { return a.Span.Compare(b.Span) })
		return
	}
	type placed struct {
		m  schema.Mention
		at labels.Position
	}
	list := make([]placed, len(d.Mentions))
	for i, m := range d.Mentions {
		list[i] = placed{m, d.MentionAt(i)}
	}
	slices.SortStableFunc(list, func(a, b placed) int { return a.m.Span.Compare(b.m.Span) })
	d.Where.Mentions = make([]labels.Position, len(list))
	for i, p := range list {
		d.Mentions[i], d.Where.Mentions[i] = p.m, p.at
	}
}

// conlluFragment adds what a row of words covers to the fragments of a mention:
// nothing for empty nodes, and no new fragment where it begins in the last one.
func conlluFragment(list []schema.Span, words []conlluWord, span func(conlluWord) schema.Span) []schema.Span {
	s := schema.NoSpan
	for _, w := range words {
		if w.empty {
			continue
		}
		if at := span(w); s.IsSet() {
			s.End = max(s.End, at.End)
		} else {
			s = at
		}
	}
	switch {
	case !s.IsSet():
	case len(list) > 0 && s.Start <= list[len(list)-1].End:
		list[len(list)-1].End = max(list[len(list)-1].End, s.End)
	default:
		list = append(list, s)
	}
	return list
}

// headWords is the range of the head's words, from 1, both ends included.
func (m *conlluMention) headWords() ([2]int, bool) {
	if _, none := m.other["nohead"]; none || m.head == 0 {
		return [2]int{}, false
	}
	if first, last, ok := strings.Cut(m.other["headwords"], "-"); ok {
		a, err1 := strconv.Atoi(first)
		b, err2 := strconv.Atoi(last)
		if err1 == nil && err2 == nil && 1 <= a && a <= b {
			return [2]int{a, b}, true
		}
	}
	return [2]int{m.head, m.head}, true
}

// attributes gives the node of a mention what eid and other say.
func (c *conlluReader) attributes(m *conlluMention, n *graph.Node) error {
	eid := conlluPlain(m.eid)
	if slices.Contains(c.fields, "GRP") {
		eid = ownChain(c.docID, eid)
	}
	for _, name := range slices.Sorted(maps.Keys(m.other)) {
		switch value := m.other[name]; name {
		case "id", "nohead", "headwords", "orig_etype":
		case "noactor":
			eid = ""
		case "level", "metonym":
			n.Attributes = append(n.Attributes, graph.Attribute{Name: name, Value: value})
		case "confidence":
			v, err := strconv.ParseFloat(value, 64)
			if err != nil {
				return &labels.RecordError{At: m.at, DocID: c.docID, What: "confidence", Found: strconv.Quote(value), Expected: "a number from 0 to 1"}
			}
			n.Confidence = &v
		default:
			c.opt.LeaveOut(m.at, fmt.Sprintf("attribute %q", name), "of "+m.eid)
		}
	}
	if eid != "" {
		n.Attributes = append(n.Attributes, graph.Attribute{Name: "actor_id", Value: eid})
	}
	return nil
}

// conlluPlain undoes the escapes of a value; one that has none is as it was.
func conlluPlain(v string) string {
	if plain, err := url.PathUnescape(v); err == nil && utf8.ValidString(plain) {
		return plain
	}
	return v
}
