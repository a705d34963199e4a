package release

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/walk"
)

// Summary is what a dataset holds.
type Summary struct {
	Identity    dataset.Identity `json:"identity"`
	ToolVersion string           `json:"tool_version,omitempty"` // of the release's writer
	Splits      []SplitSummary   `json:"splits"`
	Tables      []TableSummary   `json:"tables"`
	Labels      []LabelCount     `json:"labels"`
	TextLength  int64            `json:"text_code_points"`
}

// SplitSummary is one split.
type SplitSummary struct {
	Name     string `json:"name"`
	Articles int64  `json:"articles"`
	Labelled int64  `json:"labelled"`
}

// TableSummary is one table. Files and Bytes are 0 for a corpus that is no
// release.
type TableSummary struct {
	dataset.TableInfo
	Files int   `json:"files"`
	Bytes int64 `json:"bytes"`
}

// LabelCount is how many gold labels bear a value of a column.
type LabelCount struct {
	Table  string `json:"table"`
	Column string `json:"column"`
	Value  string `json:"value"`
	Count  int64  `json:"count"`
}

// Info summarises a dataset in one pass over it, in bounded memory.
func Info(ds dataset.Dataset) (*Summary, error) {
	id, err := ds.Identity()
	if err != nil {
		return nil, err
	}
	s := &Summary{Identity: id}
	sums := walk.NewContentSums()
	splits := map[string]*SplitSummary{}
	counts := map[LabelCount]int64{}
	for d, err := range walk.Entries(ds, func(err error) error { return err }) {
		if err != nil {
			return nil, err
		}
		sums.Add(d)
		split := splits[d.Article.Split]
		if split == nil {
			split = &SplitSummary{Name: d.Article.Split}
			splits[d.Article.Split] = split
		}
		split.Articles++
		if d.Article.Labelled {
			split.Labelled++
		}
		for range d.Article.Text {
			s.TextLength++
		}
		countLabels(d, counts)
	}
	actors, err := walk.ActorsOf(ds)
	if err != nil {
		return nil, err
	}
	for _, a := range actors {
		sums.Actors.Add(&a.Actor)
		counts[LabelCount{Table: dataset.TableActors, Column: "type", Value: a.Type}]++
	}
	for _, t := range sums.Tables() {
		s.Tables = append(s.Tables, TableSummary{TableInfo: t})
	}
	for _, name := range slices.Sorted(maps.Keys(splits)) {
		s.Splits = append(s.Splits, *splits[name])
	}
	for label, n := range counts {
		label.Count = n
		s.Labels = append(s.Labels, label)
	}
	slices.SortFunc(s.Labels, func(a, b LabelCount) int {
		return cmp.Or(slices.Index(dataset.Tables, a.Table)-slices.Index(dataset.Tables, b.Table), cmp.Compare(a.Column, b.Column),
			cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	if r, ok := ds.(*Release); ok {
		s.addFiles(r.manifest)
	}
	return s, nil
}

func countLabels(d *walk.Entry, counts map[LabelCount]int64) {
	for i := range d.Mentions {
		m := &d.Mentions[i]
		counts[LabelCount{Table: dataset.TableMentions, Column: "type", Value: m.Type}]++
		counts[LabelCount{Table: dataset.TableMentions, Column: "level", Value: m.Level}]++
	}
	for i := range d.Events {
		e := &d.Events[i]
		counts[LabelCount{Table: dataset.TableEvents, Column: "type", Value: e.Type}]++
		counts[LabelCount{Table: dataset.TableEvents, Column: "realis", Value: e.Realis}]++
	}
	for i := range d.Arguments {
		counts[LabelCount{Table: dataset.TableArguments, Column: "role", Value: d.Arguments[i].Role}]++
	}
}

func (s *Summary) addFiles(m *dataset.Manifest) {
	s.ToolVersion = m.ToolVersion
	for i := range s.Tables {
		for _, f := range m.Files {
			if f.Table == s.Tables[i].Name {
				s.Tables[i].Files++
				s.Tables[i].Bytes += f.Bytes
			}
		}
	}
}

// WriteText writes the summary as aligned text.
func (s *Summary) WriteText(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	id := s.Identity
	fmt.Fprintf(t, "%s %s\n", id.Name, id.Version)
	if id.Title != "" {
		fmt.Fprintln(t, id.Title)
	}
	fmt.Fprintf(t, "\ncontent\t%s\nschema\t%s\nontology\t%s %s\n", id.ContentSHA256, id.SchemaVersion, id.Ontology, id.OntologyVersion)
	for _, line := range [][2]string{{"guidelines", id.GuidelineVersion}, {"licence of labels", id.Licence}, {"written by", s.ToolVersion}} {
		if line[1] != "" {
			fmt.Fprintf(t, "%s\t%s\n", line[0], line[1])
		}
	}
	fmt.Fprintf(t, "text\t%d code points\n", s.TextLength)
	if err := t.Flush(); err != nil {
		return err
	}

	right := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(right, "\nsplit\tarticles\tlabelled\t")
	for _, x := range s.Splits {
		fmt.Fprintf(right, "%s\t%d\t%d\t\n", x.Name, x.Articles, x.Labelled)
	}
	right.Flush()
	fmt.Fprintln(right, "\ntable\trows\tfiles\tbytes\t")
	for _, x := range s.Tables {
		fmt.Fprintf(right, "%s\t%d\t%d\t%d\t\n", x.Name, x.Rows, x.Files, x.Bytes)
	}
	right.Flush()
	if len(s.Labels) > 0 {
		fmt.Fprintln(right, "\ntable\tcolumn\tvalue\tcount\t")
	}
	for _, x := range s.Labels {
		fmt.Fprintf(right, "%s\t%s\t%s\t%d\t\n", x.Table, x.Column, cmp.Or(x.Value, "(none)"), x.Count)
	}
	return right.Flush()
}
