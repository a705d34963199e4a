package report

import (
	"fmt"

	"github.com/mizan-corpus/mizan/internal/eval/report/figures"
	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

var changesHead = plainCells("fixed", "broken", "found by both", "missed by both", "wrong: gone", "new", "in both")

// changesParts say what became of single items from the first system to each
// other one, and list the items where the comparison has them.
func changesParts(c *scoring.Comparison) []part {
	var parts []part
	for _, s := range c.Systems[1:] {
		if len(s.Changes) == 0 {
			continue
		}
		against := cell{s.Name + " against " + c.Systems[0].Name, mdCode(s.Name) + " against " + mdCode(c.Systems[0].Name)}
		counts, items := part{labels: []cell{against}, head: changesHead, sections: make([]section, 1)}, part{}
		for i := range s.Changes {
			change := &s.Changes[i]
			if change.Class != "" && change.Fixed+change.Broken+change.Gone+change.Added == 0 {
				continue // nothing changed in the class
			}
			label := name(change.Metric)
			if change.Class != "" {
				label = cell{"  " + change.Class, "↳ " + mdCode(change.Class)}
			}
			r := row{label: label}
			for _, n := range []int{change.Fixed, change.Broken, change.Found, change.Missed, change.Gone, change.Added, change.Stayed} {
				r.cells = append(r.cells, plain(fmt.Sprint(n)))
			}
			counts.sections[0].rows = append(counts.sections[0].rows, r)
			var list []entry
			for _, it := range change.Items {
				list = append(list, entry{it.Change + "  " + change.Metric + "  " + it.Class + "  " + itemPlace(&it) + "  " + it.Text,
					it.Change + ": " + mdText(change.Metric) + " " + mdCode(it.Class) + ", " + mdCode(itemPlace(&it)) + ": " + mdText(it.Text)})
			}
			if list != nil {
				items.lists = append(items.lists, list)
			}
		}
		parts = append(parts, counts)
		if items.lists != nil {
			parts = append(parts, items)
		}
	}
	return parts
}

// itemPlace is doc_id and span.
func itemPlace(it *scoring.ItemChange) string {
	if it.Start < 0 {
		return it.DocID + " (not placed)"
	}
	return fmt.Sprintf("%s [%d,%d)", it.DocID, it.Start, it.End)
}

// articlesPart lists each article's F1 where the comparison has it.
func articlesPart(c *scoring.Comparison) part {
	p := part{labels: plainCells("F1 by article"), head: plainCells(c.Systems[0].Name, "other", "Δ", "change"), sections: make([]section, 1), textOnly: true}
	for i := range c.Figures {
		f := &c.Figures[i]
		for j := range f.Systems {
			v := f.Systems[j].Versus
			if v == nil || v.Articles == nil {
				continue
			}
			for k, a := range v.Articles.Each {
				r := row{label: under(a.DocID), cells: plainCells(figures.Number(a.First), figures.Number(a.This), signed(minus(a.This, a.First)), a.Change)}
				if k == 0 {
					r.group = plain(f.Name + ", " + c.Systems[j].Name)
				}
				p.sections[0].rows = append(p.sections[0].rows, r)
			}
		}
	}
	return p
}

func minus(a, b *float64) *float64 {
	if a == nil || b == nil {
		return nil
	}
	d := *a - *b
	return &d
}
