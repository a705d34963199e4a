package report

import (
	"fmt"

	"github.com/mizan-corpus/mizan/internal/eval/scoring"
)

// table is what is shown of something measured, whatever the form: text and
// Markdown write its parts and notes, CSV its records.
type table struct {
	parts []part

	summary   string   // one sentence: Markdown's heading, the last line of text
	reasons   []entry  // why single conditions came out as they did
	warnings  []string // what a reader must know
	legend    string   // what the columns mean
	signature string

	// header is stable: columns are only ever added at the end. The values
	// of a record are strings from data, float64, *float64, and *[2]float64
	// for two cells; nil is empty.
	header  []string
	records [][]any
}

// part is a grid, or lists of entries.
type part struct {
	labels   []cell // heads of the columns that name a row
	head     []cell // heads of the others
	sections []section
	lists    [][]entry
	level    int  // of the sections' titles in Markdown
	textOnly bool // too much for Markdown
}

// section is rows under a title of their own, "" for none, with heads of their
// own where head is set.
type section struct {
	title string
	head  []string
	rows  []row
}

// row is one line of a grid. With two columns of labels, the first row of a
// group names it.
type row struct {
	group, label cell
	cells        []cell
	best         bool // the first cell is the best of its group
}

// cell is a text and what Markdown makes of it, so that a name from data stays
// text.
type cell struct{ text, markdown string }

// entry is one item of a list.
type entry = cell

func plain(s string) cell { return cell{s, s} }

func plainCells(list ...string) []cell {
	cells := make([]cell, len(list))
	for i, s := range list {
		cells[i] = plain(s)
	}
	return cells
}

// name is what a row is about.
func name(s string) cell { return cell{s, "**" + mdText(s) + "**"} }

// code is a name from data.
func code(s string) cell { return cell{s, mdCode(s)} }

// under is a name from data below a row's or group's.
func under(s string) cell { return cell{"  " + s, mdCode(s)} }

// tableOf builds the table of what was measured.
func tableOf(measured any, view View) (*table, error) {
	if view.Ratio == "" {
		view.Ratio = "f1"
	}
	switch v := measured.(type) {
	case *scoring.Result:
		return scoreTable(v, view), nil
	case *scoring.Comparison:
		return comparisonTable(v, view), nil
	case *scoring.Gate:
		return gateTable(v), nil
	case []NamedAgreement:
		return agreementTable(v, view), nil
	}
	return nil, fmt.Errorf("report: no table is made of %T", measured)
}
