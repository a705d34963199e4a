package ontology

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// Contents says what an ontology has, in words.
func Contents(o *schema.Ontology) []string {
	var list []string
	for _, c := range []struct {
		n    int
		what string
	}{
		{len(o.MentionTypes), "mention type"}, {len(o.Levels), "level"}, {len(o.EventTypes), "event type"}, {len(o.Roles), "role"},
		{len(o.Contexts), "context"}, {len(o.Sectors), "sector"}, {len(o.Realis), "realis value"}, {len(o.Auxiliaries), "auxiliary"},
		{len(o.CAMEO.Codes), "CAMEO code"}, {len(o.Rules), "rule"},
	} {
		switch {
		case c.n == 0:
		case c.n == 1:
			list = append(list, "1 "+c.what)
		case c.what == "auxiliary":
			list = append(list, fmt.Sprintf("%d auxiliaries", c.n))
		default:
			list = append(list, fmt.Sprintf("%d %ss", c.n, c.what))
		}
	}
	return list
}

// Print writes an ontology as text: its lists with their glosses.
func Print(w io.Writer, o *schema.Ontology) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s\n%s\nSHA-256 %s\n", o.Name, o.Version, strings.Join(Contents(o), ", "), Hash(o))
	if o.Licence != "" {
		fmt.Fprintf(&b, "%s\n", o.Licence)
	}
	section := func(title string, list []schema.Code) {
		if len(list) > 0 {
			fmt.Fprintf(&b, "\n%s\n", title)
		}
		for _, c := range list {
			fmt.Fprintf(&b, "  %-12s %s\n", c.Code, c.Gloss)
		}
	}
	plain := func(list []schema.MentionType) (codes []schema.Code) {
		for _, t := range list {
			if t.Actor {
				t.Gloss = strings.TrimSpace(t.Gloss + " (can act)")
			}
			codes = append(codes, t.Code)
		}
		return codes
	}
	section("mention types", plain(o.MentionTypes))
	section("levels", o.Levels)
	var types, roles []schema.Code
	for _, t := range o.EventTypes {
		if len(t.Modes) > 0 {
			t.Gloss = strings.TrimSpace(t.Gloss + " (" + strings.Join(schema.Codes(t.Modes), ", ") + ")")
		}
		types = append(types, t.Code)
	}
	for _, r := range o.Roles {
		roles = append(roles, r.Code)
	}
	section("event types", types)
	section("roles", roles)
	section("realis", o.Realis)
	section("auxiliaries", o.Auxiliaries)
	section("contexts", o.Contexts)
	section("sectors", o.Sectors)
	if len(o.Rules) > 0 {
		fmt.Fprint(&b, "\nrules\n")
	}
	for _, r := range o.Rules {
		fmt.Fprintf(&b, "  %-20s %s\n", r.Code, r.Meaning)
	}
	_, err := w.Write(b.Bytes())
	return err
}
