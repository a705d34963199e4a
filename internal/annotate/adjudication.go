package annotate

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path/filepath"
	"strings"

	"github.com/mizan-corpus/mizan/internal/atomicfile"
	"github.com/mizan-corpus/mizan/internal/eval"
	"github.com/mizan-corpus/mizan/internal/eval/agreement"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/internal/regular"
	"github.com/mizan-corpus/mizan/schema"
)

// Figures are F1 before the review, of the passes against each other, and after it, of
// each against the settled labels.
type Figures struct {
	Before []FigureView `json:"before"`
	AfterA []FigureView `json:"after_a"`
	AfterB []FigureView `json:"after_b"`
}

// FigureView is one figure of agreement.
type FigureView struct {
	Name string   `json:"name"`
	F1   *float64 `json:"f1"` // null where it is undefined
}

// shownFigures are the figures of a review; all are in dataset agree.
var shownFigures = []string{"mentions.strict", "mentions.head", "events.trigger.classified", "events.argument.classified", "actors.coref.b3", "events.coref.b3"}

func (s *Session) figures(a *article) (f Figures, err error) {
	r := s.review
	x, y := r.passes[0][a.DocID], r.passes[1][a.DocID]
	for _, one := range []struct {
		to   *[]FigureView
		a, b *state
	}{{&f.Before, x, y}, {&f.AfterA, a.state, x}, {&f.AfterB, a.state, y}} {
		if *one.to, err = s.agree(a, one.a, one.b); err != nil {
			return f, err
		}
	}
	return f, nil
}

func (s *Session) agree(a *article, x, y *state) ([]FigureView, error) {
	pairs := func(yield func(*eval.Pair, error) bool) {
		yield(&eval.Pair{DocID: a.DocID, Article: a.Article, Gold: &x.document().Annotation, Pred: &y.document().Annotation}, nil)
	}
	settings := &eval.Settings{Ontology: s.opt.Ontology, Actors: map[string]*schema.Actor{}}
	agreed, err := agreement.Agree(context.Background(), iter.Seq2[*eval.Pair, error](pairs), settings)
	if err != nil {
		return nil, err
	}
	list := []FigureView{}
	for _, name := range shownFigures {
		for _, f := range agreed.Overall.Scores {
			if f.Name == name && f.Class == "" && f.Average == "" {
				list = append(list, FigureView{name, f.F1})
			}
		}
	}
	return list, nil
}

// made is the first line of a file of adjudications that the program has written.
const made = "<!-- made by dataset annotate --review of the journal; change it there -->"

// adjudicationFile is where the decisions are: ADJUDICATION.md, unless that is someone's
// own text.
func (s *Session) adjudicationFile() (string, error) {
	name := filepath.Join(s.opt.Dir, "ADJUDICATION.md")
	b, err := regular.ReadFile(name, labels.DefaultMaxRecord)
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && strings.HasPrefix(string(b), made):
		return name, nil
	case err != nil:
		return "", err
	}
	return filepath.Join(s.opt.Dir, fmt.Sprintf("ADJUDICATION-%s-%s.md", s.review.names[0], s.review.names[1])), nil
}

// writeAdjudication writes the decisions that stand as tables, one an article.
func (s *Session) writeAdjudication() error {
	name, err := s.adjudicationFile()
	if err != nil {
		return err
	}
	text, err := s.adjudication()
	if err != nil {
		return err
	}
	return atomicfile.Write(name, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}

func (s *Session) adjudication() ([]byte, error) {
	var b bytes.Buffer
	x, y := s.review.names[0], s.review.names[1]
	fmt.Fprintf(&b, "%s\n# Adjudication of the labels\n\n%s and %s labelled independently. What they have alike was taken over, and every difference settled as below. Numbers in brackets are offsets.\n", made, x, y)
	fmt.Fprintf(&b, "\n## Disagreements between %s and %s\n", x, y)
	for _, a := range s.articles {
		c := s.comparison(a)
		if c == nil {
			continue
		}
		decided := s.decisions(a)
		rows := 0
		for _, d := range c.Differences {
			e := decided[d.ID]
			if e == nil {
				continue
			}
			var t detail
			if err := json.Unmarshal(e.Detail, &t); err != nil {
				return nil, err
			}
			if rows++; rows == 1 {
				fmt.Fprintf(&b, "\n%s\n\n| what | %s | %s | chosen | reason |\n|---|---|---|---|---|\n", a.DocID, cell(x), cell(y))
			}
			chosen := map[string]string{"a": x, "b": y}[e.Choice]
			if chosen == "" {
				chosen = t.Chosen
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", cell(t.What), cell(orNone(t.A)), cell(orNone(t.B)), cell(chosen), cell(e.Reason))
		}
		if left := len(c.Differences) - rows; left > 0 && len(decided) > 0 {
			fmt.Fprintf(&b, "\nNot settled yet in %s: %d.\n", a.DocID, left)
		}
	}
	return b.Bytes(), nil
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// cell is a text in a cell of a Markdown table: one line, in which nothing is markup.
func cell(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return strings.NewReplacer(`\`, `\\`, "|", `\|`, "<", "&lt;", "&", "&amp;", "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`).Replace(s)
}
