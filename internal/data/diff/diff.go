package diff

import (
	"cmp"
	"iter"
	"slices"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/internal/data/walk"
	"github.com/mizan-corpus/mizan/internal/version"
	"github.com/mizan-corpus/mizan/schema"
)

// whole is the labels that came with b or went with a, nil where none did.
func whole(a, b *walk.Entry) *LabelRows {
	switch {
	case a.Article.Labelled == b.Article.Labelled:
		return nil
	case b.Article.Labelled:
		return &LabelRows{ChangeAdded, len(b.Mentions), len(b.Events), len(b.Arguments)}
	}
	return &LabelRows{ChangeRemoved, len(a.Mentions), len(a.Events), len(a.Arguments)}
}

// scored are the columns of articles that a score may depend on.
var scored = []string{"text", "language", "outlet", "published", "published_inferred", "split"}

// scoredOfActors are those of actors.
var scoredOfActors = []string{"type", "country", "sector", "other_sectors", "members"}

// Diff compares two datasets in one merge join by doc_id; beside the changes
// themselves it holds the labels of one article of each. The bump is major
// where a score of the same predictions may change, or a row is gone: a text, a
// label, a date or an outlet, the ontology; minor where articles, labelled
// articles, actors, passes or columns were added; patch where anything else
// differs.
func Diff(old, new dataset.Dataset) (*Changes, error) {
	c := &Changes{reasons: map[string]version.Bump{}}
	var err error
	if c.Old, err = old.Identity(); err != nil {
		return nil, err
	}
	if c.New, err = new.Identity(); err != nil {
		return nil, err
	}
	if err := c.versions(old, new); err != nil {
		return nil, err
	}
	if err := c.diffArticles(old, new); err != nil {
		return nil, err
	}
	if err := c.diffActors(old, new); err != nil {
		return nil, err
	}
	c.finish()
	version, err := version.Parse(c.Old.Version)
	c.Bump, c.Least = c.bump.String(), version.Next(c.bump).String()
	return c, err
}

// ask notes a reason for a bump.
func (c *Changes) ask(b version.Bump, reason string) {
	c.bump = max(c.bump, b)
	c.reasons[reason] = max(c.reasons[reason], b)
}

// versions compares what the datasets say of themselves.
func (c *Changes) versions(old, new dataset.Dataset) error {
	a, err := version.Parse(c.Old.SchemaVersion)
	if err != nil {
		return err
	}
	b, err := version.Parse(c.New.SchemaVersion)
	if err != nil {
		return err
	}
	switch {
	case a.Major != b.Major:
		c.ask(version.BumpMajor, "the schema changed the meaning of columns")
	case a.Minor != b.Minor:
		c.ask(version.BumpMinor, "the schema has other columns")
	case a != b:
		c.ask(version.BumpPatch, "the schema version changed")
	}
	known := c.Old.OntologySHA256 != "" && c.New.OntologySHA256 != "" // else an older release, whose name and version tell
	if c.Old.Ontology != c.New.Ontology || c.Old.OntologyVersion != c.New.OntologyVersion || known && c.Old.OntologySHA256 != c.New.OntologySHA256 {
		c.ask(version.BumpMajor, "the ontology changed")
	}
	for _, x := range [][3]string{
		{"name", c.Old.Name, c.New.Name}, {"title", c.Old.Title, c.New.Title}, {"description", c.Old.Description, c.New.Description},
		{"labelling", c.Old.Labelling, c.New.Labelling}, {"language", c.Old.Language, c.New.Language}, {"licence", c.Old.Licence, c.New.Licence},
		{"schema_version", c.Old.SchemaVersion, c.New.SchemaVersion}, {"ontology", c.Old.Ontology, c.New.Ontology},
		{"ontology_version", c.Old.OntologyVersion, c.New.OntologyVersion}, {"ontology_sha256", c.Old.OntologySHA256, c.New.OntologySHA256},
		{"guideline_version", c.Old.GuidelineVersion, c.New.GuidelineVersion},
		{"tool_version", toolOf(old), toolOf(new)},
	} {
		if x[1] != x[2] {
			c.Metadata = append(c.Metadata, ColumnChange{x[0], tables.AppendString(nil, x[1]), tables.AppendString(nil, x[2])})
			c.ask(version.BumpPatch, "metadata of the dataset changed")
		}
	}
	a1, isA := old.(*release.Release)
	b1, isB := new.(*release.Release)
	if isA && isB && c.Old.Version == c.New.Version && !slices.Equal(a1.Manifest().Files, b1.Manifest().Files) {
		c.ask(version.BumpPatch, "the files have other bytes under the same version")
	}
	return nil
}

func toolOf(d dataset.Dataset) string {
	if r, ok := d.(*release.Release); ok {
		return r.Manifest().ToolVersion
	}
	return schema.ToolVersion
}

// inStep calls visit for the items of two streams in one ascending order; an
// item that only one has comes with nil for the other.
func inStep[T any](old, new iter.Seq2[*T, error], key func(*T) string, visit func(a, b *T)) error {
	nextA, stopA := iter.Pull2(old)
	defer stopA()
	nextB, stopB := iter.Pull2(new)
	defer stopB()
	a, errA, okA := nextA()
	b, errB, okB := nextB()
	for okA || okB {
		if err := cmp.Or(errA, errB); err != nil {
			return err
		}
		order := 0
		switch {
		case !okA:
			order = 1
		case !okB:
			order = -1
		default:
			order = cmp.Compare(key(a), key(b))
		}
		var x, y *T
		if order <= 0 {
			x = a
			a, errA, okA = nextA()
		}
		if order >= 0 {
			y = b
			b, errB, okB = nextB()
		}
		visit(x, y)
	}
	return nil
}

