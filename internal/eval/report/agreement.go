package report

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/mizan-corpus/mizan/internal/eval/agreement"
	"github.com/mizan-corpus/mizan/internal/eval/report/figures"
)

// NamedAgreement is the agreement of two annotation passes by name.
type NamedAgreement struct {
	A         string               `json:"a"`
	B         string               `json:"b"`
	Agreement *agreement.Agreement `json:"agreement"`
}

var agreementHeader = []string{"a", "b", "doc_id", "figure", "value", "items"}

// agreementTable has one row a figure and one column a pair of passes, with
// view.ByArticle every figure followed by one row an article. The number in
// brackets is how many items the figure rests on.
func agreementTable(list []NamedAgreement, view View) *table {
	first := list[0].Agreement
	t := &table{header: agreementHeader,
		legend: fmt.Sprintf("%d articles; F1 of the pooled counts, which is the same whichever pass stands as gold.", first.Articles)}
	p := part{labels: plainCells("agreement"), sections: make([]section, 1)}
	for _, n := range list {
		p.head = append(p.head, code(n.A+" – "+n.B))
		for _, line := range n.Agreement.Warnings {
			if !slices.Contains(t.warnings, line) {
				t.warnings = append(t.warnings, line)
			}
		}
		for _, part := range append([]*agreement.AgreementPart{&n.Agreement.Overall}, n.Agreement.Each...) {
			for _, f := range AgreementFigures(part) {
				t.records = append(t.records, []any{n.A, n.B, part.DocID, f.Name, f.Value, float64(f.Items)})
			}
		}
	}
	for k, f := range AgreementFigures(&first.Overall) {
		r := row{label: name(f.Name)}
		for _, n := range list {
			r.cells = append(r.cells, agreementCell(&n.Agreement.Overall, k))
		}
		p.sections[0].rows = append(p.sections[0].rows, r)
		if !view.ByArticle {
			continue
		}
		for i, part := range first.Each {
			r := row{label: under(part.DocID)}
			for _, n := range list {
				r.cells = append(r.cells, agreementCell(n.Agreement.Each[i], k))
			}
			p.sections[0].rows = append(p.sections[0].rows, r)
		}
	}
	t.parts = []part{p}
	return t
}

// readAgreements reads back what `dataset agree --json` prints.
func readAgreements(text []byte) ([]NamedAgreement, error) {
	var list []NamedAgreement
	if err := json.Unmarshal(text, &list); err != nil {
		return nil, fmt.Errorf("agreement: %w", err)
	}
	for _, n := range list {
		if n.Agreement == nil || n.Agreement.Version != agreement.AgreementVersion {
			return nil, fmt.Errorf("agreement: expected a list of agreements of version %d", agreement.AgreementVersion)
		}
		for _, part := range append([]*agreement.AgreementPart{&n.Agreement.Overall}, n.Agreement.Each...) {
			if found, first := len(AgreementFigures(part)), len(AgreementFigures(&list[0].Agreement.Overall)); found != first {
				return nil, fmt.Errorf("agreement: %s – %s, %q: found %d figures, expected %d as over all articles of the first", n.A, n.B, part.DocID, found, first)
			}
		}
		if len(n.Agreement.Each) != len(list[0].Agreement.Each) {
			return nil, fmt.Errorf("agreement: %s – %s: found %d articles, expected %d as in the first", n.A, n.B, len(n.Agreement.Each), len(list[0].Agreement.Each))
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("agreement: found an empty list, expected one agreement or more")
	}
	return list, nil
}

// AgreementFigure is one number of an agreement with what it rests on.
type AgreementFigure struct {
	Name  string   // "mentions.strict F1", "events.realis κ"
	Value *float64 // nil is undefined
	Items int64
}

// Text is the figure with four decimals.
func (f AgreementFigure) Text() string { return figures.Number(f.Value) }

// AgreementFigures lists the figures of an agreement in the order in which
// they are shown.
func AgreementFigures(p *agreement.AgreementPart) []AgreementFigure {
	var out []AgreementFigure
	for i := range p.Scores {
		f := &p.Scores[i]
		if f.Class == "" && f.Average == "" {
			out = append(out, AgreementFigure{f.Name + " F1", f.F1, int64(f.Gold)})
		}
	}
	for _, k := range p.Kappas {
		out = append(out, AgreementFigure{k.Name + " κ", k.Kappa.Kappa, k.Items})
	}
	for _, a := range p.Alphas {
		out = append(out, AgreementFigure{a.Name + " α", a.Alpha, a.Units})
	}
	for _, u := range p.Units {
		for _, a := range u.Alphas {
			if a.Category == "" {
				out = append(out, AgreementFigure{u.Name + " αU", a.Alpha, a.Units})
			}
		}
	}
	return out
}

func agreementCell(p *agreement.AgreementPart, k int) cell {
	f := AgreementFigures(p)[k]
	return plain(fmt.Sprintf("%s [%d]", f.Text(), f.Items))
}
