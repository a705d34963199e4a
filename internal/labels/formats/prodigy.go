package formats

import (
	"cmp"
	"fmt"
	"iter"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/schema"
)

// Prodigy JSONL: one task a line.
//
//	{"text", "meta": {"doc_id"}, "tokens": [{"id", "start", "end", "text", "ws"}],
//	 "spans": [{"start", "end", "token_start", "token_end", "label"}],
//	 "relations": [{"head", "child", "head_span", "child_span", "label"}], "answer"}
//
// start and end are [start,end) in Unicode code points of text; token_start
// and token_end are indexes into tokens, and token_end is the last token, not
// the one after it. A relation's spans are given by their offsets and label;
// head and child are their last tokens. The texts of tokens, and of spans where
// they have one, prove the unit. Tasks whose answer is not "accept" are not
// labelled. Tasks of several sessions over one text are passes over one article:
// the first is read, or that of the annotator asked for.
func init() {
	labels.Register(labels.Format{
		Name: "prodigy", Title: "Prodigy: tasks with spans and relations, one a line", Unit: schema.OffsetUnit,
		Layout: labels.OneFile, Extensions: []string{".jsonl", ".json"},
		Notes: noLevels + "Carries spans, types, arguments, heads and cues. No ids, levels, actors, attributes, confidence or discontinuous spans; no relations of a second span with the same place and label. Labels that are event types become events.",
		Detect: func(_ string, head []byte) bool {
			keys := jsontext.TopKeys(head)
			return keys["text"] && keys["spans"] && !keys["ents"]
		},
		Read: readProdigy, Write: writeProdigy, Setup: prodigySetup,
	})
}

type prodigyTask struct {
	DocID     jsontext.Text     `json:"doc_id,omitempty"`
	Text      *string           `json:"text"`
	Meta      prodigyMeta       `json:"meta"`
	Tokens    []prodigyToken    `json:"tokens,omitempty"`
	Spans     []prodigySpan     `json:"spans"`
	Relations []prodigyRelation `json:"relations,omitempty"`
	Answer    string            `json:"answer,omitempty"`
	Session   string            `json:"_session_id,omitempty"`
	Annotator string            `json:"_annotator_id,omitempty"`
}

// session is whose task it is: that of a session, or of an annotator.
func (t *prodigyTask) session() string { return cmp.Or(t.Session, t.Annotator) }

type prodigyMeta struct {
	DocID jsontext.Text `json:"doc_id,omitempty"`
}

type prodigyToken struct {
	ID    int    `json:"id"`
	Start int32  `json:"start"`
	End   int32  `json:"end"`
	Text  string `json:"text"`
	Space bool   `json:"ws"`
}

type prodigySpan struct {
	Start      *int32 `json:"start"`
	End        *int32 `json:"end"`
	TokenStart *int32 `json:"token_start,omitempty"`
	TokenEnd   *int32 `json:"token_end,omitempty"`
	Label      string `json:"label"`
	Text       string `json:"text,omitempty"`
}

type prodigyRelation struct {
	Head      int32       `json:"head"`
	Child     int32       `json:"child"`
	HeadSpan  prodigySpan `json:"head_span"`
	ChildSpan prodigySpan `json:"child_span"`
	Label     string      `json:"label"`
}

func readProdigy(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		p := &passes{opt: opt}
		eachDocument(recordsOf(src, opt, ".jsonl", ".json"), func(r jsontext.Record) (*labels.Document, error) { return parseProdigy(r, p) }, yield)
	}
}

// parseProdigy reads a task; nil for one that was not accepted, or that another
// session annotated before.
func parseProdigy(r jsontext.Record, p *passes) (*labels.Document, error) {
	opt := p.opt
	var task prodigyTask
	if err := r.Decode(&task); err != nil {
		return nil, err
	}
	docID := r.DocID(string(task.DocID), string(task.Meta.DocID))
	switch {
	case task.Text == nil:
		return nil, r.Problem(docID, "text", "none", "the article's text")
	case task.Answer != "" && task.Answer != "accept":
		opt.NotLabelled(r.At, docID, "answered "+task.Answer)
		return nil, nil
	case task.Answer == "" && task.Spans == nil:
		opt.NotLabelled(r.At, docID, "no answer")
		return nil, nil
	case task.session() != "" && p.skip(r, cmp.Or(string(task.DocID), string(task.Meta.DocID), *task.Text), task.session()):
		return nil, nil
	}
	leaveTopKeys(opt, r, docID, "key", "doc_id", "text", "meta", "tokens", "spans", "relations", "answer", "path", "priority", "score", "view_id", "config")
	if opt.Unit == nil && len(task.Tokens) > 0 {
		unit, err := unitOfTokens(r, docID, &task, opt)
		if err != nil {
			return nil, err
		}
		opt.Unit = &unit
	}
	g, err := prodigyGraph(r, docID, &task, opt)
	if err != nil {
		return nil, err
	}
	d, err := g.Document(docID, r.At, opt)
	if err == nil {
		err = offsets.Settle(opt, d, *task.Text, labels.CodePoints)
	}
	if err != nil {
		return nil, err
	}
	return d, nil
}

