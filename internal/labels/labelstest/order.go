package labelstest

import (
	"slices"

	"github.com/mizan-corpus/mizan/internal/labels"
	"github.com/mizan-corpus/mizan/schema"
)

// Sort puts mentions and events into canonical order, in place. Arguments keep
// theirs.
func Sort(a *schema.Annotation) {
	slices.SortStableFunc(a.Mentions, labels.CompareMentions)
	slices.SortStableFunc(a.Events, labels.CompareEvents)
}
