package report

import (
	"fmt"
	"io"
	"strings"
)

func init() {
	Register(Renderer{Name: "text", Title: "aligned columns for a terminal", Render: Text})
}

// Text writes aligned columns, then reasons, warnings, what the columns mean
// and the signature.
func Text(w io.Writer, measured any, view View) error {
	t, err := tableOf(measured, view)
	if err != nil {
		return err
	}
	for i := range t.parts {
		if i > 0 {
			fmt.Fprintln(w)
		}
		if err := t.parts[i].text(w, view.Bold); err != nil {
			return err
		}
	}
	fmt.Fprintln(w)
	for _, r := range t.reasons {
		fmt.Fprintln(w, shown(r.text))
	}
	for _, line := range t.warnings {
		fmt.Fprintln(w, "warning: "+shown(line))
	}
	for _, line := range []struct{ before, text string }{{"", t.legend}, {"signature: ", t.signature}, {"", t.summary}} {
		if line.text != "" {
			if _, err = fmt.Fprintln(w, line.before+shown(line.text)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *part) text(w io.Writer, bold bool) error {
	var rows [][]string
	best := map[cellAt]bool{}
	if len(p.labels) > 0 {
		rows = append(rows, append([]string{strings.Join(texts(p.labels), ", ")}, texts(p.head)...))
	}
	for _, s := range p.sections {
		if s.title != "" {
			rows = append(rows, nil, append([]string{s.title}, s.head...))
		}
		for _, r := range s.rows {
			if r.group.text != "" {
				rows = append(rows, []string{r.group.text})
			}
			if bold && r.best {
				best[cellAt{len(rows), 1}] = true
			}
			rows = append(rows, append([]string{r.label.text}, texts(r.cells)...))
		}
	}
	for _, list := range p.lists {
		for _, e := range list {
			rows = append(rows, []string{e.text})
		}
	}
	return columns(w, rows, best)
}

func texts(cells []cell) []string {
	list := make([]string, len(cells))
	for i, c := range cells {
		list[i] = c.text
	}
	return list
}
