package formats

import (
	"iter"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
)

func writeDoccano(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	return jsontext.WriteLines(out, docs, func(d *labels.Document) (any, error) {
		x, err := graph.Text(opt, d.DocID)
		if err != nil {
			return nil, err
		}
		g, err := graph.New(opt, d, x, graph.Holds{Arcs: true})
		if err != nil {
			return nil, err
		}
		text := x.Text()
		if d.Unlabelled {
			return map[string]string{"doc_id": d.DocID, "text": text}, nil
		}
		rec := doccanoRecord{DocID: jsontext.Text(d.DocID), Text: &text, Unit: utf16Unit, Entities: []doccanoEntity{}, Relations: []doccanoRelation{}}
		for i := range g.Nodes {
			n := &g.Nodes[i]
			start, _ := x.UTF16(n.Span.Start)
			end, _ := x.UTF16(n.Span.End)
			rec.Entities = append(rec.Entities, doccanoEntity{ID: i + 1, Label: n.Label(), Start: &start, End: &end})
		}
		for i, a := range g.Arcs {
			rec.Relations = append(rec.Relations, doccanoRelation{ID: i + 1, From: a.From + 1, To: a.To + 1, Type: a.Label})
		}
		return rec, nil
	})
}
