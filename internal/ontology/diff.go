package ontology

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/mizan-corpus/mizan/schema"
)

// Diff tells what b has otherwise than a, a line each: "+ roles HOST", "- levels
// PRO", "~ event_types CONSULT: …". No line says that they are the same.
func Diff(a, b *schema.Ontology) []string {
	var before, after map[string]json.RawMessage
	must(0, json.Unmarshal(marshal(a), &before))
	must(0, json.Unmarshal(marshal(b), &after))
	both := map[string]bool{}
	for k := range before {
		both[k] = true
	}
	for k := range after {
		both[k] = true
	}
	var lines []string
	for _, key := range Sorted(both) {
		lines = append(lines, differ(key, before[key], after[key])...)
	}
	return lines
}

// differ compares one part: lists entry by entry, anything else as a whole.
func differ(key string, a, b json.RawMessage) []string {
	if bytes.Equal(a, b) {
		return nil
	}
	x, isX := byCode(a)
	y, isY := byCode(b)
	if !isX || !isY {
		return []string{fmt.Sprintf("~ %s: %s → %s", key, brief(a), brief(b))}
	}
	var lines []string
	for _, e := range x {
		switch now, there := find(y, e.code); {
		case !there:
			lines = append(lines, fmt.Sprintf("- %s %s", key, e.code))
		case !bytes.Equal(now, e.raw):
			lines = append(lines, fmt.Sprintf("~ %s %s: %s → %s", key, e.code, brief(e.raw), brief(now)))
		}
	}
	for _, e := range y {
		if _, there := find(x, e.code); !there {
			lines = append(lines, fmt.Sprintf("+ %s %s", key, e.code))
		}
	}
	if lines == nil {
		lines = append(lines, fmt.Sprintf("~ %s: another order", key))
	}
	return lines
}

type entry struct {
	code string
	raw  json.RawMessage
}

// byCode is the entries of a list; rules of one code are told apart by their
// number.
func byCode(list json.RawMessage) ([]entry, bool) {
	var raw []json.RawMessage
	if len(list) > 0 && json.Unmarshal(list, &raw) != nil {
		return nil, false
	}
	var out []entry
	for _, r := range raw {
		var c struct{ Code any }
		if json.Unmarshal(r, &c) != nil || c.Code == nil {
			return nil, false
		}
		name := fmt.Sprint(c.Code)
		for n := 2; ; n++ {
			if _, taken := find(out, name); !taken {
				break
			}
			name = fmt.Sprintf("%v (%d)", c.Code, n)
		}
		out = append(out, entry{name, r})
	}
	return out, true
}

func find(list []entry, code string) (json.RawMessage, bool) {
	for _, e := range list {
		if e.code == code {
			return e.raw, true
		}
	}
	return nil, false
}

// brief is a value cut for a line.
func brief(v json.RawMessage) string {
	const most = 120
	s := strings.TrimSpace(string(v))
	if s == "" {
		return "nothing"
	}
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
