package diff

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// WriteText writes the changes for people: the bump and why, then article by
// article.
func (c *Changes) WriteText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s → %s %s\n", c.Old.Name, c.Old.Version, c.New.Name, c.New.Version)
	if c.Same() {
		b.WriteString("no difference\n")
	} else {
		fmt.Fprintf(&b, "bump %s: the least next version is %s\n", c.Bump, c.Least)
	}
	for _, reason := range c.Reasons {
		fmt.Fprintf(&b, "  %s: %s\n", c.reasons[reason], reason)
	}
	for _, n := range c.Counts {
		fmt.Fprintf(&b, "%s: %d %s\n", n.Table, n.Count, n.Kind)
	}
	for _, m := range c.Metadata {
		fmt.Fprintf(&b, "\n%s", m)
	}
	for i := range c.Actors {
		fmt.Fprintf(&b, "\n%s", c.Actors[i].line())
	}
	for _, a := range c.Articles {
		fmt.Fprintf(&b, "\n%s: %s", a.DocID, a.Kind)
		for _, column := range a.Columns {
			fmt.Fprintf(&b, "\n  %s", column)
		}
		if w := a.Whole; w != nil {
			fmt.Fprintf(&b, "\n  labels %s: %d mentions, %d events, %d arguments", w.Kind, w.Mentions, w.Events, w.Arguments)
		}
		for i := range a.Labels {
			fmt.Fprintf(&b, "\n  %s", a.Labels[i].line())
		}
		if a.Passes {
			b.WriteString("\n  passes before adjudication: changed")
		}
	}
	if len(c.Metadata)+len(c.Actors)+len(c.Articles) > 0 {
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteMarkdown writes the changes as an entry of a changelog under the version
// of the new dataset, or under the least allowed one where that is lower.
func (c *Changes) WriteMarkdown(w io.Writer) error {
	version := c.New.Version
	if c.CheckVersion(version) != nil {
		version = c.Least
	}
	var b strings.Builder
	fmt.Fprintf(&b, "## %s %s\n\n", c.New.Name, version)
	if c.Same() {
		fmt.Fprintf(&b, "No difference to %s.\n", c.Old.Version)
	} else {
		fmt.Fprintf(&b, "A %s change since %s.\n\n", c.Bump, c.Old.Version)
	}
	for _, reason := range c.Reasons {
		fmt.Fprintf(&b, "- %s (%s)\n", reason, c.reasons[reason])
	}
	if len(c.Counts) > 0 {
		b.WriteString("\n| table | change | rows |\n|---|---|---:|\n")
		for _, n := range c.Counts {
			fmt.Fprintf(&b, "| %s | %s | %d |\n", n.Table, n.Kind, n.Count)
		}
	}
	var list []string
	for _, a := range c.Articles {
		if a.Kind != ChangeOther {
			list = append(list, fmt.Sprintf("- article `%s`: %s\n", a.DocID, a.Kind))
		} else if labels := len(a.Labels); len(a.Columns)+labels > 0 {
			if a.Whole != nil {
				labels = a.Whole.rows()
			}
			list = append(list, fmt.Sprintf("- article `%s`: %d columns, %d labels\n", a.DocID, len(a.Columns), labels))
		}
	}
	if len(list) > 0 {
		b.WriteByte('\n')
	}
	for i, line := range list {
		if i == mostListed {
			fmt.Fprintf(&b, "- and %d more articles\n", len(list)-i)
			break
		}
		b.WriteString(line)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// mostListed is how many articles a changelog entry names.
const mostListed = 50

// Same reports whether the datasets differ in nothing.
func (c *Changes) Same() bool { return len(c.Reasons) == 0 }

// line is the change in one line.
func (c *LabelChange) line() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s: %s", strings.TrimSuffix(c.Table, "s"), c.ID, c.Kind)
	if c.Type != "" {
		fmt.Fprintf(&b, " %s", c.Type)
	}
	if c.Text != "" {
		fmt.Fprintf(&b, " %q", cutOff(c.Text))
	}
	at := func(s *[2]int32) string { return fmt.Sprintf("[%d,%d)", s[0], s[1]) }
	switch {
	case c.Old != nil && c.New != nil && *c.Old != *c.New:
		fmt.Fprintf(&b, " at %s, was %s", at(c.New), at(c.Old))
	case c.New != nil:
		fmt.Fprintf(&b, " at %s", at(c.New))
	case c.Old != nil:
		fmt.Fprintf(&b, " at %s", at(c.Old))
	}
	for _, column := range c.Columns {
		if column.Column == "start" || column.Column == "end" {
			continue // said already
		}
		fmt.Fprintf(&b, "; %s", column)
	}
	return b.String()
}

// String is "column: old → new", long values cut.
func (c ColumnChange) String() string {
	if len(c.Old)+len(c.New) > 200 && bytes.HasPrefix(c.Old, []byte(`"`)) && bytes.HasPrefix(c.New, []byte(`"`)) {
		at := 0
		for at < len(c.Old) && at < len(c.New) && c.Old[at] == c.New[at] {
			at++
		}
		for at > 1 && at < len(c.Old) && !utf8.RuneStart(c.Old[at]) {
			at--
		}
		return fmt.Sprintf("%s: … %s → … %s", c.Column, cutOff(string(c.Old[at:])), cutOff(string(c.New[min(at, len(c.New)):])))
	}
	return fmt.Sprintf("%s: %s → %s", c.Column, cutOff(string(c.Old)), cutOff(string(c.New)))
}

// cutOff is the beginning of a long text.
func cutOff(s string) string {
	const most = 60
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i] + "…"
		}
	}
	return s
}
