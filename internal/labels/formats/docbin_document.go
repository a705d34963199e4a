package formats

import (
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
)

// document reads document i, the n tokens from first on; nil says that it is not
// labelled.
func (b *docBin) document(r jsontext.Record, i, first, n int, opt labels.ReadOptions) (*labels.Document, error) {
	docID := r.DocID(b.docID(i))
	var text strings.Builder
	starts, ends := make([]int32, n), make([]int32, n)
	at, labelled := int32(0), false
	for k := range n {
		word, known := b.names[b.cell(first+k, b.orth)]
		if !known {
			return nil, r.Problem(docID, fmt.Sprintf("token %d", k), "a hash that is of none of the file's strings", "the word among strings")
		}
		text.WriteString(word)
		starts[k] = at
		at += int32(utf8.RuneCountInString(word))
		ends[k] = at
		if b.spaces[first+k] != 0 {
			text.WriteByte(' ')
			at++
		}
		labelled = labelled || b.iob >= 0 && b.cell(first+k, b.iob) != 0
	}
	whole := text.String()
	doc := spacyDoc{DocID: jsontext.Text(docID), Text: &whole, Spans: map[string][]spacySpan{}}
	place := func(from, to int, label, kbID uint64) (spacySpan, error) {
		name, known := b.names[label]
		kb, linked := b.names[kbID]
		if label != 0 && !known || kbID != 0 && !linked || from < 0 || to <= from || to > n {
			return spacySpan{}, r.Problem(docID, "span", fmt.Sprintf("tokens [%d,%d) with the label %q", from, to, name), fmt.Sprintf("tokens inside the %d of the document, a label and a kb_id among strings", n))
		}
		return spacySpan{Start: &starts[from], End: &ends[to-1], Label: name, KBID: kb}, nil
	}
	if err := b.entities(first, n, func(from, to int, label, kbID uint64) error {
		s, err := place(from, to, label, kbID)
		doc.Ents = append(doc.Ents, s)
		return err
	}); err != nil {
		return nil, err
	}
	if i < len(b.groups) {
		if err := eachSpanOf(b.groups[i], func(group string, from, to int, label, kbID uint64) error {
			s, err := place(from, to, label, kbID)
			doc.Spans[group] = append(doc.Spans[group], s)
			return err
		}); err == errPacked {
			return nil, r.Problem(docID, "span_groups", "what is no groups of spans", "those of spaCy 3")
		} else if err != nil {
			return nil, err
		}
	}
	if n > 0 && !labelled && len(doc.Spans) == 0 && len(doc.Ents) == 0 {
		opt.NotLabelled(r.At, docID, "no entities are set, not even that there are none")
		return nil, nil
	}
	if i < len(b.cats) {
		if cats, ok := b.cats[i].([]packedPair); ok && len(cats) > 0 {
			opt.LeaveOut(r.At, "category of a document", fmt.Sprintf("%v of %s", cats[0].key, docID))
		}
	}
	return spacyDocument(r, docID, &doc, opt)
}

// docID is the name of document i in its user data, "" for none: under doc_id,
// or as an extension attribute, whose key is ("._.", "doc_id", …).
func (b *docBin) docID(i int) string {
	if i >= len(b.user) {
		return ""
	}
	packed, _ := b.user[i].([]byte)
	value, _ := unpack(packed)
	pairs, _ := value.([]packedPair)
	for _, p := range pairs {
		key, _ := p.key.(string)
		if parts, ok := p.key.([]any); ok && len(parts) > 1 && parts[0] == "._." {
			key, _ = parts[1].(string)
		}
		if id, ok := p.value.(string); ok && key == "doc_id" && utf8.ValidString(id) {
			return id
		}
	}
	return ""
}

// entities yields the entities of the tokens: 3 begins one, 1 goes on.
func (b *docBin) entities(first, n int, yield func(from, to int, label, kbID uint64) error) error {
	if b.iob < 0 || b.entType < 0 {
		return nil
	}
	for k := 0; k < n; k++ {
		if tag := b.cell(first+k, b.iob); tag != 3 && tag != 1 {
			continue
		}
		from, kbID := k, uint64(0)
		if b.kbID >= 0 {
			kbID = b.cell(first+k, b.kbID)
		}
		label := b.cell(first+k, b.entType)
		for k+1 < n && b.cell(first+k+1, b.iob) == 1 && b.cell(first+k+1, b.entType) == label {
			k++
		}
		if err := yield(from, k+1, label, kbID); err != nil {
			return err
		}
	}
	return nil
}

// eachSpanOf yields the spans of the groups of one document, packed as spaCy
// packs them: a map of a packed group to its names, or a list of packed groups.
// A span is big-endian: id, kb_id, label, then start and end in tokens and in
// characters; spaCy before 3.3 has no id.
func eachSpanOf(groups any, yield func(group string, from, to int, label, kbID uint64) error) error {
	packed, ok := groups.([]byte)
	if !ok || len(packed) == 0 {
		return nil
	}
	value, err := unpack(packed)
	if err != nil {
		return err
	}
	byName, err := spanGroups(value)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		for _, span := range byName[name] {
			s, _ := span.([]byte)
			if len(s) == 40 {
				s = s[8:]
			}
			if len(s) != 32 || !utf8.ValidString(name) {
				return errPacked
			}
			from, to := int32(binary.BigEndian.Uint32(s[16:])), int32(binary.BigEndian.Uint32(s[20:]))
			if err := yield(name, int(from), int(to), binary.BigEndian.Uint64(s[8:]), binary.BigEndian.Uint64(s)); err != nil {
				return err
			}
		}
	}
	return nil
}

