package export

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	"github.com/mizan-corpus/mizan/internal/data/describe"
	"github.com/mizan-corpus/mizan/internal/data/release"
	"github.com/mizan-corpus/mizan/internal/field"
	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

func init() {
	register(Form{
		Name: "duckdb", Title: "a folder with the Parquet files and load.sql, or the database (a name in .duckdb or .db)",
		Layout: labels.FilePerArticle, Write: exportDuckDB,
	})
}

// loadScriptFile is the script beside the release that it loads.
const loadScriptFile = "load.sql"

// exportDuckDB writes a folder with a release and the script that loads it.
func exportDuckDB(ctx context.Context, ds dataset.Dataset, to Target) error {
	out, err := to.folder()
	if err != nil {
		return err
	}
	const folder = "release"
	dir := filepath.Join(to.Path, folder)
	if _, err := release.Build(ctx, dir, ds, release.BuildOptions{Replace: true}); err != nil {
		return err
	}
	r, err := release.Open(dir)
	if err != nil {
		return err
	}
	o, err := r.Ontology()
	if err != nil {
		return err
	}
	return out.WriteFile(loadScriptFile, func(w io.Writer) error {
		_, err := w.Write(LoadScript(r.Manifest(), o, folder))
		return err
	})
}

// LoadScript is an SQL script that makes a DuckDB database of a release: the
// tables with their keys, references and NOT NULL, filled from the Parquet
// files, and views that join them. release is the way from the folder in which
// DuckDB runs to the release. The tables are made in one transaction: a row
// that breaks a key leaves no table behind.
func LoadScript(m *dataset.Manifest, o *schema.Ontology, release string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "-- %s %s, content %s.\n-- Run it in this folder: duckdb corpus.db < load.sql\n\nbegin transaction;\n\n", m.Name, m.Version, m.ContentSHA256)
	var names []string
	for _, t := range m.Tables {
		names = append(names, t.Name)
	}
	for _, name := range referenceOrder(names) {
		createTable(&b, m, o, name)
		var files []string
		for _, f := range m.Files {
			if f.Table == name {
				files = append(files, sqlString(release+"/"+f.Path))
			}
		}
		if len(files) > 0 {
			fmt.Fprintf(&b, "insert into %s by name select * from read_parquet([%s], hive_partitioning = false);\n\n", name, strings.Join(files, ", "))
		}
	}
	b.WriteString(strings.TrimLeft(duckdbViews, "\n"))
	if o.EventType("CONSULT") != nil && o.Role("INITIATOR") != nil {
		b.WriteString(duckdbCalls)
	}
	b.WriteString("\ncommit;\n")
	return b.Bytes()
}

// referenceOrder puts every table behind those that it refers to.
func referenceOrder(tables []string) []string {
	var order []string
	for len(order) < len(tables) {
		before := len(order)
		for _, t := range tables {
			ready := !slices.Contains(order, t)
			for _, r := range field.TableByName(t).References {
				if r.Table != t && slices.Contains(tables, r.Table) && !slices.Contains(order, r.Table) {
					ready = false
				}
			}
			if ready {
				order = append(order, t)
			}
		}
		if len(order) == before { // a circle of references, which there is none
			return tables
		}
	}
	return order
}

func createTable(b *bytes.Buffer, m *dataset.Manifest, o *schema.Ontology, name string) {
	t := field.TableByName(name)
	var lines, remarks []string
	for _, c := range t.Columns {
		line := "  " + sqlName(c.Name) + " " + duckdbType(&c)
		if !c.Has(field.Nullable) {
			line += " not null"
		}
		lines = append(lines, line)
		remarks = append(remarks, fmt.Sprintf("comment on column %s.%s is %s;\n", name, sqlName(c.Name), sqlString(c.Under(o))))
	}
	if t.Key != nil {
		lines = append(lines, "  primary key ("+sqlNames(t.Key)+")")
	}
	for _, r := range t.References {
		if _, present := m.Table(r.Table); present && describe.Holds(m, r) {
			lines = append(lines, fmt.Sprintf("  foreign key (%s) references %s (%s)", sqlNames(r.Columns), r.Table, sqlNames(r.Keys)))
		}
	}
	fmt.Fprintf(b, "create table %s (\n%s\n);\ncomment on table %s is %s;\n%s", name, strings.Join(lines, ",\n"),
		name, sqlString(t.Meaning), strings.Join(remarks, ""))
}

// duckdbType is DuckDB's type of a column.
func duckdbType(c *field.Column) string {
	typ := map[string]string{"string": "varchar", "int32": "integer", "date": "date", "bool": "boolean"}[c.Element()]
	if members := c.Members(); members != nil {
		var fields []string
		for _, m := range members {
			fields = append(fields, sqlName(m)+" "+typ)
		}
		typ = "struct(" + strings.Join(fields, ", ") + ")"
	}
	if c.List() {
		typ += "[]"
	}
	return typ
}

func sqlName(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

func sqlNames(list []string) string {
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = sqlName(s)
	}
	return strings.Join(quoted, ", ")
}

func sqlString(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// duckdbViews answers the questions that need joins.
const duckdbViews = `
create view participants as
select e.doc_id, e.event_id, e.hopper_id, e.type, e.modes, e.realis, a.role,
  m.mention_id, m.text, m.actor_id, x.name_en, x.name_ar, x.type as actor_type, x.country, x.sector
from events e
join arguments a using (doc_id, event_id)
join mentions m on m.doc_id = a.doc_id and m.mention_id = a.mention_id
left join actors x on x.actor_id = m.actor_id;
comment on view participants is 'One row a mention that fills a role of an event, with its actor.';

create view hoppers as
select hopper_id, min(type) as type, min(part_of) as part_of, count(*) as mentions,
  count(distinct doc_id) as articles, bool_or(realis = 'actual') as happened
from events where hopper_id is not null group by hopper_id;
comment on view hoppers is 'One row a happening, over all its mentions.';
`

// duckdbCalls is the view of telephone calls, for ontologies that tell them.
const duckdbCalls = `
create view calls as
with persons as ( -- a set of actors, such as "the two presidents", is its members
  select x.actor_id, unnest(case when len(x.members) > 0 then x.members else [x.actor_id] end) as person from actors x
)
select e.hopper_id,
  list_sort(list_distinct(list(p.name_en) filter (where a.role = 'ACTOR' and p.name_en is not null))) as participants,
  list_sort(list_distinct(list(p.name_en) filter (where a.role = 'INITIATOR' and p.name_en is not null))) as rang,
  list_sort(list_distinct(list(a.value) filter (where a.role = 'TIME' and a.value is not null))) as dates,
  min(coalesce(d.published_inferred, d.published)) as reported,
  list_sort(list_distinct(list(e.doc_id))) as articles
from events e
join articles d using (doc_id)
left join arguments a on a.doc_id = e.doc_id and a.event_id = e.event_id
left join mentions m on m.doc_id = a.doc_id and m.mention_id = a.mention_id
left join persons s on s.actor_id = m.actor_id
left join actors p on p.actor_id = s.person
where e.type = 'CONSULT' and list_contains(e.modes, 'phone') and e.realis = 'actual' and e.hopper_id is not null
group by e.hopper_id;
comment on view calls is 'Telephone calls that took place: who took part, who rang, on which dates, when it was first reported.';
`
