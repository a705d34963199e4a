package formats

import (
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/offsets"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
	"github.com/mizan-corpus/mizan/schema"
)

func readWebAnnotation(src labels.Source, opt labels.ReadOptions) iter.Seq2[*labels.Document, error] {
	return func(yield func(*labels.Document, error) bool) {
		extensions := []string{".jsonld", ".json", ".jsonl"}
		files, err := src.Files(extensions...)
		if err != nil {
			yield(nil, err)
			return
		}
		for _, file := range files {
			w := waReader{opt: opt, articles: map[string]*waArticle{}}
			var last jsontext.Record
			going := true
			one := labels.Source{FS: src.FS, Path: file, Name: src.Display(file)}
			jsontext.EachRecord(one, opt, extensions, func(r jsontext.Record, err error) bool {
				if err == nil {
					last = r
					err = w.record(r)
				}
				if err != nil {
					going = yield(nil, err) && labels.IsRecordError(err)
				}
				return going
			})
			for _, docID := range w.order {
				if !going {
					return
				}
				d, err := w.finish(docID, w.articles[docID], last)
				going = yield(d, err)
			}
			if !going {
				return
			}
		}
	}
}

// waReader collects the annotations of one file by article.
type waReader struct {
	opt      labels.ReadOptions
	articles map[string]*waArticle
	order    []string
}

type waArticle struct {
	at          labels.Position
	annotations []waAnnotation
}

// record takes an annotation or a page of them.
func (w *waReader) record(r jsontext.Record) error {
	var page struct {
		waPage
		First *waPage  `json:"first"` // of a collection
		Body  any      `json:"body"`
		Tgt   waTarget `json:"target"`
	}
	if err := r.Decode(&page); err != nil {
		return err
	}
	items := page.Items
	if page.First != nil {
		items = append(items, page.First.Items...)
	}
	if page.Tgt.iri != "" || page.Tgt.Source != "" || len(page.Tgt.Items) > 0 || len(page.Tgt.Selector) > 0 {
		var a waAnnotation
		if err := r.Decode(&a); err != nil {
			return err
		}
		items = append(items, a)
	} else if page.Type != "AnnotationPage" && page.Type != "AnnotationCollection" {
		return r.Problem("", "record", fmt.Sprintf("the type %q without a target", page.Type), "an Annotation or an AnnotationPage")
	}
	if len(items) == 0 {
		if docID := waDocID(page.ID); docID != "" {
			w.article(docID, r.At)
		}
	}
	for _, a := range items {
		a.at = r.At
		source := a.Target.Source
		if len(a.Target.Items) > 0 {
			source = a.Target.Items[0].Source
		}
		if a.Target.iri != "" {
			source, _, _ = strings.Cut(a.Target.iri, "#")
		}
		docID := waDocID(source)
		if docID == "" { // RecogitoJS and Annotorious leave the source to the page that they are on
			docID = textfile.DocID(r.File, ".json", ".jsonld", ".jsonl")
		}
		article := w.article(docID, r.At)
		article.annotations = append(article.annotations, a)
	}
	return nil
}

func (w *waReader) article(docID string, at labels.Position) *waArticle {
	if w.articles[docID] == nil {
		w.articles[docID] = &waArticle{at: at}
		w.order = append(w.order, docID)
	}
	return w.articles[docID]
}

// waDocID is the unescaped last segment of an IRI's path.
func waDocID(source string) string {
	source, _, _ = strings.Cut(source, "#")
	source, _, _ = strings.Cut(source, "?")
	segment := source[strings.LastIndexByte(source, '/')+1:]
	if plain, err := url.PathUnescape(segment); err == nil {
		return plain
	}
	return segment
}

