package describe

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/dataset"
	datatables "github.com/mizan-corpus/mizan/internal/data/tables"
	"github.com/mizan-corpus/mizan/internal/ontology"
	"github.com/mizan-corpus/mizan/schema"
)

// card is the release's README.md, a dataset card: YAML that dataset hubs read,
// then prose.
func card(m *dataset.Manifest, meta dataset.Meta) ([]byte, error) {
	var b bytes.Buffer
	o := ontology.Or(meta.Ontology)
	frontMatter(&b, m, meta)
	fmt.Fprintf(&b, "# %s\n\n", cmp.Or(m.Title, m.Name))
	b.WriteString(versionLine(m) + "\n\n")
	section := func(title, text string) {
		if text != "" {
			b.WriteString(section(title, text) + "\n")
		}
	}
	section("What it is", m.Description)
	if m.WithoutTexts {
		section("Without texts", textsSentence(m)+" Until then the columns `text` and `raw` and every surface are empty, and `subtitle` is the span of the text at which it stands:\n\n"+
			"```\ndataset hydrate . --articles YOUR-COPIES -o ../release\n```")
	}
	section("How the labels were made", meta.Labelling)
	section("Reading it", readingIt(m))
	section("Offsets", "A span is `[start, end)`, counted from 0 in Unicode code points of the column `text` of `articles`, in logical order: "+
		"`text[start:end]` in Python. Every span carries the text that stands there. "+
		"In languages that count UTF-16 units or bytes, convert first.")
	tables(&b, m, o)
	section("Versions", versionsLine(m)+
		" A release never changes. MAJOR: a score of the same predictions may change. MINOR: articles or columns were added. PATCH: other bytes, same content."+history(m))
	section("Limits", limits(m))
	datasheet(m, section)
	section("Licences", fmt.Sprintf("%s %s the code that made the release under Apache-2.0. "+
		"Types and codes are those of the ontology %s.%s `%s` says it by parts.",
		textsSentence(m), labelsSentence(m), strings.TrimSpace(o.Name+" "+o.Version), after(o.Licence), licenceFile))
	section("Canary", canary(m))
	section("Citation", "```bibtex\n"+citation(m)+"\n```")
	section("Authors and contact", contact(m))
	return append(bytes.TrimRight(b.Bytes(), "\n"), '\n'), nil
}

func section(title, text string) string {
	return fmt.Sprintf("## %s\n\n%s\n", title, strings.TrimSpace(text))
}

func versionLine(m *dataset.Manifest) string {
	return fmt.Sprintf("Version %s. Content %s (SHA-256 over the rows, whatever their encoding).", m.Version, m.ContentSHA256)
}

func versionsLine(m *dataset.Manifest) string {
	return fmt.Sprintf("Schema %s; ontology %s; label guidelines %s; written by mizan %s.",
		m.SchemaVersion, strings.TrimSpace(m.Ontology+" "+m.OntologyVersion), cmp.Or(m.GuidelineVersion, "without a version"), m.ToolVersion)
}

func languageLine(language string) string { return "language:\n- " + yamlString(language) + "\n" }

// after is a further sentence, with a space before it.
func after(s string) string {
	if s == "" {
		return ""
	}
	return " " + s
}

