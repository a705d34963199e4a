package page

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/eval/analysis"
	"github.com/mizan-corpus/mizan/schema"
)

// articleMarks gathers the marks of both sides while the rows are made.
type articleMarks struct {
	prefix     string
	gold, pred []*htmlMark
}

// mark adds the mark of one side of a label and returns the id of its element.
func (m *articleMarks) mark(side string, layer analysis.ErrorLayer, i int, kind *htmlKind, class, other string, span schema.Span, fragments []schema.Span) string {
	class, other = className(class), className(other)
	twin := fmt.Sprintf("%s%s%d", m.prefix, layer[:1], i)
	mark := &htmlMark{htmlKind: kind, Layer: layer, Class: class, Counterpart: other, ID: twin + side, Twin: twin, order: 2*i + 1}
	if layer == analysis.EventErrors {
		mark.order-- // a trigger lies around a mention in the same place
	}
	mark.Note = kind.Name + " " + string(layer) + " " + class
	if mark.pieces = fragments; len(fragments) == 0 {
		mark.pieces = []schema.Span{span}
	}
	if side == "g" {
		mark.Gold, mark.Pred = class, other
		if other != "" && other != class {
			mark.Note += ", predicted as " + other
		}
		m.gold = append(m.gold, mark)
	} else {
		mark.Gold, mark.Pred = other, class
		if other != "" && other != class {
			mark.Note += ", in gold " + other
		}
		m.pred = append(m.pred, mark)
	}
	return mark.ID
}

func (m *articleMarks) mention(i int, a *analysis.AlignedMention) htmlMentionRow {
	row := htmlMentionRow{htmlKind: kindOf(a.Kind)}
	label := func(side string, x, other *schema.Mention) *htmlLabel {
		if x == nil {
			return nil
		}
		otherType := ""
		if other != nil {
			otherType = other.Type
		}
		l := &htmlLabel{ID: surface(x.ID), Text: surface(x.Text), Class: className(x.Type), Span: spanText(x.Span), Notes: notes(x.Level, x.ActorID)}
		l.Mark = m.mark(side, analysis.MentionErrors, i, row.htmlKind, x.Type, otherType, x.Span, x.Fragments)
		return l
	}
	row.Gold, row.Pred = label("g", a.Gold, a.Pred), label("p", a.Pred, a.Gold)
	return row
}

func (m *articleMarks) event(i int, a *analysis.AlignedEvent) htmlEventRow {
	row := htmlEventRow{htmlKind: kindOf(a.Kind)}
	label := func(side string, x, other *schema.Event, args []analysis.AlignedArgument) *htmlLabel {
		if x == nil {
			return nil
		}
		otherType := ""
		if other != nil {
			otherType = other.Type
		}
		l := &htmlLabel{ID: surface(x.ID), Text: surface(x.Text), Class: className(x.Type), Span: spanText(x.Span)}
		l.Notes = notes(codes(x.Modes), x.Realis, codes(x.Auxiliaries))
		for _, arg := range args {
			g := htmlArgument{kindOf(arg.Kind), className(arg.Role), "", surface(arg.Text), surface(arg.Value), className(arg.Role), className(arg.OtherRole)}
			if arg.OtherRole != arg.Role {
				g.OtherRole = className(arg.OtherRole)
			}
			if side == "p" {
				g.Gold, g.Pred = g.Pred, g.Gold
			}
			l.Arguments = append(l.Arguments, g)
		}
		l.Mark = m.mark(side, analysis.EventErrors, i, row.htmlKind, x.Type, otherType, x.Span, x.Fragments)
		return l
	}
	row.Gold, row.Pred = label("g", a.Gold, a.Pred, a.GoldArguments), label("p", a.Pred, a.Gold, a.PredArguments)
	return row
}

// spanText is a span for the reader, "" when there is none.
func spanText(s schema.Span) string {
	if !s.IsSet() {
		return ""
	}
	return s.String()
}

// notes leaves out what is not given.
func notes(list ...string) []string {
	var out []string
	for _, s := range list {
		if s != "" {
			out = append(out, surface(s))
		}
	}
	return out
}

// codes lists codes whose order means nothing.
func codes(list []string) string { return strings.Join(slices.Sorted(slices.Values(list)), ", ") }
