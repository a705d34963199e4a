package relabel

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/mizan-corpus/mizan/internal/labels/rebase"
	"github.com/mizan-corpus/mizan/internal/wording"
	"github.com/mizan-corpus/mizan/schema"
)

// report is what a rebase did; its JSON is that of --json.
type report struct {
	Labels   string        `json:"labels"`
	Output   string        `json:"output"`
	Written  bool          `json:"written"`
	Files    int           `json:"files"` // label files, those of passes too
	Changed  int           `json:"changed"`
	Counts   rebase.Counts `json:"counts"`
	Articles []article     `json:"articles"` // whose text changed
	Items    []item        `json:"items"`    // not placed, dropped, placed by surface, reworded

	hoppers map[string]bool     // of the old labels → whether an event of it is left
	parts   map[string][]string // by hopper, the events left that are part of it
}

// article is the counts of one label file.
type article struct {
	DocID string `json:"doc_id"`
	Pass  string `json:"pass,omitempty"`
	rebase.Counts
	name string
}

// item is one label to look at.
type item struct {
	File     string `json:"file,omitempty"`
	Line     int    `json:"line,omitempty"`
	DocID    string `json:"doc_id"`
	Pass     string `json:"pass,omitempty"`
	Outcome  string `json:"outcome"`
	Kind     string `json:"kind"`
	ID       string `json:"id"`
	Role     string `json:"role,omitempty"`
	OldStart *int32 `json:"old_start,omitempty"`
	OldEnd   *int32 `json:"old_end,omitempty"`
	OldText  string `json:"old_text,omitempty"`
	Start    *int32 `json:"start,omitempty"`
	End      *int32 `json:"end,omitempty"`
	Text     string `json:"text,omitempty"`
	Reason   string `json:"reason,omitempty"`
	item     rebase.Item
}

func newReport(name, out string) *report {
	return &report{Labels: name, Output: out, Articles: []article{}, Items: []item{},
		hoppers: map[string]bool{}, parts: map[string][]string{}}
}

func (p *report) add(r *rebasedFile) error {
	p.Files++
	p.Counts.Add(r.Counts)
	if r.pass == "" {
		p.addHoppers(r)
	}
	if !r.changed {
		return nil
	}
	p.Changed++
	p.Articles = append(p.Articles, article{DocID: r.doc.DocID, Pass: r.pass, Counts: r.Counts, name: r.name()})
	for _, i := range r.Items {
		j := item{DocID: i.DocID, Pass: r.pass, Outcome: strings.ReplaceAll(string(i.Outcome), " ", "_"), Kind: i.Kind, ID: i.ID, Role: i.Role,
			OldText: i.OldText, Text: i.NewText, Reason: i.Reason, item: i}
		if r.raw != nil {
			j.File, j.Line = i.At.File, i.At.Line
		}
		j.OldStart, j.OldEnd = ends(i.Old)
		j.Start, j.End = ends(i.New)
		p.Items = append(p.Items, j)
	}
	return nil
}

func ends(s schema.Span) (start, end *int32) {
	if !s.IsSet() {
		return nil, nil
	}
	return &s.Start, &s.End
}

// addHoppers notes which hoppers have an event left, and who is part of them.
func (p *report) addHoppers(r *rebasedFile) {
	left := map[string]bool{}
	if !r.gone {
		for i := range r.Document.Events {
			left[r.Document.Events[i].ID] = true
		}
	}
	for i := range r.doc.Events {
		e := &r.doc.Events[i]
		p.hoppers[e.HopperID] = p.hoppers[e.HopperID] || left[e.ID]
		if e.PartOf != "" && left[e.ID] {
			p.parts[e.PartOf] = append(p.parts[e.PartOf], fmt.Sprintf("%s: event %q", r.doc.EventAt(i), e.ID))
		}
	}
}

// orphans says which events are part of a hopper that lost its last event.
func (p *report) orphans() []string {
	var lines []string
	for _, hopper := range slices.Sorted(maps.Keys(p.parts)) {
		if left, known := p.hoppers[hopper]; known && !left {
			for _, event := range p.parts[hopper] {
				lines = append(lines, fmt.Sprintf("%s is part of hopper %q, which has no event any more", event, hopper))
			}
		}
	}
	return lines
}

// outcomeOrder is the order in which items are listed: what is lost first.
func outcomeOrder(i item) int {
	switch i.item.Outcome {
	case rebase.OutcomeBySurface:
		return 1
	case rebase.OutcomeReworded:
		return 2
	}
	return 0
}

func (p *report) print(w io.Writer, asJSON bool) error {
	slices.SortStableFunc(p.Items, func(a, b item) int { return cmp.Compare(outcomeOrder(a), outcomeOrder(b)) })
	if asJSON {
		return wording.JSON(w, p)
	}
	where := p.Output
	if !p.Written {
		where = "nothing written"
	}
	fmt.Fprintf(w, "%s → %s: %s, %d with a changed text\n", p.Labels, where, wording.Count(p.Files, "label file"), p.Changed)
	if p.Changed == 0 {
		return nil
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "kept\tmoved\treworded\tby surface\tnot placed\tdropped\t  article")
	row := func(name string, c rebase.Counts) {
		fmt.Fprintf(tw, "%d\t%d\t%d\t%d\t%d\t%d\t  %s\n", c.Kept, c.Moved, c.Reworded, c.BySurface, c.Unplaced, c.Dropped, name)
	}
	var sum rebase.Counts
	for _, a := range p.Articles {
		row(a.name, a.Counts)
		sum.Add(a.Counts)
	}
	if len(p.Articles) > 1 {
		row("together", sum)
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	for _, i := range p.Items {
		if _, err := fmt.Fprintln(w, i.item); err != nil {
			return err
		}
	}
	return nil
}
