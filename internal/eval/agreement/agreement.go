package agreement

import (
	"context"
	"fmt"
	"iter"
	"unicode/utf8"

	"github.com/mizan-corpus/mizan/internal/eval"
)

// AgreementVersion is the version of the agreement's JSON form.
const AgreementVersion = 1

// Agreement says how well two annotation passes over the same articles agree.
// One pass stands as gold, the other as prediction; F1 does not depend on
// which. A nil number is undefined.
type Agreement struct {
	Version  int              `json:"agreement_version"`
	IoU      int              `json:"iou"` // per cent, of mentions.overlap
	Articles int              `json:"articles"`
	Overall  AgreementPart    `json:"overall"`
	Each     []*AgreementPart `json:"each"` // by article, in doc_id order
	Warnings []string         `json:"warnings"`
}

// AgreementPart is the agreement in one article, or over all.
type AgreementPart struct {
	DocID  string             `json:"doc_id"` // "" for all articles
	Scores []eval.Figure      `json:"scores"` // over all also by class
	Kappas []NamedKappa       `json:"kappas"`
	Alphas []NamedAlpha       `json:"alphas"`
	Units  []UnitizingFigures `json:"unitizing"`
}

// NamedKappa is κ on the labels of items that both passes have.
type NamedKappa struct {
	Name string `json:"name"`
	Kappa
}

// NamedAlpha is Krippendorff's nominal α over code points.
type NamedAlpha struct {
	Name     string   `json:"name"`
	Alpha    *float64 `json:"alpha"`
	Observed *float64 `json:"observed_agreement"`
	Equal    int64    `json:"equal"` // code points with equal labels
	Units    int64    `json:"units"` // code points
}

// UnitizingFigures are α for unitizing over all categories, then by category.
type UnitizingFigures struct {
	Name   string           `json:"name"`
	Alphas []UnitizingAlpha `json:"alphas"`
}

// agreementMetrics are the metrics of an agreement, as far as they are
// registered: spans strict and relaxed, triggers, arguments, and who is who
// and which events are one, within articles and across them.
var agreementMetrics = []string{
	"mentions.strict", "mentions.exact", "mentions.overlap", "mentions.head", "mentions.clitic",
	"events.trigger.identified", "events.trigger.classified",
	"events.argument.identified", "events.argument.classified",
	"actors.coref.b3", "actors.coref.ceafe", "actors.coref_corpus.b3", "actors.coref_corpus.ceafe",
	"events.coref.b3", "events.coref.ceafe", "events.coref_corpus.b3", "events.coref_corpus.ceafe",
}

// Agree computes the agreement of two passes over the articles of the stream,
// which holds one pass as Gold, the other as Pred. Articles that only one pass
// has (Omitted) are left out with a warning. The error is the stream's or the
// context's.
func Agree(ctx context.Context, pairs iter.Seq2[*eval.Pair, error], settings *eval.Settings) (*Agreement, error) {
	var metrics []*eval.Metric
	for _, name := range agreementMetrics {
		if m, ok := eval.LookupMetric(name); ok && len(eval.Lacking(settings.Ontology, m.Asks)) == 0 {
			metrics = append(metrics, m)
		}
	}
	out := &Agreement{Version: AgreementVersion, IoU: settings.IoU, Each: []*AgreementPart{}, Warnings: []string{}}
	each := map[string]*labelAgreement{}
	total := newLabelAgreement()
	observed := func(yield func(*eval.Pair, error) bool) {
		for p, err := range pairs {
			if err == nil && p.Omitted {
				out.Warnings = append(out.Warnings, fmt.Sprintf("article %s was labelled in one pass only and is left out", p.DocID))
				continue
			}
			if err == nil {
				length, known := textLength(p)
				if !known {
					out.Warnings = append(out.Warnings, fmt.Sprintf("article %s has no text: alpha is taken up to its last label", p.DocID))
				}
				own := newLabelAgreement()
				q, length := withoutRegions(p, length)
				own.add(q, length)
				each[p.DocID] = own
				total.add(q, length)
			}
			if !yield(p, err) {
				return
			}
		}
	}
	scorer := eval.NewScorer(metrics, settings, nil, nil, "agreement")
	if err := scorer.Run(ctx, observed); err != nil {
		return nil, err
	}
	out.Articles = len(scorer.Articles())
	out.Overall = total.part("", scorer.Total(), true)
	for _, a := range scorer.Articles() {
		p := each[a.DocID].part(a.DocID, a.Tally, false)
		out.Each = append(out.Each, &p)
	}
	return out, nil
}

// textLength is the length of the pair's text in code points, or where it is
// not at hand, the end of its last label.
func textLength(p *eval.Pair) (n int32, known bool) {
	if p.Article != nil && p.Article.Text != "" {
		return int32(utf8.RuneCountInString(p.Article.Text)), true
	}
	for _, a := range []*annotationUnits{unitsOf(p.Gold), unitsOf(p.Pred)} {
		for _, list := range [][]Unit{a.mentions, a.triggers} {
			for _, u := range list {
				n = max(n, u.Span.End)
			}
		}
	}
	return n, false
}

// part puts the figures of one article, or of all, together.
func (l *labelAgreement) part(docID string, t *eval.Tally, classes bool) AgreementPart {
	part := AgreementPart{DocID: docID, Scores: []eval.Figure{}}
	for _, f := range eval.Figures(t, nil) {
		if f.Class == "" && f.Average == "" || classes {
			part.Scores = append(part.Scores, f)
		}
	}
	for i, name := range kappaNames {
		part.Kappas = append(part.Kappas, NamedKappa{name, kappaOf(&l.labels[i])})
	}
	for i, name := range unitNames {
		points := kappaOf(&l.points[i])
		a := NamedAlpha{Name: name, Observed: points.Observed, Equal: points.Equal, Units: points.Items}
		if v, err := nominalAlpha(&l.points[i]); err == nil { // an error says that it is undefined
			a.Alpha = &v
		}
		part.Alphas = append(part.Alphas, a)
		part.Units = append(part.Units, UnitizingFigures{name, l.units[i].Alpha()})
	}
	return part
}