// unitOfTokens tells the unit from the tokens, which carry their text.
func unitOfTokens(r jsontext.Record, docID string, task *prodigyTask, opt labels.ReadOptions) (labels.Unit, error) {
	d := &labels.Document{Annotation: schema.Annotation{DocID: docID}, At: r.At}
	for i, t := range task.Tokens {
		d.Mentions = append(d.Mentions, schema.Mention{ID: fmt.Sprintf("tokens[%d]", i), Span: schema.Span{Start: t.Start, End: t.End}, Head: schema.NoSpan, Text: t.Text})
	}
	unit, err := offsets.Detect(d, schema.NewIndex(*task.Text))
	if err == nil && unit != labels.CodePoints {
		opt.Remark(r.At, fmt.Sprintf("offsets count %s, not %s as the format has it", unit, labels.CodePoints))
	}
	return unit, offsets.AsRecordError(err, d)
}

func prodigyGraph(r jsontext.Record, docID string, task *prodigyTask, opt labels.ReadOptions) (*graph.Graph, error) {
	g := &graph.Graph{}
	type place struct {
		span  schema.Span
		label string
	}
	places := map[place]int{}
	for i, s := range task.Spans {
		what := fmt.Sprintf("spans[%d]", i)
		span, err := r.Span(docID, what, s.Start, s.End)
		if err != nil {
			return nil, err
		}
		if s.TokenStart != nil && s.TokenEnd != nil && len(task.Tokens) > 0 {
			from, to := *s.TokenStart, *s.TokenEnd
			if from < 0 || to < from || int(to) >= len(task.Tokens) || task.Tokens[from].Start != span.Start || task.Tokens[to].End != span.End {
				return nil, r.Problem(docID, what, fmt.Sprintf("tokens %d to %d, which are not %s", from, to, span), "the first and the last token of the span")
			}
		}
		kind, typ := graph.ParseLabel(opt.Ontology, s.Label)
		for _, key := range []place{{span, s.Label}, {span, ""}} {
			if _, twice := places[key]; !twice {
				places[key] = len(g.Nodes)
			}
		}
		g.Nodes = append(g.Nodes, graph.Node{Kind: kind, Type: typ, Span: span, Text: s.Text})
	}
	find := func(s prodigySpan) (int, bool) {
		if s.Start == nil || s.End == nil {
			return 0, false
		}
		i, ok := places[place{schema.Span{Start: *s.Start, End: *s.End}, s.Label}]
		return i, ok
	}
	for i, a := range task.Relations {
		from, ok1 := find(a.HeadSpan)
		to, ok2 := find(a.ChildSpan)
		if !ok1 || !ok2 {
			return nil, r.Problem(docID, fmt.Sprintf("relations[%d]", i), "a head_span or child_span that is none of the spans", "two of the spans")
		}
		g.Arcs = append(g.Arcs, graph.Arc{From: from, To: to, Label: a.Label})
	}
	return g, nil
}

func writeProdigy(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	return jsontext.WriteLines(out, docs, func(d *labels.Document) (any, error) {
		x, err := graph.Text(opt, d.DocID)
		if err != nil {
			return nil, err
		}
		text := x.Text()
		if d.Unlabelled {
			return map[string]any{"text": text, "meta": prodigyMeta{jsontext.Text(d.DocID)}}, nil
		}
		g, err := graph.New(opt, d, x, graph.Holds{Arcs: true})
		if err != nil {
			return nil, err
		}
		mergeDoubles(g)
		task := prodigyTask{Text: &text, Meta: prodigyMeta{jsontext.Text(d.DocID)}, Spans: []prodigySpan{}, Answer: "accept"}
		tokens := segment.Tokens(x, g.Spans())
		for i, t := range tokens {
			surface, _ := x.Slice(t)
			after, _ := x.Slice(schema.Span{Start: t.End, End: t.End + 1})
			task.Tokens = append(task.Tokens, prodigyToken{i, t.Start, t.End, surface, after == " "})
		}
		for i := range g.Nodes {
			n := &g.Nodes[i]
			s := prodigySpan{Start: &n.Span.Start, End: &n.Span.End, Label: n.Label(), Text: n.Text}
			if from, to, ok := segment.TokenRange(tokens, n.Span); ok {
				first, last := int32(from), int32(to-1)
				s.TokenStart, s.TokenEnd = &first, &last
			}
			task.Spans = append(task.Spans, s)
		}
		for _, a := range g.Arcs {
			rel := prodigyRelation{HeadSpan: task.Spans[a.From], ChildSpan: task.Spans[a.To], Label: a.Label}
			rel.HeadSpan.Text, rel.ChildSpan.Text = "", ""
			if t := rel.HeadSpan.TokenEnd; t != nil {
				rel.Head = *t
			}
			if t := rel.ChildSpan.TokenEnd; t != nil {
				rel.Child = *t
			}
			task.Relations = append(task.Relations, rel)
		}
		return task, nil
	})
}

// mergeDoubles is for formats that name a node by its place and label. Of
// heads, cues and bare arguments with both the same one is kept for all; of
// mentions and events all are kept, with arcs only at the first.
func mergeDoubles(g *graph.Graph) {
	type place struct {
		span  schema.Span
		label string
	}
	seen := map[place]int{}
	double := make([]bool, len(g.Nodes))
	merged := make([]bool, len(g.Nodes))
	first := make([]int, len(g.Nodes))
	for i := range g.Nodes {
		n := &g.Nodes[i]
		key := place{n.Span, n.Label()}
		k, known := seen[key]
		if first[i] = k; !known {
			first[i], seen[key] = i, i
		}
		same := known && g.Nodes[k].Kind == n.Kind
		merged[i] = same && n.Kind >= graph.ArgumentNode
		double[i] = known && !merged[i]
	}
	for i := range g.Arcs {
		if a := &g.Arcs[i]; merged[a.To] {
			a.To = first[a.To]
		}
	}
	g.Keep(nil, func(a *graph.Arc) bool { return !double[a.From] && !double[a.To] })
}