func strictly(err error) error { return err }

func (c *Changes) diffArticles(old, new dataset.Dataset) error {
	return inStep(walk.Entries(old, strictly), walk.Entries(new, strictly), func(d *walk.Entry) string { return d.Article.DocID }, func(a, b *walk.Entry) {
		switch {
		case a == nil:
			c.Articles = append(c.Articles, ArticleChange{DocID: b.Article.DocID, Kind: ChangeAdded, Labelled: b.Article.Labelled})
			c.ask(version.BumpMinor, "articles were added")
		case b == nil:
			c.Articles = append(c.Articles, ArticleChange{DocID: a.Article.DocID, Kind: ChangeRemoved, Labelled: a.Article.Labelled})
			c.ask(version.BumpMajor, "articles were removed")
		default:
			c.diffArticle(a, b)
		}
	})
}

func (c *Changes) diffArticle(a, b *walk.Entry) {
	x := ArticleChange{DocID: b.Article.DocID, Kind: ChangeOther, Labelled: b.Article.Labelled, Columns: changedColumns(a.Article, b.Article, "doc_id"), Whole: whole(a, b)}
	for _, column := range x.Columns {
		switch {
		case column.Column == "labelled" && b.Article.Labelled:
			c.ask(version.BumpMinor, "articles were labelled that had no labels")
		case column.Column == "labelled":
			c.ask(version.BumpMajor, "labels of whole articles were removed")
		case slices.Contains(scored, column.Column):
			c.ask(version.BumpMajor, "the column "+column.Column+" of articles changed")
		default:
			c.ask(version.BumpPatch, "metadata of articles changed")
		}
	}
	if a.Article.Labelled && b.Article.Labelled {
		x.Labels = diffLabels(a, b)
		if len(x.Labels) > 0 {
			c.ask(version.BumpMajor, "labels changed")
		}
	}
	if passRows(a.PassMentions, a.PassEvents, a.PassArguments) != passRows(b.PassMentions, b.PassEvents, b.PassArguments) {
		x.Passes = true
		if len(a.Passes) == 0 {
			c.ask(version.BumpMinor, "passes were added")
		} else {
			c.ask(version.BumpMajor, "passes changed")
		}
	}
	if len(x.Columns) > 0 || len(x.Labels) > 0 || x.Passes {
		c.Articles = append(c.Articles, x)
	}
}

// passRows is the canonical form of the rows of an article's passes.
func passRows(mentions []tables.PassMentionRow, events []tables.PassEventRow, arguments []tables.PassArgumentRow) string {
	var b []byte
	for i := range mentions {
		b = tables.AppendRow(b, &mentions[i])
	}
	for i := range events {
		b = tables.AppendRow(b, &events[i])
	}
	for i := range arguments {
		b = tables.AppendRow(b, &arguments[i])
	}
	return string(b)
}

func (c *Changes) diffActors(old, new dataset.Dataset) error {
	return inStep(old.Actors(), new.Actors(), func(r *schema.Actor) string { return r.ID }, func(a, b *schema.Actor) {
		x := LabelChange{Table: dataset.TableActors}
		switch {
		case a == nil:
			x.Kind, x.ID, x.Text, x.Type = ChangeAdded, b.ID, b.NameEN, b.Type
			c.ask(version.BumpMinor, "actors were added")
		case b == nil:
			x.Kind, x.ID, x.Text, x.Type = ChangeRemoved, a.ID, a.NameEN, a.Type
			c.ask(version.BumpMajor, "actors were removed")
		default:
			x.ID, x.Text, x.Type, x.Columns = b.ID, b.NameEN, b.Type, changedColumns(a, b)
			x.Kind = ChangeOther
			for _, column := range x.Columns {
				if column.Column == "type" {
					x.Kind = ChangeRetyped
				}
				if slices.Contains(scoredOfActors, column.Column) {
					c.ask(version.BumpMajor, "the column "+column.Column+" of actors changed")
				} else {
					c.ask(version.BumpPatch, "names of actors changed")
				}
			}
			if len(x.Columns) == 0 {
				return
			}
		}
		c.Actors = append(c.Actors, x)
	})
}

// finish sorts the reasons and counts the changes.
func (c *Changes) finish() {
	c.Reasons = []string{}
	for reason := range c.reasons {
		c.Reasons = append(c.Reasons, reason)
	}
	slices.SortFunc(c.Reasons, func(a, b string) int { return cmp.Or(cmp.Compare(c.reasons[b], c.reasons[a]), cmp.Compare(a, b)) })
	counts := map[[2]string]int{}
	for _, a := range c.Articles {
		if a.Kind != ChangeOther || len(a.Columns) > 0 {
			counts[[2]string{dataset.TableArticles, a.Kind}]++
		}
		if w := a.Whole; w != nil {
			counts[[2]string{dataset.TableMentions, w.Kind}] += w.Mentions
			counts[[2]string{dataset.TableEvents, w.Kind}] += w.Events
			counts[[2]string{dataset.TableArguments, w.Kind}] += w.Arguments
		}
		for _, l := range a.Labels {
			counts[[2]string{l.Table, l.Kind}]++
		}
	}
	for _, a := range c.Actors {
		counts[[2]string{dataset.TableActors, a.Kind}]++
	}
	for _, table := range dataset.Tables {
		for _, kind := range []string{ChangeAdded, ChangeRemoved, ChangeMoved, ChangeRetyped, ChangeOther} {
			if n := counts[[2]string{table, kind}]; n > 0 {
				c.Counts = append(c.Counts, ChangeCount{table, kind, n})
			}
		}
	}
}
