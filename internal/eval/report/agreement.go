package report

import (
	"fmt"
	"io"

	"github.com/mizan-corpus/mizan/internal/eval/agreement"
	"github.com/mizan-corpus/mizan/internal/eval/report/figures"
)

// NamedAgreement is the agreement of two annotation passes by name.
type NamedAgreement struct {
	A         string               `json:"a"`
	B         string               `json:"b"`
	Agreement *agreement.Agreement `json:"agreement"`
}

// Agreements writes one aligned row a figure and one column a pair of passes;
// with byArticle every figure is followed by one row an article. The number in
// brackets is how many items the figure rests on.
func Agreements(w io.Writer, list []NamedAgreement, byArticle bool) error {
	head := []string{"agreement"}
	for _, n := range list {
		head = append(head, n.A+" – "+n.B)
	}
	rows := [][]string{head}
	for k, name := range agreementRows(&list[0].Agreement.Overall) {
		row := []string{name}
		for _, n := range list {
			row = append(row, agreementCell(&n.Agreement.Overall, k))
		}
		rows = append(rows, row)
		if !byArticle {
			continue
		}
		for i, part := range list[0].Agreement.Each {
			row := []string{"  " + part.DocID}
			for _, n := range list {
				row = append(row, agreementCell(n.Agreement.Each[i], k))
			}
			rows = append(rows, row)
		}
	}
	if err := columns(w, rows); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, n := range list {
		for _, line := range n.Agreement.Warnings {
			if !seen[line] {
				seen[line] = true
				fmt.Fprintln(w, "warning: "+line)
			}
		}
	}
	_, err := fmt.Fprintf(w, "\n%d articles; F1 of the pooled counts, which is the same whichever pass stands as gold.\n", list[0].Agreement.Articles)
	return err
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

func agreementRows(p *agreement.AgreementPart) []string {
	var names []string
	for _, f := range AgreementFigures(p) {
		names = append(names, f.Name)
	}
	return names
}

func agreementCell(p *agreement.AgreementPart, k int) string {
	f := AgreementFigures(p)[k]
	return fmt.Sprintf("%s [%d]", f.Text(), f.Items)
}
