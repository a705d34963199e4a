package formats

import (
	"iter"
	"slices"
	"strconv"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/jsontext"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/schema"
)

// dygieOut is an article as it is written.
type dygieOut struct {
	DocKey    string     `json:"doc_key"`
	Sentences [][]string `json:"sentences"`
	NER       [][]any    `json:"ner"`
	Relations [][]any    `json:"relations"`
	Clusters  [][]any    `json:"clusters"`
	Events    [][]any    `json:"events"`
}

func writeDyGIE(out labels.Output, docs iter.Seq[*labels.Document], opt labels.WriteOptions) error {
	return jsontext.WriteLines(out, docs, func(d *labels.Document) (any, error) {
		x, err := graph.Text(opt, d.DocID)
		if err != nil {
			return nil, err
		}
		g, err := graph.New(opt, d, x, graph.Holds{Attributes: []string{"actor_id"}, Arcs: true, Ids: true})
		if err != nil {
			return nil, err
		}
		tokens := keepDyGIE(g, x)
		rec := dygieOut{DocKey: d.DocID, Sentences: [][]string{}, NER: [][]any{}, Relations: [][]any{}, Clusters: dygieClusters(g, d.DocID, tokens), Events: [][]any{}}
		of := make([]int, len(tokens)) // the sentence of a token
		for _, s := range segment.Sentences(x, tokens, g.Spans()) {
			words := []string{}
			for t := s[0]; t < s[1]; t++ {
				surface, _ := x.Slice(tokens[t])
				words = append(words, surface)
				of[t] = len(rec.Sentences)
			}
			rec.Sentences = append(rec.Sentences, words)
			rec.NER, rec.Relations, rec.Events = append(rec.NER, []any{}), append(rec.Relations, []any{}), append(rec.Events, []any{})
		}
		fillDyGIE(&rec, g, tokens, of)
		return rec, nil
	})
}

// fillDyGIE puts mentions and events into their sentences; of is that of a token.
func fillDyGIE(rec *dygieOut, g *graph.Graph, tokens []schema.Span, of []int) {
	from, to := make([]int, len(g.Nodes)), make([]int, len(g.Nodes))
	order := make([]int, len(g.Nodes)) // of the file, in which ids are given on reading
	for i := range g.Nodes {
		from[i], to[i], _ = segment.TokenRange(tokens, g.Nodes[i].Span)
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return of[from[a]] - of[from[b]] })
	events := map[int][]any{}
	for _, a := range g.Arcs {
		events[a.From] = append(events[a.From], [3]any{from[a.To], to[a.To] - 1, a.Label})
	}
	mentions, triggers := 0, 0
	for _, i := range order {
		n, k := &g.Nodes[i], of[from[i]]
		switch n.Kind {
		case graph.MentionNode:
			loseID(g, n, mentions)
			mentions++
			rec.NER[k] = append(rec.NER[k], [3]any{from[i], to[i] - 1, n.Label()})
		case graph.EventNode:
			if triggers++; n.Owner != "" && n.Owner != graph.MadeID(graph.EventNode, triggers) {
				g.Lose(n.Owner, "event_id")
			}
			rec.Events[k] = append(rec.Events[k], append([]any{[2]any{from[i], n.Type}}, events[i]...))
		}
	}
}

// keepDyGIE drops what has no place and gives the tokens of the rest: heads and
// cues, the second mention of a span, triggers of several tokens, events as
// arguments, and bare arguments that would be read as the mention of their span.
func keepDyGIE(g *graph.Graph, x *schema.Index) []schema.Span {
	first := map[schema.Span]bool{}
	g.Keep(func(n *graph.Node) bool {
		twice := n.Kind == graph.MentionNode && first[n.Span]
		first[n.Span] = first[n.Span] || n.Kind == graph.MentionNode
		return !twice && n.Kind != graph.HeadNode && n.Kind != graph.CueNode
	}, func(a *graph.Arc) bool { return g.Nodes[a.To].Kind != graph.EventNode })
	tokens := segment.Tokens(x, g.Spans())
	g.Keep(func(n *graph.Node) bool {
		from, to, ok := segment.TokenRange(tokens, n.Span)
		return ok && (n.Kind != graph.EventNode || to == from+1)
	}, func(a *graph.Arc) bool { return g.Nodes[a.To].Kind == graph.MentionNode || !first[g.Nodes[a.To].Span] })
	return tokens
}

// dygieClusters are the actors as clusters, in the order of their first mention.
// An actor that is not named so is lost.
func dygieClusters(g *graph.Graph, docID string, tokens []schema.Span) [][]any {
	clusters, number := [][]any{}, map[string]int{}
	for i := range g.Nodes {
		n := &g.Nodes[i]
		actor := n.Attribute("actor_id")
		if actor == "" {
			continue
		}
		k, known := number[actor]
		if !known {
			k = len(clusters)
			number[actor] = k
			clusters = append(clusters, []any{})
		}
		if actor != ownChain(docID, strconv.Itoa(k)) {
			g.Lose(n.Owner, "actor_id")
		}
		from, to, _ := segment.TokenRange(tokens, n.Span)
		clusters[k] = append(clusters[k], [2]int{from, to - 1})
	}
	return clusters
}
