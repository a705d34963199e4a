package page

import (
	"fmt"
	"maps"
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval/analysis"
)

// htmlLayer is what went right and wrong in one layer, and which class was
// taken for which.
type htmlLayer struct {
	Layer                    analysis.ErrorLayer
	Title, Noun              string
	Gold, Predicted, Correct int64
	Kinds                    []htmlKindCount
	Errors                   bool
	ByClass                  []htmlClassErrors // columns as Kinds without the first
	Confusion                htmlHeatMap
}

// htmlKindCount is one bar: the number of labels of a kind.
type htmlKindCount struct {
	*htmlKind
	Count int64
	Width string // of the bar, 0 to 100
}

type htmlClassErrors struct {
	Class  string
	Counts []int64
	Total  int64
}

func htmlLayers(d *Details) []htmlLayer {
	var out []htmlLayer
	for _, layer := range analysis.ErrorLayers {
		l := d.Errors.Layers[layer]
		if l == nil || l.Gold+l.Predicted == 0 {
			continue
		}
		v := htmlLayer{Layer: layer, Title: layerTitle(layer), Noun: classNoun(layer), Gold: l.Gold, Predicted: l.Predicted, Correct: l.Correct}
		v.Kinds = append(v.Kinds, htmlKindCount{kindOf(""), l.Correct, ""})
		most := l.Correct
		for i := range htmlKinds {
			if n := l.Kinds[htmlKinds[i].kind]; n > 0 {
				v.Kinds = append(v.Kinds, htmlKindCount{&htmlKinds[i], n, ""})
				most = max(most, n)
			}
		}
		for i := range v.Kinds {
			v.Kinds[i].Width = fmt.Sprintf("%.2f", 100*float64(v.Kinds[i].Count)/float64(max(1, most)))
		}
		for _, class := range slices.Sorted(maps.Keys(l.ByClass)) {
			row := htmlClassErrors{Class: class}
			for _, k := range v.Kinds[1:] {
				n := l.ByClass[class][k.kind]
				row.Counts = append(row.Counts, n)
				row.Total += n
			}
			v.ByClass = append(v.ByClass, row)
		}
		v.Confusion = newHTMLHeatMap(d.Confusion[layer])
		out = append(out, v)
	}
	return out
}

// htmlHeatMap is a table of counts, shaded by the share of the row's total.
type htmlHeatMap struct {
	Columns []htmlClassName
	Rows    []htmlHeatRow
}

// htmlClassName is a class, or the column of the missed or the row of the
// spurious.
type htmlClassName struct {
	Name string
	Edge bool
}

type htmlHeatRow struct {
	htmlClassName
	Cells []htmlHeatCell
	Total int64
}

// htmlHeatCell is shaded in steps from 0 (none) to 5. Same is set where both
// classes are one.
type htmlHeatCell struct {
	Count int64
	Shade int
	Same  bool
}

func newHTMLHeatMap(t analysis.ConfusionTable) htmlHeatMap {
	var m htmlHeatMap
	for _, c := range t.Columns {
		m.Columns = append(m.Columns, newHTMLClassName(c, analysis.ConfusionMissed, "missed"))
	}
	for i, r := range t.Rows {
		row := htmlHeatRow{htmlClassName: newHTMLClassName(r, analysis.ConfusionSpurious, "spurious")}
		for _, n := range t.Counts[i] {
			row.Total += n
		}
		for j, n := range t.Counts[i] {
			cell := htmlHeatCell{Count: n, Same: t.Columns[j] == r}
			if n > 0 {
				cell.Shade = int(min(5, 1+5*n/row.Total))
			}
			row.Cells = append(row.Cells, cell)
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

func newHTMLClassName(name, edge, shown string) htmlClassName {
	if name == edge {
		return htmlClassName{shown, true}
	}
	return htmlClassName{name, false}
}
