package formats

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/schema"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// isRegion reports whether an item is a span with labels.
func (item *lsItem) isRegion() bool {
	return item.Value != nil && (item.Type == "labels" || item.Type == "hypertextlabels")
}

// lsGraphReader makes a graph of the items of one annotation.
type lsGraphReader struct {
	*graph.Graph
	r      jsontext.Record
	docID  string
	opt    labels.ReadOptions
	places map[string]int // of regions, by id
}

func labelStudioGraph(r jsontext.Record, docID string, items []lsItem, opt labels.ReadOptions) (*graph.Graph, error) {
	g := lsGraphReader{Graph: &graph.Graph{}, r: r, docID: docID, opt: opt, places: map[string]int{}}
	for i := range items {
		if items[i].isRegion() {
			if err := g.region(i, &items[i]); err != nil {
				return nil, err
			}
		}
	}
	for i := range items {
		if items[i].isRegion() {
			continue
		}
		if err := g.other(i, &items[i]); err != nil {
			return nil, err
		}
	}
	return g.Graph, g.Confidences(docID, r.At)
}

// region adds a node for each label of a region.
func (g *lsGraphReader) region(i int, item *lsItem) error {
	v := item.Value
	what := fmt.Sprintf("result[%d].value", i)
	start, end := v.Start.at, v.End.at
	switch {
	case v.Global != nil:
		start, end = v.Global.Start, v.Global.End
	case v.Start.path != "" || v.End.path != "":
		return g.r.Problem(g.docID, what, fmt.Sprintf("start %q and no globalOffsets", v.Start.path), "offsets, or globalOffsets beside the XPaths of HyperText")
	}
	span, err := g.r.Span(g.docID, what, start, end)
	if err != nil {
		return err
	}
	list := append(slices.Clone([]string(v.Labels)), v.HypertextLabels...)
	if len(list) == 0 {
		list = []string{""}
	}
	for k, label := range list { // a region with several labels is several
		kind, typ := graph.ParseLabel(g.opt.Ontology, label)
		n := graph.Node{Kind: kind, Type: typ, Span: span, Confidence: item.Score}
		if len(v.Text.list) > 0 {
			n.Text = v.Text.list[0]
		}
		if k == 0 {
			n.ID = item.ID
			at, twice := g.places[item.ID]
			switch {
			case !twice:
				g.places[item.ID] = len(g.Nodes)
			case item.ID != "" && g.Nodes[at].Span != span:
				return g.r.Problem(g.docID, fmt.Sprintf("result[%d].id", i), fmt.Sprintf("%q at %s", item.ID, span), "an id that no region elsewhere has")
			}
		}
		g.Nodes = append(g.Nodes, n)
	}
	if len(item.Meta) > 0 {
		g.opt.LeaveOut(g.r.At, "note of a region", g.docID+" "+item.ID)
	}
	return nil
}

// other adds a relation, or a value to its region.
func (g *lsGraphReader) other(i int, item *lsItem) error {
	at, known := g.places[item.ID]
	switch {
	case item.Type == "relation":
		return g.relation(i, item)
	case item.Value != nil && known && item.ID != "" && (item.Type == "choices" || item.Type == "textarea"):
		values := []string(item.Value.Choices)
		if item.Type == "textarea" {
			values = append(values, item.Value.Text.list...)
		}
		for _, value := range values {
			g.Nodes[at].Attributes = append(g.Nodes[at].Attributes, graph.Attribute{Name: item.FromName, Value: value})
		}
	default:
		g.opt.LeaveOut(g.r.At, fmt.Sprintf("result %q of the type %q", item.FromName, item.Type), g.docID+" "+item.ID)
	}
	return nil
}

func (g *lsGraphReader) relation(i int, item *lsItem) error {
	from, ok1 := g.places[item.FromID]
	to, ok2 := g.places[item.ToID]
	if !ok1 || !ok2 {
		return g.r.Problem(g.docID, fmt.Sprintf("result[%d]", i), fmt.Sprintf("a relation from %q to %q", item.FromID, item.ToID), "ids of regions")
	}
	switch item.Direction {
	case "left":
		from, to = to, from
	case "bi":
		g.opt.LeaveOut(g.r.At, "second direction of a relation", fmt.Sprintf("%s %s to %s", g.docID, item.FromID, item.ToID))
	}
	list := item.Labels
	if len(list) == 0 {
		g.opt.Remark(g.r.At, "a relation without a label is an argument without a role")
		list = []string{graph.KindPrefixes[graph.ArgumentNode]}
	}
	for _, label := range list {
		g.Arcs = append(g.Arcs, graph.Arc{From: from, To: to, Label: label, Confidence: item.Score})
	}
	return nil
}

// lsText is the text that the regions stand in: data.text, else the value under
// which most surfaces fit, of those the longest. Surfaces that fit but for line
// breaks take the text's own form.
func lsText(data map[string]json.RawMessage, g *graph.Graph) string {
	candidates := []string{lsString(data["text"])}
	if candidates[0] == "" {
		candidates = nil
		for _, key := range sortedKeys(data) {
			if raw := data[key]; len(raw) > 0 && raw[0] == '"' && key != "doc_id" {
				candidates = append(candidates, lsString(raw))
			}
		}
	}
	best, most := "", -1
	for _, text := range candidates {
		for _, shown := range []string{text, visibleText(text)} {
			if n := lsSurfaces(schema.NewIndex(shown), g, false); n > most || n == most && len(shown) > len(best) && shown == text {
				best, most = shown, n
			}
		}
	}
	lsSurfaces(schema.NewIndex(best), g, true)
	return best
}

// lsSurfaces counts the surfaces that fit a text, in the unit under which most
// do; with set they take the text's own form.
func lsSurfaces(x *schema.Index, g *graph.Graph, set bool) int {
	most, unit := -1, labels.CodePoints
	for _, u := range []labels.Unit{labels.CodePoints, labels.UTF16Units} {
		n := 0
		for i := range g.Nodes {
			if _, ok := lsSurface(x, u, &g.Nodes[i]); ok {
				n++
			}
		}
		if n > most {
			most, unit = n, u
		}
	}
	for i := range g.Nodes {
		if surface, ok := lsSurface(x, unit, &g.Nodes[i]); ok && set && g.Nodes[i].Text != "" {
			g.Nodes[i].Text = surface
		}
	}
	return most
}

// lsSurface is what stands at a region, and whether its surface is that but for
// white space.
func lsSurface(x *schema.Index, unit labels.Unit, n *graph.Node) (string, bool) {
	span, ok := unit.Convert(x, n.Span)
	if !ok {
		return "", false
	}
	surface, _ := x.Slice(span)
	return surface, n.Text == "" || n.Text == surface || lsPlain(surface) == lsPlain(n.Text)
}

// lsPlain is a surface without white space, and without what the editor writes
// for line breaks.
func lsPlain(text string) string {
	return unspaced(strings.NewReplacer(`\n`, "", `\r`, "").Replace(text))
}

var htmlTag = regexp.MustCompile(`<!--.*?-->|</?[A-Za-z][^<>]*>`)

// visibleText is the text of the nodes of a piece of HTML, "" where there is none.
func visibleText(text string) string {
	if !strings.ContainsAny(text, "<&") {
		return ""
	}
	return html.UnescapeString(htmlTag.ReplaceAllString(text, ""))
}