func (w *waReader) finish(docID string, article *waArticle, r jsontext.Record) (*labels.Document, error) {
	r.At = article.at
	docID, x := w.opt.Article(labels.Clue{DocID: docID, File: r.At.File})
	g, proofs, err := webAnnotationGraph(r, docID, article, x, w.opt)
	if err != nil {
		return nil, err
	}
	d, err := g.Document(docID, r.At, w.opt)
	if err != nil || x == nil {
		return d, err
	}
	if err := offsets.SettleUnit(w.opt, d, x, labels.CodePoints); err != nil {
		return nil, err
	}
	for _, p := range proofs {
		for i, exact := range p.quotes {
			if got, ok := x.Slice(p.fragments[i]); exact != "" && (!ok || got != exact) {
				return nil, r.Problem(docID, "Composite: "+p.fragments[i].String(), strconv.Quote(got), strconv.Quote(exact))
			}
		}
	}
	offsets.FillSurfaces(d, x)
	return d, nil
}

// waProof is the fragments of a node, which the document shares and brings into
// code points, with their quotes.
type waProof struct {
	fragments []schema.Span
	quotes    []string
}

func webAnnotationGraph(r jsontext.Record, docID string, article *waArticle, x *schema.Index, opt labels.ReadOptions) (*graph.Graph, []waProof, error) {
	g := &graph.Graph{}
	places := map[string]int{}
	var proofs []waProof
	for _, a := range article.annotations {
		if a.Target.iri != "" {
			continue
		}
		r.At = a.at
		n, quotes, err := webAnnotationNode(r, docID, &a, x)
		if err != nil {
			return nil, nil, err
		}
		if _, twice := places[a.ID]; twice {
			return nil, nil, r.Problem(docID, "id", strconv.Quote(a.ID), "an id that no other annotation of the article has")
		}
		if a.ID != "" {
			places[a.ID] = len(g.Nodes)
		}
		b, err := webAnnotationBodies(r, docID, a.Body, opt)
		if err != nil {
			return nil, nil, err
		}
		for k, tag := range b.tags { // a span with several tags is several
			m := n
			m.Kind, m.Type = graph.ParseLabel(opt.Ontology, tag)
			m.Attributes, m.Confidence = b.attributes, b.confidence
			if k > 0 {
				m.ID, m.Fragments = "", slices.Clone(n.Fragments)
			}
			g.Nodes = append(g.Nodes, m)
			if len(m.Fragments) > 0 {
				proofs = append(proofs, waProof{m.Fragments, quotes})
			}
		}
	}
	for _, a := range article.annotations {
		if a.Target.iri == "" {
			continue
		}
		r.At = a.at
		arcs, err := webAnnotationArcs(r, docID, &a, places, opt)
		if err != nil {
			return nil, nil, err
		}
		g.Arcs = append(g.Arcs, arcs...)
	}
	return g, proofs, nil
}

// webAnnotationNode is a labelled place, with the quotes of its fragments.
func webAnnotationNode(r jsontext.Record, docID string, a *waAnnotation, x *schema.Index) (n graph.Node, quotes []string, err error) {
	n.At = a.at
	if _, fragment, ok := strings.Cut(a.ID, "#"); ok {
		n.ID, _ = url.PathUnescape(fragment)
	}
	targets := a.Target.Items
	if len(targets) == 0 {
		targets = []waTarget{a.Target}
	}
	for _, t := range targets {
		span, exact, err := waSelected(r, docID, t, x)
		if err != nil {
			return n, nil, err
		}
		if k := len(n.Fragments); len(targets) > 1 && (!span.IsSet() || k > 0 && span.Start < n.Fragments[k-1].End) {
			return n, nil, r.Problem(docID, "Composite", "items without a position, or out of order", "positions in the order of the text")
		}
		n.Text = exact
		n.Fragments = append(n.Fragments, span)
		quotes = append(quotes, exact)
	}
	n.Span = n.Fragments[0]
	if len(n.Fragments) == 1 {
		n.Fragments = nil
	} else {
		n.Span.End, n.Text = n.Fragments[len(n.Fragments)-1].End, ""
	}
	return n, quotes, nil
}

