package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/wording"
)

func init() {
	Register(Renderer{Name: "markdown", Title: "a table for GitHub, warnings and signature below", Render: Markdown})
}

// Markdown writes GitHub-flavoured Markdown: the tables, lists, warnings and the
// signature. Names from data are escaped, so that they stay text.
func Markdown(w io.Writer, measured any, view View) error {
	t, err := tableOf(measured, view)
	if err != nil {
		return err
	}
	var b strings.Builder
	if t.summary != "" {
		b.WriteString("### " + strings.ToUpper(t.summary[:1]) + t.summary[1:] + "\n\n")
	}
	for i := range t.parts {
		if t.parts[i].textOnly {
			continue
		}
		t.parts[i].markdown(&b, i > 0)
		if i == 0 && len(t.reasons) > 0 {
			mdList(&b, t.reasons)
		}
	}
	if t.legend != "" {
		b.WriteString("\n" + mdText(t.legend) + "\n")
	}
	if len(t.warnings) > 0 {
		b.WriteString("\n")
	}
	for _, line := range t.warnings {
		b.WriteString("- ⚠ " + mdText(line) + "\n")
	}
	if t.signature != "" {
		fmt.Fprintf(&b, "\nSignature: %s\n", mdPlainCode(t.signature))
	}
	_, err = io.WriteString(w, b.String())
	return err
}

// markdown writes one table a section; apart puts a blank line before the first.
func (p *part) markdown(b *strings.Builder, apart bool) {
	for _, s := range p.sections {
		if s.title != "" {
			b.WriteString("\n" + strings.Repeat("#", p.level) + " " + mdCode(s.title) + "\n\n")
		} else if apart {
			b.WriteString("\n")
		}
		var head []string
		for _, c := range slices.Concat(p.labels, p.head) {
			head = append(head, c.markdown)
		}
		mdRow(b, head)
		b.WriteString(strings.Repeat("|:--", len(p.labels)) + strings.Repeat("|--:", len(p.head)) + "|\n")
		for _, r := range s.rows {
			var line []string
			if len(p.labels) > 1 {
				line = append(line, r.group.markdown)
			}
			line = append(line, r.label.markdown)
			for i, c := range r.cells {
				if i == 0 && r.best {
					c.markdown = "**" + c.markdown + "**"
				}
				line = append(line, c.markdown)
			}
			mdRow(b, append(line, make([]string, len(head)-len(line))...))
		}
	}
	for _, list := range p.lists {
		mdList(b, list)
	}
}

func mdRow(b *strings.Builder, cells []string) {
	b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

func mdList(b *strings.Builder, list []entry) {
	b.WriteString("\n")
	for _, e := range list {
		b.WriteString("- " + e.markdown + "\n")
	}
}

// mdCode is a name from data as code. Inside code nothing is markup and GitHub
// makes no mention or link of it; what would end the code or the cell is
// written as an entity.
func mdCode(s string) string {
	s = visible(wording.Cut(s, longestName))
	if s == "" || s != strings.TrimSpace(s) || strings.ContainsAny(s, "`|\\<>&") {
		return "<code>" + mdEntities(s, "`|\\<>&*_~[]!\"'$@#:() ") + "</code>"
	}
	return "`" + s + "`"
}

// mdPlainCode is mdCode outside tables, where a bar ends no cell.
func mdPlainCode(s string) string {
	if s = visible(wording.Cut(s, longestName)); strings.ContainsAny(s, "`\\<>&") {
		return mdCode(s)
	}
	return "`" + s + "`"
}

// mdText is plain text from data. An empty comment after @ keeps GitHub from
// writing to whoever has that name, and one inside an address from making a
// link.
func mdText(s string) string {
	s = mdEntities(visible(wording.Cut(s, longestLine)), "`|\\<>&*_~[]!$#")
	for _, start := range []string{"@", "://", "www."} {
		s = strings.ReplaceAll(s, start, start[:1]+"<!-- -->"+start[1:])
	}
	return s
}

// mdEntities replaces the special characters by numeric entities, which are
// never markup.
func mdEntities(s, special string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune(special, r) {
			fmt.Fprintf(&b, "&#%d;", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