// frontMatter is the YAML at the top: a configuration for each table, with its
// files and features.
func frontMatter(b *bytes.Buffer, m *dataset.Manifest, meta dataset.Meta) {
	fmt.Fprintf(b, "---\npretty_name: %s\n", yamlString(cmp.Or(m.Title, m.Name)))
	if meta.Language != "" {
		b.WriteString(languageLine(meta.Language))
	}
	b.WriteString(licenceLines(m))
	if a := aboutOf(m).Annotators; a != "" {
		b.WriteString(annotatorsLine(a))
	}
	articles, _ := m.Table(dataset.TableArticles)
	fmt.Fprintf(b, "size_categories:\n- %s\ntask_categories:\n- token-classification\n", sizeCategory(articles.Rows))
	b.WriteString("tags:\n- event-extraction\n- named-entity-recognition\n- evaluation\nconfigs:\n")
	for _, t := range m.Tables {
		if t.Rows == 0 {
			continue // Hugging Face datasets cannot load a table without rows
		}
		// Clients keep what they have loaded under the folder's name and what stands here:
		// version and hash have them load other content anew.
		fmt.Fprintf(b, "- config_name: %s\n  version: %s\n  description: %s\n", t.Name, m.Version, yamlString("content "+t.ContentSHA256))
		if t.Name == dataset.TableArticles {
			b.WriteString("  default: true\n")
		}
		b.WriteString("  data_files:\n")
		seen := ""
		for _, f := range m.Files {
			if f.Table == t.Name && f.Split != seen && f.Rows > 0 {
				seen = f.Split
				fmt.Fprintf(b, "  - split: %s\n    path: data/%s/%s-*.parquet\n", f.Split, t.Name, f.Split)
			}
		}
	}
	datasetInfo(b, m)
	b.WriteString("---\n\n")
}

// yamlString is s as a double-quoted YAML scalar, which takes JSON's escapes.
func yamlString(s string) string { return string(datatables.AppendString(nil, s)) }

// sizeCategory is the hub's class of a number of rows.
func sizeCategory(rows int64) string {
	steps := []struct {
		below int64
		name  string
	}{{1e3, "n<1K"}, {1e4, "1K<n<10K"}, {1e5, "10K<n<100K"}, {1e6, "100K<n<1M"}, {1e7, "1M<n<10M"}}
	for _, s := range steps {
		if rows < s.below {
			return s.name
		}
	}
	return "n>10M"
}

func readingIt(m *dataset.Manifest) string {
	split := m.Splits[0]
	table := dataset.TableArticles // a table without rows is no configuration
	for _, name := range []string{dataset.TableMentions, dataset.TableEvents} {
		if t, _ := m.Table(name); t.Rows > 0 {
			table = name
		}
	}
	return fmt.Sprintf("```python\nimport pandas as pd\nmentions = pd.read_parquet(\"data/mentions\")\n\n"+
		"import duckdb\nduckdb.sql(\"select type, count(*) from 'data/mentions/*.parquet' group by type\")\n\n"+
		"import os, datasets\n%s = datasets.load_dataset(os.getcwd(), %q, split=%q)\n```\n\n"+
		"With the tool that made it:\n\n```\ndataset verify .          # every byte and every label against the manifest and the rules\n"+
		"dataset info .            # what is in it\ndataset score PRED --release .\n```", table, table, split)
}

func tables(b *bytes.Buffer, m *dataset.Manifest, o *schema.Ontology) {
	b.WriteString("## Tables\n\nKeyed by `doc_id`; rows are in key order. A column that is not nullable is never null; a list is empty rather than null.\n\n")
	for _, t := range m.Tables {
		fmt.Fprintf(b, "### %s (%d rows)\n\n%s\n\n| column | type | meaning |\n|---|---|---|\n", t.Name, t.Rows, tableOf(t.Name).Meaning)
		for _, c := range tableOf(t.Name).Columns {
			fmt.Fprintf(b, "| %s | %s | %s |\n", c.Name, c.Type(), c.Under(o))
		}
		b.WriteString("\n")
	}
}

func limits(m *dataset.Manifest) string {
	articles, _ := m.Table(dataset.TableArticles)
	text := ""
	if articles.Rows < 100 {
		text = fmt.Sprintf("With %d articles, differences between systems are uncertain: read the intervals beside every score. ", articles.Rows)
	}
	return text + "Labels are judgements under the guidelines. A mention or event outside the ontology's types is not in the tables."
}

// Descriptions are the files that say what a release holds, each made of the
// manifest (without the Descriptions' own entries) and the corpus's words.
var Descriptions = map[string]func(*dataset.Manifest, dataset.Meta) ([]byte, error){
	"README.md": card,
}
