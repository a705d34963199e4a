package ingest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/data/ingest/document"
)

// mediaType is the type of a Content-Type without its parameters, in lower
// case; "of unknown type" for what is none.
func mediaType(s string) string {
	s, _, _ = strings.Cut(s, ";")
	s = strings.ToLower(strings.TrimSpace(s))
	if !isMediaType(s) {
		return "of unknown type"
	}
	return s
}

func isMediaType(s string) bool {
	main, sub, ok := strings.Cut(s, "/")
	return ok && isToken(main) && isToken(sub) && len(s) <= 80
}

// isToken reports whether s is a token of RFC 9110, in lower case.
func isToken(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool {
		return (r < 'a' || 'z' < r) && (r < '0' || '9' < r) && !strings.ContainsRune("!#$%&'*+-.^_`|~", r)
	}) < 0
}

// kinds counts the records that are no pages, by what they are instead.
type kinds map[string]int

// maxKinds is the most kinds that are told apart, maxKindsShown the most that
// are named.
const (
	maxKinds      = 256
	maxKindsShown = 8
)

func (k kinds) add(kind string) {
	if _, known := k[kind]; !known {
		switch {
		case !isToken(kind) && !isMediaType(kind) && !strings.HasPrefix(kind, "of "):
			kind = "of unknown type"
		case len(kind) > 80 || len(k) >= maxKinds:
			kind = "of other types"
		}
	}
	k[kind]++
}

// note says what was counted, the most frequent first.
func (k kinds) note(f File) {
	if len(k) == 0 || f.Note == nil {
		return
	}
	total := 0
	for _, n := range k {
		total += n
	}
	names := slices.SortedFunc(maps.Keys(k), func(a, b string) int { return cmp.Or(k[b]-k[a], strings.Compare(a, b)) })
	var list []string
	for _, name := range names[:min(len(names), maxKindsShown)] {
		list = append(list, fmt.Sprintf("%d %s", k[name], name))
	}
	if len(names) > maxKindsShown {
		list = append(list, "…")
	}
	text := fmt.Sprintf("%d records are no pages: %s", total, strings.Join(list, ", "))
	if total == 1 {
		text = "one record is no page: " + strings.TrimPrefix(list[0], "1 ")
	}
	f.Note(document.Note{Code: document.NoteSkipped, Text: text})
}
