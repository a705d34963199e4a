package page

import (
	"fmt"

	"github.com/mizan-corpus/mizan/internal/eval/analysis"
)

// What is shown of one article at most; the page says when there is more.
const (
	mostText = 30_000 // code points
	mostRows = 2_000  // mentions, and as many events
)

// htmlArticle is one article with its labels side by side.
type htmlArticle struct {
	Number             int
	DocID, Title, Date string
	Outlet             string
	Language           string // a language tag or ""
	Direction          string // "rtl" or "ltr"
	Omitted            bool
	HasText            bool
	Wrong              int64
	Tallies            []htmlTally
	Lines              []htmlLine
	Cuts               []string // what is not shown
	Mentions           []htmlMentionRow
	Events             []htmlEventRow
}

// htmlTally is the numbers of one layer in an article.
type htmlTally struct {
	Title string
	Kinds []htmlKindCount
}

// htmlLine is one line of the text as gold and the prediction have it.
type htmlLine struct{ Gold, Pred []htmlNode }

// htmlMentionRow is a mention that is not right.
type htmlMentionRow struct {
	*htmlKind
	Gold, Pred *htmlLabel
}

// htmlEventRow is an event, right or not, with its arguments.
type htmlEventRow struct {
	*htmlKind
	Gold, Pred *htmlLabel
}

// htmlLabel is one side of a row.
type htmlLabel struct {
	Mark      string // id of the mark in the text, "" when it is not marked
	ID        string // as the label file has it
	Text      string
	Class     string
	Span      string
	Notes     []string // modes, realis, auxiliaries; level, actor
	Arguments []htmlArgument
}

type htmlArgument struct {
	*htmlKind
	Role, OtherRole, Text, Value string
	Gold, Pred                   string // roles, for the filter
}

func newHTMLArticle(number int, a *Article) *htmlArticle {
	v := &htmlArticle{
		Number: number, DocID: a.DocID, Title: a.Title, Date: a.Date, Outlet: a.Outlet,
		Language: safeLanguage(a.Language), Direction: textDirection(a.Language, a.Text),
		Omitted: a.Omitted, HasText: a.Text != "", Wrong: a.Wrong,
	}
	for _, layer := range analysis.ErrorLayers {
		v.tally(layer, a.Errors.Layers[layer])
	}
	m := &articleMarks{prefix: fmt.Sprintf("a%d", number)}
	for i := range a.Alignment.Mentions {
		if i == mostRows {
			v.cut("mentions", len(a.Alignment.Mentions))
			break
		}
		if row := m.mention(i, &a.Alignment.Mentions[i]); row.kind != "" {
			v.Mentions = append(v.Mentions, row)
		}
	}
	for i := range a.Alignment.Events {
		if i == mostRows {
			v.cut("events", len(a.Alignment.Events))
			break
		}
		v.Events = append(v.Events, m.event(i, &a.Alignment.Events[i]))
	}
	text := []rune(a.Text)
	if len(text) > mostText {
		v.Cuts = append(v.Cuts, fmt.Sprintf("Of the text the first %d of %d characters are shown.", mostText, len(text)))
		text = text[:mostText]
	}
	gold, pred := markLines(text, m.gold, v.Direction == "rtl"), markLines(text, m.pred, v.Direction == "rtl")
	for i := range gold {
		if len(gold[i]) > 0 {
			v.Lines = append(v.Lines, htmlLine{gold[i], pred[i]})
		}
	}
	v.unlink()
	return v
}

func (v *htmlArticle) cut(what string, all int) {
	v.Cuts = append(v.Cuts, fmt.Sprintf("Of the %s the first %d of %d are shown.", what, mostRows, all))
}

func (v *htmlArticle) tally(layer analysis.ErrorLayer, l *analysis.LayerErrors) {
	if l == nil || l.Gold+l.Predicted == 0 {
		return
	}
	t := htmlTally{Title: layerTitle(layer), Kinds: []htmlKindCount{{kindOf(""), l.Correct, ""}}}
	for i := range htmlKinds {
		if n := l.Kinds[htmlKinds[i].kind]; n > 0 {
			t.Kinds = append(t.Kinds, htmlKindCount{&htmlKinds[i], n, ""})
		}
	}
	v.Tallies = append(v.Tallies, t)
}

// unlink removes the links of rows to marks that are not in the text: those
// without a span, past the cut, or too deep in others.
func (v *htmlArticle) unlink() {
	drawn := map[string]bool{}
	for _, l := range v.Lines {
		drawnMarks(l.Gold, drawn)
		drawnMarks(l.Pred, drawn)
	}
	check := func(l *htmlLabel) {
		if l != nil && !drawn[l.Mark] {
			l.Mark = ""
		}
	}
	for i := range v.Mentions {
		check(v.Mentions[i].Gold)
		check(v.Mentions[i].Pred)
	}
	for i := range v.Events {
		check(v.Events[i].Gold)
		check(v.Events[i].Pred)
	}
}

// drawnMarks notes the marks that begin in the nodes.
func drawnMarks(nodes []htmlNode, drawn map[string]bool) {
	for _, n := range nodes {
		if n.Mark != nil && n.First {
			drawn[n.Mark.ID] = true
		}
		drawnMarks(n.Children, drawn)
		drawnMarks(n.Tail, drawn)
	}
}
