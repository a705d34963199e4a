package suggest

import (
	"slices"
	"testing"
)

func TestNearest(t *testing.T) {
	known := []string{"mentions.strict", "mentions.exact", "mentions.type", "events.trigger.classified"}
	// Distances to "mentions.strct": strict 1, exact 5, type 5; ties by name.
	if got := Nearest("mentions.strct", known, 2); !slices.Equal(got, []string{"mentions.strict", "mentions.exact"}) {
		t.Errorf("found %v", got)
	}
	if got := Nearest("x", nil, 3); got != nil {
		t.Errorf("nothing to choose from gave %v", got)
	}
}

func TestNearLeavesOutWhatIsFar(t *testing.T) {
	known := []string{"mentions", "events", "metrics"}
	// Distances to "mention": mentions 1, metrics 3, events 5; a third is 2.
	if got := Near("mention", known, 3); !slices.Equal(got, []string{"mentions"}) {
		t.Errorf("found %v", got)
	}
	if got := Near("zzzzzzzz", known, 3); len(got) != 0 {
		t.Errorf("found %v", got)
	}
}