// webAnnotationArcs are the links between two annotations, one a tag.
func webAnnotationArcs(r jsontext.Record, docID string, a *waAnnotation, places map[string]int, opt labels.ReadOptions) ([]graph.Arc, error) {
	to := a.Target.to
	bodies := slices.DeleteFunc(slices.Clone(a.Body), func(b waBody) bool {
		link := b.Purpose == waLink && b.Source != ""
		if link {
			to = b.Source
		}
		return link
	})
	b, err := webAnnotationBodies(r, docID, bodies, opt)
	if err != nil {
		return nil, err
	}
	for _, f := range b.attributes {
		opt.LeaveOut(r.At, fmt.Sprintf("field %q of a link", f.Name), docID)
	}
	from, ok1 := places[a.Target.iri]
	target, ok2 := places[to]
	if !ok1 || !ok2 {
		return nil, r.Problem(docID, "target", fmt.Sprintf("a link from %q to %q", a.Target.iri, to), "ids of annotations in the file")
	}
	var arcs []graph.Arc
	for _, tag := range b.tags {
		arcs = append(arcs, graph.Arc{From: from, To: target, Label: tag, Confidence: b.confidence, At: a.at})
	}
	return arcs, nil
}

// waSelected is the span of a target and its quote.
func waSelected(r jsontext.Record, docID string, t waTarget, x *schema.Index) (schema.Span, string, error) {
	span := schema.NoSpan
	var quote waSelector
	for _, s := range t.Selector {
		switch s.Type {
		case "TextPositionSelector":
			var err error
			if span, err = r.Span(docID, "TextPositionSelector", s.Start, s.End); err != nil {
				return span, "", err
			}
		case "FragmentSelector":
			if place, ok := waCharacters(s.Value); ok && !span.IsSet() {
				span = place
			}
		case "TextQuoteSelector":
			quote = s
		}
		if len(s.Refined) > 0 && (s.Type == "TextPositionSelector" || s.Type == "TextQuoteSelector") {
			return schema.NoSpan, "", r.Problem(docID, "target.selector", "a place inside another (refinedBy)", "the place itself")
		}
	}
	if !span.IsSet() && quote.Exact != "" && x != nil {
		whole := quote.Prefix + quote.Exact + quote.Suffix
		if i := strings.Index(x.Text(), whole); i >= 0 && strings.Count(x.Text(), whole) == 1 {
			start, _ := x.FromByte(i + len(quote.Prefix))
			end, _ := x.FromByte(i + len(quote.Prefix) + len(quote.Exact))
			span = schema.Span{Start: start, End: end}
		}
	}
	if !span.IsSet() && (quote.Exact == "" || len(t.Selector) == 0) {
		return span, "", r.Problem(docID, "target.selector", "no text position and no quote", "a TextPositionSelector or a TextQuoteSelector")
	}
	return span, quote.Exact, nil
}

// waSaid is what the bodies of an annotation say of its target.
type waSaid struct {
	tags       []string // "" where there is none
	attributes []graph.Attribute
	confidence *float64
}

// webAnnotationBodies reads what the bodies say of a span or arc.
func webAnnotationBodies(r jsontext.Record, docID string, bodies []waBody, opt labels.ReadOptions) (said waSaid, err error) {
	for _, b := range bodies {
		name, value, named := strings.Cut(b.Value, ":")
		switch {
		case b.Purpose == waAssess && name == "confidence":
			v, err := strconv.ParseFloat(value, 64)
			if err != nil || !(v >= 0 && v <= 1) {
				return said, r.Problem(docID, "confidence", strconv.Quote(value), "a number from 0 to 1")
			}
			said.confidence = &v
		case b.Purpose == waClassify && named:
			said.attributes = append(said.attributes, graph.Attribute{Name: name, Value: value})
		case b.Purpose == waIdentify && b.Source != "":
			id, err := url.PathUnescape(b.Source)
			if err != nil {
				id = b.Source
			}
			said.attributes = append(said.attributes, graph.Attribute{Name: "actor_id", Value: id})
		case (b.Purpose == waTag || b.Purpose == "") && b.Source == "":
			if !slices.Contains(said.tags, b.Value) {
				said.tags = append(said.tags, b.Value)
			}
		default:
			opt.LeaveOut(r.At, fmt.Sprintf("body of the purpose %q", b.Purpose), strings.TrimSpace(docID+" "+b.Value))
		}
	}
	if said.tags == nil {
		said.tags = []string{""}
	}
	return said, nil
}