// spanGroups are the packed spans of each group by its name, of either form.
func spanGroups(value any) (map[string][]any, error) {
	groups := []packedPair{}
	switch list := value.(type) {
	case []packedPair:
		groups = list
	case []any:
		for _, g := range list {
			groups = append(groups, packedPair{key: g})
		}
	default:
		return nil, errPacked
	}
	byName := map[string][]any{}
	for _, g := range groups {
		b, _ := g.key.([]byte)
		group, err := unpack(b)
		pairs, ok := group.([]packedPair)
		if err != nil || !ok {
			return nil, errPacked
		}
		name, spans := "", []any(nil)
		for _, p := range pairs {
			switch p.key {
			case "name":
				name, _ = p.value.(string)
			case "spans":
				spans, _ = p.value.([]any)
			}
		}
		if names, _ := g.value.([]any); len(names) > 0 {
			name, _ = names[0].(string)
		}
		byName[name] = append(byName[name], spans...)
	}
	return byName, nil
}

// docBinWriter collects what DocBin has for all documents together.
type docBinWriter struct {
	tokens, spaces, lengths    []byte
	groups, user, flags, empty []any
	strings                    map[string]bool
}

func writeDocBin(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	return out.WriteFile("", func(w io.Writer) error {
		b := docBinWriter{groups: []any{}, user: []any{}, flags: []any{}, empty: []any{}, strings: map[string]bool{}}
		for d := range docs {
			if err := b.add(d, opt); err != nil {
				return err
			}
		}
		list := []any{}
		for _, s := range slices.Sorted(maps.Keys(b.strings)) {
			list = append(list, s)
		}
		packed := appendPacked(nil, []packedPair{{"version", "0.1"}, {"attrs", []any{int64(attrOrth), int64(attrIOB), int64(attrEntType), int64(attrKBID)}},
			{"tokens", b.tokens}, {"spaces", b.spaces}, {"lengths", b.lengths}, {"strings", list}, {"cats", b.empty}, {"flags", b.flags},
			{"span_groups", b.groups}, {"user_data", b.user}})
		z := zlib.NewWriter(w)
		if _, err := z.Write(packed); err != nil {
			return err
		}
		return z.Close()
	})
}

func (b *docBinWriter) add(d *labels.Document, opt labels.WriteOptions) error {
	x, err := graph.Text(opt, d.DocID)
	if err != nil {
		return err
	}
	g, err := graph.New(opt, d, x, graph.Holds{Attributes: []string{"actor_id"}})
	if err != nil {
		return err
	}
	tokens := spacyTokens(x, segment.Tokens(x, g.Spans()))
	g.Keep(func(n *graph.Node) bool { _, _, ok := segment.TokenRange(tokens, n.Span); return ok }, nil)
	number := func(s string) uint64 { b.strings[s] = true; return spacyHash(s) }
	row := make([][4]uint64, len(tokens))
	spans := []any{}
	for i := range g.Nodes {
		n := &g.Nodes[i]
		from, to, _ := segment.TokenRange(tokens, n.Span)
		s := binary.BigEndian.AppendUint64(make([]byte, 8), number(n.Attribute("actor_id")))
		s = binary.BigEndian.AppendUint64(s, number(n.Label()))
		for _, v := range []int32{int32(from), int32(to), n.Span.Start, n.Span.End} {
			s = binary.BigEndian.AppendUint32(s, uint32(v))
		}
		spans = append(spans, s)
	}
	for i, t := range tokens {
		surface, _ := x.Slice(t)
		row[i] = [4]uint64{number(surface), 2, 0, 0}
		space := t.End < x.Len() && (i+1 == len(tokens) || tokens[i+1].Start > t.End)
		b.spaces = append(b.spaces, byte(boolNumber(space)))
	}
	for _, i := range outermost(g) {
		n := &g.Nodes[i]
		from, to, _ := segment.TokenRange(tokens, n.Span)
		for k := from; k < to; k++ {
			row[k] = [4]uint64{row[k][0], 1, number(n.Label()), number(n.Attribute("actor_id"))}
		}
		row[from][1] = 3
	}
	for _, cells := range row {
		for _, c := range cells {
			b.tokens = binary.LittleEndian.AppendUint64(b.tokens, c)
		}
	}
	groups := []byte{}
	if len(spans) > 0 {
		group := appendPacked(nil, []packedPair{{"name", spacyGroup}, {"attrs", []packedPair{}}, {"spans", spans}})
		groups = appendPacked(nil, []packedPair{{group, []any{spacyGroup}}})
	}
	b.lengths = binary.LittleEndian.AppendUint32(b.lengths, uint32(len(tokens)))
	b.groups = append(b.groups, groups)
	b.user = append(b.user, appendPacked(nil, []packedPair{{"doc_id", d.DocID}}))
	b.flags = append(b.flags, []packedPair{{"has_unknown_spaces", false}})
	b.empty = append(b.empty, []packedPair{})
	return nil
}

func boolNumber(b bool) int {
	if b {
		return 1
	}
	return 0
}
