package formats

import (
	"slices"
	"strings"

	"github.com/mizan-corpus/mizan/internal/labels"
)

// defaultTypes are the endings of the names of the types of annotation that are
// read from XMI: entities, mentions and events, and not tokens, sentences,
// parts of speech or syntax. "NamedEntity" ends in "Entity".
var defaultTypes = []string{"Entity", "EntityMention", "Mention", "Event", "EventMention"}

// wanted reports whether annotations of the type are to be read.
func wanted(opt labels.ReadOptions, typeName string) bool {
	endings := opt.Types
	if endings == nil {
		endings = defaultTypes
	}
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(typeName, e) })
}

// isEventType reports whether a type of annotation is one of events by its
// name.
func isEventType(typeName string) bool {
	return strings.HasSuffix(typeName, "Event") || strings.HasSuffix(typeName, "EventMention")
}

// skips remarks once on each type of annotation that is left out.
type skips map[string]bool

func (s skips) remark(opt labels.ReadOptions, at labels.Position, typeName string) {
	if !s[typeName] {
		s[typeName] = true
		opt.Remark(at, "annotations of the type "+typeName+" left out")
	}
}
