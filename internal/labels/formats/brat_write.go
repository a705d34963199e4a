package formats

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels/graph"
	"github.com/mizan-corpus/mizan/internal/labels/segment"
	"github.com/mizan-corpus/mizan/internal/labels/textfile"
)

// fields writes what a node has besides its span: links, attributes and notes.
func (w *bratWriter) fields(name string, n *graph.Node) {
	if n.Kind <= graph.EventNode && n.ID != name {
		if n.ID != n.Owner || strings.ContainsFunc(n.ID, textfile.BreaksLine) {
			if n.ID == n.Owner {
				w.Lose(n.Owner, n.Field+"_id")
			}
		} else {
			w.notes(n.Field+"_id", name, n.ID)
		}
	}
	for _, a := range n.Attributes {
		plain := !strings.ContainsFunc(a.Value, segment.Invisible)
		switch {
		case plain && a.Name == "actor_id" && n.Kind == graph.MentionNode:
			w.references++
			fmt.Fprintf(&w.b, "N%d\tReference %s %s%s\t%s\n", w.references, name, bratActor, a.Value, bratLineText(n.Text))
		case plain && a.Name == "metonym":
			w.attribute(a.Name, name)
		case plain:
			w.attribute(a.Name, name+" "+a.Value)
		default:
			w.notes(a.Name, name, a.Value)
		}
	}
	if n.Confidence != nil {
		w.attribute("confidence", name+" "+strconv.FormatFloat(*n.Confidence, 'g', -1, 64))
	}
}

func (w *bratWriter) attribute(name, rest string) {
	w.attributes++
	fmt.Fprintf(&w.b, "A%d\t%s %s\n", w.attributes, name, rest)
}

func (w *bratWriter) notes(name, target, text string) {
	w.note++
	fmt.Fprintf(&w.b, "#%d\t%s %s\t%s\n", w.note, name, target, text)
}
