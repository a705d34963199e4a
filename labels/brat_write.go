package labels

import (
	"fmt"
	"strconv"
	"strings"
)

// fields writes what a node has besides its span: links, attributes and notes.
func (w *bratWriter) fields(name string, n *node) {
	if n.kind <= eventNode && n.id != name {
		if n.id != n.owner || strings.ContainsFunc(n.id, breaksLine) {
			if n.id == n.owner {
				w.lose(n.owner, n.field+"_id")
			}
		} else {
			w.notes(n.field+"_id", name, n.id)
		}
	}
	for _, a := range n.attributes {
		plain := !strings.ContainsFunc(a.value, invisible)
		switch {
		case plain && a.name == "actor_id" && n.kind == mentionNode:
			w.references++
			fmt.Fprintf(&w.b, "N%d\tReference %s %s%s\t%s\n", w.references, name, bratActor, a.value, bratLineText(n.text))
		case plain && a.name == "metonym":
			w.attribute(a.name, name)
		case plain:
			w.attribute(a.name, name+" "+a.value)
		default:
			w.notes(a.name, name, a.value)
		}
	}
	if n.confidence != nil {
		w.attribute("confidence", name+" "+strconv.FormatFloat(*n.confidence, 'g', -1, 64))
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
