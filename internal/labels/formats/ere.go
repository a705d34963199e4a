package formats

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path"
	"strconv"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/schema"
)

// Light and Rich ERE: one article a file NAME.rich_ere.xml or NAME.ere.xml.
//
//	<deft_ere doc_id="…">
//	 <entities><entity id type><entity_mention id offset length noun_type><mention_text>TEXT</mention_text><nom_head offset length>TEXT</nom_head>
//	 <fillers><filler id type offset length>TEXT</filler>
//	 <hoppers><hopper id><event_mention id type subtype realis><trigger offset length>TEXT</trigger><em_arg entity_mention_id role>…
//	 <events><event id><event_mention …><args><arg entity_mention_id type>…        in Light ERE
//
// offset and length count Unicode code points of the source file as it is, its
// tags too; the surfaces prove them. The source is looked for beside the file, as
// DOC_ID.xml, .cmp.txt, .txt, .mpdf.xml, then the article's text is taken.
//
// The entity's id is the actor_id of its mentions, noun_type the level, the head
// of a nominal the head. Fillers are mentions of their type. An event's type is
// "type:subtype", its hopper the hopper_id, realis its own. Relations, and realis
// and specificity of arguments and entities, are counted as left out.
func init() {
	labels.Register(labels.Format{
		Name: "ere", Title: "Light and Rich ERE XML (DEFT)", Unit: schema.OffsetUnit,
		Layout: labels.FilePerArticle, Extensions: []string{".xml"},
		Notes:  "Read only. The source text is looked for beside the file.",
		Detect: func(_ string, head []byte) bool { return xmlRoot(head) == "deft_ere" },
		Read:   readERE,
	})
}

func readERE(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		eachXML(src, opt, "ere.xml", yield, func(file string, root *xmlElement) (*labels.Document, error) {
			r := ereReader{apfReader{opt: opt, file: src.Display(file), g: &graph.Graph{}, mentions: map[string]int{}}}
			if root.name != "deft_ere" {
				return nil, r.bad(root, "XML", "<"+root.name+">", "<deft_ere>")
			}
			if r.docID = root.attr["doc_id"]; r.docID == "" {
				r.docID = textfile.DocID(file, ".rich_ere.xml", ".ere.xml", ".xml")
			}
			if err := r.read(root); err != nil {
				return nil, err
			}
			texts := articleText(opt, r.docID, r.file)
			for _, ending := range []string{".xml", ".cmp.txt", ".txt", ".mpdf.xml"} {
				text, err := textfile.Read(src, path.Join(path.Dir(file), path.Base(r.docID)+ending), opt)
				if err == nil && path.Base(r.docID)+ending != path.Base(file) {
					texts = append(texts, text)
				} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
					return nil, err
				}
			}
			return settledIn(r.g, r.docID, labels.Position{File: r.file, Line: 1}, opt, texts...)
		})
	}
}

// ereReader reads one file; ids are as in APF.
type ereReader struct{ apfReader }

func (r *ereReader) read(root *xmlElement) error {
	for _, e := range root.first("entities").all("entity") {
		for _, m := range e.all("entity_mention") {
			if err := r.mention(e, m); err != nil {
				return err
			}
		}
		r.left(e, "specificity")
	}
	for _, f := range root.first("fillers").all("filler") {
		if _, err := r.place(f, f, graph.Node{ID: f.attr["id"], Type: f.attr["type"]}); err != nil {
			return err
		}
	}
	for _, list := range [][]*xmlElement{root.first("hoppers").all("hopper"), root.first("events").all("event")} {
		for _, h := range list {
			for _, m := range h.all("event_mention") {
				if err := r.event(h, m); err != nil {
					return err
				}
			}
		}
	}
	for _, e := range root.first("relations").all("relation") {
		r.opt.LeaveOut(r.at(e), "relation "+e.attr["type"], e.attr["id"])
	}
	return nil
}

func (r *ereReader) left(e *xmlElement, names ...string) {
	for _, name := range names {
		if e.attr[name] != "" {
			r.opt.LeaveOut(r.at(e), fmt.Sprintf("attribute %q of %s", name, e.name), e.attr["id"])
		}
	}
}

// place adds a node at the offset of e with its surface, the content of text.
func (r *ereReader) place(e, text *xmlElement, n graph.Node) (int, error) {
	start, err1 := strconv.ParseInt(e.attr["offset"], 10, 32)
	length, err2 := strconv.ParseInt(e.attr["length"], 10, 32)
	if err1 != nil || err2 != nil || start < 0 || length < 1 || start+length >= 1<<31-1 {
		return 0, r.bad(e, e.name+" "+e.attr["id"], fmt.Sprintf("offset=%q length=%q", e.attr["offset"], e.attr["length"]), "a place in the source")
	}
	n.Span, n.Text, n.At = schema.Span{Start: int32(start), End: int32(start + length)}, text.content(), r.at(e)
	if n.ID != "" {
		r.mentions[n.ID] = len(r.g.Nodes)
	}
	r.g.Nodes = append(r.g.Nodes, n)
	return len(r.g.Nodes) - 1, nil
}

func (r *ereReader) mention(e, m *xmlElement) error {
	n := graph.Node{ID: m.attr["id"], Type: e.attr["type"]}
	if id := e.attr["id"]; id != "" {
		n.Attributes = append(n.Attributes, graph.Attribute{Name: "actor_id", Value: id})
	}
	if level := m.attr["noun_type"]; level != "" && level != "NA" {
		n.Attributes = append(n.Attributes, graph.Attribute{Name: "level", Value: level})
	}
	text := m.first("mention_text")
	if text == nil {
		text = m
	}
	at, err := r.place(m, text, n)
	if err != nil {
		return err
	}
	if head := m.first("nom_head"); head != nil {
		to, err := r.place(head, head, graph.Node{Kind: graph.HeadNode})
		if err != nil {
			return err
		}
		r.g.Arcs = append(r.g.Arcs, graph.Arc{From: at, To: to, Label: graph.ArcHead, At: r.at(head)})
	}
	return nil
}

func (r *ereReader) event(h, m *xmlElement) error {
	n := graph.Node{Kind: graph.EventNode, ID: m.attr["id"], Type: m.attr["type"]}
	if sub := m.attr["subtype"]; sub != "" {
		n.Type += ":" + sub
	}
	if id := h.attr["id"]; id != "" {
		n.Attributes = append(n.Attributes, graph.Attribute{Name: "hopper_id", Value: id})
	}
	if realis := m.attr["realis"]; realis != "" {
		n.Attributes = append(n.Attributes, graph.Attribute{Name: "realis", Value: realis})
	}
	r.left(m, "ways", "medium", "audience", "formality", "schedule", "modality")
	t := m.first("trigger")
	if t == nil {
		return r.bad(m, "event_mention "+m.attr["id"], "no trigger", "<trigger offset length>")
	}
	trigger, err := r.place(t, t, n)
	if err != nil {
		return err
	}
	for _, a := range append(m.all("em_arg"), m.first("args").all("arg")...) {
		id := a.attr["entity_mention_id"]
		if id == "" {
			id = a.attr["filler_id"]
		}
		role := a.attr["role"]
		if role == "" {
			role = a.attr["type"]
		}
		to, known := r.mentions[id]
		if !known {
			return r.bad(a, "argument of "+m.attr["id"], strconv.Quote(id), "the id of a mention or filler")
		}
		r.left(a, "realis")
		r.g.Arcs = append(r.g.Arcs, graph.Arc{From: trigger, To: to, Label: role, At: r.at(a)})
	}
	return nil
}
